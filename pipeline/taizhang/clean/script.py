"""Clean: traditional characters to simplified ones, in traditional text only."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from taizhang.align import Edit
from taizhang.cache import table
from taizhang.clean.rules import CleaningRules

if TYPE_CHECKING:
    from opencc import OpenCC


@cache
def simplifier() -> OpenCC:
    """Taiwan's standard to simplified, one character for one."""
    from opencc import OpenCC  # noqa: PLC0415 - few texts need it

    return OpenCC("tw2s")


@cache
def telling() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that are traditional only, and those that are simplified only."""
    traditional, simplified = table("scripts", version("opencc"), _telling)
    return frozenset(traditional), frozenset(simplified)


def _telling() -> tuple[str, str]:
    from opencc import OpenCC  # noqa: PLC0415 - as above

    every = "".join(map(chr, range(0x4E00, 0xA000)))
    # One to a line, so that no phrase forms.
    simple = simplifier().convert("\n".join(every)).split("\n")
    complex_ = OpenCC("s2tw").convert("\n".join(every)).split("\n")
    traditional = frozenset(c for c, s in zip(every, simple, strict=True) if c != s)
    simplified = frozenset(c for c, t in zip(every, complex_, strict=True) if c != t)
    return "".join(sorted(traditional - simplified)), "".join(sorted(simplified - traditional))


def simplified(text: str) -> str:
    """The text in simplified characters, as long as it was; one without a traditional character stays as it is.

    >>> simplified("廣東省，云南省")
    '广东省，云南省'
    """
    if telling()[0].isdisjoint(text):
        return text
    converted: str = simplifier().convert(text)
    return converted if len(converted) == len(text) else text


def script(text: str, known: CleaningRules) -> list[Edit]:
    """Convert the whole text where it is traditional; simplified text keeps its 乾 and 於 as they are."""
    traditional, simplified = telling()
    seen = set(text)
    ours, theirs = len(seen & traditional), len(seen & simplified)
    rule = known.rules.script
    if not ours or ours < rule.share * (ours + theirs):
        return []
    converted = simplifier().convert(text)
    if len(converted) != len(text):
        raise AssertionError("tw2s is one character for one")
    pairs = enumerate(zip(text, converted, strict=True))
    return [Edit(i, i + 1, new, rule.id) for i, (old, new) in pairs if old != new]
