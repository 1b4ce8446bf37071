"""Show: what cleaning did to an article: each fix with its place in the source."""

from __future__ import annotations

from taizhang.article import Cleaned, Fix
from taizhang.messages import _


def fixes(cleaned: Cleaned) -> list[str]:
    """A line for each fix in the order of the source: offsets, line and column, the fix, before and after.

    Offsets are half-open code points in the source text as decoded; lines and columns begin at 1.

    >>> from taizhang.article import Article; from taizhang.clean import clean; from taizhang.rules import RuleSet
    >>> fixes(clean(Article.of("共\\u00a0有12 户"), RuleSet()))[1:]
    ["1-2  1:2  clean.blank  '\\\\xa0' -> ' '", "5-6  1:6  clean.unit-spaces  ' ' -> ''"]
    """
    ordered = sorted(cleaned.fixes, key=lambda fix: (fix.raw_start, fix.raw_end))
    lines = [_("{article}: {count} fixes").format(article=cleaned.document.id, count=len(ordered))]
    starts = [0] + [i + 1 for i, c in enumerate(cleaned.raw) if c == "\n"]
    line = 0
    for fix in ordered:
        while line + 1 < len(starts) and starts[line + 1] <= fix.raw_start:
            line += 1
        lines.append(_line(fix, line + 1, fix.raw_start - starts[line] + 1))
    return lines


def _line(fix: Fix, line: int, column: int) -> str:
    uncertain = "  " + _("(uncertain: a number here is no record)") if fix.uncertain else ""
    place = f"{fix.raw_start}-{fix.raw_end}  {line}:{column}"
    return f"{place}  {fix.name}  {fix.before!r} -> {fix.after!r}{uncertain}"
