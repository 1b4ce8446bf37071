"""docs/reliability.md has no row that no test stands for; each marked test compares its own row by itself."""

from __future__ import annotations

from reliability_page import AREAS, rows_of, rows_without_a_test


def test_every_row_has_its_test() -> None:
    assert rows_without_a_test() == []
    assert sum(len(rows_of(area)) for area in AREAS) > 1
