"""Clean: HTML character references that were left over in the text."""

from __future__ import annotations

import html
import re
from html.entities import html5

from taizhang.align import Edit
from taizhang.clean.rules import Known

REFERENCE = re.compile(
    r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z](?:[A-Za-z0-9 ]{0,24}[A-Za-z0-9])?) ?;"
)


def entities(text: str, known: Known) -> list[Edit]:
    """Decode the references that HTML knows; a space inside the name is part of the damage."""
    name = known.rules.entities.id
    found = ((m, m.group().replace(" ", "")) for m in REFERENCE.finditer(text))
    return [
        Edit(*m.span(), html.unescape(written), name)
        for m, written in found
        if written[1] == "#" or written[1:] in html5
    ]
