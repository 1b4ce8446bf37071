"""Places: the place that an article as a whole is about."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.extract.places.gazetteer import NATION
from taizhang.extract.places.mentions import find_places
from taizhang.extract.places.pointer_rules import PointerRules
from taizhang.extract.places.pointers import STATE, Pointer
from taizhang.extract.places.topic import COUNTRY, NOWHERE, OFTEN, PlaceCode, dominant, named
from taizhang.records import Document, How
from taizhang.rules import RuleSet
from taizhang.segment.layout import Layout

CAPITAL = "110000"  # where reports about the whole country are sent from


def document_place(
    layout: Layout, found: Sequence[Pointer], words: PointerRules, rules: RuleSet, document: Document
) -> tuple[PlaceCode, How, str]:
    """The place that the article as a whole is about."""
    title = layout.title
    for pointer in found:
        if pointer.kind == "names" and title.start <= pointer.start < title.end:
            spot = named(pointer, NOWHERE)
            if spot.code and spot.code != NATION:
                return spot, "title", "title"
    most = dominant(found, _lead(layout))
    if most.code:
        return most, "document", "document.dominant"
    national = _is_national(layout, found, words)
    sent = next((named(p, NOWHERE) for p in found if p.kind == "dateline"), NOWHERE)
    if sent.code and not (national and sent.code == CAPITAL):
        return sent, "document", "document.dateline"
    if national:
        return COUNTRY, "document", "document.nation"
    outlet = find_places(document.source or "", rules, document.published)
    if outlet and outlet[-1].code:
        return PlaceCode(outlet[-1].code), "document", "document.source"
    return NOWHERE, "", ""


def _is_national(layout: Layout, found: Sequence[Pointer], words: PointerRules) -> bool:
    """Whether the country is what the text is about: its opening names it, or many sentences do.

    It must be named at least as often as other countries are.
    """
    state = [p.start for p in found if p.kind in STATE and p.rule not in words.weak]
    abroad = [p for p in found if p.kind == "elsewhere" and p.rule not in words.anonymous]
    prominent = len(state) >= OFTEN or (state and state[0] < _lead(layout))
    return bool(prominent) and len(state) >= len(abroad)


def _lead(layout: Layout) -> int:
    """Where the opening of the article ends: its title, or else its first line, and the paragraph after."""
    after = layout.title.end or layout.paragraphs[0].end if layout.paragraphs else 0
    body = [p for p in layout.paragraphs if p.start >= after]
    return body[0].end if body else after
