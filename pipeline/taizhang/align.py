"""Text with its way back: every edit records, when it is made, which source characters its result stands for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``new``. ``name`` says which fix did it; ``uncertain`` that it is a guess."""

    start: int
    end: int
    new: str
    name: str
    uncertain: bool = False


class Piece(NamedTuple):
    """``size`` characters from ``start`` on stand for source characters ``[source, source + extent)``.

    With ``extent == size * step`` each of them stands for ``step`` of those, in order: one for one, or for an escape
    as long as all the others (``\\u4e00\\u4e8c``). Otherwise all of them stand for all of those.
    """

    start: int
    size: int
    source: int
    extent: int
    step: int = 1

    @property
    def even(self) -> bool:
        """Whether each character has a source of its own."""
        return self.extent == self.size * self.step


@dataclass(frozen=True, slots=True)
class Aligned:
    """A text and, piece by piece, where it came from.

    >>> text = Aligned.whole("共 1 2 户").edit([Edit(1, 2, "", "space"), Edit(3, 4, "", "space")])
    >>> text.text, text.source_span(1, 3)
    ('共12 户', (2, 5))
    """

    text: str
    pieces: tuple[Piece, ...]

    @classmethod
    def whole(cls, text: str) -> Aligned:
        """A text that is its own source."""
        return cls(text, (Piece(0, len(text), 0, len(text)),) if text else ())

    @classmethod
    def join(cls, parts: Iterable[Aligned | str]) -> Aligned:
        """Several texts one after the other; a plain string among them is new and stands for no source text."""
        text, pieces, at = [], [], 0
        source = 0
        for part in parts:
            if isinstance(part, str):
                pieces.append(Piece(at, len(part), source, 0))
                text.append(part)
                at += len(part)
                continue
            pieces += [Piece(at + p.start, *p[1:]) for p in part.pieces]
            text.append(part.text)
            at += len(part.text)
            if part.pieces:
                source = part.pieces[-1].source + part.pieces[-1].extent
        return cls("".join(text), tuple(p for p in pieces if p.size))

    def cut(self, start: int, end: int) -> Aligned:
        """The part ``[start, end)`` as a text of its own, still pointing at the same source."""
        pieces = [
            _slice(p, max(start, p.start), min(end, p.start + p.size)) for p in self._touching(start, end)
        ]
        return Aligned(self.text[start:end], tuple(Piece(p.start - start, *p[1:]) for p in pieces))

    def edit(self, edits: Sequence[Edit]) -> Aligned:
        """The text with ``edits`` made; they must be in order and must not overlap.

        Raises:
            ValueError: two edits overlap, are out of order, or lie outside the text.
        """
        text: list[str] = []
        pieces: list[Piece] = []
        at = done = 0
        for edit in edits:
            if not done <= edit.start <= edit.end <= len(self.text):
                raise ValueError(f"edit {edit} overlaps the one before it or lies outside the text")
            at = self._copy(done, edit.start, at, text, pieces)
            if edit.new:
                low, high = self.source_span(edit.start, edit.end)
                pieces.append(Piece(at, len(edit.new), low, high - low))
                text.append(edit.new)
                at += len(edit.new)
            done = edit.end
        self._copy(done, len(self.text), at, text, pieces)
        return Aligned("".join(text), _fused(pieces))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source characters that ``text[start:end]`` stands for; for an empty span, the place between two."""
        if start >= end:
            if start > 0:
                edge = self.source_span(start - 1, start)[1]
                return edge, edge
            edge = self.pieces[0].source if self.pieces else 0
            return edge, edge
        if len(self.pieces) == 1 and self.pieces[0].size == self.pieces[0].extent:  # nothing was changed
            shift = self.pieces[0].source - self.pieces[0].start
            return start + shift, end + shift
        touched = [
            _slice(p, max(start, p.start), min(end, p.start + p.size)) for p in self._touching(start, end)
        ]
        return min(p.source for p in touched), max(p.source + p.extent for p in touched)

    def _touching(self, start: int, end: int) -> list[Piece]:
        first = max(0, bisect_right(self.pieces, start, key=lambda p: p.start) - 1)
        last = bisect_right(self.pieces, max(start, end - 1), key=lambda p: p.start)
        return [p for p in self.pieces[first:last] if p.start < end and p.start + p.size > start]

    def _copy(self, start: int, end: int, at: int, text: list[str], pieces: list[Piece]) -> int:
        if start < end:
            text.append(self.text[start:end])
            for p in self._touching(start, end):
                part = _slice(p, max(start, p.start), min(end, p.start + p.size))
                pieces.append(Piece(part.start - start + at, *part[1:]))
        return at + end - start


def _slice(p: Piece, start: int, end: int) -> Piece:
    """The part of a piece between two offsets; a piece that is not even keeps its whole source."""
    if p.even:
        return Piece(
            start, end - start, p.source + (start - p.start) * p.step, (end - start) * p.step, p.step
        )
    return Piece(start, end - start, p.source, p.extent)


def _fused(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbouring even pieces as one."""
    fused: list[Piece] = []
    for p in pieces:
        last = fused[-1] if fused else None
        if (
            last
            and last.even
            and p.even
            and last.step == p.step
            and (last.start + last.size, last.source + last.extent) == (p.start, p.source)
        ):
            fused[-1] = Piece(last.start, last.size + p.size, last.source, last.extent + p.extent, p.step)
        else:
            fused.append(p)
    return tuple(fused)
