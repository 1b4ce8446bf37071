"""Read: tables in plain text: Markdown's, drawn with lines, aligned by tabs or blanks, or with a cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from taizhang.align import Aligned
from taizhang.read.barred import barred
from taizhang.read.barred_flat import flat
from taizhang.read.draft import Draft, DraftCell, TextWithTables
from taizhang.read.plain_rows import DIGIT, SENTENCE, Lines, TableLines, side_by_side
from taizhang.read.spaced import spaced
from taizhang.read.stacked import Stack, stacks

RULE = re.compile(r"(?=[^-]{0,9}-)[ \t]*+\|?(?:[ \t]*+:?-++:?[ \t]*+\|)*+(?:[ \t]*+:?-++:?)?+[ \t]*+")
PIPE = re.compile(r"(?<!\\)\|")
DRAWN = re.compile(r"[│┃|]")
ACROSS = frozenset("─━═┼┬┴├┤-+=")
FRAME = ACROSS | frozenset(" \t\r\u3000┌┐└┘┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬|│┃")
TAB = re.compile(r"\t")
BLANKS = re.compile(r"[ \t\u3000\u00a0]{2,}|\t|(?<=[^\s\u3000]{2})\u3000(?=[^\s\u3000]{2})")
SEVERAL = re.compile(r"[0-9] +[-+]?[0-9]")  # figures in one cell
FEWEST_ROWS = 3  # of lines that only blanks align
LONGEST_CELL = 40  # characters, in lines that only blanks align


def with_tables(whole: Aligned, remarks: frozenset[str] = frozenset()) -> TextWithTables:
    """A plain text with the tables that are in it; ``remarks`` are heads of columns that hold no figures.

    >>> [c[:2] for c in with_tables(Aligned.whole("县|户\\n-|-\\n甲|5")).tables[0].cells]
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    lines = Lines.of(whole.text)
    runs = _tables(lines, remarks)
    if not runs:
        return TextWithTables(whole)
    draft, at = Draft(), 0
    for run in runs:
        start, end = lines.bounds[run.first][0], lines.bounds[run.last - 1][1]
        draft.add(whole.cut(at, start))
        draft.table(
            DraftCell(r, c.column, whole.cut(c.start, c.end), columns=c.columns)
            for r, row in enumerate(run.rows)
            for c in row
        )
        at = min(end + 1, len(whole.text))
    draft.add(whole.cut(at, len(whole.text)))
    return draft.body()


def _tables(lines: Lines, remarks: frozenset[str]) -> list[TableLines]:
    """All tables of a text, in order. Cells that stand below each other are looked for where nothing else is."""
    text = lines.text
    marked = "|" in text or "│" in text or "┃" in text or BLANKS.search(text)
    runs = list(_runs(lines)) if marked else []
    found = _beside(runs, [*flat(lines, remarks), *barred(lines, remarks), *spaced(lines)], text)
    return found or [_spans(stack, lines.bounds) for stack in stacks([text[a:b] for a, b in lines.bounds])]


def _beside(runs: Sequence[TableLines], more: Sequence[TableLines], text: str) -> list[TableLines]:
    """The tables of ``runs`` and those of ``more`` that take no line of theirs, but for runs with several figures in
    one cell or fewer lines: there the others cut better."""
    kept = [run for run in runs if not any(_better(other, run, text) for other in more)]
    lines = {number for run in kept for number in range(run.first, run.last)}
    for other in more:
        own = range(other.first, other.last)
        if lines.isdisjoint(own):
            kept.append(other)
            lines.update(own)
    return sorted(kept)


def _better(other: TableLines, run: TableLines, text: str) -> bool:
    """Whether ``other`` holds all lines of ``run`` and cuts more cells."""
    inside = other.first <= run.first and run.last <= other.last
    glued = any(SEVERAL.search(text, c.start, c.end) for row in run.rows for c in row)
    return inside and (glued or 2 * len(run.rows) < len(other.rows))


def _spans(stack: Stack, bounds: Sequence[tuple[int, int]]) -> TableLines:
    """A stacked table with the spans of its cells."""
    return TableLines(stack.first, stack.last, [side_by_side(bounds[i] for i in row) for row in stack.rows])


def _runs(by_line: Lines) -> Iterator[TableLines]:
    bounds = by_line.bounds
    lines = [by_line.text[start:end] for start, end in bounds]
    at = 0
    while at < len(lines):
        run = _markdown(lines, bounds, at) or _drawn(lines, bounds, at) or _aligned(lines, bounds, at)
        if run and run.rows:
            yield run
        at = run.last if run else at + 1


def _markdown(lines: Sequence[str], bounds: Sequence[tuple[int, int]], at: int) -> TableLines | None:
    """A head, a line of dashes, and what follows with a bar in it."""
    if at + 1 >= len(lines) or "|" not in lines[at] or "|" not in lines[at + 1]:
        return None
    if not RULE.fullmatch(lines[at + 1].rstrip("\r")):
        return None
    last = at + 2
    while last < len(lines) and "|" in lines[last] and lines[last].strip():
        last += 1
    rows = [_split(lines[i], bounds[i][0], PIPE) for i in (at, *range(at + 2, last))]
    return TableLines(at, last, [side_by_side(row) for row in rows])


def _drawn(lines: Sequence[str], bounds: Sequence[tuple[int, int]], at: int) -> TableLines | None:
    """Lines with upright bars, mostly between lines of the frame. Without two that hold a number, no rows."""
    last = at
    inside: list[int] = []
    while last < len(lines):
        if _barred(lines[last]):
            inside.append(last)
        elif not _framed(lines[last]):
            break
        last += 1
    if last == at:
        return None
    if len(inside) < 2 or not any(DIGIT.search(lines[i]) for i in inside):
        return TableLines(at, last, [])
    return TableLines(at, last, [side_by_side(_split(lines[i], bounds[i][0], DRAWN)) for i in inside])


def _framed(line: str) -> bool:
    return not ACROSS.isdisjoint(line) and FRAME.issuperset(line)


def _barred(line: str) -> bool:
    body = line.strip()
    return len(body) > 2 and body[0] in "│┃|" and body[-1] in "│┃|" and not _framed(body)


def _split(line: str, start: int, bar: re.Pattern[str]) -> list[tuple[int, int]]:
    body = line.strip()
    low = line.index(body) if body else 0
    high = low + len(body)
    if bar.match(line, low):
        low += 1
    if high > low and line[high - 1] in "│┃|" and line[high - 2 : high - 1] != "\\":
        high -= 1
    edges = [low, *(e for m in bar.finditer(line, low, high) for e in m.span()), high]
    return [(start + a, start + b) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _aligned(lines: Sequence[str], bounds: Sequence[tuple[int, int]], at: int) -> TableLines | None:
    """Lines that tabs or wide blanks cut into as many cells, most of them short and some of them numbers."""
    first = _fields(lines[at], bounds[at][0])
    if len(first) < 2:
        return None
    rows, last = [first], at + 1
    while last < len(lines):
        row = _fields(lines[last], bounds[last][0])
        if len(row) < 2 or abs(len(row) - len(rows[-1])) > (0 if len(rows) > 2 else 1):
            break
        rows.append(row)
        last += 1
    tabs = "\t" in lines[at]
    fewest = 2 if tabs else FEWEST_ROWS
    numbers = sum(
        any(DIGIT.search(lines[at + i], a - bounds[at + i][0], b - bounds[at + i][0]) for a, b in row[1:])
        for i, row in enumerate(rows)
    )
    if len(rows) < fewest or 2 * numbers < len(rows):
        return TableLines(at, last, [])
    width = max(map(len, rows))
    if any(len(row) < width for row in rows):  # a cell less at the left: the corner of the head is empty
        return TableLines(at, last, [side_by_side(row, width - len(row)) for row in rows])
    return TableLines(at, last, [side_by_side(row) for row in rows])


def _fields(line: str, start: int) -> list[tuple[int, int]]:
    """The cells of a line; none where one of them is a sentence."""
    body = line.strip(" \u3000\r")
    if not body or ("\t" not in body and "  " not in body and "\u3000" not in body):
        return []
    low = line.index(body)
    bar = TAB if "\t" in body else BLANKS
    edges = [low, *(e for m in bar.finditer(line, low, low + len(body)) for e in m.span()), low + len(body)]
    cells = list(zip(edges[::2], edges[1::2], strict=True))
    if any(b - a > LONGEST_CELL or SENTENCE.search(line, a, b) for a, b in cells):
        return []
    if sum(not line[a:b].isspace() and a < b for a, b in cells) < 2:
        return []
    return [(start + a, start + b) for a, b in cells]
