"""Clean: the fixes, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from taizhang.align import Edit
from taizhang.clean.damage import damage
from taizhang.clean.entities import entities
from taizhang.clean.lost import HALVES, halves, lost
from taizhang.clean.mojibake import LEADS, mojibake
from taizhang.clean.number_spacing import number_spacing
from taizhang.clean.radicals import radicals
from taizhang.clean.readings import readings
from taizhang.clean.rules import CleaningRules, Replacement, characters
from taizhang.clean.script import script, telling
from taizhang.clean.width import TRIGGERS, width
from taizhang.clean.wrapped import wrapped
from taizhang.clean.zero import zero

Function = Callable[[str, CleaningRules], list[Edit]]


class Fixer(NamedTuple):
    """A fix, and the characters of which a text must have one for it to have anything to do."""

    triggers: frozenset[str]
    fix: Function


def fixes(known: CleaningRules) -> tuple[Fixer, ...]:
    """All fixes: what no library takes and what was read in a wrong encoding before all others, damage before the
    readings that show it, script before the fixes that know characters, and lines joined before their widths change."""
    return (
        *_encodings(),
        *_markup(known),
        *_lines(known),
        *_characters(known),
        *_spaces(known),
        *_marks(known),
    )


def _encodings() -> Iterator[Fixer]:
    """What no library takes, and what was read in a wrong encoding."""
    yield Fixer(HALVES, halves)
    yield Fixer(LEADS, mojibake)


def _markup(known: CleaningRules) -> Iterator[Fixer]:
    """What is left of a page's markup, and what shows nothing."""
    yield from _by(known, "clean.line-end", "clean.block-tag", "clean.inline-tag")
    yield Fixer(frozenset("&"), entities)
    yield from _by(known, "clean.invisible")


def _lines(known: CleaningRules) -> Iterator[Fixer]:
    """Lines that were cut at a width, and blanks of every kind."""
    yield Fixer(frozenset("\n"), wrapped)
    yield from _by(known, "clean.blank")


def _characters(known: CleaningRules) -> Iterator[Fixer]:
    """Characters that stand for others."""
    rules = known.rules
    yield Fixer(TRIGGERS | set(rules.width.percent), width)
    yield Fixer(characters(f"[{rules.radicals.ranges}]"), radicals)
    yield Fixer(frozenset("?"), damage)
    yield Fixer(frozenset("(（"), readings)
    yield Fixer(telling()[0], script)
    yield from _by(known, "clean.private-glyph", "clean.lost-indent")
    yield Fixer(frozenset(rules.zero.sure + rules.zero.likely), zero)


def _spaces(known: CleaningRules) -> Iterator[Fixer]:
    """Spaces where none belong, above all within numbers and beside them."""
    yield from _by(known, "clean.line-edges", "clean.double-spaces", "clean.spaced-out")
    yield from _by(known, "clean.digit-spaces", "clean.numeral-alone-spaces")
    yield from _by(known, "clean.numeral-spaces", "clean.share-spaces", "clean.measure-spaces")
    yield from _by(known, "clean.point-space")
    yield Fixer(frozenset(" "), number_spacing)
    yield from _by(known, "clean.unit-spaces", "clean.punctuation-spaces")


def _marks(known: CleaningRules) -> Iterator[Fixer]:
    """Punctuation that is doubled, narrow or lost."""
    yield from _by(known, "clean.doubled-punctuation", "clean.comma", "clean.colon", "clean.semicolon")
    yield Fixer(frozenset(known.rules.lost.marks), lost)


def _by(known: CleaningRules, *rule_ids: str) -> Iterator[Fixer]:
    """The fixes that are replacements of these rules."""
    for rule_id in rule_ids:
        replacement = known.replacements[rule_id]
        yield Fixer(replacement.triggers, _replacing(replacement))


def _replacing(replacement: Replacement) -> Function:
    return lambda text, _: replacement.edits(text)
