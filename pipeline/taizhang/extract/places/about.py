"""Places: what a text may be about, each with all that speaks for it: what is named where, how often, beside what."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from taizhang.extract.places.evidence import NameRole, PlaceEvidence, PlaceScope
from taizhang.extract.places.gazetteer import NATION, level_of, stem, within
from taizhang.extract.places.themes import spoken
from taizhang.extract.places.topic import TOWN
from taizhang.judge import Option

FIELD = "place_article"  # the name of its table of weights
ASIDE = ("thing", "firm", "goal", "open", "outlet")  # parts that a name plays beside what a text is about
BEYOND = ("71", "81", "82")  # provinces that texts name as partners: guests, trade, flights
CAPITAL = "11"  # the province where reports about the whole country are sent from
OFTEN = 3  # words such as 全市 from which on they are no slip
HEADED = 6  # characters of a title in which a place can be its subject
SHARES = (0.001, 0.26, 0.51, 0.76, 0.999)  # borders between shares that are told apart
COUNTS = (1, 2, 3, 5, 9)  # and between counts


def options(evidence: PlaceEvidence) -> list[Option]:
    """Every division named or above one named, and none, each with what is seen for it.

    The nation is an option only where it, a region of it or several provinces are spoken of, where the text is an item
    of a digest, or where it names nothing and tells of 各地 or is sent by an agency of the whole country.
    """
    codes = {s.code for s in evidence.sights}
    above = {
        f"{stem(c)[:n]}".ljust(6, "0") for c in codes for n in (2, 4) if len(stem(c)) > n and c[2:4] != "90"
    }
    above -= {c for c in above if c.startswith(("11", "12", "31", "50", "81", "82")) and c[2:4] != "00"}
    divisions = sorted(c for c in (codes | above) - {NATION} if _may_be(c, evidence))
    seen = _Divisions(evidence, codes).seen
    offered = [
        *(Option(c, "about.division", tuple(seen(c))) for c in divisions),
        Option("", "about.nowhere", tuple(_nowhere(evidence))),
    ]
    several = len({c[:2] for c in codes}) > 1
    if _may_be_national(evidence) or several or evidence.digest or NATION in codes:
        offered.append(Option(NATION, "about.nation", tuple(_nation(evidence))))
    return offered


def _may_be_national(evidence: PlaceEvidence) -> bool:
    """Whether a text of one province can be about the nation: one of 全市 or 我区 must say so more than once."""
    said = len(evidence.state)
    if said > 1:
        return True
    named = any(s.role not in ASIDE for s in evidence.sights)
    told = said or evidence.weak or evidence.regions
    told = told or (not named and (evidence.wire or evidence.everywhere))
    return bool(told) and not any(rule.endings for rule in evidence.deixis)


def _may_be(code: str, evidence: PlaceEvidence) -> bool:
    """Whether a text can be about a division: about what it names as a partner only where it begins with it."""
    scope = evidence.scope
    return not code.startswith(BEYOND) or any(
        s.code == code and (s.role == "outlet" or scope.title.start <= s.start < scope.lead)
        for s in evidence.sights
    )


class _Divisions:
    """One text, asked what is seen for one division after the other; ``named`` are those that it names."""

    def __init__(self, evidence: PlaceEvidence, named: Collection[str]) -> None:
        self.evidence, self.named = evidence, named
        played = [s for s in evidence.sights if s.role not in ASIDE]
        self.first = min([s.start for s in played], default=-1)
        self.played, self.total = Counter([s.code for s in played]), len(played)
        self.pointers = Counter([(rule.id, rule.endings) for rule in evidence.deixis if rule.endings])
        self.where: dict[str, set[str]] = {
            code: set() for code in named
        }  # in which parts names of each stand
        self.roles: dict[str, set[str]] = {code: set() for code in named}
        for sight in evidence.sights:
            self.where[sight.code].add(_where(sight, evidence.scope))
            self.roles[sight.code].add(sight.role)

    def seen(self, code: str) -> Iterator[str]:
        """What is seen for a division."""
        evidence = self.evidence
        below = {c for c in self.named if within(c, code)} - {code}
        above = {c for c in self.named if within(code, c)} - {code}
        own = [s for s in evidence.sights if s.code == code]
        level = level_of(code)
        yield f"level={level}"
        yield "named" if own else "implied"
        yield from self._standing("own", {code} if own else ())
        yield from self._standing("part", below)
        yield from self._standing("whole", above)
        if code.startswith(CAPITAL) and any(s.role == "dateline" for s in own):
            yield "own.dateline.capital"
        yield from (f"share={self._share({code, *below})}", f"ownshare={self._share({code})}")
        yield f"times={_bin(len([s for s in own if s.role not in ('open', 'outlet')]), COUNTS)}"
        yield f"children={_bin(len(below), COUNTS)}"
        if self.played.keys() <= {code, *below, *above}:
            yield "chain"
            if not below:
                yield "chain.deepest"
        if own and all(s.start in evidence.held for s in own):
            yield from ("own.held", f"own.held.{level}")
        yield from _entitled(code, evidence.scope, evidence.sights)
        if own and not below:
            yield "leaf"
        if self.total and any(s.start == self.first for s in own):
            yield "first"
        yield f"towns={_bin(evidence.towns[code], COUNTS)}"
        yield from _pointed(evidence.names.row(code, evidence.year).name, level, self.pointers)
        if evidence.digest:
            yield "digest"
        if evidence.state:
            yield f"state.{level}"

    def _standing(self, name: str, codes: Collection[str]) -> Iterator[str]:
        """Where the names of some divisions stand, and what parts they play."""
        for told in (self.where, self.roles):
            yield from [f"{name}.{seen}" for seen in sorted(set().union(*[told[code] for code in codes]))]

    def _share(self, codes: Collection[str]) -> str:
        """How large a share of the names is of some divisions."""
        return str(_bin(sum([self.played[c] for c in codes]) / self.total, SHARES)) if self.total else "none"


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


def _pointed(name: str, level: str, kinds: Counter[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """Whether words such as 全市 can mean a division of this name: 我区 is a district or a 自治区, no 省."""
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
    yield from _of_text("nation", evidence)


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
    yield from _of_text("nowhere", evidence)


def _of_text(name: str, evidence: PlaceEvidence) -> Iterator[str]:
    """What a text is: what it speaks of, who sends it, whether it tells of 各地 or a region, and what it is part of."""
    yield from spoken(name, evidence.themes)
    if evidence.wire:
        yield f"{name}.wire"
    if evidence.everywhere:
        yield f"{name}.everywhere"
    if evidence.regions:
        yield f"{name}.regions"
    if evidence.digest:
        yield f"{name}.digest"
    if evidence.realm:
        yield f"{name}.{evidence.realm}"


def _bin(value: float, borders: Sequence[float]) -> int:
    """How many of the borders a value reaches."""
    return bisect_right(borders, value)
