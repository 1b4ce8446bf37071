"""Clean: the fixes, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from taizhang.align import Edit
from taizhang.clean.damage import damage
from taizhang.clean.entities import entities
from taizhang.clean.lost import HALVES, halves, lost
from taizhang.clean.mojibake import LEADS, mojibake
from taizhang.clean.number_spacing import number_spacing
from taizhang.clean.radicals import radicals
from taizhang.clean.readings import readings
from taizhang.clean.rules import CleaningRules, characters
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
    rules = known.rules

    def by(rule_id: str) -> Fixer:
        replacement = known.replacements[rule_id]
        return Fixer(replacement.triggers, lambda text, _: replacement.edits(text))

    return (
        Fixer(HALVES, halves),
        Fixer(LEADS, mojibake),
        by("clean.line-end"),
        by("clean.block-tag"),
        by("clean.inline-tag"),
        Fixer(frozenset("&"), entities),
        by("clean.invisible"),
        Fixer(frozenset("\n"), wrapped),
        by("clean.blank"),
        Fixer(TRIGGERS | set(rules.width.percent), width),
        Fixer(characters(f"[{rules.radicals.ranges}]"), radicals),
        Fixer(frozenset("?"), damage),
        Fixer(frozenset("(（"), readings),
        Fixer(telling()[0], script),
        by("clean.private-glyph"),
        by("clean.lost-indent"),
        Fixer(frozenset(rules.zero.sure + rules.zero.likely), zero),
        by("clean.line-edges"),
        by("clean.double-spaces"),
        by("clean.spaced-out"),
        by("clean.digit-spaces"),
        by("clean.numeral-spaces"),
        by("clean.share-spaces"),
        by("clean.measure-spaces"),
        by("clean.point-space"),
        Fixer(frozenset(" "), number_spacing),
        by("clean.unit-spaces"),
        by("clean.punctuation-spaces"),
        by("clean.doubled-punctuation"),
        by("clean.comma"),
        by("clean.colon"),
        by("clean.semicolon"),
        Fixer(frozenset(rules.lost.marks), lost),
    )
