"""Clean: runs that a reading, inserted byte by byte in GBK, pushed one byte out of step.

Where the replaced byte pair straddled two characters, the decoder took a lead byte and ``(`` for one broken
character (``?``) and read all that follows shifted by one byte, up to the next trail byte in the ASCII range.
Shifting back gives the text; byte pairs that fell into GBK's user area have vanished, and what stood there
only a lexicon can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from taizhang.align import Edit
from taizhang.clean.lattice import Step, WordProbabilities, readings_of, with_names
from taizhang.clean.readings import LETTERS, READING, reads, signature
from taizhang.clean.rules import CleaningRules
from taizhang.clean.shifted import LEADS, ShiftedRun, add_run, character, gbk, plain
from taizhang.segment.dictionary import dictionary

OPENING = re.compile(rf"\?(?:(?P<reading>[{LETTERS}]{{1,6}}) ?\))?")
FOLLOWING = re.compile(rf"[(（] ?(?P<reading>[{LETTERS}]{{1,6}}[0-5]?) ?[)）]")
MARKS = frozenset("!,:;()?")  # full-width in GBK, half-width on these pages


def damage(text: str, known: CleaningRules) -> list[Edit]:
    """Repair each run where one way back is clearly the best; leave the others and note them.

    Of very many runs only the first are tried, so that no text takes long.
    """
    if not signature(text, known):
        return []
    edits: list[Edit] = []
    done = tried = 0
    for opening in OPENING.finditer(text):
        if opening.start() < done:
            continue
        run = _run(text, opening, known.rules.damage.longest) if tried < known.rules.damage.most else None
        tried += run is not None
        new, is_run = _read_back(text, run, known) if run else (None, False)
        end = run.end if run and is_run else opening.end()
        edit = _noted(text, done, (opening.start(), end), new, known)
        if edit:
            edits.append(edit)
            done = edit.end
    return edits


def _noted(text: str, done: int, span: tuple[int, int], new: str | None, known: CleaningRules) -> Edit | None:
    """The edit for one run, grown by the number that touches it: a digit may have been eaten there."""
    (start, end), name = span, known.rules.damage.id
    after = known.number.match(text, end)
    low, high = start, after.end() if after else end
    while low > done and (text[low - 1].isdigit() or text[low - 1] == "."):
        low -= 1
    if any(c.isdigit() for c in text[low:start] + text[end:high]):
        return Edit(low, high, text[low:start] + (new or text[start:end]) + text[end:high], name, True)
    if new is not None:
        return Edit(start, end, new, name)
    # A lone question mark ends a question; only one with a reading or before a run is known to be damage.
    return Edit(start, end, text[start:end], name, True) if end - start > 1 else None


def _run(text: str, opening: re.Match[str], longest: int) -> ShiftedRun | None:
    """The run that begins at a question mark; None where the bytes do not lead back to one."""
    leads = _leads(text[opening.start() - 1 : opening.start()], opening["reading"])
    pairs: list[tuple[int, int]] = []
    at = opening.end()
    while leads and at < len(text) and len(pairs) <= longest:
        c = text[at]
        if "@" <= c <= "~":
            # With no pair left there is nothing to tell a vanished one by.
            return ShiftedRun(opening.start(), at + 1, leads, tuple(pairs), ord(c)) if pairs else None
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


def _read_back(text: str, run: ShiftedRun, known: CleaningRules) -> tuple[str | None, bool]:
    """What the run was, None where that is not clear; and whether it reads better so than as it stands."""
    rule = known.rules.damage
    before = [c for c in text[max(0, run.start - 3 * rule.context) : run.start] if known.han.match(c)]
    following = FOLLOWING.match(text, run.end)
    rest = following.end() if following else run.end
    after = READING.sub("", text[rest : rest + 6 * rule.context])[: rule.context]
    end = next((i for i, c in enumerate(after) if not known.han.match(c)), len(after))
    shifted: list[list[Step]] = []
    standing: list[list[Step]] = []
    _add_plain(shifted, before[-rule.context :])
    _add_plain(
        standing, [*before[-rule.context :], *READING.sub("", text[run.start : run.end]), *after[:end]]
    )
    add_run(shifted, run, following["reading"] if following else None, frozenset(rule.punctuation))
    _add_plain(shifted, after[:end])
    guesses = readings_of(shifted, _words(known))
    as_it_is = readings_of(standing, _words(known))
    if not guesses or guesses[0].score - as_it_is[0].score < rule.margin:
        return None, False
    clear = len(guesses) == 1 or guesses[0].score - guesses[1].score >= rule.margin
    return (guesses[0].written if clear else None), True


def _add_plain(lattice: list[list[Step]], characters: Iterable[str]) -> None:
    """Add characters that are not in question."""
    for c in characters:
        lattice.append([Step("", plain(c), len(lattice) + 1)])


@lru_cache(maxsize=2)
def _words(known: CleaningRules) -> WordProbabilities:
    """The dictionary with the names of offices and divisions, which it lacks."""
    rule = known.rules.damage
    return WordProbabilities(
        with_names(dictionary().counts, (*rule.offices, *known.names), rule.name_count), rule.punctuation
    )
