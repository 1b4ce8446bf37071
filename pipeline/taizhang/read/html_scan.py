"""Read: HTML as lines of text, each with its place in the source and in the page.

Our own scan, because offsets must survive and time must stay linear: the standard library's parser takes
minutes for a hundred kilobytes of open quotes, and faster parsers do not say where a text node began.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from taizhang.read.shapes import Markup

# A tag ends at the next bracket; so long a run without one is no tag.
TAG = re.compile(r"<(?:(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,31})\b|[!?])[^<>]{0,8192}+>|<!--")
RAW = frozenset({"script", "style", "textarea", "title", "iframe", "noscript"})
VOID = frozenset({"br", "hr"})
CELLS = frozenset({"td", "th"})
# What an opening tag closes, if it is the innermost open element.
CLOSES = {
    "p": {"p"}, "li": {"li", "p"}, "td": {"td", "th", "p"}, "th": {"td", "th", "p"},
    "tr": {"td", "th", "tr", "p"}, "dd": {"dd", "dt", "p"}, "dt": {"dd", "dt", "p"},
}  # fmt: skip


class MarkupToken(NamedTuple):
    """The text ``[start, end)`` and the tag that comes after it, if any; ``after``: where the tag ends."""

    start: int
    end: int
    name: str = ""
    closing: bool = False
    after: int = 0


@dataclass(slots=True)
class MarkupLine:
    """The text between two tags that begin a line.

    Attributes:
        runs: its pieces, half-open in the source.
        node: number of the innermost element that it is in.
        row, cell: numbers of the innermost table's row and cell that it is in; 0 for none.
        linked: how many of its characters are in links.
    """

    node: int
    row: int
    cell: int
    runs: list[tuple[int, int]] = field(default_factory=list)
    linked: int = 0


@dataclass(slots=True)
class MarkupTree:
    """The lines of a source, and the tree of the elements that they are in.

    ``names`` and ``parents`` are by the element's number; 0 is the whole source, and a parent's number is
    less than its child's. ``tags``: the half-open offsets of the tag of each cell, by its number.
    """

    lines: list[MarkupLine] = field(default_factory=list)
    names: list[str] = field(default_factory=lambda: [""])
    parents: list[int] = field(default_factory=lambda: [0])
    tags: dict[int, tuple[int, int]] = field(default_factory=dict)


def scan(source: str, markup: Markup, start: int = 0) -> MarkupTree:
    """Read ``source`` from ``start``.

    >>> from taizhang.read.shapes import reading; from taizhang.rules import RuleSet
    >>> [line.runs for line in scan("<p>a<b>1</b></p>c", reading(RuleSet()).markup).lines]
    [[(3, 4), (7, 8)], [(16, 17)]]
    """
    result = MarkupTree()
    elements = _Elements(result, markup)
    line = elements.line()
    for token in tokens(source, markup, start):
        if token.start < token.end:
            line.runs.append((token.start, token.end))
            if elements.links:
                line.linked += len(source[token.start : token.end].strip())
        if token.name == "a":
            elements.links = not token.closing
        elif token.name in markup.block:
            if line.runs:
                result.lines.append(line)
            elements.pass_(token)
            line = elements.line()
    if line.runs:
        result.lines.append(line)
    return result


class _Elements:
    """The elements that are open where the scan is."""

    def __init__(self, result: MarkupTree, markup: Markup) -> None:
        self._scan, self._markup = result, markup
        self._open: list[int] = [0]
        self._names: Counter[str] = Counter()
        self._rows, self._cells = [0], [0]
        self.links = False

    def line(self) -> MarkupLine:
        return MarkupLine(self._open[-1], self._rows[-1], self._cells[-1])

    def pass_(self, token: MarkupToken) -> None:
        """Open or close what the tag says; a closing tag closes all that was opened since its own."""
        if token.name in VOID:
            return
        self.links = False
        if token.closing:
            if self._names[token.name]:
                while self._pop() != token.name:
                    pass
            return
        while self._name() in CLOSES.get(token.name, ()):
            self._pop()
        if token.name == "table":
            self._rows.append(0)
            self._cells.append(0)
        self._push(token)

    def _name(self) -> str:
        return self._scan.names[self._open[-1]]

    def _push(self, token: MarkupToken) -> None:
        number, name = len(self._scan.names), token.name
        self._scan.names.append(name)
        self._scan.parents.append(self._open[-1])
        self._open.append(number)
        self._names[name] += 1
        if name == "tr":
            self._rows[-1] = number
        elif name in CELLS:
            self._cells[-1] = number
            self._scan.tags[number] = token.end, token.after

    def _pop(self) -> str:
        name = self._scan.names[self._open.pop()]
        self._names[name] -= 1
        if name == "table":
            self._rows.pop()
            self._cells.pop()
        elif name == "tr":
            self._rows[-1] = 0
        elif name in CELLS:
            self._cells[-1] = 0
        return name


def tokens(source: str, markup: Markup, at: int = 0) -> Iterator[MarkupToken]:
    """Each run of text with the tag after it; comments, scripts and their like are passed over."""
    unclosed: set[str] = set()
    while at < len(source):
        tag = TAG.search(source, at)
        if tag is None:
            yield MarkupToken(at, len(source))
            return
        name = (tag["name"] or "").lower()
        yield MarkupToken(at, tag.start(), name, bool(tag["close"]), tag.end())
        at = tag.end()
        silent = tag.group() == "<!--" or (name in markup.silent and not tag["close"])
        if silent and name not in unclosed and not tag.group().endswith("/>"):
            at = _after(source, name, at)
            if at < 0:  # without an end, a script goes on to the end of the page, another element is open
                unclosed.add(name)
                at = tag.end() if name and name not in RAW else len(source)


def _after(source: str, name: str, at: int) -> int:
    """The offset after a comment (no name) or element that begins at ``at``; -1 where it has no end."""
    if not name:
        end = source.find("-->", at)
        return end + 3 if end >= 0 else -1
    close = re.compile(rf"</{name}\b[^<>]{{0,64}}+>", re.I).search(source, at)
    return close.end() if close else -1
