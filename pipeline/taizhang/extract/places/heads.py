"""Places: where a text begins anew, so that a name there is what the following is about: titles, heads of items."""

from __future__ import annotations

import re

from taizhang.extract.places.lexicon import NameHit, PlaceLexicon

BEHIND = ("】", "：", ":", "　")  # characters that may end the head of an item
REACH = 6  # characters before a name that the number of its line may take, with the end of the line before
NUMBERED = re.compile(r"[（(]?\d{1,2}[）).、．]")  # of an item, at the head of its line


def title_end(text: str, lex: PlaceLexicon) -> int:
    """Where the title ends, with a second line that goes on with it."""
    line = text.find("\n")
    if line < 0 or not text.startswith(lex.subtitles, line):
        return line
    return (text + "\n").index("\n", line + 1)


def heads(text: str, hit: NameHit, lex: PlaceLexicon) -> bool:
    """Whether a name is the head of an item: straight after its mark, or before a colon at the head of a line."""
    after = text[hit.end : hit.end + 1]
    if text.endswith(lex.items, 0, hit.start):
        return after.isspace() or after in BEHIND
    return text.endswith("\n", 0, hit.start) and after in lex.colons


def leads(text: str, hit: NameHit) -> bool:
    """Whether a name stands straight after the number of an item, at the head of its line: （4）义乌."""
    start = text.rfind("\n", max(0, hit.start - REACH), hit.start) + 1
    return start > 0 and NUMBERED.fullmatch(text, start, hit.start) is not None
