"""Extract: what is seen for each time that is offered to a quantity; the weights are in ``rules/weights/time.tsv``.

A feature is written ``what is looked at: what is seen``. Few things can be seen at each look, so that what a look
writes is written once and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from taizhang.extract.times_dates import Said
from taizhang.extract.times_options import Offer
from taizhang.extract.times_sites import Site

KEPT = 4096  # of what each look has written
GROUPS = {  # where a date stands, in few words; all else is far
    "clause": "near",
    "adverb": "near",
    "sentence": "near",
    "behind": "behind",
    "after": "behind",
    "before": "mid",
}


class Last(NamedTuple):
    """What the quantity before took: its time, its offset and its site; no site before the first quantity."""

    value: str
    start: int
    site: Site | None
    count: int = 0
    tally: Mapping[str, int] = MappingProxyType({})
    free: Mapping[str, int] = MappingProxyType({})

    def where(self, site: Site) -> str:
        """The smallest piece of the layout that holds both quantities."""
        return _between(self.site, site)

    def kin(self, site: Site) -> str:
        """Whether the quantity before is of the same make."""
        before = self.site
        if before is None:
            return "first"
        same = "like" if before.kind == site.kind else "unlike"
        return f"{same}, {'even' if before.cues == site.cues else 'odd'}"

    @property
    def dated(self) -> str:
        """Whether it has a time."""
        return "dated" if self.value else "open"

    def taken(self, value: str) -> str:
        """How many of the quantities before took a value."""
        return _share(self.tally.get(value, 0), self.count)

    def freely(self, value: str) -> str:
        """How many of those whose own paragraph says nothing took a value."""
        return _share(self.free.get(value, 0), sum(self.free.values()))


def _between(before: Site | None, site: Site) -> str:
    """The smallest piece of the layout that holds both quantities."""
    if before is None:
        return "nowhere"
    if before.clause == site.clause:
        return "clause"
    if before.sentence == site.sentence:
        return "sentence"
    if before.paragraph == site.paragraph:
        return "paragraph"
    return "section" if before.section == site.section else "text"


class Gap(NamedTuple):
    """What lies between a date and a quantity, and about them.

    Attributes:
        beside: dates that are offered of the quantity's own sentence.
        counted: quantities.
        parted: whether a semicolon does.
        spoken: whether someone begins to speak.
    """

    beside: int
    counted: int
    parted: bool
    spoken: bool
    nearer: bool


class Scope(NamedTuple):
    """What a text is, as far as its times go.

    Attributes:
        genre: by its title.
        wide: where the dates of the whole stand.
        dates: how many dates there are to a paragraph, in a word.
    """

    genre: str
    wide: str
    dates: str


class Looks(NamedTuple):
    """How a text looks back on the year before: by its title, by the words of the clause, and on which year."""

    titled: bool
    yearly: bool
    year: str


def of_date(offer: Offer, site: Site, last: Last, gap: Gap, scope: Scope) -> tuple[str, ...]:
    """What is seen for a date that is offered to the quantity at ``site``, given what the one before it took."""
    said, stands = offer.said, offer.stands
    group = GROUPS.get(stands, "far")
    turn = "new" if said.start >= last.start else "same" if said.value == last.value else "other"
    found = (
        _itself(said.looks, offer.force, group)
        + _distance(*_steps(said, site), group, min(gap.counted, 6))
        + _about_it(min(gap.beside, 3), said.lies, site.tense, group, offer.force)
        + _cues(site.cues, stands, said.reach > site.start)
    )
    if last.site is not None:
        found += _last(stands, turn, last.dated, last.where(site))
    found += (
        f"genre: {scope.genre}, {stands}",
        f"genre force: {scope.genre}, {group}, {offer.force}",
        f"taken: {last.taken(said.value)}, {stands}",
        f"kin: {turn}, {last.kin(site)}, {last.where(site)}",
        f"about: {site.about}, {stands}",
        f"rank: {offer.rank}, {group}",
        f"kind: {site.kind}, {group}, {said.rule}",
        f"value: {_form(said.value)}, {stands}",
    )
    if group == "far":
        found += (
            f"free: {last.freely(said.value)}, {stands}",
            f"free near: {last.freely(said.value)}, {gap.nearer}",
            f"wide: {scope.wide}, {stands}",
            f"genre tense: {scope.genre}, {site.tense}, {stands}",
            f"nearer: {gap.nearer}, {stands}",
            f"nearer genre: {gap.nearer}, {scope.genre}",
        )
    if gap.parted:
        found += (f"parted: {group}, {said.rule}",)
    if gap.spoken:
        found += (f"spoken: {stands}",)
    return (*found, f"put rule: {stands}, {said.rule}") if group == "behind" else found


def _share(part: int, whole: int) -> str:
    """A share in few words."""
    if not whole:
        return "first"
    return "none" if not part else "few" if part * 4 < whole else "some" if part * 2 < whole else "most" if part * 5 < whole * 4 else "all"


@lru_cache(KEPT)
def _itself(looks: tuple[str, str, str, str], force: bool, group: str) -> tuple[str, ...]:
    """Whether it holds by its reach alone, what it opens, what kind of date it is and where, what follows it."""
    rule, pattern, opens, follows = looks
    return (
        f"force: {'in force' if force else 'over'}, {rule}",
        f"opens: {group}, {opens or 'nothing'}",
        f"pattern: {pattern}",
        f"pattern place: {pattern}, {group}",
        f"follows: {follows}",
    )


def _steps(said: Said, site: Site) -> tuple[str, int]:
    if said.sentence == site.sentence:
        return "clauses", min(abs(site.clause - said.clause), 6)
    if said.paragraph == site.paragraph:
        return "sentences", min(site.sentence - said.sentence, 6)
    return "paragraphs", min(site.paragraph - said.paragraph, 6)


@lru_cache(KEPT)
def _distance(pieces: str, steps: int, group: str, between: int) -> tuple[str, str]:
    """The clauses, sentences or paragraphs to the date, and how much was counted since."""
    return f"distance: {pieces} {_about(steps)}", f"counted: {group}, {_about(between)}"


@lru_cache(KEPT)
def _about_it(beside: int, lies: str, tense: str, group: str, force: bool) -> tuple[str, str]:
    """How many dates the sentence has, and whether past or future befits what the clause says."""
    return f"beside: {beside}, {group}, {'in force' if force else 'over'}", f"lies: {lies}, {tense}, {group}"


def _about(count: int) -> str:
    return str(count) if count < 3 else "3-5" if count < 6 else "6+"


@lru_cache(KEPT)
def _last(stands: str, turn: str, dated: str, where: str) -> tuple[str, str]:
    """Whether the quantity before took it (or another, or it is new since), and where both stand."""
    return f"last: {turn} in {where}", f"last place: {stands} {turn}, {dated}, {where}"


@lru_cache(KEPT)
def _cues(cues: tuple[str, ...], stands: str, reaches: bool) -> tuple[str, ...]:
    """The words of the quantity's clause, and whether the date reaches so far."""
    return tuple(f"cue: {cue}, {stands}, {'reaches' if reaches else 'ended'}" for cue in cues)


def of_nothing(site: Site, last: Last, nearest: Offer | None, beside: int, scope: Scope, forced: str, nearer: bool) -> tuple[str, ...]:
    """What is seen for no time at all."""
    found: tuple[str, ...] = (
        "none",
        f"none tense: {site.tense}",
        f"none beside: {min(beside, 3)}",
        f"none kind: {site.kind}",
        f"none last: {last.dated} in {last.where(site)}",
    )
    found += (
        f"none genre: {scope.genre}",
        f"none wide: {scope.wide}",
        f"none taken: {last.taken('')}, {scope.genre}",
        f"none kin: {last.dated}, {last.kin(site)}, {last.where(site)}",
        f"none about: {site.about}",
        f"none free: {last.freely('')}, {nearer}",
        f"none free genre: {last.freely('')}, {nearer}, {scope.genre}",
        f"none force: {forced}",
        f"none force kind: {forced}, {site.kind}",
    )
    if nearest:
        found += (f"none near: {nearest.stands}, {nearest.said.rule}",)
        found += (f"none nearest: {nearest.said.rule}",)
    if site.opening:
        found += (f"none opening: {site.opening}",)
    return found + tuple([f"none cue: {cue}" for cue in site.cues])


def of_report(site: Site, last: Last, looks: Looks) -> tuple[str, ...]:
    """What is seen for the year that a yearly report looks back on."""
    title = "titled" if looks.titled else "perhaps"
    same = "same" if last.value == looks.year else last.dated
    return (
        f"report: {title}",
        f"report yearly: {title}, {'yearly' if looks.yearly else 'other'}",
        f"report last: {same} in {last.where(site)}",
        *[f"report cue: {cue}" for cue in (site.kind, *site.cues)],
    )


@lru_cache(KEPT)
def _form(value: str) -> str:
    """How exact a time is, and whether it is a point, a period or open."""
    begins, _, ends = value.partition("/")
    kind = {4: "year", 7: "month", 10: "day"}.get(len(begins), "nothing")
    return f"{kind} on" if ends == ".." else f"{kind} to {kind}" if ends else kind
