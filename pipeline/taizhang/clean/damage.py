"""Clean: runs that a reading, inserted byte by byte in GBK, pushed one byte out of step.

Where the replaced byte pair straddled two characters, the decoder took a lead byte and ``(`` for one broken character
(``?``) and read all that follows shifted by one byte, up to the next trail byte in the ASCII range. Shifting back gives
the text; byte pairs that fell into GBK's user area have vanished, and what stood there only a lexicon can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from taizhang.align import Edit
from taizhang.clean.lattice import Step, Words, dictionary, readings_of, with_names
from taizhang.clean.readings import LETTERS, READING, reads, signature
from taizhang.clean.rules import Known
from taizhang.clean.script import simplifier, telling

OPENING = re.compile(rf"\?(?:(?P<reading>[{LETTERS}]{{1,6}}) ?\))?")
FOLLOWING = re.compile(rf"[(（] ?(?P<reading>[{LETTERS}]{{1,6}}[0-5]?) ?[)）]")
NUMBER = re.compile(r"[0-9.,]*(?: ?[萬万亿億千百十])*")
MARKS = frozenset("!,:;()?")  # full-width in GBK, half-width on these pages
LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))


class Run(NamedTuple):
    """One run, half-open in the text. ``leads``: what the lost byte may be; ``pairs`` and ``last``: what is left."""

    start: int
    end: int
    leads: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    last: int


def damage(text: str, known: Known) -> list[Edit]:
    """Repair each run where one way back is clearly the best; leave the others, and note them as uncertain."""
    if not signature(text, known):
        return []
    edits: list[Edit] = []
    done = 0
    for opening in OPENING.finditer(text):
        if opening.start() < done:
            continue
        run = _run(text, opening, known.rules.damage.longest)
        new = _repaired(text, run, known) if run else None
        start, end = (run.start, run.end) if run and new is not None else opening.span()
        edit = _noted(text, start, end, new, known)
        if edit:
            edits.append(edit)
            done = edit.end
    return edits


def _noted(text: str, start: int, end: int, new: str | None, known: Known) -> Edit | None:
    """The edit for one run, grown by the number that touches it: a digit may have been eaten there."""
    name = known.rules.damage.id
    after = NUMBER.match(text, end)
    low, high = start, after.end() if after else end
    while low and (text[low - 1].isdigit() or text[low - 1] == "."):
        low -= 1
    touches = any(c.isdigit() for c in text[low:start] + text[end:high])
    if touches:
        return Edit(low, high, text[low:start] + (new or text[start:end]) + text[end:high], name, True)
    if new is not None:
        return Edit(start, end, new, name)
    # A lone question mark ends a question; only one with a reading or inside a run is known to be damage.
    return Edit(start, end, text[start:end], name, True) if end - start > 1 else None


def _run(text: str, opening: re.Match[str], longest: int) -> Run | None:
    """The run that begins at a question mark; None where the bytes do not lead back to one."""
    leads = _leads(text[opening.start() - 1 : opening.start()], opening["reading"])
    pairs: list[tuple[int, int]] = []
    at = opening.end()
    while leads and at < len(text) and len(pairs) <= longest:
        c = text[at]
        if "@" <= c <= "~":
            done = bool(pairs or opening["reading"])
            return Run(opening.start(), at + 1, leads, tuple(pairs), ord(c)) if done else None
        inside = READING.match(text, at)
        if inside and reads(text[at - 1], inside["reading"]):
            at = inside.end()
            continue
        data = bytes((0xA3, ord(c) | 0x80)) if c in MARKS else _gbk(c)
        if data is None:
            return None
        pairs.append((data[0], data[1]))
        at += 1
    return None


def _leads(before: str, reading: str | None) -> tuple[int, ...]:
    """The lead bytes that may have been lost: with the trail byte before them they made a character so read."""
    if reading is None:
        return tuple(LEADS)
    data = _gbk(before)
    if data is None:
        return ()
    made = ((lead, _character(data[1], lead)) for lead in LEADS)
    return tuple(lead for lead, c in made if c and reads(c, reading))


def _repaired(text: str, run: Run, known: Known) -> str | None:
    """What the run was, if one reading of it is clearly better than the next."""
    rule = known.rules.damage
    before = [c for c in text[max(0, run.start - 3 * rule.context) : run.start] if known.han.match(c)]
    following = FOLLOWING.match(text, run.end)
    rest = following.end() if following else run.end
    after = READING.sub("", text[rest : rest + 6 * rule.context])[: rule.context]
    lattice: list[list[Step]] = []
    for c in before[-rule.context :]:
        lattice.append([Step("", _plain(c), len(lattice) + 1)])
    _add_run(lattice, run, following["reading"] if following else None)
    for c in after:
        if not known.han.match(c):
            break
        lattice.append([Step("", _plain(c), len(lattice) + 1)])
    words = _words(known)
    guesses = readings_of(lattice, words)
    if not guesses or (len(guesses) > 1 and guesses[0].score - guesses[1].score < rule.margin):
        return None
    return guesses[0].written


def _words(known: Known) -> Words:
    """The dictionary with the names of offices and divisions, which it lacks."""
    rule = known.rules.damage
    return Words(with_names(dictionary(), (*rule.offices, *known.names), rule.name_count), rule.punctuation)


def _add_run(lattice: list[list[Step]], run: Run, reading: str | None) -> None:
    """Add the run's characters: straight on from pair to pair, or by way of two whose pair has vanished."""
    pending: tuple[int, ...] = run.leads
    targets = [*run.pairs, (run.last, 0)]
    for number, (first, second) in enumerate(targets):
        final = number == len(targets) - 1
        lost = [] if number == 0 else list(_lost(pending[0], first))
        middle = sorted({p for p, _, _, _ in lost})
        node = len(lattice)
        after = node + 1 + len(middle)
        straight = [
            Step(c, _plain(c), after)
            for c in (_character(p, first) for p in pending)
            if c and c not in telling()[1]
        ]
        steps = [straight]
        for p in middle:
            way = next(c for q, _, c, _ in lost if q == p)
            straight.append(Step(way, _plain(way), node + 1 + middle.index(p)))
            steps.append([Step(c, _plain(c), after) for q, _, _, c in lost if q == p])
        if final and reading:
            steps = [[s for s in group if s.to != after or reads(s.written, reading)] for group in steps]
        lattice.extend(steps)
        pending = (second,)


def _lost(pending: int, first: int) -> Iterator[tuple[int, int, str, str]]:
    """Byte pairs that vanish between two known bytes, with the characters that they belonged to."""
    for p, q in vanished():
        before, after = _character(pending, p), _character(q, first)
        if before and after and before in dictionary_characters() and after in dictionary_characters():
            yield p, q, before, after


@lru_cache(maxsize=1)
def vanished() -> tuple[tuple[int, int], ...]:
    """The byte pairs of GBK that stand for no character."""
    return tuple((p, q) for p in LEADS for q in TRAILS if q >= LEADS[0] and _character(p, q) is None)


@lru_cache(maxsize=1)
def dictionary_characters() -> frozenset[str]:
    """The characters of traditional text that, made simple, the dictionary has."""
    counts, simplified = dictionary(), telling()[1]
    every = map(chr, range(0x4E00, 0xA000))
    return frozenset(c for c in every if c not in simplified and _plain(c) in counts)


@lru_cache(maxsize=None)
def _character(first: int, second: int) -> str | None:
    try:
        c = bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return None
    return c if len(c) == 1 else None


def _gbk(c: str) -> bytes | None:
    try:
        data = c.encode("gbk")
    except UnicodeEncodeError:
        return None
    return data if len(data) == 2 else None


@lru_cache(maxsize=None)
def _plain(c: str) -> str:
    """A character as the dictionary writes it."""
    return simplifier().convert(c)
