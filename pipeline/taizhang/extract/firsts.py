"""Extract: with which characters a match of a pattern can begin or end, so that it is tried nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from taizhang.cache import table
from taizhang.extract.expression import Expression

_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}
_WITHOUT_WIDTH = {op.ASSERT, op.ASSERT_NOT, op.AT}


def firsts(pattern: str, flags: int = 0, passing: str = "") -> re.Pattern[str] | None:
    """A pattern for the characters that a match can begin with; None where that may be any.

    Args:
        pattern: a regular expression.
        flags: its flags.
        passing: characters that are passed over: what counts is the first other one, which may be none of the match.

    >>> begins = firsts("(?:今|本)?年|第[一二]季度|(?=上).周|(?>每+)月")
    >>> [c for c in "今本年第一上下每" if begins.match(c)]
    ['今', '本', '年', '第', '上', '每']
    >>> follows = firsts("[12]?[0-9]日|[0-9]+(?:月|个月)", passing="0123456789")
    >>> [c for c in "1日月个年" if follows.match(c)]
    ['日', '月', '个']
    """
    return in_class(_first(pattern, flags, passing))


def lasts(pattern: str, flags: int = 0) -> re.Pattern[str] | None:
    """A pattern for the characters that a match can end with; None where that may be any.

    >>> ends = lasts("第[ ]?|(?:约|大?概)(?!率)")
    >>> [c for c in "第 约大概率" if ends.match(c)]
    ['第', ' ', '约', '概']
    """
    return in_class(_last(pattern, flags))


class Edges(NamedTuple):
    """The classes of characters of one pattern, as patterns themselves; None where that may be any.

    Attributes:
        first: with which a match can begin.
        beyond: which can stand first in it behind the characters that are passed over.
        last: with which a match can end.
    """

    first: str | None
    beyond: str | None
    last: str | None


def edges(expressions: Sequence[Expression], passing: str = "") -> list[Edges]:
    """The edges of many patterns, kept on disk between runs: what is kept there was a regular expression once.

    Args:
        expressions: patterns that need not have been compiled.
        passing: characters that are passed over for ``beyond``.

    Raises:
        re.error: one of them is no regular expression; its ``pattern`` is the source.

    >>> edges([Expression("[12]?[0-9]日")], passing="0123456789")
    [Edges(first='[0-912]', beyond='[日]', last='[日]')]
    """
    told = [(expression.source, expression.flags) for expression in expressions]
    made_of = sha256(repr((told, passing)).encode()).hexdigest()
    kept = table("edges", made_of, lambda: [_edges(*one, passing) for one in told])
    return [Edges(*one) for one in kept]


def _edges(pattern: str, flags: int, passing: str) -> tuple[str | None, str | None, str | None]:
    re.compile(pattern, flags)  # parsing alone does not tell all that is wrong with an expression
    return _first(pattern, flags), _first(pattern, flags, passing), _last(pattern, flags)


def _first(pattern: str, flags: int, passing: str = "") -> str | None:
    return _class(*_begins(_parsed(pattern, flags), _Reading(frozenset(passing))))


def _last(pattern: str, flags: int) -> str | None:
    return _class(*_begins(_parsed(pattern, flags), _Reading(frozenset(), backwards=True)))


def in_class(written: str | None) -> re.Pattern[str] | None:
    """The pattern that a class of characters is written as."""
    return None if written is None else re.compile(written)


@lru_cache(maxsize=1)  # one pattern may be asked about twice, one straight after the other
def _parsed(pattern: str, flags: int) -> Any:
    return _parser.parse(pattern, flags)


class _Reading(NamedTuple):
    """How a pattern is read: which characters are passed over, and whether from its end."""

    passing: frozenset[str]
    backwards: bool = False


def _class(classes: set[str] | None, empty: bool) -> str | None:
    if empty or classes is None:
        return None
    return "[" + "".join(sorted(classes)) + "]" if classes else "(?!)"


def _begins(items: Any, reading: _Reading) -> tuple[set[str] | None, bool]:
    """The members of a class of first characters (None: any), and whether the items may match nothing."""
    found: set[str] = set()
    ahead: set[str] | None = None  # what a look ahead asks for where nothing has matched yet
    for kind, value in reversed(items) if reading.backwards else items:
        if kind is op.ASSERT and value[0] > 0:
            classes, empty = _begins(value[1], reading)
            if classes is not None and not (empty or reading.passing or reading.backwards):
                ahead = classes
            continue
        classes, empty = _of_item(kind, value, reading)
        if classes is None:
            return (None if ahead is None else found | ahead), False
        found |= classes
        if not empty:
            return found, False
    return (found, True) if ahead is None else (found | ahead, False)


def _of_item(  # noqa: PLR0911 - one return a kind of item
    kind: Any, value: Any, reading: _Reading
) -> tuple[set[str] | None, bool]:
    if kind in _WITHOUT_WIDTH:
        return set(), True
    if kind is op.LITERAL:
        return _of_class([(kind, value)], reading.passing)
    if kind is op.IN:
        return _of_class(value, reading.passing)
    if kind is op.SUBPATTERN:
        return _begins(value[3], reading)
    if kind is op.ATOMIC_GROUP:
        return _begins(value, reading)
    if kind is op.BRANCH:
        each = [_begins(branch, reading) for branch in value[1]]
        if any(classes is None for classes, _ in each):
            return None, False
        return set().union(*(classes or set() for classes, _ in each)), any(empty for _, empty in each)
    if kind in _REPEATS:
        least, _, repeated = value
        classes, empty = _begins(repeated, reading)
        return classes, empty or least == 0
    return None, False  # any character, a group that is matched again


def _of_class(members: Any, passing: frozenset[str]) -> tuple[set[str] | None, bool]:
    """The members that are not passed over, and whether any are."""
    found: set[str] = set()
    passed = False
    for kind, value in members:
        if kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            found.add(r"\d")
            passed = passed or bool(passing)
        elif kind in (op.LITERAL, op.RANGE):
            low, high = value if kind is op.RANGE else (value, value)
            inside = [c for c in passing if low <= ord(c) <= high]
            passed = passed or bool(inside)
            if len(inside) <= high - low:
                found.add("-".join(re.escape(chr(end)) for end in dict.fromkeys((low, high))))
        else:
            return None, False  # what is not in a class, or a class by name
    return found, passed
