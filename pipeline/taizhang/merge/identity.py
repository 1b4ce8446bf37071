"""The merge room's identity: what of a record says which fact it tells, as one row for the database."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, get_args, get_type_hints

from taizhang.extract.metrics.shapes import ActionFile
from taizhang.extract.numbers.shapes import NumeralRules
from taizhang.merge.numbers import Amount, UnitClasses, interval, leads, plain, significant
from taizhang.merge.shapes import MERGE, MergeRules
from taizhang.merge.times import days
from taizhang.records import Bound, Exact, Kind
from taizhang.rules import RuleSet, once

_NO_LETTERS = re.compile(r"[\W_]+")
_MYRIAD = "myriad"
_LOCAL = {"city", "county", "township"}
_KEPT = 2**15  # names, amounts and times that come again and again, and are worked out once


APART = "\x1f"  # between the items of a list, which columns are slow to be made of; ``told.sql`` takes them apart again


class Identity(NamedTuple):
    """One record as ``links.sql`` compares it; the columns of its table ``told``, in their order. Lists are texts.

    Attributes:
        number: which line of ``records.jsonl`` it is, from 1.
        document: id of its article; the database numbers them in the order of the run.
        confidence: the record's own.
        year: of publication; None where it is not known.
        sentence, passage: digests of the sentence, and of the letters around the number; empty if too short.
        masked: digest of the sentence without the number; empty if no other number stands in it.
        leads: what the ends of ``low`` and ``high`` begin with, by which a rounded number finds an exact one.
        place: whole official path; empty where it is not known.
        local: whether it is a prefecture or smaller.
        metric: what is counted, in a form that is the same for the same words in another order.
        letters: the different letters of the metric's name.
        change: whether it says by how much something grew or fell.
        action: id of the group that its verb belongs to; empty where it has none of its own.
        stage: the phase, if it is one that is never another; else empty.
        first, last: days that the record's time covers; empty where it has none.
    """

    number: int
    id: str
    document: str
    confidence: float
    published: str | None
    year: int | None
    sentence: str
    passage: str
    masked: str
    value: str
    unit: str
    kind: str
    digits: int
    low: float
    high: float
    leads: str
    bound: str
    place: str
    local: bool
    metric: str
    letters: str
    change: bool
    action: str
    agency: str
    phase: str
    stage: str
    time: str
    first: str
    last: str


#: The columns of a part's table; ``line_at`` is where the record's line of facts begins.
COLUMNS: Mapping[str, type] = {
    name: next((kind for kind in (bool, int, float) if kind in (hint, *get_args(hint))), str)
    for name, hint in get_type_hints(Identity).items()
} | {"line_at": int}


class _Name(NamedTuple):
    """What a metric says; see ``Identity``."""

    metric: str
    letters: str
    change: bool
    action: str


class _Number(NamedTuple):
    """A number as its record tells it; ``rounded``: whether it is written with a multiplier."""

    value: Exact
    value_max: Exact | None
    unit: str
    kind: Kind
    bound: Bound
    rounded: bool


class Reader:
    """Makes the identities of a run's records, which come in its order.

    Args:
        first: number of the first of them, from 1.
    """

    def __init__(self, rules: RuleSet, first: int = 1) -> None:
        known = rules.load(MERGE, MergeRules)
        self._limits = known.limits
        self._units = UnitClasses(known.unit)
        self._dropped = re.compile(
            "|".join(
                sorted(
                    (re.escape(form) for entry in known.drop for form in entry.forms), key=len, reverse=True
                )
            )
        )
        self._actions = _actions(rules)
        self._groups = frozenset(self._actions.values())
        self._changes = _changes(rules)
        self._myriad = _myriad(rules)
        self._number = first - 1
        self._name = lru_cache(_KEPT)(self._name_of)
        self._amount = lru_cache(_KEPT)(self._amount_of)
        self._days = lru_cache(_KEPT)(days)

    def read(self, rows: Iterable[dict[str, Any]]) -> Iterator[tuple[Identity, dict[str, Any]]]:
        """Each row of ``records.jsonl`` with its identity."""
        waiting: list[dict[str, Any]] = []
        for row in rows:
            if waiting and row["document"]["id"] != waiting[0]["document"]["id"]:
                yield from self._document(waiting)
                waiting = []
            waiting.append(row)
        yield from self._document(waiting)

    def _document(self, rows: list[dict[str, Any]]) -> Iterator[tuple[Identity, dict[str, Any]]]:
        """The records of one article, so that a sentence knows how many numbers it has."""
        in_sentence = Counter(row["sentence"] for row in rows)
        seen: Counter[tuple[str, str]] = Counter()
        for row in rows:
            key = row["sentence"], row["quote"]
            yield self._identity(row, seen[key], in_sentence[row["sentence"]]), row
            seen[key] += 1

    def _identity(self, row: dict[str, Any], nth: int, others: int) -> Identity:
        document, place, time, phase = row["document"], row["place"], row["time"] or "", row["phase"]
        published = document["published"]
        self._number += 1
        quote = row["quote"]
        sentence, passage, masked = self._copies(*_around(row["sentence"], quote, nth), quote, others)
        amount = self._amount_in(row)
        first, last = self._days(time) if time else ("", "")
        name = self._name_in(row)
        return Identity(
            number=self._number,
            id=row["id"],
            document=document["id"],
            confidence=float(row["confidence"]),
            published=published,
            year=int(published[:4]) if published else None,
            sentence=sentence,
            passage=passage,
            masked=masked,
            value=amount.value,
            unit=amount.unit,
            kind=row["kind"],
            digits=amount.digits,
            low=amount.low,
            high=amount.high,
            leads=amount.leads,
            bound=row["bound"],
            place=place["name"],
            local=place["level"] in _LOCAL,
            metric=name.metric,
            letters=name.letters,
            change=name.change,
            action=name.action,
            agency=row["agency"] or "",
            phase=phase,
            stage=phase if phase in self._limits.apart else "",
            time=time,
            first=first,
            last=last,
        )

    def _name_in(self, row: dict[str, Any]) -> _Name:
        """What the metric says; the verb that gave the phase governs the number, else that of the metric."""
        metric, verb = row["metric"], str(row["rules"].get("phase", ""))
        governing = verb if verb in self._groups else ""
        return self._name(metric["name"], metric["action"], metric["object"], governing)

    def _amount_in(self, row: dict[str, Any]) -> Amount:
        rounded = not self._myriad.isdisjoint(row["quote"])
        number = _Number(row["value"], row["value_max"], row["unit"], row["kind"], row["bound"], rounded)
        return self._amount(number)

    def _copies(self, before: str, after: str, quote: str, others: int) -> tuple[str, str, str]:
        """Digests of the sentence, of the passage and of the sentence without its number."""
        limits = self._limits
        long = len(before) + len(after) >= limits.least_passage
        passage = before[-limits.passage_before :], quote, after[: limits.passage_after]
        enough = len(passage[0]) + len(passage[2]) >= limits.least_passage
        return (
            _digest(before, quote, after) if long else "",
            _digest(*passage) if enough else "",
            _digest(before, "", after) if long and others > 1 else "",
        )

    def _amount_of(self, said: _Number) -> Amount:
        unit, factor = self._units.of(said.unit, said.kind)
        value = Decimal(said.value) * factor
        ends = interval(value, said.bound, said.rounded, self._limits.approximate_share)
        written, digits = plain(value), significant(value)
        if said.value_max is not None:
            upper = Decimal(said.value_max) * factor
            ends, written = (value, upper), f"{written}~{plain(upper)}"
        if said.kind == "ratio" and not unit:  # 三分之一 says little, though 0.3333 has four digits
            digits = 1
        return Amount(written, unit, digits, float(ends[0]), float(ends[1]), APART.join(leads(*ends)))

    def _name_of(self, name: str, action: str, thing: str, governing: str) -> _Name:
        bare, parts = self._bare(name), (self._bare(action), self._bare(thing))
        return _Name(
            "|".join(parts) if all(parts) else bare,
            APART.join(sorted(set(bare))),
            name.endswith(self._changes),
            governing or self._actions.get(action, ""),
        )

    def _bare(self, text: str) -> str:
        """Without the words that add nothing; the text itself where nothing else would be left."""
        return self._dropped.sub("", _NO_LETTERS.sub("", text)) or text


@once
def _actions(rules: RuleSet) -> dict[str, str]:
    """Each verb and the first group that lists it with a phase of its own."""
    found: dict[str, str] = {}
    for group in rules.load("actions.toml", ActionFile).action:
        if group.phase and group.role in {"plain", "money"}:
            for form in group.forms:
                found.setdefault(form, group.id)
    return found


@once
def _changes(rules: RuleSet) -> tuple[str, ...]:
    """The verbs of growth and fall."""
    groups = rules.load("actions.toml", ActionFile).action
    return tuple(form for group in groups if group.role == "change" for form in group.forms)


@once
def _myriad(rules: RuleSet) -> frozenset[str]:
    """The characters that a large number is shortened by: 1.6万 is a rounded number, 16000 need not be."""
    symbols = rules.load("numerals.toml", NumeralRules).symbol
    return frozenset(sign for symbol in symbols if symbol.role == _MYRIAD for sign in symbol.values)


def _around(sentence: str, quote: str, nth: int) -> tuple[str, str]:
    """The letters before and after the ``nth`` (from 0) record of the sentence that has this quote."""
    start = sentence.find(quote)
    for _ in range(nth):
        again = sentence.find(quote, start + len(quote))
        start = again if again >= 0 else start
    before, after = sentence[: max(start, 0)], sentence[start + len(quote) :]
    return _NO_LETTERS.sub("", before), _NO_LETTERS.sub("", after)


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "backslashreplace"), digest_size=12).hexdigest()
