"""Clean: Chinese in UTF-8 that was read as a Western encoding (å¸‚ for 市), by ftfy, where that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.align import Edit
from taizhang.clean.rules import CleaningRules

LEADS = frozenset(
    map(chr, range(0xE3, 0xEA))
)  # first bytes of a Chinese character in UTF-8, as Latin letters
_RUN = re.compile(r"[^\u2e80-\uffef\n]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def mojibake(text: str, known: CleaningRules) -> list[Edit]:
    """Put back, character for character, what a run of Western letters and signs was in UTF-8.

    A run is repaired only if its bytes are UTF-8 throughout and give Chinese. One that looks broken and is not
    repaired is noted, so that no number in it becomes a record.
    """
    from ftfy.badness import is_bad  # noqa: PLC0415 - few texts need it

    name = known.rules.mojibake.id
    edits: list[Edit] = []
    for run in _RUN.finditer(text):
        if LEADS.isdisjoint(run[0]) or not is_bad(run[0]):
            continue
        found = list(_repaired(run[0], run.start(), name))
        edits += found or [Edit(*run.span(), run[0], name, uncertain=True)]
    return edits


def _repaired(broken: str, start: int, name: str) -> Iterator[Edit]:
    from ftfy import fix_encoding_and_explain  # noqa: PLC0415 - as above

    fixed, plan = fix_encoding_and_explain(broken)
    if not plan or [step for step, _ in plan] != ["encode", "decode"] or not _CHINESE.search(fixed):
        return
    if "\ufffd" in fixed or sum(len(c.encode()) for c in fixed) != len(broken):
        return
    at = start
    for c in fixed:
        size = len(c.encode())
        if size > 1:
            yield Edit(at, at + size, c, name)
        at += size
