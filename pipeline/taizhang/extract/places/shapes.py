"""Places: the shapes of rules/places.toml and rules/agencies.toml."""

from __future__ import annotations

from typing import Literal

from taizhang.rules import Rule, RuleFile


class Words(Rule):
    """A list of words that share one meaning."""

    forms: tuple[str, ...]


class Suffix(Words):
    """What a short name leaves out at one level."""

    level: Literal["province", "city", "county"]


class Ordinary(Words):
    """Names that are common words too: short names of a level, or official names (``full``)."""

    level: Literal["city", "county", "full"]


class Alias(Words):
    """Customary names of the division that ``code`` stands for.

    With ``seat``, of a body's station; with ``zone``, of a zone straight under it, which its name follows.
    """

    code: str
    seat: bool = False
    zone: bool = False


class Group(Words):
    """Regions that are no division: a figure for one is that of the division ``code``, which holds it."""

    code: str


class Nation(Words):
    """Words for the whole country; ``relative``: for another one where the text is about that; ``weak``: no
    evidence for what a whole text is about.
    """

    relative: bool = False
    weak: bool = False


class NationTail(Words):
    """Words after the nation that take it out of the running; ``weak``: only after a weak name of it."""

    weak: bool = False


class Comparison(Words):
    """Words after a place that something is compared with; ``located``: only where 在 stands before it."""

    located: bool = False


class Clash(Words):
    """Names that mean something else where the text has one of ``beside`` and no place above them."""

    beside: tuple[str, ...]


class Bears(Words):
    """What bears a county's name before it; ``near``: only where the text names what is above the county."""

    near: bool = False


class NameTail(Words):
    """Words after a place that make it part of another name; with ``medium``, of one that tells nothing."""

    medium: bool = False


class Tail(Words):
    """Words after a place that make it a part of another name, unless one of ``unless`` follows them."""

    unless: str


class Paper(Words):
    """What the name of a newspaper ends in, unless one of the characters ``but_after`` stands before it."""

    but_after: str


class Below(Words):
    """Endings of the names of towns or of villages."""

    level: Literal["town", "village"]
    unless: str = ""  # characters that make another word of the ending when they follow it


class Deixis(Words):
    """Words that point at a place without naming it: at the nearest one, going up, whose name ends so."""

    endings: tuple[str, ...]  # of the official name of the division meant; none: the place in question itself


class LevelWord(Words):
    """What an organisation's name begins with; ``points`` is the deixis rule that says of which place."""

    points: str = ""


class PlaceRules(RuleFile):
    """``places.toml``: what is known about the names of places, apart from the names themselves."""

    suffix: tuple[Suffix, ...]
    people: tuple[Words, ...]
    ordinary: tuple[Ordinary, ...]
    trap: tuple[Words, ...]
    region_word: tuple[Words, ...]
    alias: tuple[Alias, ...]
    site: tuple[Words, ...]
    below: tuple[Below, ...]
    bare_before: tuple[Words, ...]
    noname: tuple[Words, ...]
    common: tuple[Words, ...]
    function: tuple[Words, ...]
    recipient: tuple[Words, ...]
    name_tail: tuple[NameTail, ...]
    thing: tuple[Words, ...]
    nature: tuple[Words, ...]
    bears: tuple[Bears, ...]
    firm: tuple[Words, ...]
    road: tuple[Tail, ...]
    estate: tuple[Tail, ...]
    paper: tuple[Paper, ...]
    vessel: tuple[Words, ...]
    deixis: tuple[Deixis, ...]
    group: tuple[Group, ...]
    gloss: tuple[Words, ...]
    nation: tuple[Nation, ...]
    nation_tail: tuple[NationTail, ...]
    ministry_tail: tuple[Words, ...]
    comparison: tuple[Comparison, ...]
    yardstick: tuple[Words, ...]
    situated: tuple[Words, ...]
    colon: tuple[Words, ...]
    passive: tuple[Words, ...]
    approval: tuple[Words, ...]
    past: tuple[Words, ...]
    spread: tuple[Words, ...]
    foreign: tuple[Words, ...]
    anonymous: tuple[Words, ...]
    elsewhere_tail: tuple[Words, ...]
    among: tuple[Words, ...]
    total: tuple[Words, ...]
    office: tuple[Words, ...]
    speech: tuple[Words, ...]
    item: tuple[Words, ...]
    subtitle: tuple[Words, ...]
    ours: tuple[Words, ...]
    clash: tuple[Clash, ...]
    location: tuple[Words, ...]
    attribute: tuple[Words, ...]
    partition: tuple[Words, ...]
    divide: tuple[Words, ...]
    several: tuple[Words, ...]
    everywhere: tuple[Words, ...]
    range: tuple[Words, ...]
    dateline: tuple[Words, ...]
    joint: tuple[Words, ...]
    each: tuple[Words, ...]
    digest: tuple[Words, ...]
    member: tuple[Words, ...]
    held: tuple[Words, ...]
    follow: tuple[Words, ...]
    precede: tuple[Words, ...]
    quotes: tuple[Words, ...]
    matter_before: tuple[Words, ...]
    matter_after: tuple[Words, ...]
    ministry: tuple[Words, ...]


class AgencyRules(RuleFile):
    """``agencies.toml``: the grammar of names of organisations."""

    level: tuple[LevelWord, ...]
    own: tuple[Words, ...]
    named: tuple[Words, ...]
    body: tuple[Words, ...]
    inner_stop: tuple[Words, ...]
    compound: tuple[Words, ...]
    tail_stop: tuple[Words, ...]
    boundary: tuple[Words, ...]
    collective: tuple[Words, ...]
    section: tuple[Words, ...]
    number: tuple[Words, ...]
    force: tuple[Words, ...]
    formation: tuple[Words, ...]
    whole: tuple[Words, ...]
    branch: tuple[Words, ...]
    heard: tuple[Words, ...]
    toward: tuple[Words, ...]


def all_forms(rules: tuple[Words, ...]) -> tuple[str, ...]:
    """The forms of several lists as one."""
    return tuple(form for rule in rules for form in rule.forms)


PLACES = "places.toml"
AGENCIES = "agencies.toml"
