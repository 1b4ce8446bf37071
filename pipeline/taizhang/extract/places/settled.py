"""Places: the names of a text that are settled so far, by place, by end and by code."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort

from taizhang.extract.places.ambiguity import SettledPlace
from taizhang.extract.places.gazetteer import Division, stem
from taizhang.extract.places.lexicon import NameHit


class DivisionHits:
    """Hits with the division that each stands for."""

    def __init__(self) -> None:
        self.known: list[SettledPlace] = []
        self._division: dict[NameHit, Division] = {}
        self._why: dict[NameHit, str] = {}
        self._ends: dict[int, Division] = {}
        self._starts: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self._division)

    def put(self, hit: NameHit, division: Division, why: str) -> None:
        """Settle a hit that was open; ``why`` is the id of what decided."""
        self._why[hit] = why
        self._division[hit] = self._ends[hit.end] = division
        insort(self.known, SettledPlace(hit.start, hit.end, division.code))
        insort(self._starts.setdefault(division.code, []), hit.start)

    def drop(self, hit: NameHit) -> None:
        """Forget a hit."""
        division = self._division.pop(hit, None)
        if division:
            del self._ends[hit.end]
            self.known.remove(SettledPlace(hit.start, hit.end, division.code))
            self._starts[division.code].remove(hit.start)

    def get(self, hit: NameHit) -> Division | None:
        """What a hit stands for, where that is settled."""
        return self._division.get(hit)

    def why(self, hit: NameHit) -> str:
        """What settled a hit; empty while it is open."""
        return self._why.get(hit, "")

    def ending(self, at: int) -> Division | None:
        """The place whose name ends at an offset."""
        return self._ends.get(at)

    def named(self, code: str) -> bool:
        """Whether a place is named anywhere."""
        return bool(self._starts.get(code))

    def named_between(self, code: str, low: int, high: int) -> bool:
        """Whether a place is named between two offsets."""
        starts = self._starts.get(code, [])
        return bisect_left(starts, high) > bisect_right(starts, low)

    def kin(self, codes: list[str]) -> bool:
        """Whether what is above one of ``codes``, or beside it in its prefecture, is named."""
        others = {other for other, starts in self._starts.items() if starts}
        return any(c != o and c.startswith(stem(o)[:4]) for c in codes for o in others)
