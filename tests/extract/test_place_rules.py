"""Every rule of places.toml and agencies.toml against its own examples and counter-examples.

A mark in an example is what the rule is about: a name that it finds, or one that it takes out of the running.
"""

from __future__ import annotations

import re

import pytest
from _pytest.mark import ParameterSet

from taizhang.extract.places import find_places
from taizhang.extract.places.agencies import agency_grammar
from taizhang.extract.places.context import PlaceContext
from taizhang.extract.places.lists import paired
from taizhang.extract.places.pointer_rules import pointer_rules
from taizhang.extract.places.pointers import Pointer, pointers
from taizhang.extract.places.resolve import PlaceJudge
from taizhang.extract.places.shapes import (
    AGENCIES,
    PLACES,
    AgencyRules,
    Alias,
    PlaceRules,
    PlaceWords,
    Realm,
)
from taizhang.extract.places.subjects import Subjects
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document, Quantity
from taizhang.segment.boundaries import Boundaries

RULES = shipped_pipeline().rules
MARK = re.compile("[⟨⟩]")
NAMED = (
    "suffix",
    "people",
    "alias",
    "site",
    "known",
    "below",
    "bare_before",
    "bears",
    "item",
    "subtitle",
    "ours",
)  # an example's marks are names that are found
UNNAMED = (
    "ordinary",
    "trap",
    "region_word",
    "noname",
    "common",
    "function",
    "clash",
    "vessel",
    "thing",
    "nature",
    "field",
)  # nothing is found, in a counter-example it is
OUT = (
    "recipient",
    "name_tail",
    "paper",
    "road",
    "comparison",
    "yardstick",
    "range",
    "quotes",
)  # found, but in no play
MATTER = ("matter_before", "matter_after")  # in play although it is quoted, in a counter-example not
POINTS = {  # the mark is a pointer of this kind
    "deixis": "deixis",
    "nation": "nation",
    "ministry": "ministry",
    "everywhere": "everywhere",
    "dateline": "dateline",
    "group": "group",
    "foreign": "elsewhere",
    "anonymous": "elsewhere",
}
MUTE = (
    "nation_tail",
    "ministry_tail",
    "elsewhere_tail",
)  # nothing points, in a counter-example the mark does
SPEAKER = ("office", "speech")  # the mark is who speaks
FIGURE = ("among", "total", "member")  # the mark stands straight before a figure, or behind it
BESIDE = {"follow": "after", "precede": "before"}  # the mark has a character on this side that is told apart


def rules_of(*kinds: str) -> list[ParameterSet]:
    loaded = RULES.load(PLACES, PlaceRules)
    return [pytest.param(kind, rule, id=rule.id) for kind in kinds for rule in getattr(loaded, kind)]


def plain(example: str) -> tuple[str, list[tuple[int, int]]]:
    """The example without its marks, and the spans that they enclose."""
    offsets = [m.start() - i for i, m in enumerate(MARK.finditer(example))]
    return MARK.sub("", example), list(zip(offsets[::2], offsets[1::2], strict=True))


def spans(text: str, township: bool = False) -> list[tuple[int, int]]:
    found = find_places(text, RULES)
    return [(m.start, m.end) for m in found if not township or m.level == "township"]


def pointed(text: str) -> list[Pointer]:
    return pointers(text, find_places(text, RULES), pointer_rules(RULES))


def offered(text: str, start: int, end: int) -> set[str]:
    """What is seen for any of the places that the figure in a span may be about."""
    quantity = Quantity(start=start, end=end, quote=text[start:end], value=1)
    layout = Boundaries.of(RULES).layout(text, 0)
    judge = PlaceJudge(layout, [quantity], find_places(text, RULES), RULES, Document(id="x"))
    return {f for option in judge.options.offer(judge.moment(start)) for f in option.features}


def test_every_kind_of_rule_is_tested() -> None:
    assert {
        *(*NAMED, *UNNAMED, *OUT, *MATTER, *POINTS, *MUTE, *SPEAKER, *FIGURE, *BESIDE),
        *("estate", "each", "digest", "firm", "joint", "gloss", "location", "attribute", "several"),
        *("situated", "passive", "approval", "colon", "partition", "held", "divide", "past", "spread"),
        *("summary", "realm", "route", "copula", "local", "departure"),
        *("partner", "provinces", "back", "both"),
    } == set(PlaceRules.model_fields)


@pytest.mark.parametrize(("kind", "rule"), rules_of(*NAMED))
def test_names_that_are_found(kind: str, rule: PlaceWords) -> None:
    below = kind in ("below", "bare_before")
    for example in rule.examples:
        text, marked = plain(example)
        assert marked and set(marked) <= set(spans(text, below))
        if isinstance(rule, Alias):
            assert rule.code in {m.code for m in find_places(text, RULES)}
    for example in rule.counter_examples:
        assert not spans(example, below)


@pytest.mark.parametrize(("kind", "rule"), rules_of(*UNNAMED))
def test_words_that_are_no_names(kind: str, rule: PlaceWords) -> None:
    below = kind in ("noname", "common", "function")
    for example in rule.examples:
        assert not spans(plain(example)[0], below)
    for example in rule.counter_examples:
        assert spans(plain(example)[0], below)


@pytest.mark.parametrize(("kind", "rule"), rules_of("estate"))
def test_names_of_estates(kind: str, rule: PlaceWords) -> None:
    """Only what is marked is found; a counter-example holds the same names as places."""
    for example in (*rule.examples, *rule.counter_examples):
        text, marked = plain(example)
        assert marked == spans(text), example


@pytest.mark.parametrize(("kind", "rule"), rules_of(*OUT))
def test_names_out_of_play(kind: str, rule: PlaceWords) -> None:
    for example in rule.examples:
        text, marked = plain(example)
        in_play = {(p.start, p.end) for p in pointed(text) if p.kind != "goal"}
        assert marked and not in_play & set(marked)
    for example in rule.counter_examples:
        text, marked = plain(example)
        assert marked and set(marked) <= {(p.start, p.end) for p in pointed(text) if p.kind != "goal"}


@pytest.mark.parametrize(("kind", "rule"), rules_of(*MATTER))
def test_names_in_a_quotation_of_what_follows(kind: str, rule: PlaceWords) -> None:
    for group, wanted in ((rule.examples, True), (rule.counter_examples, False)):
        for example in group:
            text, marked = plain(example)
            assert ({(p.start, p.end) for p in pointed(text)} >= set(marked)) == wanted, (kind, example)


@pytest.mark.parametrize(("kind", "rule"), rules_of(*POINTS))
def test_words_that_point(kind: str, rule: PlaceWords) -> None:
    for example in rule.examples:
        text, marked = plain(example)
        assert marked and set(marked) <= {(p.start, p.end) for p in pointed(text) if p.kind == POINTS[kind]}
    for example in rule.counter_examples:
        assert not [p for p in pointed(plain(example)[0]) if p.kind == POINTS[kind]]


@pytest.mark.parametrize(("kind", "rule"), rules_of(*MUTE))
def test_words_that_silence_a_pointer(kind: str, rule: PlaceWords) -> None:
    for example in rule.examples:
        assert not pointed(plain(example)[0])
    for example in rule.counter_examples:
        text, marked = plain(example)
        assert marked and [(p.start, p.end) for p in pointed(text)] == marked


@pytest.mark.parametrize(("kind", "rule"), rules_of("joint", "gloss"))
def test_joints_make_one_pointer_of_several_names(kind: str, rule: PlaceWords) -> None:
    for example in rule.examples:
        text, marked = plain(example)
        assert [len(p.chains) for p in pointed(text)] == [len(marked)]
    for example in rule.counter_examples:
        assert all(len(p.chains) == 1 for p in pointed(example))


@pytest.mark.parametrize(("kind", "rule"), rules_of("location", "attribute"))
def test_locations(kind: str, rule: PlaceWords) -> None:
    for example in rule.examples:
        text, marked = plain(example)
        assert marked and all(text.endswith(rule.forms, 0, start) for start, _ in marked)
        assert set(marked) <= set(spans(text))
    for example in rule.counter_examples:
        text, marked = plain(example)
        assert marked and not any(text.endswith(rule.forms, 0, start) for start, _ in marked)


@pytest.mark.parametrize(("kind", "rule"), rules_of("several"))
def test_one_more_beside_many_provinces(kind: str, rule: PlaceWords) -> None:
    several = pointer_rules(RULES).provinces
    for group, wanted in ((rule.examples, True), (rule.counter_examples, False)):
        for example in group:
            text, ((start, _),) = plain(example)
            assert start in {p.start for p in pointed(text)}
            assert bool(several.search(text, 0, start)) == wanted


@pytest.mark.parametrize(("kind", "rule"), rules_of(*SPEAKER))
def test_speakers(kind: str, rule: PlaceWords) -> None:
    speaker = pointer_rules(RULES).speaker
    for group, wanted in ((rule.examples, True), (rule.counter_examples, False)):
        for example in group:
            text, marked = plain(example)
            assert set(marked) <= set(spans(text))
            assert all(bool(speaker.match(text, end)) == wanted for _, end in marked)
            assert any(form in text for form in rule.forms) or not wanted


@pytest.mark.parametrize(("kind", "rule"), rules_of(*FIGURE))
def test_words_before_a_figure(kind: str, rule: PlaceWords) -> None:
    for group, wanted in ((rule.examples, True), (rule.counter_examples, False)):
        for example in group:
            text, marked = plain(example)
            assert marked and all(text.endswith(rule.forms, 0, end) == wanted for _, end in marked)


@pytest.mark.parametrize(("kind", "rule"), rules_of(*BESIDE))
def test_characters_beside_a_name(kind: str, rule: PlaceWords) -> None:
    for group, wanted in ((rule.examples, True), (rule.counter_examples, False)):
        for example in group:
            text, ((start, end),) = plain(example)
            beside = text[end : end + 1] if kind == "follow" else text[:start][-1:]
            assert (beside in rule.forms) == wanted


@pytest.mark.parametrize(("kind", "rule"), rules_of("firm"))
def test_businesses(kind: str, rule: PlaceWords) -> None:
    grammar = agency_grammar(RULES)
    for group, wanted in ((rule.examples, True), (rule.counter_examples, False)):
        for example in group:
            text, ((start, _),) = plain(example)
            (body,) = [a for a in grammar.find(text, find_places(text, RULES)) if a.start == start]
            assert text.endswith(rule.forms, body.start, body.end) == wanted


@pytest.mark.parametrize(("kind", "rule"), rules_of("each"))
def test_lists_that_share_out_figures(kind: str, rule: PlaceWords) -> None:
    words = pointer_rules(RULES)
    for group, wanted in ((rule.examples, True), (rule.counter_examples, False)):
        for example in group:
            text, marked = plain(example)
            figures = [m.span() for m in re.finditer("[0-9]+条", text)]
            pairs = paired(Boundaries.of(RULES).layout(text, 0), find_places(text, RULES), figures, words)
            assert ([(m.start, m.end) for m in pairs.values()] == marked) == wanted


@pytest.mark.parametrize(("kind", "rule"), rules_of("digest"))
def test_titles_of_digests(kind: str, rule: PlaceWords) -> None:
    for group, wanted in ((rule.examples, True), (rule.counter_examples, False)):
        for example in group:
            title = plain(example)[0]
            text = title + "\n" + "".join(f"某地见闻\n{n}月，那里修了路。\n" for n in "一二三")
            layout = Boundaries.of(RULES).layout(text, len(title))
            document = Document(id="x")
            context = PlaceContext(layout, find_places(text, RULES), RULES, document, [])
            assert Subjects(context, RULES, document).digest == wanted


@pytest.mark.parametrize(("kind", "rule"), rules_of("summary"))
def test_titles_over_lines_that_stand_alone(kind: str, rule: PlaceWords) -> None:
    for group, wanted in ((rule.examples, True), (rule.counter_examples, False)):
        for example in group:
            context = context_of(plain(example)[0])
            assert context.summary == wanted


@pytest.mark.parametrize(("kind", "rule"), rules_of("realm"))
def test_headings_over_news_of_a_realm(kind: str, rule: Realm) -> None:
    for group, wanted in ((rule.examples, rule.side), (rule.counter_examples, "")):
        for example in group:
            title = plain(example)[0]
            assert context_of(f"{title}\n那里修了路。\n").realms.at(len(title) + 2) == wanted


@pytest.mark.parametrize(("kind", "rule"), rules_of("partner"))
def test_partners_of_ours(kind: str, rule: PlaceWords) -> None:
    for group, wanted in ((rule.examples, False), (rule.counter_examples, True)):
        for example in group:
            text, ((start, _),) = plain(example)
            assert (start in context_of(text).abroad) == wanted


@pytest.mark.parametrize(("kind", "rule"), rules_of("provinces"))
def test_figures_that_count_provinces(kind: str, rule: PlaceWords) -> None:
    for group, wanted in ((rule.examples, True), (rule.counter_examples, False)):
        for example in group:
            text, ((start, _),) = plain(example)
            assert bool(pointer_rules(RULES).counted.match(text, start)) == wanted


@pytest.mark.parametrize(("kind", "rule"), rules_of("back", "both"))
def test_words_that_point_back(kind: str, rule: PlaceWords) -> None:
    for group, wanted in ((rule.examples, True), (rule.counter_examples, False)):
        for example in group:
            text, marked = plain(example)
            features = offered(text, *marked[-1])
            assert any(f.split(".")[0] == kind for f in features) == wanted


@pytest.mark.parametrize(("kind", "rule"), rules_of("route"))
def test_lines_that_lead_through_places(kind: str, rule: PlaceWords) -> None:
    for group, wanted in ((rule.examples, True), (rule.counter_examples, False)):
        for example in group:
            text, (_, (start, end)) = plain(example)
            assert ("route" in offered(text, start, end)) == wanted


@pytest.mark.parametrize(("kind", "rule"), rules_of("departure"))
def test_places_that_something_sets_out_from(kind: str, rule: PlaceWords) -> None:
    for group, wanted in ((rule.examples, "seat"), (rule.counter_examples, "names")):
        for example in group:
            text, ((start, _),) = plain(example)
            layout, figure = Boundaries.of(RULES).layout(text, 0), text.index("1万列")
            context = PlaceContext(layout, find_places(text, RULES), RULES, Document(id="x"), [figure])
            assert [p.kind for p in context.located if p.start == start] == [wanted]


@pytest.mark.parametrize(("kind", "rule"), rules_of("local"))
def test_bodies_of_the_state_and_of_a_province_or_city(kind: str, rule: PlaceWords) -> None:
    for group, wanted in ((rule.examples, False), (rule.counter_examples, True)):
        for example in group:
            text, ((start, _),) = plain(example)
            assert ((start, "ministry") in {(p.start, p.kind) for p in pointed(text)}) == wanted


@pytest.mark.parametrize(("kind", "rule"), rules_of("copula"))
def test_places_that_are_an_attribute_of_one_in_them(kind: str, rule: PlaceWords) -> None:
    for group, wanted in ((rule.examples, "seat"), (rule.counter_examples, "names")):
        for example in group:
            text, marked = plain(example)
            last = max(start for start, _ in marked)
            assert [p.kind for p in context_of(text).located if p.start == last] == [wanted]


def context_of(text: str) -> PlaceContext:
    layout = Boundaries.of(RULES).layout(text, text.index("\n") if "\n" in text else 0)
    return PlaceContext(layout, find_places(text, RULES), RULES, Document(id="x"), [])


def agency_rules() -> list[ParameterSet]:
    loaded = RULES.load(AGENCIES, AgencyRules)
    kinds = AgencyRules.model_fields
    return [pytest.param(kind, rule, id=rule.id) for kind in kinds for rule in getattr(loaded, kind)]


HEARSAY = ("heard", "toward")  # found, but not who did it


@pytest.mark.parametrize(("kind", "rule"), [p for p in agency_rules() if p.values[0] in HEARSAY])
def test_agencies_that_do_not_act(kind: str, rule: PlaceWords) -> None:
    grammar = agency_grammar(RULES)
    for group, wanted in ((rule.examples, False), (rule.counter_examples, True)):
        for example in group:
            text, marked = plain(example)
            (agency,) = grammar.find(text, find_places(text, RULES))
            assert [(agency.start, agency.end)] == marked
            assert list(grammar.acting(text, [agency])) == ([agency] if wanted else [])


@pytest.mark.parametrize(("kind", "rule"), [p for p in agency_rules() if p.values[0] not in HEARSAY])
def test_agency_rules(kind: str, rule: PlaceWords) -> None:
    grammar = agency_grammar(RULES)
    for group, wanted in (
        (rule.examples, kind != "collective"),
        (rule.counter_examples, kind == "collective"),
    ):
        for example in group:
            text, marked = plain(example)
            found = [(a.start, a.end) for a in grammar.find(text, find_places(text, RULES))]
            assert found == (marked if wanted else []), example
