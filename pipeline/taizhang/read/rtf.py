"""Read: RTF, with its tables. Needs the extra ``rtf``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taizhang.align import Aligned
from taizhang.errors import UnreadableInput
from taizhang.read.draft import Draft, DraftCell, TextWithTables
from taizhang.read.extras import needed
from taizhang.read.streams import Blob

ROW = re.compile(r"[^|\n]*(?:\|[^|\n]*)+\|")  # as the library writes a row: each cell ends in a bar


def rtf_text(data: bytes, blob: Blob) -> tuple[str, TextWithTables]:
    """The text of an RTF file, and the same with its tables.

    Raises:
        UnreadableInput: ``missing-extra``, ``bad-rtf``.
    """
    library = needed("striprtf.striprtf", "rtf")
    try:
        source = library.rtf_to_text(data.decode("latin-1"), errors="replace")
    except (ValueError, LookupError, IndexError, RecursionError) as error:
        raise UnreadableInput("bad-rtf", f"{blob.origin.name}: {type(error).__name__}: {error}") from error
    whole, draft = Aligned.whole(source), Draft()
    at = 0
    rows: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]*\n?", source):
        text = line[0].rstrip("\n")
        if ROW.fullmatch(text):
            rows.append((line.start(), line.start() + len(text)))
        elif line[0]:
            _table(draft, whole, rows)
            rows = []
            draft.add(whole.cut(line.start(), line.end()))
        at = line.end()
    _table(draft, whole, rows)
    draft.add(whole.cut(at, len(source)))
    return source, draft.body()


def _table(draft: Draft, whole: Aligned, rows: Sequence[tuple[int, int]]) -> None:
    cells = []
    for number, (start, end) in enumerate(rows):
        at = start
        for column, text in enumerate(whole.text[start : end - 1].split("|")):
            cells.append(DraftCell(number, column, whole.cut(at, at + len(text))))
            at += len(text) + 1
    draft.table(cells)
