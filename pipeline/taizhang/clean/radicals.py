"""Clean: Kangxi radicals and compatibility ideographs to the characters that they look like."""

from __future__ import annotations

import re
import unicodedata

from taizhang.align import Edit
from taizhang.clean.rules import CleaningRules


def radicals(text: str, known: CleaningRules) -> list[Edit]:
    """Fold by NFKC, which maps each of these to one character; some have no mapping and stay."""
    rule = known.rules.radicals
    found = ((m, unicodedata.normalize("NFKC", m.group())) for m in re.finditer(f"[{rule.ranges}]", text))
    return [Edit(*m.span(), new, rule.id) for m, new in found if new != m.group() and len(new) == 1]
