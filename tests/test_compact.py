"""Packed sequences: they hold what the tuple of their items would, and are equal to it."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.compact import Packed, offsets

NUMBER = st.integers(-(2**31), 2**31 - 1)
PAIRS = st.lists(st.tuples(NUMBER, NUMBER))


@given(PAIRS, st.integers(-5, 5), st.integers(-5, 5))
def test_items_slices_and_columns_are_those_of_the_tuple(
    pairs: list[tuple[int, int]], a: int, b: int
) -> None:
    packed = Packed(offsets, 2, pairs)
    assert (list(packed), packed[a:b], list(packed.column(1))) == (
        pairs,
        pairs[a:b],
        [end for _, end in pairs],
    )
    assert packed == tuple(pairs)
    assert tuple(pairs) == packed
    assert packed != (*pairs, (0, 0))
    assert pickle.loads(pickle.dumps(packed)) == packed


def test_what_is_moved_leaves_the_first_as_it_was() -> None:
    packed = Packed(offsets, 2, [(1, 2)])
    assert (packed.moved(3, 1), packed.moved(0, 1), packed) == (((1, 5),), ((1, 2),), ((1, 2),))


def test_a_number_without_room_is_an_error() -> None:
    with pytest.raises(OverflowError):
        Packed(offsets, 2, [(0, 2**31)])
