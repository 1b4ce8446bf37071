"""Sequences of small tuples of whole numbers that lie in arrays: a long table has a hundred thousand of each kind."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import starmap
from typing import Any, TypeVar, overload

T = TypeVar("T")


class Packed(Sequence[T]):
    """A sequence that keeps each field of its items in an array of its own; items are made when they are asked for.

    It is equal to the tuple of its items. Only numbers of 32 bits have room.

    Args:
        make: makes an item of its fields, such as a NamedTuple.
        width: how many fields an item has.
        items: what it holds at first, each as its fields.

    Raises:
        OverflowError: a number is too large.

    >>> spans = Packed(lambda start, end: (start, end), 2, [(0, 2), (4, 5)])
    >>> spans.append((7, 9)); spans[1], spans[-1], spans[1:], spans.column(0)[2], spans == ((0, 2), (4, 5), (7, 9))
    ((4, 5), (7, 9), [(4, 5), (7, 9)], 7, True)
    """

    __slots__ = ("_columns", "_make")

    def __init__(self, make: Callable[..., T], width: int, items: Iterable[Iterable[int]] = ()) -> None:
        self._make = make
        self._columns = tuple(array("i") for _ in range(width))
        for item in items:
            self.append(item)

    def append(self, item: Iterable[int]) -> None:
        """Put an item, as its fields, at the end."""
        for column, number in zip(self._columns, item, strict=True):
            column.append(number)

    def column(self, number: int) -> array[int]:
        """One field of all items; what is changed in it is changed in them."""
        return self._columns[number]

    @property
    def columns(self) -> tuple[array[int], ...]:
        """All fields."""
        return self._columns

    def moved(self, by: int, *columns: int) -> Packed[T]:
        """The same with ``by`` added to some fields."""
        made: Packed[T] = Packed(self._make, 0)
        made._columns = tuple(
            array("i", [n + by for n in column]) if by and number in columns else column
            for number, column in enumerate(self._columns)
        )
        return made

    def __len__(self) -> int:
        return len(self._columns[0])

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> list[T]: ...

    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return list(starmap(self._make, zip(*(column[index] for column in self._columns), strict=True)))
        return self._make(*[column[index] for column in self._columns])

    def __iter__(self) -> Iterator[T]:
        return starmap(self._make, zip(*self._columns, strict=True))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Packed):
            return self._columns == other._columns
        return isinstance(other, tuple) and len(self) == len(other) and all(map(_same, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def _same(one: Any, other: Any) -> bool:
    return bool(one == other)


def offsets(start: int, end: int) -> tuple[int, int]:
    """A pair of offsets: what spans are made by."""
    return start, end
