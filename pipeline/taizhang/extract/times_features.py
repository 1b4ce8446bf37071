"""Extract: what is seen for each time that is offered to a quantity; the weights are in ``rules/weights/time.tsv``.

A feature is written ``what is looked at: what is seen``. Each function of ``LOOKS`` is one such look at a date.
"""

from __future__ import annotations

from typing import NamedTuple

from taizhang.extract.times_options import Offer
from taizhang.extract.times_sites import Site

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

    def where(self, site: Site) -> str:
        """The smallest piece of the layout that holds both quantities."""
        if self.site is None:
            return "nowhere"
        for piece in ("clause", "sentence", "paragraph", "section"):
            if getattr(self.site, piece) == getattr(site, piece):
                return piece
        return "text"

    @property
    def dated(self) -> str:
        """Whether it has a time."""
        return "dated" if self.value else "open"


class Seen(NamedTuple):
    """All that a look may see.

    Attributes:
        offer: the date, and where it stands.
        site: where the quantity stands.
        last: what the quantity before took.
        where: the smallest piece that holds both quantities.
        between: quantities between the date and this one.
        parted: whether a semicolon stands between.
        spoken: whether someone begins to speak between.
    """

    offer: Offer
    site: Site
    last: Last
    where: str
    between: int
    parted: bool
    spoken: bool

    @property
    def group(self) -> str:
        return GROUPS.get(self.offer.stands, "far")

    @property
    def turn(self) -> str:
        """How the date stands to the quantity before: named since, what it took, or another."""
        if self.offer.said.start >= self.last.start:
            return "new"
        return "same" if self.offer.said.value == self.last.value else "other"


def _steps(count: int) -> str:
    return str(count) if count < 3 else "3-5" if count < 6 else "6+"


def force(s: Seen) -> str:
    """Whether the date holds by its reach alone."""
    return f"{'in force' if s.offer.force else 'over'}, {s.offer.said.rule}"


def counted(s: Seen) -> str:
    """How much was counted since the date."""
    return f"{s.group}, {_steps(s.between)}"


def distance(s: Seen) -> str:
    """Clauses, sentences or paragraphs from the date."""
    said, site = s.offer.said, s.site
    if said.sentence == site.sentence:
        return f"clauses {_steps(abs(site.clause - said.clause))}"
    if said.paragraph == site.paragraph:
        return f"sentences {_steps(site.sentence - said.sentence)}"
    return f"paragraphs {_steps(site.paragraph - said.paragraph)}"


def last(s: Seen) -> str:
    """Whether the quantity before took it."""
    return f"{s.turn} in {s.where}" if s.last.site else ""


def last_place(s: Seen) -> str:
    """As ``last``, with the place of the date, and whether the quantity before has a time."""
    return f"{s.offer.stands} {s.turn}, {s.last.dated}, {s.where}" if s.last.site else ""


def opens(s: Seen) -> str:
    """What the date opens."""
    return f"{s.group}, {s.offer.said.opens or 'nothing'}"


def pattern(s: Seen) -> str:
    """What kind of date it is."""
    return s.offer.said.pattern


def pattern_place(s: Seen) -> str:
    """What kind of date it is, and where."""
    return f"{s.offer.said.pattern}, {s.group}"


def follows(s: Seen) -> str:
    """The character after the date."""
    return s.offer.said.follows


def parted(s: Seen) -> str:
    """A semicolon between."""
    return f"{s.group}, {s.offer.said.rule}" if s.parted else ""


def spoken(s: Seen) -> str:
    """Someone speaks between."""
    return s.offer.stands if s.spoken else ""


LOOKS = (force, counted, distance, last, last_place, opens, pattern, pattern_place, follows, parted, spoken)
NAMED = tuple((look.__name__.replace("_", " "), look) for look in LOOKS)


def of_date(s: Seen) -> list[str]:
    """What is seen for a date."""
    reach = f"{s.offer.stands}, {'reaches' if s.offer.said.reach > s.site.start else 'ended'}"
    found = [f"{name}: {seen}" for name, look in NAMED if (seen := look(s))]
    return found + [f"cue: {cue}, {reach}" for cue in s.site.cues]


def of_nothing(site: Site, last: Last, nearest: Offer | None) -> list[str]:
    """What is seen for no time at all."""
    found = ["none", f"none kind: {site.kind}", f"none last: {last.dated} in {last.where(site)}"]
    found += [f"none cue: {cue}" for cue in site.cues]
    found += [f"none nearest: {nearest.said.rule}"] if nearest else []
    return found + ([f"none opening: {site.opening}"] if site.opening else [])


def of_report(site: Site, last: Last, titled: bool, yearly: bool, year: str) -> list[str]:
    """What is seen for the year that a yearly report looks back on."""
    title = "titled" if titled else "perhaps"
    found = [f"report: {title}", f"report yearly: {title}, {'yearly' if yearly else 'other'}"]
    found += [f"report cue: {cue}" for cue in (site.kind, *site.cues)]
    same = "same" if last.value == year else last.dated
    return [*found, f"report last: {same} in {last.where(site)}"]
