"""Text with its way back: every edit records, when it is made, which source characters its result stands for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import NamedTuple

from taizhang.compact import Packed

FEW = 64  # pieces that are kept as they are; more take less room as numbers


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


def packed_pieces(pieces: Iterable[Piece] = ()) -> Packed[Piece]:
    """Pieces in little room, of which there may be a hundred thousand."""
    return pieces if isinstance(pieces, Packed) else Packed(Piece, len(Piece._fields), pieces)


@dataclass(frozen=True, slots=True)
class Aligned:
    """A text and, piece by piece, where it came from.

    >>> text = Aligned.whole("共 1 2 户").edit([Edit(1, 2, "", "space"), Edit(3, 4, "", "space")])
    >>> text.text, text.source_span(1, 3)
    ('共12 户', (2, 5))
    """

    text: str
    pieces: Sequence[Piece]

    @classmethod
    def whole(cls, text: str) -> Aligned:
        """A text that is its own source."""
        return cls(text, (Piece(0, len(text), 0, len(text)),) if text else ())

    @classmethod
    def join(cls, parts: Iterable[Aligned | str]) -> Aligned:
        """Several texts one after the other; a plain string among them is new and stands for no source text."""
        joiner = Joiner()
        for part in parts:
            joiner.add(part)
        return joiner.joined()

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
        first = max(0, self._begun(start) - 1)
        last = self._begun(max(start, end - 1))
        return [p for p in self.pieces[first:last] if p.start < end and p.start + p.size > start]

    def _begun(self, at: int) -> int:
        """How many pieces begin at ``at`` or before."""
        if isinstance(self.pieces, Packed):
            return bisect_right(self.pieces.column(0), at)
        return bisect_right(self.pieces, at, key=lambda p: p.start)

    def _copy(self, start: int, end: int, at: int, text: list[str], pieces: list[Piece]) -> int:
        if start < end:
            text.append(self.text[start:end])
            for p in self._touching(start, end):
                part = _slice(p, max(start, p.start), min(end, p.start + p.size))
                pieces.append(Piece(part.start - start + at, *part[1:]))
        return at + end - start


class Joiner:
    """Puts texts one after the other; see ``Aligned.join``. What it holds of long ones takes little room."""

    def __init__(self) -> None:
        self._text, self._pieces = StringIO(newline=""), packed_pieces()
        self.size = self._source = 0

    def add(self, part: Aligned | str) -> None:
        """Put a text, or a string that is new, at the end."""
        text = part if isinstance(part, str) else part.text
        if isinstance(part, str) and part:
            self._pieces.append((self.size, len(part), self._source, 0, 1))
        elif isinstance(part, Aligned) and part.pieces:
            for p in part.pieces:
                if p.size:
                    self._pieces.append((self.size + p.start, *p[1:]))
            last = part.pieces[-1]
            self._source = last.source + last.extent
        self._text.write(text)
        self.size += len(text)

    def joined(self) -> Aligned:
        """All of it as one text."""
        few = len(self._pieces) <= FEW
        return Aligned(self._text.getvalue(), tuple(self._pieces) if few else self._pieces)


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
