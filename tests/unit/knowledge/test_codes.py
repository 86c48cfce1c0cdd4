"""Every code: its wrong example is hit, its right example is not, and it is explained."""

from __future__ import annotations

import pytest

from bot.knowledge.codes import CODES, Code

WITH_EXAMPLE = [code for code in CODES.values() if code.kind is not None]


def test_the_good_base_has_no_finding(base):
    assert base.findings() == ()
    assert base.load().entries == 16


@pytest.mark.parametrize("code", WITH_EXAMPLE, ids=lambda code: code.code)
def test_wrong_example_is_hit_in_its_own_lines(base, code: Code):
    path = base.sample(code.kind)
    base.set(path, code.wrong)
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [each for each in base.findings() if each.code == code.code]
    assert found, [each.code for each in base.findings()]
    for finding in found:
        assert finding.severity == code.severity
        if finding.file.endswith(path.name):
            assert 1 <= finding.line <= len(lines)
            assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1


@pytest.mark.parametrize("code", WITH_EXAMPLE, ids=lambda code: code.code)
def test_right_example_is_clean(base, code: Code):
    base.set(base.sample(code.kind), code.right)
    # What became unused by the edit is told as a remark and is not the example's fault.
    assert [each for each in base.findings() if each.code != "KB212"] == []


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)
def test_every_code_is_explained_in_plain_words(code: Code):
    assert code.title and code.why.endswith(".")
    for word in ("dict", "str ", "NoneType", "literal", "regex", "pydantic", "None"):
        assert word not in f"{code.title} {code.why}"
