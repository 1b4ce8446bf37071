"""Extract: with which characters a match of a pattern can begin, so that it is tried nowhere else."""

from __future__ import annotations

import re
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}
_WITHOUT_WIDTH = {op.ASSERT, op.ASSERT_NOT, op.AT}


def firsts(pattern: str, flags: int = 0) -> re.Pattern[str] | None:
    """A pattern for the characters that a match can begin with; None where that may be any.

    >>> begins = firsts("(?:今|本)?年|第[一二]季度|(?=上).周|(?>每+)月")
    >>> [c for c in "今本年第一上下每" if begins.match(c)]
    ['今', '本', '年', '第', '上', '每']
    """
    classes, empty = _begins(_parser.parse(pattern, flags))
    if empty or classes is None:
        return None
    return re.compile("[" + "".join(sorted(classes)) + "]")


def _begins(items: Any) -> tuple[set[str] | None, bool]:
    """The members of a class of first characters (None: any), and whether the items may match nothing."""
    found: set[str] = set()
    ahead: set[str] | None = None  # what a look ahead asks for where nothing has matched yet
    for kind, value in items:
        if kind is op.ASSERT and value[0] > 0:
            classes, empty = _begins(value[1])
            ahead = ahead if classes is None or empty else classes
            continue
        classes, empty = _of_item(kind, value)
        if classes is None:
            return (None if ahead is None else found | ahead), False
        found |= classes
        if not empty:
            return found, False
    return (found, True) if ahead is None else (found | ahead, False)


def _of_item(kind: Any, value: Any) -> tuple[set[str] | None, bool]:  # noqa: PLR0911 - one return a kind of item
    if kind in _WITHOUT_WIDTH:
        return set(), True
    if kind is op.LITERAL:
        return {re.escape(chr(value))}, False
    if kind is op.IN:
        return _of_class(value), False
    if kind is op.SUBPATTERN:
        return _begins(value[3])
    if kind is op.ATOMIC_GROUP:
        return _begins(value)
    if kind is op.BRANCH:
        each = [_begins(branch) for branch in value[1]]
        if any(classes is None for classes, _ in each):
            return None, False
        return set().union(*(classes or set() for classes, _ in each)), any(empty for _, empty in each)
    if kind in _REPEATS:
        least, _, repeated = value
        classes, empty = _begins(repeated)
        return classes, empty or least == 0
    return None, False  # any character, a group that is matched again


def _of_class(members: Any) -> set[str] | None:
    found: set[str] = set()
    for kind, value in members:
        if kind is op.LITERAL:
            found.add(re.escape(chr(value)))
        elif kind is op.RANGE:
            found.add(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            found.add(r"\d")
        else:
            return None  # what is not in a class, or a class by name
    return found
