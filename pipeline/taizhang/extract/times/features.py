"""Times: what is seen for each time that is offered to a quantity; the weights are in ``rules/weights/time.tsv``.

A feature is written ``what is looked at: what is seen``. Few things can be seen at each look, so that what a look
writes is written once and kept.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from taizhang.extract.times.last import EarlierTimes
from taizhang.extract.times.mentions import DateMention
from taizhang.extract.times.options import TimeCandidate
from taizhang.extract.times.sites import QuantitySite

KEPT = 4096  # of what each look has written
GROUPS = {  # where a date stands, in few words; all else is far
    "clause": "near",
    "adverb": "near",
    "sentence": "near",
    "behind": "behind",
    "after": "behind",
    "before": "mid",
    "base": "base",
    "origin": "base",
}


class DateGap(NamedTuple):
    """What lies between a date and a quantity, and about them.

    Attributes:
        beside: dates that are offered of the quantity's own sentence.
        counted: quantities.
        parted: whether a semicolon does.
        spoken: whether someone begins to speak.
        nearer: whether the quantity's own paragraph has another date before it.
    """

    beside: int
    counted: int
    parted: bool
    spoken: bool
    nearer: bool


class TimeScope(NamedTuple):
    """What a text is, as far as its times go.

    Attributes:
        genre: by its title.
        wide: where the dates of the whole stand.
    """

    genre: str
    wide: str


class TimeSurroundings(NamedTuple):
    """What a quantity without a time has near it.

    Attributes:
        nearest: the nearest date that is offered, if it stands before.
        beside: dates that are offered of its own sentence.
        forced: where the date stands whose reach covers it.
        dated: whether its own paragraph has a date before it.
    """

    nearest: TimeCandidate | None
    beside: int
    forced: str
    dated: bool


class LookBack(NamedTuple):
    """How a text looks back on the year before: by its title, by the words of the clause, and on which year."""

    titled: bool
    yearly: bool
    year: str


def of_date(
    offer: TimeCandidate, site: QuantitySite, last: EarlierTimes, gap: DateGap, scope: TimeScope
) -> tuple[str, ...]:
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
        found += _last(stands, turn, last.dated, last.where(site), last.kin(site))
    found += _of_text(scope, stands, group, offer.force)
    found += _of_site(site.kind, site.about, said.rule, stands, group)
    found += _order(last.taken.share(said.value), offer.rank, stands, group)
    if group == "far":
        found += _far(scope, last.freely.share(said.value), site.tense, stands, gap.nearer)
    if gap.parted:
        found += (f"parted: {group}, {said.rule}",)
    if gap.spoken:
        found += (f"spoken: {stands}",)
    return (*found, f"put rule: {stands}, {said.rule}") if group == "behind" else found


@lru_cache(KEPT)
def _itself(looks: tuple[str, str, str, str, str], force: bool, group: str) -> tuple[str, ...]:
    """Whether it holds by its reach alone, what it opens, what kind of date it is and where, how it ends."""
    rule, pattern, opens, follows, last = looks
    return (
        f"force: {'in force' if force else 'over'}, {rule}",
        f"opens: {group}, {opens or 'nothing'}",
        f"pattern: {pattern}",
        f"pattern place: {pattern}, {group}",
        f"follows: {follows}",
        f"last character: {last}, {group}",
    )


def _steps(said: DateMention, site: QuantitySite) -> tuple[str, int]:
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
def _last(stands: str, turn: str, dated: str, where: str, kin: str) -> tuple[str, str, str]:
    """Whether the quantity before took it (or another, or it is new since), where both stand, how like they are."""
    return (
        f"last: {turn} in {where}",
        f"last place: {stands} {turn}, {dated}, {where}",
        f"kin: {turn}, {kin}, {where}",
    )


@lru_cache(KEPT)
def _of_text(scope: TimeScope, stands: str, group: str, force: bool) -> tuple[str, str]:
    """What the text is."""
    return f"genre: {scope.genre}, {stands}", f"genre force: {scope.genre}, {group}, {force}"


@lru_cache(KEPT)
def _of_site(kind: str, about: str, rule: str, stands: str, group: str) -> tuple[str, str]:
    """What is counted, and of which part of a rectification its heading tells."""
    return f"kind: {kind}, {group}, {rule}", f"about: {about}, {stands}"


@lru_cache(KEPT)
def _order(taken: str, rank: int, stands: str, group: str) -> tuple[str, str]:
    """How many quantities before took it, and how many other times stand nearer."""
    return f"taken: {taken}, {stands}", f"rank: {rank}, {group}"


@lru_cache(KEPT)
def _far(scope: TimeScope, freely: str, tense: str, stands: str, nearer: bool) -> tuple[str, ...]:
    """For a date outside the paragraph: whether the text falls back on it, and what else it could fall back on."""
    return (
        f"free: {freely}, {stands}",
        f"free near: {freely}, {nearer}",
        f"wide: {scope.wide}, {stands}",
        f"genre tense: {scope.genre}, {tense}, {stands}",
        f"nearer: {nearer}, {stands}",
        f"nearer genre: {nearer}, {scope.genre}",
    )


@lru_cache(KEPT)
def _cues(cues: tuple[str, ...], stands: str, reaches: bool) -> tuple[str, ...]:
    """The words of the quantity's clause, and whether the date reaches so far."""
    return tuple(f"cue: {cue}, {stands}, {'reaches' if reaches else 'ended'}" for cue in cues)


def of_nothing(
    site: QuantitySite, last: EarlierTimes, near: TimeSurroundings, scope: TimeScope
) -> tuple[str, ...]:
    """What is seen for no time at all."""
    freely = last.freely.share("")
    found: tuple[str, ...] = (
        "none",
        f"none tense: {site.tense}",
        f"none beside: {min(near.beside, 3)}",
        f"none kind: {site.kind}",
        f"none last: {last.dated} in {last.where(site)}",
        f"none kin: {last.dated}, {last.kin(site)}, {last.where(site)}",
        f"none genre: {scope.genre}",
        f"none wide: {scope.wide}",
        f"none taken: {last.taken.share('')}, {scope.genre}",
        f"none free: {freely}, {near.dated}",
        f"none free genre: {freely}, {near.dated}, {scope.genre}",
        f"none about: {site.about}",
        f"none force: {near.forced}",
        f"none force kind: {near.forced}, {site.kind}",
    )
    if near.nearest:
        said = near.nearest.said
        found += (f"none nearest: {said.rule}", f"none near: {near.nearest.stands}, {said.rule}")
    if site.opening:
        found += (f"none opening: {site.opening}",)
    return found + tuple([f"none cue: {cue}" for cue in site.cues])


def of_report(site: QuantitySite, last: EarlierTimes, looks: LookBack) -> tuple[str, ...]:
    """What is seen for the year that a yearly report looks back on."""
    title = "titled" if looks.titled else "perhaps"
    same = "same" if last.value == looks.year else last.dated
    return (
        f"report: {title}",
        f"report yearly: {title}, {'yearly' if looks.yearly else 'other'}",
        f"report last: {same} in {last.where(site)}",
        *[f"report cue: {cue}" for cue in (site.kind, *site.cues)],
    )
