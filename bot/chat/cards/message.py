"""Cards of messages: a finished text with its checks, and the findings on somebody's text."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.clearance import label
from bot.advice.messages import FilledMessage
from bot.advice.wording import WordingFinding
from bot.chat.cards.answer import Setting
from bot.chat.cards.layout import Card, CardButton, bullets, titled
from bot.chat.custom_ids import Ref
from bot.chat.text import Markdown, code_blocks, plain, safe_line, shortened, t

MARKS = {"block": "⛔", "warn": "⚠️", "advise": "💡"}
EXCERPT = 120
BLOCK = 1500
"""Units of one copyable block: a longer text stands in several, and whole in the file."""


def message_card(
    message: FilledMessage, findings: Sequence[WordingFinding], pages: int, setting: Setting
) -> Card:
    """The text in copyable blocks, its length, what the red lines say, and a way to change it."""
    language = setting.language
    blocked = any(finding.severity == "block" for finding in findings)
    card = Card(language=language, accent="fault" if blocked else message.tlp)
    card.header = Markdown(
        f"## {safe_line(message.title)}\n-# {label(message.tlp)} · "
        f"{safe_line(message.channel_title)} · {safe_line(message.language)}"
    )
    if message.review == "awaiting-native-review":
        card.blocks.append(Markdown("> " + t("message.awaiting-review", language)))
    if message.problems:
        problems = [
            t("message.problem", language, slot=each.label, problem=each.message)
            for each in message.problems
        ]
        card.blocks.append(titled(t("message.problems", language), bullets(problems)))
    card.blocks += code_blocks(message.text, BLOCK)
    fits = "message.fits" if message.fits else "message.too-long"
    card.blocks.append(t(fits, language, measure=message.measure.label))
    card.blocks.append(findings_block(findings, language))
    if message.do_not:
        card.blocks.append(
            titled(t("message.do-not", language), bullets([safe_line(x) for x in message.do_not]))
        )
    card.footer = Markdown(f"-# {safe_line(message.reference)}")
    reference = Ref("fill", setting.origin, message.language, 0, message.template_id)
    card.turn = reference.to("again")
    card.rows.append(
        [
            CardButton(
                plain("message.change-page", language, page=page + 1, pages=pages)
                if pages > 1
                else plain("message.change", language),
                reference.to("fill", page=page),
            )
            for page in range(pages)
        ]
    )
    return card


def findings_card(findings: Sequence[WordingFinding], setting: Setting) -> Card:
    """What the red lines say of somebody's text."""
    blocked = any(finding.severity == "block" for finding in findings)
    card = Card(language=setting.language, accent="fault" if blocked else "notice")
    card.header = Markdown(f"## {t('check.title', setting.language)}")
    card.blocks.extend(finding_lines(findings, setting.language))
    card.turn = Ref("again", setting.origin, setting.language)
    return card


def findings_block(findings: Sequence[WordingFinding], language: str) -> Markdown:
    """All findings under one heading."""
    return titled(t("check.title", language), bullets(finding_lines(findings, language)))


def finding_lines(findings: Sequence[WordingFinding], language: str) -> list[Markdown]:
    """A line a finding: rule, place in the text, why, and what to say instead."""
    if not findings:
        return [t("check.clean", language)]
    return [
        Markdown(
            f"{MARKS[finding.severity]} "
            + (
                t("check.says", language, excerpt=shortened(finding.excerpt, EXCERPT))
                if finding.excerpt
                else t("check.missing", language)
            )
            + "\n"
            + t(
                "check.why",
                language,
                reason=finding.message,
                instead=finding.suggestion,
                rule=finding.rule,
                redline=finding.redline,
            )
        )
        for finding in findings
    ]
