"""What a place, a number, a date or a pointing word leaves behind when no name holds it: the words that go with it.

What governs it, what sums it up and what tells where beside it say nothing alone: 对|甲市|提出,
甲省|南部|、|乙省|等|地|最高气温, 在|3天|内|修好, 这|件|展品. A body that something is of is a noun, though, and where a part is
told of a whole, what says so is no word of either.
"""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.extract.metrics.atoms import OUTSIDE, WITHIN, Atom
from taizhang.extract.metrics.lexicon import Grammar

GOES_ON = frozenset({"verb", "particle", "preposition", "filler", "mark", "quantity"})  # what no object is
PHRASE = frozenset({"word", "verb", "quote"})  # what an occasion is told by: 展会|期间, “十四五”|末
BOUNDS = frozenset({"mark", "preposition", "bracket", "date", "place", "filler", "number"})  # what stands before it
MEASURES = frozenset("qmt")  # tags of measure words, of numerals with one, and of times
DOUBLED = 2  # characters of 一架 in 一架架
OCCASION = 4  # words that tell one


def without_holes(row: list[Atom], grammar: Grammar) -> list[Atom]:
    """The row, with what its neighbours make of an atom: some are words, others name nothing."""
    placed = False  # a preposition stands before, which 中 may belong to
    leading = []  # prepositions and verbs that bring in what may be left out
    for at, atom in enumerate(row):
        kind = atom.kind
        if kind == "word":
            if atom.text in grammar.beside or atom.tag == WITHIN or atom.tag[:1] in MEASURES:
                _settle(row, at, placed, grammar)
        elif kind == "preposition":
            placed = True
            leading.append(at)
        elif kind == "mark":
            placed = False
        elif kind == "agency":
            if at + 1 < len(row) and _is_owned(row[at + 1]):
                row[at] = atom._replace(kind="word", tag="n")
        elif kind == "verb" and _is_said_to_be(row, at, grammar):
            row[at] = atom._replace(kind="filler")
        elif kind == "verb" and at and row[at - 1].text in grammar.demonstratives and _names(atom):
            row[at] = atom._replace(kind="word", tag="n")
        if atom.text in grammar.going:
            leading.append(at)
    for at in leading:
        if row[at].tag == "source" and at + 1 < len(row) and row[at + 1].kind == "filler" and _was(row, at + 1):
            row[at + 1] = row[at + 1]._replace(kind="date")
        if row[at].kind != "preposition":
            empty = _goes_somewhere(row, at)
        else:
            empty = _brings_nothing(row, at, grammar) or _brings_number(row, at, grammar)
        if empty:
            row[at] = row[at]._replace(kind="filler")
    return row


def _settle(row: list[Atom], at: int, placed: bool, grammar: Grammar) -> None:
    """Silence the word at ``at`` where it goes with what stands beside it; what tells an occasion, with all its words."""
    text, after = row[at].text, row[at + 1] if at + 1 < len(row) else None
    before = row[at - 1] if at else None
    kind = ""
    if text in grammar.clocks and after and after.kind == "date":
        kind = "filler"
    elif before and text in grammar.outskirts and _of_places(row, at):
        kind = "place"
    elif text in grammar.localisers and _after_number(row, at, grammar):
        kind = "filler"
        if row[at - 1].text in grammar.extents:
            row[at - 1] = row[at - 1]._replace(kind="filler")
    elif text in grammar.occasions and (start := _occasion(row, at)) < at:
        row[start:at] = [a._replace(kind="date") for a in row[start:at]]
        kind = "date"
    elif text in grammar.localisers and before and before.kind in {"word", "verb"} and _closes(after):
        kind = "filler"
        _open_with(row, at)
    elif text in grammar.reports and after and after.text in grammar.forecasts:
        kind = "filler"
        if before and before.kind == "quote":
            row[at - 1] = before._replace(kind="filler")
    elif before and before.tag == "source" and row[at].tag == "t" and _was(row, at):
        kind = "date"
    elif before and before.tag == "pointing" and row[at].tag == "q":
        kind = "filler"
    elif after and after.kind == "word" and _is_doubled(row[at], after):
        kind = "filler"
        rest = after.text[1:]
        row[at + 1] = after._replace(kind="word" if rest else "filler", start=after.end - len(rest), text=rest)
    elif not placed and _tells_whole(row, at):
        kind = "filler"
    elif before and _sums_up(row, at, grammar):
        kind = "filler"
    if kind:
        row[at] = row[at]._replace(kind=kind)


def _of_places(row: Sequence[Atom], at: int) -> bool:
    """Whether a word at ``at`` stands behind a place or the 等 of a list of them: 甲省|南部, 乙省|等|地."""
    before = row[at - 1]
    listed = before.kind == "etcetera" and at > 1 and row[at - 2].kind == "place"
    return listed or before.kind == "place"


def _open_with(row: list[Atom], at: int) -> None:
    """Silence the preposition that says with the word at ``at`` when something is: 在|接受|培训|后."""
    start = at - 1
    while start and row[start].kind not in {"mark", "preposition", "quantity"}:
        start -= 1
    if row[start].kind == "preposition":
        row[start] = row[start]._replace(kind="filler")


def _after_number(row: Sequence[Atom], at: int, grammar: Grammar) -> bool:
    """Whether what says when or where at ``at`` is told by the number before: 3天|后, 3公里|范围|内, 突破5亿元|的|背后."""
    place = at - 1
    owned = row[place].kind == "particle" and len(row[at].text) > 1  # 重9吨|的|后|车厢
    if place > 0 and (row[place].text in grammar.extents or owned):
        place -= 1
    return place >= 0 and row[place].kind == "quantity"


def _is_doubled(atom: Atom, after: Atom) -> bool:
    """Whether a numeral's measure word is said again straight behind it: 一架|架飞机."""
    return atom.tag == "m" and len(atom.text) == DOUBLED and after.text[0] == atom.text[-1]


def _was(row: Sequence[Atom], at: int) -> bool:
    """Whether a time at ``at`` only says when the number was so: 从|最初|的|9项|减至3项."""
    after = [a.kind for a in row[at + 1 : at + 3]]
    return after == ["particle", "quantity"]


def _occasion(row: Sequence[Atom], at: int) -> int:
    """Where the words begin that tell when, up to 期间 at ``at``, and that open what is said; ``at`` where they don't."""
    start = at
    if row[at].tag[:1] != "f" and row[at - 1 : at] and row[at - 1].kind != "quote":
        return at  # “十四五”|时期, but 困难|时期
    while start and at - start < OCCASION and row[start - 1].kind in PHRASE:
        start -= 1
    return start if not start or row[start - 1].kind in BOUNDS else at


def _closes(after: Atom | None) -> bool:
    return after is None or after.kind == "mark"


def _goes_somewhere(row: Sequence[Atom], at: int) -> bool:
    """Whether a verb at ``at`` only leads to places where something else is done: 赴|甲省|、|乙省|开展."""
    end = at + 1
    while end < len(row) and row[end].kind in {"place", "list", "conjunction", "etcetera", "quantity"}:
        end += 1
    return end > at + 1 and end < len(row) and _does(row[end])


def _is_said_to_be(row: Sequence[Atom], at: int, grammar: Grammar) -> bool:
    """Whether a verb at ``at`` only affirms, with 的 at the end, what the next one says: 都|是|上升|的."""
    if row[at].text not in grammar.affirming or at + 2 >= len(row):
        return False
    does, end = row[at + 1], row[at + 2]
    return _does(does) and end.kind == "particle" and _closes(row[at + 3] if at + 3 < len(row) else None)


def _names(atom: Atom) -> bool:
    """Whether a verb is as well a noun that 该 may point at: 该|组织."""
    return atom.verb is not None and atom.verb.has("compound")


def _does(atom: Atom) -> bool:
    return atom.kind == "verb" or (atom.kind == "word" and atom.tag == "v" and len(atom.text) > 1)


def _sums_up(row: Sequence[Atom], place: int, grammar: Grammar) -> bool:
    """Whether a word at ``place`` only sums up the places before it: 甲省、乙省|2|省."""
    at = place if row[place - 1].kind == "place" else place - 1
    numeral = at and row[at - 1].kind == "place" and row[at].text.isdecimal()
    return bool(numeral) and row[at + 1 : at + 2] != [] and row[at + 1].text in grammar.counted


def _brings_nothing(row: Sequence[Atom], place: int, grammar: Grammar) -> bool:
    """Whether all that the preposition at ``place`` brings in is left out of names."""
    end = place + 1
    while end < len(row) and (row[end].kind in OUTSIDE or row[end].tag == "pointing"):
        end += 1
    alone = end > place + 1 and (end == len(row) or _goes_on(row[end]))
    return alone and row[place].text not in grammar.agentless


def _brings_number(row: Sequence[Atom], place: int, grammar: Grammar) -> bool:
    """Whether the preposition at ``place`` brings in a number that no name goes on with.

    That is when or where: 在|3天|内|修好, 在|距|县城|9公里|外|的|村; or of what a whole is made: 由|30人|组成.
    """
    end = place + 1
    source = row[place].tag == "source"
    while not source and end - place < OCCASION and end < len(row) and row[end].kind in PHRASE:
        end += 1
    if end + 1 >= len(row) or row[end].kind != "quantity":
        return False
    if source:
        return row[end + 1].text in grammar.composing
    beside = end + 1 + (row[end + 1].text in grammar.extents)
    within = beside < len(row) and row[beside].text in grammar.localisers
    return within or row[end].text.endswith(tuple(grammar.localisers))


def _is_owned(atom: Atom) -> bool:
    """Whether an atom straight behind a body says that something is of it."""
    return atom.kind == "particle" or (atom.kind == "word" and atom.tag[:1] == "n")


def _goes_on(atom: Atom) -> bool:
    """Whether an atom is no object of a preposition before it."""
    return atom.kind in GOES_ON or (atom.kind == "word" and atom.tag == "v" and len(atom.text) > 1)


def _tells_whole(row: Sequence[Atom], place: int) -> bool:
    """Whether at ``place`` stands 中 behind a noun, and it is told what is done: 问题|中|已整改, but 区域|内|动物."""
    if row[place].tag != WITHIN or not place or place + 1 == len(row):
        return False
    before, after = row[place - 1], row[place + 1]
    noun = before.kind == "word" and before.tag[:1] in {"n", "j", "x"}
    return noun and after.kind != "particle" and (after.kind == "negation" or _goes_on(after))
