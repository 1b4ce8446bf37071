"""Names of places and the places of figures: tables of cases, and what must hold for every text."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.extract.places import find_places, resolve_places
from taizhang.extract.places.gazetteer import gazetteer
from taizhang.extract.places.topic import common
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document, Quantity
from taizhang.segment.boundaries import Boundaries

CASES = Path(__file__).parent / "cases"
RULES = shipped_pipeline().rules
MARKED = re.compile("⟨([^=⟩]+)(?:=([^⟩]+))?⟩")
CHOICES = tomllib.loads((CASES / "place_choices.toml").read_text("utf-8"))["case"]
KNOWN_FAILURES = tomllib.loads((CASES / "place_known_failures.toml").read_text("utf-8"))["case"]


def rows(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [line.replace("\\n", "\n").split("\t") for line in lines if line and line[0] != "#"]


def unmarked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and what they enclosed, by offset."""
    plain, found, done = "", [], 0
    for match in MARKED.finditer(text):
        plain += text[done : match.start()]
        found.append((len(plain), len(plain) + len(match[1]), match[2] or ""))
        plain += match[1]
        done = match.end()
    return plain + text[done:], found


@pytest.mark.parametrize(("text", "published", "proves"), rows("place_mentions.tsv"))
def test_mentions(text: str, published: str, proves: str) -> None:
    plain, expected = unmarked(text)
    found = find_places(plain, RULES, published or None)
    assert [(m.start, m.end, m.code or "?") for m in found] == expected, proves
    assert all(plain[m.start : m.end] == m.surface for m in found)


@pytest.mark.parametrize("case", CHOICES, ids=lambda case: case["proves"])
def test_choices(case: dict[str, str]) -> None:
    plain, ((start, end, _),) = unmarked(case["text"])
    quantity = Quantity(start=start, end=end, quote=plain[start:end], value=1)
    published = case.get("published", "2019-12-01")
    layout = Boundaries.of(RULES).layout(plain, int(case.get("title_end", 0)))
    document = Document(id="case", published=published, source=case.get("source"))
    mentions = find_places(plain, RULES, published)
    (choice,) = resolve_places(layout, [quantity], mentions, RULES, document)
    assert (choice.place.name, choice.place.how) == (case["name"], case["how"])
    assert bool(choice.place.code) == bool(case["name"])
    assert (
        not choice.place.candidates or not choice.place.code or choice.place.code in choice.place.candidates
    )


@pytest.mark.xfail(raises=AssertionError, strict=True)
@pytest.mark.parametrize("case", KNOWN_FAILURES, ids=lambda case: case["proves"])
def test_known_failures(case: dict[str, str]) -> None:
    test_choices(case)


def test_there_are_enough_cases() -> None:
    assert len(rows("place_mentions.tsv")) + len(CHOICES) + len(rows("agencies.tsv")) >= 290


def test_an_open_name_leaves_its_candidates() -> None:
    text = "鼓楼区修路3条。"
    layout = Boundaries.of(RULES).layout(text, 0)
    quantity = Quantity(start=5, end=7, quote="3条", value=3)
    mentions = find_places(text, RULES, "2019-12-01")
    (choice,) = resolve_places(layout, [quantity], mentions, RULES, Document(id="x", published="2019"))
    assert choice.place.candidates == ("320106", "320302", "350102", "410204")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("福州市鼓楼区修路3条。", "settled.inside"),
        ("福州修路。鼓楼区修路3条。", "settled.near"),
        ("西湖区灵隐街道修路3条。", "settled.town"),
        ("吉林修路3条。", "settled.higher"),
    ],
)
def test_a_settled_name_says_what_settled_it_and_keeps_its_candidates(text: str, why: str) -> None:
    ambiguous = [m for m in find_places(text, RULES) if len(m.candidates) > 1 and m.level != "township"]
    assert [m.rule.rpartition("+")[2] for m in ambiguous] == [why]
    start = text.index("3条")
    quantity = Quantity(start=start, end=start + 2, quote="3条", value=3)
    layout = Boundaries.of(RULES).layout(text, 0)
    (choice,) = resolve_places(layout, [quantity], find_places(text, RULES), RULES, Document(id="x"))
    assert choice.place.code == ambiguous[0].code
    assert choice.place.level == "township" or choice.place.candidates == ambiguous[0].candidates


def test_a_place_has_its_parts() -> None:
    text = "云南省昆明市安宁市连然街道修缮3栋。"
    layout = Boundaries.of(RULES).layout(text, 0)
    quantity = Quantity(start=15, end=17, quote="3栋", value=3)
    (choice,) = resolve_places(layout, [quantity], find_places(text, RULES), RULES, Document(id="x"))
    place = choice.place
    assert (place.province, place.city, place.county, place.township) == (
        "云南省",
        "昆明市",
        "安宁市",
        "连然街道",
    )
    assert (place.code, place.level) == ("530181", "township")


WORDS = (
    "昆明 昆明市 云南 宜良县 鼓楼区 新增城镇 乡镇 全市 全国 3个 在 的 村 街道 市 区 和 路 市城管局 水利部 至"
)
PIECES = st.sampled_from([*WORDS.split(), *"，。：、\n𠀀"])


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_gives_ordered_mentions_and_one_choice_a_quantity(text: str) -> None:
    mentions = find_places(text, RULES)
    assert all(text[m.start : m.end] == m.surface for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert mentions == find_places(text, RULES)
    quantities = [
        Quantity(start=m.start(), end=m.end(), quote=m[0], value=3) for m in re.finditer("3个", text)
    ]
    layout = Boundaries.of(RULES).layout(text, 0)
    choices = resolve_places(layout, quantities, mentions, RULES, Document(id="x"))
    assert len(choices) == len(quantities)
    assert all(bool(c.place.code) == bool(c.place.name) == bool(c.place.how) for c in choices)


STRAIGHT = [code for code in gazetteer(RULES).by_code if code[2:4] == "90"]
HOLDERS = sorted({code[:4] for code in gazetteer(RULES).by_code})


@pytest.mark.parametrize("joint", ["、", "和", "，"])
def test_every_pair_of_counties_straight_under_a_province_has_a_place(joint: str) -> None:
    names = gazetteer(RULES)
    for one, other in ((a, b) for a in STRAIGHT for b in STRAIGHT if a < b and a[:2] == b[:2]):
        first, second = names.row(one, 2019).name, names.row(other, 2019).name
        text = f"{first}{joint}{second}修路3条。"
        layout = Boundaries.of(RULES).layout(text, 0)
        at = text.index("3条")
        quantity = Quantity(start=at, end=at + 2, quote="3条", value=3)
        (choice,) = resolve_places(
            layout, [quantity], find_places(text, RULES, "2019"), RULES, Document(id="x", published="2019")
        )
        assert choice.place.code[:2] == one[:2], text


def test_what_holds_any_two_divisions_is_in_the_table() -> None:
    codes = {stem: next(c for c in gazetteer(RULES).by_code if c.startswith(stem)) for stem in HOLDERS}
    last = {stem: max(c for c in gazetteer(RULES).by_code if c.startswith(stem)) for stem in HOLDERS}
    for one in HOLDERS:
        for other in HOLDERS:
            holder = common([codes[one], last[other]])
            assert holder == "100000" or holder in gazetteer(RULES).by_code, (one, other)
