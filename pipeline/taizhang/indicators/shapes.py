"""The indicators' room: the shapes of ``rules/indicators.tsv`` and of the lists of words that its patterns name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from taizhang.errors import RuleError
from taizhang.records import Kind, Phase
from taizhang.rules import RuleFile, RuleModel, RuleSet, once

TABLE, WORDS = "indicators.tsv", "indicators.toml"
GROWTH = ".growth"  # ends the id of an indicator that is the growth of another
_COLUMNS = 10
_KINDS, _PHASES = frozenset(get_args(Kind)), frozenset(get_args(Phase))
_ADDED = frozenset({"count", "money", "length", "area", "volume", "weight"})


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that is counted or measured, whatever words it is told in.

    Attributes:
        kinds: of quantity that it comes in.
        units: that it comes in; empty for any of its kinds. The first one stands for all of them.
        phases: that it comes in; empty for any.
        patterns: as the table has them.
        growth_of: id of the indicator that this is the growth of, in per cent; empty where it is none's.
        examples, counter_examples: metrics that it takes, and that it does not.

    >>> Indicator("a", "降雨量", "Rainfall", ("length",), adds=True).adds
    True
    """

    id: str
    zh: str
    en: str
    kinds: tuple[str, ...]
    units: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    growth_of: str = ""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    adds: bool = False


class IndicatorWords(RuleModel):
    """Words, or units, that the table names by the list's id."""

    id: str
    forms: tuple[str, ...]

    @classmethod
    def rivals(cls, mine: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Whether a word of a user's list is no longer one of another list; it may be in many."""
        return False


class PatternEdges(RuleModel):
    """Words around what a pattern says.

    Attributes:
        lead, tail: may stand before it and after it.
        silent: count for nothing wherever they stand.
        stop: do not stand where a pattern has ``*``.
        listed: close a list, in which they do: 解决污水、垃圾等问题.
        rise, fall: make growth of it.
        growth: names the growth of it, behind its own name.
        measured: may stand between it and a word of growth.
        differences: units in which only a difference is told, so that no level comes in them.
    """

    lead: tuple[str, ...]
    tail: tuple[str, ...]
    silent: tuple[str, ...]
    stop: tuple[str, ...]
    listed: tuple[str, ...]
    rise: tuple[str, ...]
    fall: tuple[str, ...]
    growth: str
    measured: tuple[str, ...]
    differences: tuple[str, ...] = ()


class IndicatorFile(RuleFile):
    """``rules/indicators.toml``."""

    edges: PatternEdges
    words: tuple[IndicatorWords, ...]
    units: tuple[IndicatorWords, ...] = ()


@once
def known(rules: RuleSet) -> dict[str, Indicator]:
    """All indicators of a rule set by their ids; the growth of one follows it.

    Raises:
        RuleError: a row has more or fewer columns, or a kind, phase or list that there is not.
    """
    file = rules.load(WORDS, IndicatorFile)
    lists = {entry.id: entry.forms for entry in file.units}
    rows = {row[0]: row for row in rules.table(TABLE)}  # a later folder's row of the same id wins
    return {made.id: made for row in rows.values() for made in _indicators(row, lists, file.edges.growth)}


def _indicators(row: list[str], lists: dict[str, tuple[str, ...]], growth: str) -> Iterator[Indicator]:
    if len(row) != _COLUMNS:
        raise RuleError(f"{TABLE}: expected {_COLUMNS} columns, got {len(row)} in the row {row[0]}")
    name, zh, en, kinds, units, phases, patterns, grows, example, counter = row
    base = Indicator(
        id=name,
        zh=zh,
        en=en,
        kinds=_members(name, "kind", kinds, _KINDS),
        units=tuple(_units(name, units, lists)),
        phases=_members(name, "phase", phases, _PHASES),
        patterns=tuple(patterns.split()),
        examples=(example,),
        counter_examples=(counter,),
        adds=_ADDED.issuperset(kinds.split(",")),
    )
    yield base
    if grows == "Y":
        yield Indicator(
            id=name + GROWTH,
            zh=f"{zh}{growth}",
            en=f"{en}, growth",
            kinds=("ratio",),
            units=("%",),
            patterns=base.patterns,
            growth_of=name,
        )
    elif grows != "-":
        raise RuleError(f"{TABLE}: rule {name} key growth: expected Y or -, got {grows!r}")


def _members(name: str, key: str, written: str, allowed: frozenset[str]) -> tuple[str, ...]:
    given = tuple(filter(None, written.split(",")))
    if strangers := [member for member in given if member not in allowed]:
        expected = ", ".join(sorted(allowed))
        raise RuleError(f"{TABLE}: rule {name} key {key}: expected some of {expected}, got {strangers[0]!r}")
    return given


def _units(name: str, written: str, lists: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for unit in written.split():
        if unit[0] != "@":
            yield unit
        elif unit[1:] in lists:
            yield from lists[unit[1:]]
        else:
            raise RuleError(
                f"{TABLE}: rule {name} key units: expected the id of a list in {WORDS}, got {unit!r}"
            )
