"""Which date governs a quantity: a table of our own texts, and the rules' own examples."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.extract.candidates import TimeChoice
from taizhang.extract.dates.find import find_dates
from taizhang.extract.dates.shapes import DateRules
from taizhang.extract.times.resolve import resolve_times
from taizhang.extract.times.shapes import Narrow, Phrase, ReachRule, TimeRules
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Quantity
from taizhang.rules import Rule
from taizhang.segment.layout import Layout, LayoutUnit, Section

RULES = shipped_pipeline().rules
TABLE = (Path(__file__).parent / "cases" / "times.toml").read_text("utf-8")
CASES: list[dict[str, Any]] = tomllib.loads(TABLE)["case"]
FILE = RULES.load("times.toml", TimeRules)
PUBLISHED = "2021-03-15"
MARKED = re.compile("⟨(.*?)⟩")


def pieces(text: str, ends: str) -> tuple[LayoutUnit, ...]:
    found = re.finditer(rf"[^{ends}]+[{ends}]*", text)
    return tuple(LayoutUnit(m.start(), m.end()) for m in found)


def layout_of(text: str) -> Layout:
    """A plain layout: lines are paragraphs, full stops end sentences, commas end clauses."""
    paragraphs = pieces(text, "\n")
    sentences = pieces(text, "\n。！？")
    clauses = pieces(text, "\n。！？；，;,")
    return Layout(text, LayoutUnit(0, 0), (Section(0, len(text), 0, 0),), paragraphs, sentences, clauses)


def marked(text: str) -> tuple[str, list[Quantity]]:
    """The text without its marks, and the quantities that they enclosed."""
    quantities = []
    for taken, match in enumerate(MARKED.finditer(text)):
        start = match.start() - 2 * taken
        quantities.append(Quantity(start=start, end=start + len(match[1]), quote=match[1], value=Decimal(1)))
    return MARKED.sub(r"\1", text), quantities


def times(text: str, published: str | None) -> list[tuple[str, str]]:
    plain, quantities = marked(text)
    dates = find_dates(plain, RULES, published)
    choices = resolve_times(layout_of(plain), quantities, dates, RULES, published)
    assert all(plain[q.start : q.end] == q.quote for q in quantities)
    return [(q.quote, c.value) for q, c in zip(quantities, choices, strict=True)]


def parameters() -> list[Any]:
    def marks(case: dict[str, Any]) -> list[Any]:
        reason = case.get("known_failure")
        return [pytest.mark.xfail(strict=True, reason=reason)] if reason else []

    return [pytest.param(case, id=case["proves"], marks=marks(case)) for case in CASES]


@pytest.mark.parametrize("case", parameters())
def test_time_of_each_quantity(case: dict[str, Any]) -> None:
    assert [value for _, value in times(case["text"], case.get("published"))] == case["times"]


def test_every_date_of_an_article_has_a_reach() -> None:
    reaches = Counter(date for rule in FILE.reach for date in rule.dates)
    dates = RULES.load("dates.toml", DateRules).pattern
    assert {rule.id for rule in dates if not rule.length} <= set(reaches) <= {rule.id for rule in dates}
    assert max(reaches.values()) == 1


def taking(rule: ReachRule | Narrow) -> bool:
    return rule.reach == "nothing"


OWN = [rule for rule in [*FILE.reach, *FILE.narrow] if not taking(rule)] + [*FILE.trailing, *FILE.report]
GIVING: list[Rule] = [*FILE.resume, *FILE.lead]
TAKING: list[Rule] = [rule for rule in [*FILE.reach, *FILE.narrow] if taking(rule)]
TAKING += [*FILE.close, *FILE.leave, *FILE.title]
WORDS_OF = {rule.id: rule.words for rule in [*FILE.cue, *FILE.opening, *FILE.narrated, *FILE.genre]}
MARKS_OF = {rule.id: rule.marks for rule in FILE.statement}


def choices(text: str) -> list[TimeChoice]:
    plain, quantities = marked(text)
    dates = find_dates(plain, RULES, PUBLISHED)
    return resolve_times(layout_of(plain), quantities, dates, RULES, PUBLISHED)


@pytest.mark.parametrize("rule", OWN, ids=lambda r: r.id)
def test_rule_decides_its_examples(rule: Rule) -> None:
    for example in rule.examples:
        assert {(c.rule, bool(c.value)) for c in choices(example)} == {(rule.id, True)}, example
    for example in rule.counter_examples:
        assert choices(example), example
        assert all(c.rule != rule.id for c in choices(example)), example


@pytest.mark.parametrize("rule", GIVING, ids=lambda r: r.id)
def test_rule_gives_a_time(rule: Rule) -> None:
    assert all(c.value for example in rule.examples for c in choices(example))
    assert not any(c.value for example in rule.counter_examples for c in choices(example))


@pytest.mark.parametrize("rule", TAKING, ids=lambda r: r.id)
def test_rule_takes_a_time_away(rule: Rule) -> None:
    assert not any(c.value for example in rule.examples for c in choices(example))
    assert all(c.value for example in rule.counter_examples for c in choices(example))


@pytest.mark.parametrize(
    "rule", [*FILE.cue, *FILE.opening, *FILE.narrated, *FILE.genre, *FILE.statement], ids=lambda r: r.id
)
def test_words_and_marks_stand_in_their_examples(rule: Rule) -> None:
    signs = WORDS_OF.get(rule.id) or MARKS_OF[rule.id]
    assert all(any(sign in example for sign in signs) for example in rule.examples)
    assert not any(sign in example for example in rule.counter_examples for sign in signs)


@pytest.mark.parametrize("rule", [*FILE.phrase, *FILE.speech], ids=lambda r: r.id)
def test_phrase_finds_its_examples(rule: Phrase) -> None:
    pattern = re.compile(rule.pattern)
    for example in rule.examples:
        plain = re.sub("[⟨⟩]", "", example)
        assert MARKED.findall(example) == [m[0] for m in pattern.finditer(plain) if m[0]], example
    assert not any(pattern.search(example) for example in rule.counter_examples)


def test_no_rule_has_a_name_twice() -> None:
    ids = [rule.id for rule in [*OWN, *GIVING, *TAKING, *FILE.phrase, *FILE.speech]]
    assert len(ids) == len(set(ids))


WORDS = ["今年", "2019年", "截至目前", "其中", "到2030年", "此前", "的", "去年底", "⟨3座⟩", "桥", "近日"]
FRAGMENTS = [*WORDS, *"，。；\n"]
ARTICLE_DATES = st.sampled_from([None, "2021-02", "2021-03-05"])
TEXTS = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)


@given(TEXTS, ARTICLE_DATES)
def test_every_quantity_gets_a_choice_from_the_text(text: str, published: str | None) -> None:
    plain, quantities = marked(text)
    dates = find_dates(plain, RULES, published)
    values = {part for d in dates for part in (d.value, d.value.split("/")[-1])} | {""}
    choices = resolve_times(layout_of(plain), quantities, dates, RULES, published)
    assert len(choices) == len(quantities)
    assert all(choice.value in values for choice in choices)
    assert all(choice.rule for choice in choices if choice.value)


@given(TEXTS)
def test_what_follows_changes_nothing_before(text: str) -> None:
    """A paragraph added at the end leaves the times of the paragraphs before it as they were."""
    before = times(text, "2021-03-05")
    assert times(f"{text}\n2018年的事。", "2021-03-05") == before
