"""Numbers: the pydantic shapes of the rule files of this room, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from taizhang.records import Bound, Kind
from taizhang.rules import Rule, RuleFile

Reading = Literal[
    "percent",
    "fraction",
    "fold",
    "tithe",
    "tenths",
    "half",
    "ratio",
    "vague",
    "adjacent",
    "mixed",
    "discount",
    "counted",
    "rising",
    "trillions",
]


class Symbols(Rule):
    """Characters that numerals are written with, and what each is worth.

    ``alike``: signs that are only another shape of one. Of formal ones ``telling`` is what shows that a run of such
    characters is an amount, ``among`` which others may stand in the run."""

    role: Literal[
        "digit",
        "counting",
        "tens",
        "power",
        "myriad",
        "point",
        "half",
        "formal",
        "minus",
        "plus",
        "alike",
        "spelt",
    ]
    values: dict[str, Decimal] = Field(default_factory=dict)
    alike: dict[str, str] = Field(default_factory=dict)
    telling: str = ""
    among: str = ""


class Form(Rule):
    """A way of writing a number that is more than one plain numeral; ``pattern`` names its parts.

    ``unit`` and ``bound`` are what the form says by itself; ``step`` how far apart the
    two digits of a range stand."""

    reading: Reading
    pattern: str
    unit: str = ""
    bound: Bound | None = None
    step: int = 1


class FormList(Rule):
    """A plain list of words."""

    forms: tuple[str, ...]


class GroupingGuard(FormList):
    """Words beside figures: ``before`` those in groups, or single characters ``after`` the last, they keep figures
    apart; those of ``ends`` show that a number ends before them."""

    place: Literal["before", "after", "ends"]


class NumeralRules(RuleFile):
    """``numerals.toml``."""

    symbol: tuple[Symbols, ...] = ()
    beside: tuple[GroupingGuard, ...] = ()
    form: tuple[Form, ...] = ()


class UnitWords(Rule):
    """Units of one kind. ``normal`` is what a record says instead, ``factor`` and ``plus`` change the value.

    ``noun``: a class of place or body; ``final``: only where no noun follows; ``limit``: only below it.
    ``halves``: 半 may follow (两斤半); ``signed``: a dash before the number is a minus; ``prefixes``: signs that
    stand before the number, also where it has one of the units ``joined`` (港币30元, 摄氏37度). ``apart``: not where
    a measure word follows, which makes the form a number (两个); ``tens``: a whole number of two figures is read in
    tenths (75折). ``within``: only before a word of bound that closes a span (30日内). ``unless``: not where one of
    these things is told of shortly before. ``never``: not where one of these follows.
    """

    kind: Kind
    forms: tuple[str, ...]
    normal: str | None = None
    factor: Decimal = Decimal(1)
    plus: Decimal = Decimal(0)
    noun: bool = False
    final: bool = False
    limit: Decimal | None = None
    halves: bool = False
    signed: bool = False
    prefixes: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    apart: bool = False
    tens: bool = False
    within: bool = False
    unless: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class Currencies(Rule):
    """Currencies by their code of ISO 4217, each with its name; ``joined`` as in ``UnitWords``.

    ``signs``: signs that stand before an amount, with the code that each stands for; ``short``: names without a code,
    each a unit of its own."""

    names: dict[str, str] = Field(default_factory=dict)
    short: tuple[str, ...] = ()
    signs: dict[str, str] = Field(default_factory=dict)
    joined: tuple[str, ...] = ()

    @classmethod
    def rivals(cls, mine: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """A unit is what the last folder that lists it says."""
        return True


class UnitDivision(Rule):
    """How a unit is divided where a quantity is told in pieces: ``into`` smaller units, so many to one.

    ``unit`` is the smaller one that both pieces are told in, of ``kind``; without it the larger one stays. ``tail``:
    figures alone may follow (1米8)."""

    forms: tuple[str, ...]
    into: dict[str, Decimal] = Field(default_factory=dict)
    unit: str = ""
    kind: Kind = "duration"
    tail: bool = False


class UnitRules(RuleFile):
    """``units.toml``."""

    unit: tuple[UnitWords, ...] = ()
    currency: tuple[Currencies, ...] = ()
    division: tuple[UnitDivision, ...] = ()
    other: tuple[FormList, ...] = ()


class BoundWords(Rule):
    """Words that bound a number, by where they stand."""

    bound: Bound
    place: Literal["before", "loose", "power", "inside", "after"]
    forms: tuple[str, ...]
    not_after: str = ""
    not_before: str = ""

    @classmethod
    def rivals(cls, mine: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """A word bounds a number in one way at each place."""
        return bool(mine["place"] == other["place"])


class BoundRules(RuleFile):
    """``bounds.toml``."""

    bound: tuple[BoundWords, ...] = ()


class ExclusionPattern(Rule):
    """A pattern that excludes the numbers in it, with the reason.

    ``kinds`` limits it to units of these kinds, ``number`` to numerals written so, ``bare`` to those without
    unit and bound. ``sign``: the pattern is itself a number (首, 双, Ⅱ); ``weak``: it decides
    only where nothing else does. ``begins`` is a class of the characters that a match begins with: a pattern that is
    searched for in a whole text is tried only there."""

    reason: str
    pattern: str
    begins: str = ""
    kinds: tuple[Kind, ...] = ()
    not_after: str = ""
    weak: bool = False
    sign: bool = False
    bare: bool = False
    number: str = ""


class ExclusionRules(RuleFile):
    """``exclusions.toml``."""

    mark: tuple[ExclusionPattern, ...] = ()
    exclusion: tuple[ExclusionPattern, ...] = ()


class ExcludedWords(Rule):
    """Words that exclude the numerals in them."""

    reason: str
    forms: tuple[str, ...]

    @classmethod
    def rivals(cls, mine: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """A word excludes its numerals for one reason."""
        return True


WORD_FILES = ("names.toml", "idioms.toml")  # of the shape ``WordRules``


class WordRules(RuleFile):
    """``idioms.toml`` and ``names.toml``."""

    words: tuple[ExcludedWords, ...] = ()
    patterns: tuple[ExclusionPattern, ...] = ()
    speech: tuple[FormList, ...] = ()


class NamedPattern(Rule):
    """A turn of phrase that the code asks for by id."""

    pattern: str


class GrammarRules(RuleFile):
    """``grammar.toml``."""

    turn: tuple[NamedPattern, ...] = ()


class NamedBase(Rule):
    """An indicator whose name holds the base of a rate, for numbers of one kind."""

    pattern: str
    kind: Kind
    base: str


class ArticleRules(RuleFile):
    """``articles.toml``."""

    verbs: tuple[FormList, ...] = ()
    singles: tuple[FormList, ...] = ()
    money: tuple[FormList, ...] = ()
    moneys: tuple[FormList, ...] = ()
    indicators: tuple[FormList, ...] = ()
    levels: tuple[FormList, ...] = ()
    quoted: tuple[FormList, ...] = ()
    bases: tuple[FormList, ...] = ()
    leads: tuple[FormList, ...] = ()
    joiners: tuple[FormList, ...] = ()
    aspects: tuple[FormList, ...] = ()
    named: tuple[NamedBase, ...] = ()
