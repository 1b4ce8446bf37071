"""Clean: the likeliest reading of characters that are not certain, by the words of jieba's dictionary."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from typing import NamedTuple

LONGEST_WORD = 8
KEPT = 6  # readings kept at each node


class Step(NamedTuple):
    """One character that may come next: as written, as the dictionary writes it, and the node after."""

    written: str
    plain: str
    to: int


class Guess(NamedTuple):
    """A reading of the whole lattice, with its natural-logarithm probability."""

    score: float
    written: str


class WordProbabilities:
    """Probabilities of words, and which strings begin one."""

    def __init__(self, counts: dict[str, int], marks: dict[str, float]) -> None:
        self.counts = counts
        self.total = math.log(sum(counts.values()))
        self.marks = {mark: power * math.log(10) for mark, power in marks.items()}

    def score(self, word: str, count: int | None) -> float | None:
        """The log probability of a word with its count; a character always has one, others only if they are words."""
        if word in self.marks:
            return self.marks[word]
        if count:
            return math.log(count) - self.total
        return -math.log(2) - self.total if len(word) == 1 else None


def with_names(counts: dict[str, int], names: Iterable[str], count: int) -> dict[str, int]:
    """``counts`` with ``names`` added, each as a word seen ``count`` times if it was not one."""
    added = dict(counts)
    for name in names:
        added[name] = added.get(name, 0) or count
        for end in range(1, len(name)):
            added.setdefault(name[:end], 0)
    return added


def readings_of(lattice: Sequence[Sequence[Step]], words: WordProbabilities) -> list[Guess]:
    """The best readings from the first node to the last, best first; nodes lead only to later ones."""
    best: list[dict[str, float]] = [{} for _ in range(len(lattice) + 1)]
    best[0][""] = 0.0
    for node in range(len(lattice)):
        kept = _kept(best[node])
        for written, score, to in _spelled(lattice, node, words) if kept else ():
            there = best[to]
            for before, so_far in kept:
                whole, reached = before + written, so_far + score
                if reached > there.get(whole, -math.inf):
                    there[whole] = reached
    return [Guess(score, written) for written, score in _kept(best[-1])]


def _kept(found: dict[str, float]) -> list[tuple[str, float]]:
    return nsmallest(KEPT, found.items(), key=lambda item: (-item[1], item[0]))


def _spelled(
    lattice: Sequence[Sequence[Step]], node: int, words: WordProbabilities
) -> Iterator[tuple[str, float, int]]:
    """Every word that the lattice spells from a node: as written, its score, and the node after it."""
    count_of = words.counts.get
    open_ends = [("", "", node)]
    while open_ends:
        written, plain, at = open_ends.pop()
        for added, plainly, to in lattice[at]:
            word = plain + plainly
            count = count_of(word)
            if count is None and plain:
                continue  # no word begins so
            score = words.score(word, count)
            if score is not None:
                yield written + added, score, to
            if count is not None and len(word) < LONGEST_WORD and to < len(lattice):
                open_ends.append((written + added, word, to))
