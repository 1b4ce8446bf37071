"""Clean: characters that are gone for good, so that no number beside one is taken for whole."""

from __future__ import annotations

import re

from taizhang.align import Edit
from taizhang.clean.rules import Known


def lost(text: str, known: Known) -> list[Edit]:
    """Mark what stands for a lost character; the text stays as it is."""
    rule = known.rules.lost
    found = re.finditer(rule.pattern, text)
    return [Edit(*m.span(), m.group(), rule.id, uncertain=True) for m in found]
