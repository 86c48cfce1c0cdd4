"""What each key is for, in one sentence: for editors, for scaffolds and for hints."""

from __future__ import annotations

from pydantic import BaseModel

from bot.knowledge.findings import Path

HELP: dict[str, str] = {
    # Every entry
    "id": "The name of the file without .yaml; it never changes.",
    "kind": "What sort of entry this is; it decides the folder.",
    "title": "What it is called, in at most 100 characters.",
    "summary": "The bottom line, in at most 300 characters: what a reader in a hurry must know.",
    "key_points": "Up to seven points that carry the summary.",
    "body": "The whole text, in Markdown.",
    "situation": "The subject that the entry belongs to; a word from the vocabulary.",
    "confidence": "How sure we are of it as a whole: high, moderate or low.",
    "tlp": "Who may see it: clear, green, amber, amber+strict or red (TLP 2.0).",
    "status": "draft (not yet read by a second person), reviewed, or retired (no longer used).",
    "reviewed": "The day on which it was last read and found right.",
    "review_by": "The day by which it must be read again.",
    "sources": "Ids of the sources that carry it.",
    "passages": "Numbers of the passages of the source brief that it restates; at most eight.",
    "aliases": "Other names that people use for it, by language.",
    "questions": "Questions that it answers, in the words of those who ask, by language.",
    "related": "Where it leads on to: other entries, each with the kind of relation.",
    "caveats": "What the source brief gets wrong or leaves doubtful, and what is right.",
    "quotes": "What was said, word for word, with speaker, role, date and source.",
    "translations": "The entry in other languages.",
    # Parts of every entry
    "Relation.type": "How the two hang together, as in 'supports' or 'answers'.",
    "Relation.entry": "The id of the other entry.",
    "Relation.note": "Why, in a few words.",
    "Caveat.claim": "What the brief says.",
    "Caveat.correction": "What is right.",
    "Caveat.sources": "Ids of the sources that show it.",
    "Quote.text": "The words themselves, without quotation marks around them.",
    "Quote.speaker": "Who said it.",
    "Quote.role": "What office the speaker held that day.",
    "Quote.date": "The day on which it was said.",
    "Quote.source": "The id of the source in which it is found.",
    "Translation.title": "The title in this language.",
    "Translation.summary": "The bottom line in this language.",
    "Translation.key_points": "The key points in this language.",
    "Translation.body": "The whole text in this language.",
    "Translation.review": "native-reviewed once a native speaker has read it, until then "
    "awaiting-native-review.",
    # Analysis
    "judgements": "Judgements, each with its likelihood and what it rests on.",
    "assumptions": "What must be true for the analysis to hold.",
    "gaps": "What we do not know.",
    "would_change_our_mind": "What we would have to see to judge otherwise.",
    "Judgement.text": "The judgement, in one sentence, without a word of confidence.",
    "Judgement.likelihood": "One of the seven terms of ICD 203.",
    "Judgement.basis": "What it rests on.",
    # Law
    "instrument": "The treaty, act or rule, with its year.",
    "provisions": "The articles or principles that matter.",
    "binding": "How far it binds: legally-binding, politically-binding or recommendation.",
    "applies": "How it bears on the demand or on the answer to it.",
    "limits": "What it does not say or do: the lawyer's caution.",
    "adversary_reading": "How Moscow quotes the same text.",
    # Precedent
    "began": "The day on which it began.",
    "ended": "The day on which it ended.",
    "demanded": "What was demanded, and by whom.",
    "answered": "How it was answered.",
    "outcome": "What came of it.",
    "alike": "In what it resembles today.",
    "unlike": "In what it differs from today.",
    "lesson": "What to take from it.",
    # Perspective
    "actor": "Whose view this is.",
    "voice": "own-words (then at least one quote) or analyst-reconstruction.",
    "interests": "What this actor wants.",
    "concerns": "What this actor fears.",
    "contributions": "What this actor brings to the common defence.",
    "reads_us_as": "How this actor is likely to read what we say or do.",
    "speak_to": "What to keep in mind when speaking with or for this actor.",
    # Countermeasure
    "domain": "Its field; a word from the vocabulary.",
    "phases": "Ids of the ladder phases that it fits (of the ladder: its phases in order).",
    "effects": "What it is for; words from the vocabulary.",
    "actors": "Who carries it out.",
    "decides": "Who decides on it.",
    "cost": "none, low, medium or high.",
    "escalation_risk": "none, low, medium or high.",
    "reversibility": "How it can be taken back: easy, hard or none.",
    "lead_time": "Hours from the decision to the first effect.",
    "LeadTime.min_hours": "At best.",
    "LeadTime.max_hours": "At worst.",
    "legal": "How it stands in law.",
    "LegalBasis.footing": "sovereign-right, retorsion, treaty, eu-act, countermeasure or "
    "needs-new-act.",
    "LegalBasis.note": "Why, in one sentence.",
    "LegalBasis.law": "Ids of the law entries behind it.",
    "in_force": "What of it is already done today.",
    "prerequisites": "What must be there first.",
    "steps": "What is done, in order.",
    "risks": "What can go wrong.",
    "stop_when": "When to end it.",
    "measure": "By what one would see that it works.",
    "conflicts_with": "Ids of countermeasures that do not go together with it.",
    "Countermeasure.disarm": "Identifiers of the DISARM frameworks, where one fits.",
    "DisarmMapping.counters": "DISARM counters, as in C00125.",
    "DisarmMapping.response": "The DISARM response type, as in D03.",
    # Escalation
    "level": "Place on the ladder: 1 is the lowest rung, 0 the ladder as a whole.",
    "indicators": "At least six things that a duty officer can see and count.",
    "Indicator.id": "A name of its own, unique in the whole knowledge base.",
    "Indicator.observe": "What is seen.",
    "Indicator.where": "Where one looks for it.",
    "Indicator.weight": "1 (weak), 2 or 3 (strong).",
    "leave_when": "When this phase is over.",
    "say": "Ids of the templates that fit this phase.",
    "do": "Ids of the countermeasures that fit this phase.",
    "redlines": "Ids of the red lines that it serves or touches.",
    "false_positives": "Innocent explanations to rule out first.",
    # Narrative
    "claim": "The claim, as it is put in a neutral sentence.",
    "variants": "Other wordings of it, by language.",
    "goal": "What it is meant to do: dismiss, distort, distract, dismay or divide.",
    "respond": 'Whether to answer it at all: "yes", "no" (in double quotes) or if-it-spreads.',
    "respond_note": "Why, and when.",
    "kernel_of_truth": "What in it is true.",
    "rebuttal": "The answer in four steps: fact, warning, fallacy, fact again.",
    "Rebuttal.fact": "The fact, first.",
    "Rebuttal.warning": "That a false claim is coming, once.",
    "Rebuttal.fallacy": "By what trick it misleads.",
    "Rebuttal.fact_again": "The fact once more, in other words.",
    "Narrative.disarm": "DISARM techniques that it uses, as in T0023.001.",
    # Red line
    "line": "The line itself, in one sentence.",
    "crossed_when": "What can be seen when it is crossed.",
    "not_crossed_when": "What looks alike and does not cross it.",
    "basis": "Ids of the law entries behind it.",
    "must_say": "What must be said about it.",
    "never_say": "What must never be said about it.",
    "ambiguity": "Wordings that leave room for doubt.",
    "WordingRule.id": "A name of its own, unique in the whole knowledge base.",
    "WordingRule.severity": "block, warn or advise.",
    "WordingRule.patterns": "What the rule looks for, by language.",
    "WordingRule.unless": "What shows, in or beside the hit, that something else is meant.",
    "WordingRule.reason": "Why.",
    "WordingRule.say_instead": "What to say in its place.",
    "WordingRule.examples": "By language: texts that the rule must hit and texts that it must not.",
    "RuleExamples.bad": "Texts that break the rule.",
    "RuleExamples.good": "Texts that keep it.",
    # Template
    "purpose": "What the message is for.",
    "channel": "Where it goes out; a word from the vocabulary, which knows the limit.",
    "audiences": "Whom it addresses; words from the vocabulary.",
    "tone": "How it sounds; a word from the vocabulary.",
    "attribution": "Whether it fits before or after attribution, after a false alarm, or any time.",
    "slots": "The holes in the text that the officer fills, by name.",
    "Template.variants": "The text by language; slots are written {slot_name}.",
    "Variant.text": "The message; slots are written {slot_name}.",
    "Variant.review": "original for the language it was written in; else native-reviewed or "
    "awaiting-native-review.",
    "Slot.type": "text, datetime, number, place, spokesperson, choice or link.",
    "Slot.label": "What the form calls it, in at most 45 characters.",
    "Slot.help": "What to type, in at most 100 characters.",
    "Slot.example": "A long but realistic example: the text is measured with it.",
    "Slot.required": "true or false.",
    "Slot.max_length": "The most characters that may be typed.",
    "Slot.choices": "The words to choose from; only for type choice.",
    "SlotText.label": "What the form calls the slot in this language, in at most 45 characters.",
    "SlotText.help": "What to type, in this language, in at most 100 characters.",
    "do_not": "What to avoid when the message is used.",
    # Glossary
    "term": "The standard term, by language.",
    "avoid": "Words not to use for it.",
    # Source
    "publisher": "Who published it.",
    "type": "What sort of source it is.",
    "url": "Where it was read; left out where no link is certain.",
    "published": "The day of publication.",
    "accessed": "The day on which it was read.",
    "language": "The language that it is in.",
    "reliability": "Admiralty scale: A (completely reliable) to E (unreliable), F (cannot be "
    "judged).",
    "verified": "read (the page was read) or public-knowledge (long settled; check before "
    "publication).",
}
"""One sentence by key; `Model.key` where the same key means different things."""


def help_for(model: type[BaseModel], name: str) -> str:
    """The sentence for a key of a model; empty where there is none."""
    return HELP.get(f"{model.__name__}.{name}") or HELP.get(name, "")


def about(path: Path, model: type[BaseModel]) -> str:
    """The sentence for a top-level key, without its full stop, to stand in a hint."""
    if len(path) != 1 or not isinstance(path[0], str):
        return ""
    return help_for(model, path[0]).removesuffix(".")
