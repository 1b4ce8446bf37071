"""Clean: HTML character references that were left over in the text."""

from __future__ import annotations

import html
import re
from html.entities import html5

from taizhang.align import Edit
from taizhang.clean.rules import CleaningRules

# "&amp;lt;" was escaped twice, and is read in one go: each more round would cost a pass over the text.
REFERENCE = re.compile(
    r"&(?:amp;)*(?P<name>#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z](?:[A-Za-z0-9 ]{0,24}[A-Za-z0-9])?) ?;"
)


def entities(text: str, known: CleaningRules) -> list[Edit]:
    """Decode the references that HTML knows; a space inside the name is part of the damage."""
    rule_id = known.rules.entities.id
    found = ((m, m["name"].replace(" ", "") + ";") for m in REFERENCE.finditer(text))
    return [
        Edit(*m.span(), html.unescape(f"&{name}"), rule_id)
        for m, name in found
        if name[0] == "#" or name in html5
    ]
