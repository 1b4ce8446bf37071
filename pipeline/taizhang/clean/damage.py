"""Clean: runs that a reading, inserted byte by byte in GBK, pushed one byte out of step.

Where the replaced byte pair straddled two characters, the decoder took a lead byte and ``(`` for one broken
character (``?``) and read all that follows shifted by one byte, up to the next trail byte in the ASCII range.
Shifting back gives the text; byte pairs that fell into GBK's user area have vanished, and what stood there
only a lexicon can tell.
"""

from __future__ import annotations

import re
from functools import lru_cache

from taizhang.align import Edit
from taizhang.clean.lattice import Step, Words, dictionary, readings_of, with_names
from taizhang.clean.readings import LETTERS, READING, reads, signature
from taizhang.clean.rules import Known
from taizhang.clean.shifted import LEADS, Run, add_run, character, gbk, plain

OPENING = re.compile(rf"\?(?:(?P<reading>[{LETTERS}]{{1,6}}) ?\))?")
FOLLOWING = re.compile(rf"[(（] ?(?P<reading>[{LETTERS}]{{1,6}}[0-5]?) ?[)）]")
NUMBER = re.compile(r"[0-9.,]*(?: ?[萬万亿億千百十])*")
MARKS = frozenset("!,:;()?")  # full-width in GBK, half-width on these pages


def damage(text: str, known: Known) -> list[Edit]:
    """Repair each run where one way back is clearly the best; leave the others and note them."""
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
        data = bytes((0xA3, ord(c) | 0x80)) if c in MARKS else gbk(c)
        if data is None:
            return None
        pairs.append((data[0], data[1]))
        at += 1
    return None


def _leads(before: str, reading: str | None) -> tuple[int, ...]:
    """The lead bytes that may have been lost: with the byte before them they made a character so read."""
    if reading is None:
        return tuple(LEADS)
    data = gbk(before)
    if data is None:
        return ()
    made = ((lead, character(data[1], lead)) for lead in LEADS)
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
        lattice.append([Step("", plain(c), len(lattice) + 1)])
    add_run(lattice, run, following["reading"] if following else None)
    for c in after:
        if not known.han.match(c):
            break
        lattice.append([Step("", plain(c), len(lattice) + 1)])
    words = _words(known)
    guesses = readings_of(lattice, words)
    if not guesses or (len(guesses) > 1 and guesses[0].score - guesses[1].score < rule.margin):
        return None
    return guesses[0].written


@lru_cache(maxsize=2)
def _words(known: Known) -> Words:
    """The dictionary with the names of offices and divisions, which it lacks."""
    rule = known.rules.damage
    return Words(with_names(dictionary(), (*rule.offices, *known.names), rule.name_count), rule.punctuation)
