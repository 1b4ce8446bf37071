"""Places: the shapes of rules/places.toml and rules/agencies.toml."""

from __future__ import annotations

from typing import Literal

from taizhang.rules import Rule, RuleFile


class PlaceWords(Rule):
    """A list of words that share one meaning."""

    forms: tuple[str, ...]


class Suffix(PlaceWords):
    """What a short name leaves out at one level."""

    level: Literal["province", "city", "county"]


class Ordinary(PlaceWords):
    """Names that are common words too: short names of a level, or official names (``full``)."""

    level: Literal["city", "county", "full"]


class Alias(PlaceWords):
    """Customary names of the division that ``code`` stands for.

    With ``seat``, of a body's station; with ``zone``, of a zone straight under it, which its name follows.
    """

    code: str
    seat: bool = False
    zone: bool = False


class RegionGroup(PlaceWords):
    """Regions that are no division: a figure for one is that of the division ``code``, which holds it."""

    code: str


class Nation(PlaceWords):
    """Words for the whole country; ``relative``: for another one where the text is about that; ``weak``: no
    evidence for what a whole text is about; ``name``: what a record calls it.
    """

    relative: bool = False
    weak: bool = False
    name: str = ""


class Joint(PlaceWords):
    """What joins names; ``comma``: a mark that parts the items of a list, and joins nothing else."""

    comma: bool = False


class NationTail(PlaceWords):
    """Words after the nation that take it out of the running; ``weak``: only after a weak name of it."""

    weak: bool = False


class Comparison(PlaceWords):
    """Words after a place that something is compared with; ``located``: only where 在 stands before it."""

    located: bool = False


class Clash(PlaceWords):
    """Names that mean something else where the text has one of ``beside`` and no place above them."""

    beside: tuple[str, ...]


class NameBearer(PlaceWords):
    """What bears a county's name before it; ``near``: only where the text names what is above the county."""

    near: bool = False


class NameTail(PlaceWords):
    """Words after a place that make it part of another name; with ``medium``, of one that tells nothing."""

    medium: bool = False


class Tail(PlaceWords):
    """Words after a place that make it a part of another name, unless one of ``unless`` follows them."""

    unless: str


class NewspaperNames(PlaceWords):
    """What the name of a newspaper ends in, unless one of the characters ``but_after`` stands before it."""

    but_after: str


class Route(PlaceWords):
    """Words before the first place of a line, and those before another of its places, before its last or behind it."""

    onward: tuple[str, ...]


class Together(PlaceWords):
    """Words for so many places that were named last, together."""

    count: int


class Realm(PlaceWords):
    """Words over news of our own country, or of others."""

    side: Literal["home", "abroad"]


class TownEnding(PlaceWords):
    """Endings of the names of towns or of villages."""

    level: Literal["town", "village"]
    unless: str = ""  # characters that make another word of the ending when they follow it


class Deixis(PlaceWords):
    """Words that point at a place without naming it: at the nearest one, going up, whose name ends so."""

    endings: tuple[str, ...]  # of the official name of the division meant; none: the place in question itself


class LevelWord(PlaceWords):
    """What an organisation's name begins with; ``points`` is the deixis rule that says of which place."""

    points: str = ""


class PlaceRules(RuleFile):
    """``places.toml``: what is known about the names of places, apart from the names themselves."""

    suffix: tuple[Suffix, ...]
    people: tuple[PlaceWords, ...]
    ordinary: tuple[Ordinary, ...]
    trap: tuple[PlaceWords, ...]
    region_word: tuple[PlaceWords, ...]
    alias: tuple[Alias, ...]
    site: tuple[PlaceWords, ...]
    below: tuple[TownEnding, ...]
    bare_before: tuple[PlaceWords, ...]
    noname: tuple[PlaceWords, ...]
    common: tuple[PlaceWords, ...]
    function: tuple[PlaceWords, ...]
    recipient: tuple[PlaceWords, ...]
    name_tail: tuple[NameTail, ...]
    thing: tuple[PlaceWords, ...]
    nature: tuple[PlaceWords, ...]
    known: tuple[PlaceWords, ...]
    bears: tuple[NameBearer, ...]
    firm: tuple[PlaceWords, ...]
    road: tuple[Tail, ...]
    estate: tuple[Tail, ...]
    paper: tuple[NewspaperNames, ...]
    vessel: tuple[PlaceWords, ...]
    deixis: tuple[Deixis, ...]
    group: tuple[RegionGroup, ...]
    gloss: tuple[PlaceWords, ...]
    nation: tuple[Nation, ...]
    nation_tail: tuple[NationTail, ...]
    ministry_tail: tuple[PlaceWords, ...]
    comparison: tuple[Comparison, ...]
    yardstick: tuple[PlaceWords, ...]
    route: tuple[Route, ...]
    partner: tuple[PlaceWords, ...]
    provinces: tuple[PlaceWords, ...]
    field: tuple[PlaceWords, ...]
    back: tuple[PlaceWords, ...]
    both: tuple[Together, ...]
    departure: tuple[Route, ...]
    copula: tuple[PlaceWords, ...]
    situated: tuple[PlaceWords, ...]
    colon: tuple[PlaceWords, ...]
    passive: tuple[PlaceWords, ...]
    approval: tuple[PlaceWords, ...]
    past: tuple[PlaceWords, ...]
    spread: tuple[PlaceWords, ...]
    local: tuple[PlaceWords, ...]
    foreign: tuple[PlaceWords, ...]
    anonymous: tuple[PlaceWords, ...]
    elsewhere_tail: tuple[PlaceWords, ...]
    among: tuple[PlaceWords, ...]
    total: tuple[PlaceWords, ...]
    office: tuple[PlaceWords, ...]
    speech: tuple[PlaceWords, ...]
    item: tuple[PlaceWords, ...]
    subtitle: tuple[PlaceWords, ...]
    ours: tuple[PlaceWords, ...]
    clash: tuple[Clash, ...]
    location: tuple[PlaceWords, ...]
    attribute: tuple[PlaceWords, ...]
    partition: tuple[PlaceWords, ...]
    divide: tuple[PlaceWords, ...]
    several: tuple[PlaceWords, ...]
    everywhere: tuple[PlaceWords, ...]
    range: tuple[PlaceWords, ...]
    dateline: tuple[PlaceWords, ...]
    joint: tuple[Joint, ...]
    each: tuple[PlaceWords, ...]
    digest: tuple[PlaceWords, ...]
    summary: tuple[PlaceWords, ...]
    realm: tuple[Realm, ...]
    member: tuple[PlaceWords, ...]
    held: tuple[PlaceWords, ...]
    follow: tuple[PlaceWords, ...]
    precede: tuple[PlaceWords, ...]
    quotes: tuple[PlaceWords, ...]
    matter_before: tuple[PlaceWords, ...]
    matter_after: tuple[PlaceWords, ...]
    ministry: tuple[PlaceWords, ...]


class AgencyRules(RuleFile):
    """``agencies.toml``: the grammar of names of organisations."""

    level: tuple[LevelWord, ...]
    own: tuple[PlaceWords, ...]
    named: tuple[PlaceWords, ...]
    body: tuple[PlaceWords, ...]
    inner_stop: tuple[PlaceWords, ...]
    compound: tuple[PlaceWords, ...]
    tail_stop: tuple[PlaceWords, ...]
    boundary: tuple[PlaceWords, ...]
    collective: tuple[PlaceWords, ...]
    section: tuple[PlaceWords, ...]
    number: tuple[PlaceWords, ...]
    force: tuple[PlaceWords, ...]
    formation: tuple[PlaceWords, ...]
    whole: tuple[PlaceWords, ...]
    branch: tuple[PlaceWords, ...]
    heard: tuple[PlaceWords, ...]
    toward: tuple[PlaceWords, ...]


def all_forms(rules: tuple[PlaceWords, ...]) -> tuple[str, ...]:
    """The forms of several lists as one."""
    return tuple(form for rule in rules for form in rule.forms)


PLACES = "places.toml"
AGENCIES = "agencies.toml"
