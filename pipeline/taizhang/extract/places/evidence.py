"""Places: all that a text has on what it is about: which names stand where, in which part, and what points at it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from taizhang.extract.places.agencies import Agency
from taizhang.extract.places.context import PlaceContext
from taizhang.extract.places.gazetteer import NATION, Gazetteer
from taizhang.extract.places.pointer_rules import PointerRules
from taizhang.extract.places.pointers import STATE, Pointer, is_idle
from taizhang.extract.places.shapes import Deixis
from taizhang.extract.places.themes import READ
from taizhang.records import PlaceMention
from taizhang.segment.layout import Layout, LayoutUnit

Placed = TypeVar("Placed", Pointer, PlaceMention, Agency, LayoutUnit)

SIGNED = 40  # characters of a last line that can be a signature


class PlaceScope(NamedTuple):
    """What is judged as one text: an article, or one item of a digest. The title is empty where there is none."""

    title: LayoutUnit
    body: LayoutUnit
    lead: int  # where its first sentence ends
    opening: int  # where its first paragraph ends
    closing: int  # where a last line that can be a signature begins, or else where it ends


class NameRole(NamedTuple):
    """One name where it stands: the division that it is of and what part it plays there."""

    start: int
    code: str
    role: str  # names, seat, dateline, goal, outlet; group: of a region in it; firm, thing: in a name; open: of several


class PlaceEvidence(NamedTuple):
    """All that a text has on its own place."""

    scope: PlaceScope
    sights: tuple[NameRole, ...]
    deixis: tuple[Deixis, ...]  # what points at it without naming it: 全市, 我县
    state: tuple[int, ...]  # where the nation or a body of it is spoken of
    weak: int  # how often by words that are no evidence
    abroad: int  # how often other countries are
    held: frozenset[int]  # where a name is only where something meets
    towns: Counter[str]  # how many towns of each county are named
    digest: bool
    realm: str  # whose news it is by the headings: home, abroad or empty
    names: Gazetteer
    year: int | None
    themes: tuple[str, ...]  # what its beginning speaks of
    everywhere: bool  # whether it tells of 各地, and of no place whose they are
    regions: bool  # whether it tells of a region of several provinces
    wire: bool  # whether its beginning names an agency or a paper of the whole country that sends it


def evidence_of(
    scope: PlaceScope, context: PlaceContext, outlet: Sequence[str], digest: bool
) -> PlaceEvidence:
    """What stands in one scope of an article; ``outlet`` are the places that its source names."""
    words, text = context.words, context.layout.text
    low = scope.title.start if scope.title.end > scope.title.start else scope.body.start
    high = scope.body.end
    read = low, min(high, low + READ)
    inside = _inside(context.found, low, high)
    named = [m for m in _inside(context.mentions, low, high) if not is_idle(text, m, words)]
    bodies = _inside(words.agencies.find(text, context.mentions), low, high)
    firms = frozenset(b.start for b in bodies if text.endswith(words.firm, b.start, b.end))
    sights = (
        *_sights(named, inside, firms, words.groups),
        *(NameRole(high, code, "outlet") for code in outlet),
    )
    state = [p for p in inside if p.kind in STATE]
    return PlaceEvidence(
        scope=scope,
        sights=sights,
        deixis=_deixis(inside, words),
        state=tuple(p.start for p in state if p.rule not in words.weak),
        weak=sum(p.rule in words.weak for p in state),
        abroad=sum(p.kind == "elsewhere" and p.rule not in words.anonymous for p in inside),
        held=frozenset(s.start for s in sights if _is_held(s, context)),
        towns=_towns(named),
        digest=digest,
        realm=context.realms.at(low),
        names=context.names,
        year=context.year,
        themes=context.themes.within(text, *read),
        everywhere=any(p.kind == "everywhere" for p in inside),
        regions=any(p.kind == "group" and words.groups[p.rule] == NATION for p in inside),
        wire=any(text.find(form, *read) >= 0 for form in words.dateline),
    )


def _deixis(found: Sequence[Pointer], words: PointerRules) -> tuple[Deixis, ...]:
    """The words that point at a place without naming it."""
    pointing = [p.rule for p in found if p.kind in ("deixis", "agency")]
    return tuple(words.deixis[rule] for rule in pointing if rule in words.deixis)


def _towns(named: Sequence[PlaceMention]) -> Counter[str]:
    """How many towns of each county are named, each counted once."""
    towns = dict.fromkeys((m.surface, m.code) for m in named if m.level == "township")
    return Counter(code for _, code in towns if code)


def _inside(found: Sequence[Placed], low: int, high: int) -> Sequence[Placed]:
    """What begins between two offsets, of what is in order."""
    first, last = (bisect_left(found, at, key=lambda one: one.start) for at in (low, high))
    return found[first:last]


def _sights(
    mentions: Sequence[PlaceMention],
    found: Sequence[Pointer],
    firms: Collection[int],
    groups: Mapping[str, str],
) -> Iterator[NameRole]:
    covered: list[tuple[int, int]] = []
    for pointer in found:
        if pointer.kind == "group" and groups[pointer.rule] != NATION:
            yield NameRole(pointer.start, groups[pointer.rule], "group")
        for chain in pointer.chains:
            covered.append((chain[0].start, chain[-1].end))
            last = chain[-1]
            if last.code:
                yield NameRole(last.start, last.code, "firm" if pointer.start in firms else pointer.kind)
            else:
                yield from (NameRole(last.start, code, "open") for code in last.candidates)
    for mention in mentions:
        at = bisect_left(covered, (mention.start + 1,)) - 1
        if mention.code and (at < 0 or covered[at][1] <= mention.start):
            yield NameRole(mention.start, mention.code, "thing")


def _is_held(sight: NameRole, context: PlaceContext) -> bool:
    """Whether a name is where the rest of its clause says that something meets."""
    layout = context.layout
    clause = layout.clauses[max(0, layout.clause_at(sight.start))]
    return context.words.held.search(layout.text, sight.start, clause.end) is not None


def scope_of(layout: Layout, title: LayoutUnit, body: LayoutUnit) -> PlaceScope:
    """The scope of a title and the text under it."""
    sentences = _inside(layout.sentences, *body)
    paragraphs = _inside(layout.paragraphs, *body)
    lead = sentences[0].end if sentences else body.end
    opening = paragraphs[0].end if paragraphs else body.end
    last = paragraphs[-1] if len(paragraphs) > 1 else LayoutUnit(body.end, body.end)
    closing = last.start if last.end - last.start <= SIGNED else body.end
    return PlaceScope(title, body, lead, opening, closing)
