"""Extract: the candidates of an article with tables, of which there may be a hundred thousand, in little room.

The figures of a table differ in number and place and have nearly all else in common: what is the same is kept once.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal
from typing import Any, overload

from taizhang.compact import Packed
from taizhang.extract.candidates import Candidate
from taizhang.records import Quantity

_DIGITS, _SMALL = 18, 99  # digits and powers of ten that fit into 64 bits and 8
_NONE, _ABSENT = -1, 127
_FIELDS = 15
_START = 0


class KeptCandidates(Sequence[Candidate]):
    """Candidates, each made again when it is asked for; one in prose is kept as it is, with all that was judged.

    Args:
        text: the clean text, in which their quotes stand.
        candidates: those that it holds at first.
    """

    def __init__(self, text: str, candidates: Iterable[Candidate] = ()) -> None:
        self._text = text
        self._rows: Packed[tuple[int, ...]] = Packed(_fields, _FIELDS)
        self._values, self._highest = _Numbers(), _Numbers()
        self._shared = Shared()
        self._whole: dict[int, Candidate] = {}
        self._latest: tuple[int, Candidate | None] = _NONE, None  # the last one asked for, by its number
        for candidate in candidates:
            self.append(candidate)

    @property
    def starts(self) -> Sequence[int]:
        """Where each begins in the text."""
        return self._rows.column(_START)

    def append(self, candidate: Candidate) -> None:
        """Put one at the end."""
        self._values.append(candidate.quantity.value)
        self._highest.append(candidate.quantity.value_max)
        self._rows.append(self._row(candidate))
        self._keep_whole(len(self._rows) - 1, candidate)

    def __setitem__(self, number: int, candidate: Candidate) -> None:
        """Put another in the place of one that has the same value."""
        if self._latest[1] is candidate and self._latest[0] == number:
            return
        self._latest = number, candidate
        for column, field in enumerate(self._row(candidate)):
            self._rows.column(column)[number] = field
        self._keep_whole(number, candidate)

    def _keep_whole(self, number: int, candidate: Candidate) -> None:
        quantity = candidate.quantity
        told = self._text[quantity.start : quantity.end] == quantity.quote
        if candidate.choices or candidate.place_sure != 1.0 or not told:
            self._whole[number] = candidate
        else:
            self._whole.pop(number, None)

    def _row(self, candidate: Candidate) -> tuple[int, ...]:
        quantity, metric, number = candidate.quantity, candidate.metric, self._shared.number
        return (
            quantity.start,
            quantity.end,
            number(quantity.unit, quantity.unit),
            number(quantity.bound, quantity.bound),
            number(quantity.kind, quantity.kind),
            number(tuple(quantity.rules.items()), quantity.rules),
            number((metric.name, metric.action, metric.object, metric.indicator), metric),
            number(candidate.phase, candidate.phase),
            number(id(candidate.place), candidate.place),
            number(candidate.agency, candidate.agency),
            number(candidate.time, candidate.time),
            _NONE if candidate.part_of is None else candidate.part_of,
            number(tuple(candidate.rules.items()), candidate.rules),
            _NONE if candidate.answers is None else candidate.answers,
            number(candidate.row, candidate.row),
        )

    def quantity(self, number: int) -> Quantity:
        """The quantity of one."""
        if number in self._whole:
            return self._whole[number].quantity
        start, end, unit, bound, kind, rules, *_ = self._rows[number]
        value, values = self._values.of(number), self._shared.values
        assert value is not None
        return Quantity.known(
            start=start,
            end=end,
            quote=self._text[start:end],
            value=value,
            value_max=self._highest.of(number),
            unit=values[unit],
            bound=values[bound],
            kind=values[kind],
            rules=values[rules],
        )

    def _made(self, number: int) -> Candidate:
        *_, metric, phase, place, agency, time, part_of, rules, answers, row = self._rows[number]
        values = self._shared.values
        return Candidate(
            quantity=self.quantity(number),
            metric=values[metric],
            phase=values[phase],
            place=values[place],
            agency=values[agency],
            time=values[time],
            part_of=None if part_of == _NONE else part_of,
            rules=values[rules],
            choices=_NO_CHOICES,
            answers=None if answers == _NONE else answers,
            row=values[row],
        )

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Candidate: ...

    @overload
    def __getitem__(self, index: slice) -> list[Candidate]: ...

    def __getitem__(self, index: int | slice) -> Candidate | list[Candidate]:
        if isinstance(index, slice):
            return [self[number] for number in range(len(self))[index]]
        index = range(len(self))[index]
        number, latest = self._latest
        if latest is None or number != index:
            latest = self._whole.get(index) or self._made(index)
            self._latest = index, latest
        return latest


_NO_CHOICES: dict[str, Any] = {}  # of all that have none


def _fields(*fields: int) -> tuple[int, ...]:
    return fields


class Shared:
    """Values that many candidates have, each by a number."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._numbers: dict[Hashable, int] = {}

    def number(self, key: Hashable, value: Any) -> int:
        """The number of a value, which all with its key have."""
        number = self._numbers.setdefault(key, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


class _Numbers:
    """Decimals, digit for digit; those that 64 bits hold take nine bytes each.

    >>> numbers = _Numbers()
    >>> for value in ("0.10", "-3", "1E+3", "-0", "1" * 30):
    ...     numbers.append(Decimal(value))
    >>> [str(numbers.of(number)) for number in range(5)]
    ['0.10', '-3', '1E+3', '-0', '111111111111111111111111111111']
    """

    def __init__(self) -> None:
        self._digits, self._exponents = array("q"), array("b")
        self._others: dict[int, Decimal] = {}

    def append(self, value: Decimal | None) -> None:
        """Put a number, or that there is none, at the end."""
        _, digits, exponent = value.as_tuple() if value else (0, (), "")
        if value is None:
            self._put(0, _ABSENT)
        elif not isinstance(exponent, int) or abs(exponent) > _SMALL or len(digits) > _DIGITS:
            self._others[len(self._digits)] = value
            self._put(0, 0)
        else:
            self._put(int(value.scaleb(-exponent)), exponent)

    def _put(self, digits: int, exponent: int) -> None:
        self._digits.append(digits)
        self._exponents.append(exponent)

    def of(self, number: int) -> Decimal | None:
        """The number at a place."""
        if self._exponents[number] == _ABSENT:
            return None
        if number in self._others:
            return self._others[number]
        return Decimal(self._digits[number]).scaleb(self._exponents[number])
