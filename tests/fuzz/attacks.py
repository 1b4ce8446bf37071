"""Texts that make a regular expression work: each repetition pumped, behind what leads to it, before what fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MANY = 20  # a repetition of at least so many times may be pumped
FAILS = ("\x00", "☃")
Attack = tuple[str, str, str]  # what stands before, what is repeated, what stands behind

_CATEGORIES = {
    codes.CATEGORY_DIGIT: "7",
    codes.CATEGORY_NOT_DIGIT: "x",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_SPACE: "x",
    codes.CATEGORY_WORD: "x",
    codes.CATEGORY_NOT_WORD: "-",
}
_REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}
_ASIDE = {codes.ASSERT, codes.ASSERT_NOT}


def attacks(pattern: re.Pattern[str]) -> Iterator[Attack]:
    """Attacks on each repetition of ``pattern``, without a bound or with a high one."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    seen: set[Attack] = set()
    for before, pumped in _repetitions(tree, ""):
        for pump in pumped:
            for fails in FAILS:
                for attack in ((before, pump, fails), ("", before + pump, fails)):
                    if attack[1] and attack not in seen:
                        seen.add(attack)
                        yield attack


def _repetitions(tree: Any, before: str) -> Iterator[tuple[str, list[str]]]:
    """Each repetition in a parsed pattern: a text that leads to it, and texts that it repeats."""
    for code, argument in tree:
        if code in _REPEATS:
            _, high, inner = argument
            if high >= MANY:
                yield before, list(dict.fromkeys(islice(_samples(inner), 4)))
            yield from _repetitions(inner, before)
        elif code is codes.BRANCH:
            for branch in argument[1]:
                yield from _repetitions(branch, before)
        elif code is codes.SUBPATTERN:
            yield from _repetitions(argument[3], before)
        elif code is codes.ATOMIC_GROUP:
            yield from _repetitions(argument, before)
        elif code in _ASIDE:
            yield from _repetitions(argument[1], before)
        before += next(_samples([(code, argument)]), "")


def _samples(tree: Any) -> Iterator[str]:
    """Texts that a parsed pattern may match, the plainest first; assertions are left aside."""
    made = [""]
    for code, argument in tree:
        made = [start + piece for piece in _pieces(code, argument) for start in made[:8]]
    yield from made


def _pieces(code: Any, argument: Any) -> list[str]:  # noqa: PLR0911 - one for each kind of node
    if code is codes.LITERAL:
        return [chr(argument)]
    if code is codes.NOT_LITERAL:
        return ["x" if argument != ord("x") else "y"]
    if code is codes.ANY:
        return ["x"]
    if code is codes.IN:
        return _of_class(argument)
    if code in _REPEATS:
        low, _, inner = argument
        return [piece * max(low, 1) for piece in islice(_samples(inner), 3)]
    if code is codes.BRANCH:
        return [piece for branch in argument[1][:40] for piece in islice(_samples(branch), 1)]
    if code is codes.SUBPATTERN:
        return list(islice(_samples(argument[3]), 8))
    if code is codes.ATOMIC_GROUP:
        return list(islice(_samples(argument), 8))
    return [""]


def _of_class(items: Any) -> list[str]:
    """A few characters of a class: one of each kind that it names, or some that it leaves out."""
    negated = items[0][0] is codes.NEGATE
    named: list[str] = []
    for code, argument in items:
        if code is codes.LITERAL:
            named.append(chr(argument))
        elif code is codes.RANGE:
            named.append(chr(argument[0]))
        elif code is codes.CATEGORY:
            named.append(_CATEGORIES[argument])
    if not negated:
        return [named[0], named[-1], named[len(named) // 2]]
    return [c for c in "x的7 a，（" if not _in(c, items)][:3] or ["\u3400"]


def _in(char: str, items: Any) -> bool:
    return re.match(parser_class(items), char) is None


def parser_class(items: Any) -> re.Pattern[str]:
    """The class of ``items`` as a pattern of its own."""
    from re import _compiler  # type: ignore[attr-defined] # noqa: PLC0415

    state = parser.State()
    state.str = ""
    tree = parser.SubPattern(state, [(codes.IN, items)])
    compiled: re.Pattern[str] = _compiler.compile(tree)
    return compiled
