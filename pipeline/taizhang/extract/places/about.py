"""Places: what a text may be about, each with all that speaks for it: what is named where, how often, beside what."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from taizhang.extract.places.context import PlaceContext
from taizhang.extract.places.gazetteer import NATION, Gazetteer, level_of, stem, within
from taizhang.extract.places.pointers import STATE, Pointer, is_idle
from taizhang.extract.places.shapes import Deixis
from taizhang.extract.places.topic import TOWN
from taizhang.judge import Option
from taizhang.records import PlaceMention
from taizhang.segment.layout import Layout, LayoutUnit

FIELD = "place_article"  # the name of its table of weights
ASIDE = ("thing", "firm", "goal", "open", "outlet")  # parts that a name plays beside what a text is about
BEYOND = ("71", "81", "82")  # provinces that texts name as partners: guests, trade, flights
CAPITAL = "11"  # the province where reports about the whole country are sent from
OFTEN = 3  # words such as 全市 from which on they are no slip
HEADED = 6  # characters of a title in which a place can be its subject
SIGNED = 40  # characters of a last line that can be a signature
SHARES = (0.001, 0.26, 0.51, 0.76, 0.999)  # borders between shares that are told apart
COUNTS = (1, 2, 3, 5, 9)  # and between counts


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
    names: Gazetteer
    year: int | None


def evidence_of(
    scope: PlaceScope, context: PlaceContext, outlet: Sequence[str], digest: bool
) -> PlaceEvidence:
    """What stands in one scope of an article; ``outlet`` are the places that its source names."""
    words = context.words
    low = scope.title.start if scope.title.end > scope.title.start else scope.body.start
    high = scope.body.end
    inside = [p for p in context.found if low <= p.start < high]
    named = [
        m for m in context.mentions if not is_idle(context.layout.text, m, words) and low <= m.start < high
    ]
    text = context.layout.text
    bodies = words.agencies.find(text, context.mentions)
    firms = frozenset(b.start for b in bodies if text.endswith(words.firm, b.start, b.end))
    sights = [
        *_sights(named, inside, firms, words.groups),
        *(NameRole(high, code, "outlet") for code in outlet),
    ]
    weak = [p for p in inside if p.kind in STATE and p.rule in words.weak]
    abroad = [p for p in inside if p.kind == "elsewhere" and p.rule not in words.anonymous]
    return PlaceEvidence(
        scope,
        tuple(sights),
        tuple(
            words.deixis[p.rule] for p in inside if p.kind in ("deixis", "agency") and p.rule in words.deixis
        ),
        tuple(p.start for p in inside if p.kind in STATE and p.rule not in words.weak),
        len(weak),
        len(abroad),
        frozenset(s.start for s in sights if _is_held(s, context)),
        Counter(
            m.code
            for m in {(m.surface, m.code): m for m in named if m.level == "township"}.values()
            if m.code
        ),
        digest,
        context.names,
        context.year,
    )


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


def options(evidence: PlaceEvidence) -> list[Option]:
    """Every division named or above one named, and none, each with what is seen for it.

    The nation is an option only where it is spoken of, or several provinces are, or the text is an item of a digest.
    """
    codes = {s.code for s in evidence.sights}
    above = {
        f"{stem(c)[:n]}".ljust(6, "0") for c in codes for n in (2, 4) if len(stem(c)) > n and c[2:4] != "90"
    }
    above -= {c for c in above if c.startswith(("11", "12", "31", "50", "81", "82")) and c[2:4] != "00"}
    divisions = sorted(c for c in (codes | above) - {NATION} if _may_be(c, evidence))
    offered = [
        *(Option(c, "about.division", tuple(_division(c, evidence, codes))) for c in divisions),
        Option("", "about.nowhere", tuple(_nowhere(evidence))),
    ]
    several = len({c[:2] for c in codes}) > 1
    if _may_be_national(evidence) or several or evidence.digest or NATION in codes:
        offered.append(Option(NATION, "about.nation", tuple(_nation(evidence))))
    return offered


def _may_be_national(evidence: PlaceEvidence) -> bool:
    """Whether a text of one province can be about the nation: one of 全市 or 我区 must say so more than once."""
    said = len(evidence.state)
    return said > 1 or (bool(said or evidence.weak) and not any(rule.endings for rule in evidence.deixis))


def _may_be(code: str, evidence: PlaceEvidence) -> bool:
    """Whether a text can be about a division: about what it names as a partner only where it begins with it."""
    scope = evidence.scope
    return not code.startswith(BEYOND) or any(
        s.code == code and (s.role == "outlet" or scope.title.start <= s.start < scope.lead)
        for s in evidence.sights
    )


def _division(code: str, evidence: PlaceEvidence, named: set[str]) -> Iterator[str]:
    """What is seen for a division."""
    scope, sights = evidence.scope, evidence.sights
    own = [s for s in sights if s.code == code]
    part = [s for s in sights if within(s.code, code) and s.code != code]
    whole = [s for s in sights if within(code, s.code) and s.code != code]
    level = level_of(code)
    yield f"level={level}"
    yield "named" if own else "implied"
    for name, group in (("own", own), ("part", part), ("whole", whole)):
        yield from (f"{name}.{seen}" for seen in sorted({_where(s, scope) for s in group}))
        yield from (f"{name}.{role}" for role in sorted({s.role for s in group}))
    if any(s.role == "dateline" for s in own) and code.startswith(CAPITAL):
        yield "own.dateline.capital"
    played = [s for s in sights if s.role not in ASIDE]
    inside = sum(within(s.code, code) for s in played)
    yield f"share={_bin(inside / len(played), SHARES) if played else 'none'}"
    yield f"ownshare={_bin(sum(s.code == code for s in played) / len(played), SHARES) if played else 'none'}"
    yield f"times={_bin(sum(s.role not in ('open', 'outlet') for s in own), COUNTS)}"
    children = {s.code for s in part}
    yield f"children={_bin(len(children), COUNTS)}"
    if all(within(s.code, code) or within(code, s.code) for s in played):
        yield "chain"
        if not part:
            yield "chain.deepest"
    if own and all(s.start in evidence.held for s in own):
        yield from ("own.held", f"own.held.{level}")
    yield from _entitled(code, scope, sights)
    if own and not any(s.code != code and within(s.code, code) for s in sights):
        yield "leaf"
    if played and min(s.start for s in played) in {s.start for s in own}:
        yield "first"
    yield f"towns={_bin(evidence.towns[code], COUNTS)}"
    yield from _pointed(evidence.names.row(code, evidence.year).name, level, evidence.deixis)
    if evidence.digest:
        yield "digest"
    if evidence.state:
        yield f"state.{level}"


def _entitled(code: str, scope: PlaceScope, sights: Sequence[NameRole]) -> Iterator[str]:
    """How the title names a division: at its head, and alone or beside others."""
    named = [
        s for s in sights if scope.title.start <= s.start < scope.title.end and s.role in ("names", "seat")
    ]
    if code not in {s.code for s in named}:
        return
    yield "title.alone" if len({s.code for s in named}) == 1 else "title.several"
    if named[0].code == code and named[0].start - scope.title.start <= HEADED:
        yield "title.head"


def _where(sight: NameRole, scope: PlaceScope) -> str:
    """The part of the text in which a name stands."""
    if sight.role == "outlet":
        return "outlet"
    if scope.title.start <= sight.start < scope.title.end:
        return "title" if sight.role != "thing" else "title.thing"
    if sight.role in ASIDE:
        return "far"
    if sight.start < scope.lead:
        return "lead"
    if sight.start < scope.opening:
        return "opening"
    return "closing" if sight.start >= scope.closing else "body"


def _pointed(name: str, level: str, deixis: Sequence[Deixis]) -> Iterator[str]:
    """Whether words such as 全市 can mean a division of this name: 我区 is a district or a 自治区, no 省."""
    kinds = Counter((rule.id, rule.endings) for rule in deixis if rule.endings)
    if not kinds:
        yield "fits=none"
        return
    fits = {kind for kind in kinds if name.endswith(kind[1]) or (kind[0] == TOWN and level == "county")}
    share = _bin(sum(kinds[kind] for kind in fits) / kinds.total(), SHARES)
    yield f"fits={share}"
    if kinds.total() >= OFTEN:
        yield f"fits.often={share}"
    yield "fits.most" if kinds.most_common(1)[0][0] in fits else "misfit.most"


def _nation(evidence: PlaceEvidence) -> Iterator[str]:
    """What is seen for the nation."""
    scope, state = evidence.scope, evidence.state
    yield "nation"
    names = len([s for s in evidence.sights if s.role not in ("thing", "open")])
    yield f"nation.times={_bin(len(state), COUNTS)}"
    yield f"nation.share={_bin(len(state) / (names + len(state)), SHARES) if state or names else 'none'}"
    yield f"nation.weak={_bin(evidence.weak, COUNTS)}"
    yield f"nation.abroad={_bin(evidence.abroad, COUNTS)}"
    yield f"nation.deixis={_bin(len([r for r in evidence.deixis if r.endings]), COUNTS)}"
    provinces = {s.code[:2] for s in evidence.sights if s.role not in ("thing", "open")}
    yield f"nation.provinces={_bin(len(provinces), COUNTS)}"
    if any(scope.title.start <= at < scope.title.end for at in state):
        yield "nation.title"
    if any(scope.title.end <= at < scope.lead for at in state):
        yield "nation.lead"
    if any(scope.lead <= at < scope.opening for at in state):
        yield "nation.opening"
    if evidence.digest:
        yield "nation.digest"


def _nowhere(evidence: PlaceEvidence) -> Iterator[str]:
    """What is seen for no place at all."""
    yield "nowhere"
    names = [s for s in evidence.sights if s.role not in ("thing", "open")]
    yield f"nowhere.names={_bin(len(names), COUNTS)}"
    yield f"nowhere.things={_bin(len(evidence.sights) - len(names), COUNTS)}"
    yield f"nowhere.state={_bin(len(evidence.state), COUNTS)}"
    yield f"nowhere.abroad={_bin(evidence.abroad, COUNTS)}"
    yield f"nowhere.deixis={_bin(len([r for r in evidence.deixis if r.endings]), COUNTS)}"
    provinces = {s.code[:2] for s in names}
    yield f"nowhere.provinces={_bin(len(provinces), COUNTS)}"
    if evidence.digest:
        yield "nowhere.digest"


def _bin(value: float, borders: Sequence[float]) -> int:
    """How many of the borders a value reaches."""
    return sum(value >= border for border in borders)


def scope_of(layout: Layout, title: LayoutUnit, body: LayoutUnit) -> PlaceScope:
    """The scope of a title and the text under it."""
    sentences = [s for s in layout.sentences if body.start <= s.start < body.end]
    paragraphs = [p for p in layout.paragraphs if body.start <= p.start < body.end]
    lead = sentences[0].end if sentences else body.end
    opening = paragraphs[0].end if paragraphs else body.end
    last = paragraphs[-1] if len(paragraphs) > 1 else LayoutUnit(body.end, body.end)
    closing = last.start if last.end - last.start <= SIGNED else body.end
    return PlaceScope(title, body, lead, opening, closing)
