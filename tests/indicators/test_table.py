"""The table of indicators: every row's own example and counter-example, and what a wrong row says."""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang.errors import RuleError
from taizhang.indicators import Indicator, Indicators
from taizhang.records import Kind, Metric, Phase
from taizhang.rules import RuleSet

RULES = RuleSet()
INDICATORS = Indicators.of(RULES)
OWN = [indicator for indicator in INDICATORS.known.values() if not indicator.growth_of]
ROW = "my.nets\t补好渔网\tNets mended\tcount\t张\tresult\t{mend}*渔网\tY\t补好渔网\t织渔网\n"


def found(indicator: Indicator, name: str, indicators: Indicators = INDICATORS) -> str | None:
    kind: Kind = indicator.kinds[0]  # type: ignore[assignment]
    phase: Phase = indicator.phases[0] if indicator.phases else "result"  # type: ignore[assignment]
    return indicators.find(Metric(name=name), kind, indicator.units[0] if indicator.units else "元", phase)


@pytest.mark.parametrize("indicator", OWN, ids=lambda indicator: indicator.id)
def test_a_row_takes_its_example_and_not_its_counter_example(indicator: Indicator) -> None:
    assert [found(indicator, name) for name in indicator.examples] == [indicator.id]
    assert indicator.id not in [found(indicator, name) for name in indicator.counter_examples]


@pytest.mark.parametrize("growth", [i for i in INDICATORS.known.values() if i.growth_of], ids=lambda i: i.id)
def test_growth_is_an_indicator_of_its_own(growth: Indicator) -> None:
    (example,) = INDICATORS.known[growth.growth_of].examples
    assert found(growth, f"{example}同比增长") == growth.id
    assert found(growth, f"{example}环比增长") is None, "growth over the month before is another thing"


def test_names_in_both_languages_are_told_once() -> None:
    for names in ([i.zh for i in OWN], [i.en for i in OWN], [i.id for i in OWN]):
        assert len(names) == len(set(names))
    assert len(OWN) >= 300


def folder(path: Path, table: str) -> Path:
    path.mkdir()
    (path / "indicators.tsv").write_text(table, "utf-8")
    (path / "indicators.toml").write_text('[[words]]\nid = "mend"\nforms = ["修好", "补好"]\n', "utf-8")
    return path


def test_a_user_adds_an_indicator_and_replaces_one(tmp_path: Path) -> None:
    other = ROW.replace("my.nets", "farm.yield").replace("渔网", "竹筐")
    own = Indicators(RuleSet([folder(tmp_path / "mine", ROW + other)]))
    assert found(own.known["my.nets"], "修好旧渔网", own) == "my.nets"
    assert found(own.known["farm.yield"], "补好竹筐", own) == "farm.yield"
    assert own.find(Metric(name="亩产"), "weight", "斤", "result") is None
    assert found(own.known["my.nets"], "不补好渔网", own) is None


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (ROW.replace("\tcount", "\tcounts"), "my.nets key kind"),
        (ROW.replace("\tresult", "\tresults"), "my.nets key phase"),
        (ROW.replace("张", "@sheets"), "my.nets key units"),
        (ROW.replace("{mend}", "{mends}"), "my.nets key patterns"),
        (ROW.replace("{mend}*渔网", "(渔网)?"), "my.nets key patterns"),
        (ROW.replace("{mend}*渔网", "(渔网"), "my.nets key patterns"),
        (ROW.replace("\tY", "\tyes"), "my.nets key growth"),
        (ROW.replace("\tY", ""), "expected 10 columns, got 9"),
    ],
)
def test_a_wrong_row_is_named(wrong: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=told):
        Indicators(RuleSet([folder(tmp_path / "mine", wrong)]))
