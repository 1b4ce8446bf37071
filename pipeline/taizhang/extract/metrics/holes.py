"""What a place, a number, a date or a pointing word leaves behind when no name holds it: the words that go with it.

What governs it, what sums it up and what tells where beside it say nothing alone: 对|甲市|提出,
甲省|南部|、|乙省|等|地|最高气温, 在|3天|内|修好, 这|件|展品. A body that something is of is a noun, though, and
where a part is told of a whole, what says so is no word of either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from taizhang.extract.metrics.atoms import OUTSIDE, WITHIN, Atom, Kind
from taizhang.extract.metrics.lexicon import Grammar

GOES_ON = frozenset({"verb", "particle", "preposition", "filler", "mark", "quantity"})  # what no object is
PHRASE = frozenset({"word", "verb", "quote"})  # what an occasion is told by: 展会|期间, “十四五”|末
BOUNDS = frozenset(
    {"mark", "preposition", "bracket", "date", "place", "filler", "number"}
)  # what stands before it
PLACES = frozenset({"place", "list", "conjunction", "etcetera", "quantity"})  # what one goes to
MEASURES = frozenset("qmt")  # tags of measure words, of numerals with one, and of times
DOUBLED = 2  # characters of 一架 in 一架架
OCCASION = 4  # words that tell one


def without_holes(row: list[Atom], grammar: Grammar) -> list[Atom]:
    """The row, with what its neighbours make of an atom: some are words, others name nothing."""
    leading = []  # prepositions and verbs that bring in what may be left out
    for at, atom in enumerate(row):
        if atom.kind == "word":
            if atom.text in grammar.beside or atom.tag == WITHIN or atom.tag[:1] in MEASURES:
                _settle(row, at, grammar)
        elif atom.kind in {"verb", "agency"}:
            _named(row, at, grammar)
        if atom.kind == "preposition" or atom.text in grammar.going:
            leading.append(at)
    for at in leading:
        _bring(row, at, grammar)
    return row


def _named(row: list[Atom], at: int, grammar: Grammar) -> None:
    """Make a noun of a body that something is of and of a verb that 该 points at; silence 是 before a verb and 的."""
    atom = row[at]
    if atom.kind == "agency":
        noun = at + 1 < len(row) and _is_owned(row[at + 1])
    else:
        pointed = at > 0 and row[at - 1].text in grammar.demonstratives
        noun = pointed and atom.verb is not None and atom.verb.has("compound")
    if noun:
        row[at] = atom._replace(kind="word", tag="n")
    elif _is_said_to_be(row, at, grammar):
        row[at] = atom._replace(kind="filler")


def _bring(row: list[Atom], at: int, grammar: Grammar) -> None:
    """Silence a preposition or a verb of going at ``at`` where all that it brings in is left out."""
    if row[at].kind != "preposition":
        empty = _goes_somewhere(row, at)
    else:
        if row[at].tag == "source" and _was(row, at + 1) and row[at + 1].kind == "filler":
            row[at + 1] = row[at + 1]._replace(kind="date")
        empty = _brings_nothing(row, at, grammar) or _brings_number(row, at, grammar)
    if empty:
        row[at] = row[at]._replace(kind="filler")


def _settle(row: list[Atom], at: int, grammar: Grammar) -> None:
    """Silence the word at ``at`` where it goes with what stands beside it."""
    for rule in BESIDE:
        kind = rule(row, at, grammar)
        if kind:
            row[at] = row[at]._replace(kind=kind)
            return


def _clock(row: list[Atom], at: int, grammar: Grammar) -> Kind | None:
    """By whose clock a date is told: 当地|时间|8日."""
    dated = row[at].text in grammar.clocks and at + 1 < len(row) and row[at + 1].kind == "date"
    return "filler" if dated else None


def _outskirt(row: list[Atom], at: int, grammar: Grammar) -> Kind | None:
    """Which part of a place, or that there are more of them: 甲省|南部, 乙省|等|地."""
    if not at or row[at].text not in grammar.outskirts:
        return None
    listed = row[at - 1].kind == "etcetera" and at > 1 and row[at - 2].kind == "place"
    return "place" if listed or row[at - 1].kind == "place" else None


def _localiser(row: list[Atom], at: int, grammar: Grammar) -> Kind | None:
    """When or where, behind a number or at the end of a clause: 3天|后, 突破5亿元|的|背后, 在|接受|培训|后."""
    if not at or row[at].text not in grammar.localisers or _begins_a_word(row, at):
        return None
    before = row[at - 1]
    extent = before.text in grammar.extents
    owned = before.kind == "particle" and len(row[at].text) > 1  # 重9吨|的|后|车厢
    place = at - 2 if at > 1 and (extent or owned) else at - 1
    if row[place].kind == "quantity":
        if extent:
            row[at - 1] = before._replace(kind="filler")
        return "filler"
    closing = before.kind in {"word", "verb"} and _closes(row, at + 1) and _open_with(row, at)
    return "filler" if closing else None  # without 在 what is to be done is told: 建成|后


def _begins_a_word(row: list[Atom], at: int) -> bool:
    """Whether one character is left behind the one at ``at``: the measure took the first of a word (8国|外|长)."""
    following = row[at + 1 : at + 2]
    return (
        bool(following) and len(row[at].text) == len(following[0].text) == 1 and following[0].kind == "word"
    )


def _open_with(row: list[Atom], at: int) -> bool:
    """Find and silence the preposition that says with the word at ``at`` when something is: 在|接受|培训|后."""
    start = at - 1
    while start and row[start].kind not in {"mark", "preposition", "quantity"}:
        start -= 1
    found = row[start].kind == "preposition"
    if found:
        row[start] = row[start]._replace(kind="filler")
    return found


def _occasion(row: list[Atom], at: int, grammar: Grammar) -> Kind | None:
    """The end of the words that tell when and that open what is said, which go with it: 展会|期间|签约."""
    if not at or row[at].text not in grammar.occasions:
        return None
    if row[at].tag[:1] != "f" and row[at - 1].kind != "quote":  # “十四五”|时期, but 困难|时期
        return None
    start = at
    while start and at - start < OCCASION and row[start - 1].kind in PHRASE:
        start -= 1
    if start == at or (start and row[start - 1].kind not in BOUNDS):
        return None
    row[start:at] = [a._replace(kind="date") for a in row[start:at]]
    return "date"


def _report(row: list[Atom], at: int, grammar: Grammar) -> Kind | None:
    """Who makes a forecast, with its title: 《展望》|报告|预计."""
    ahead = row[at].text in grammar.reports and at + 1 < len(row) and row[at + 1].text in grammar.forecasts
    if ahead and at and row[at - 1].kind == "quote":
        row[at - 1] = row[at - 1]._replace(kind="filler")
    return "filler" if ahead else None


def _measure(row: list[Atom], at: int, grammar: Grammar) -> Kind | None:
    """The measure word of a pointing word, and a numeral's that is said again: 这|件|展品, 一架|架飞机."""
    atom = row[at]
    if atom.tag == "q" and at and row[at - 1].tag == "pointing":
        return "filler"
    after = row[at + 1] if at + 1 < len(row) else None
    if atom.tag != "m" or len(atom.text) != DOUBLED or after is None or after.kind != "word":
        return None
    if after.text[0] != atom.text[-1]:
        return None
    rest = after.text[1:]
    kind: Kind = "word" if rest else "filler"
    row[at + 1] = after._replace(kind=kind, start=after.end - len(rest), text=rest or after.text)
    return "filler"


def _former(row: list[Atom], at: int, grammar: Grammar) -> Kind | None:
    """When a number was so that something comes from: 从|最初|的|9项|减至3项."""
    former = row[at].tag == "t" and at and row[at - 1].tag == "source" and _was(row, at)
    return "date" if former else None


def _whole(row: list[Atom], at: int, grammar: Grammar) -> Kind | None:
    """What says that a part of a whole is told: 问题|中|已整改, but 区域|内|动物 and 在|区域|内|建成."""
    if row[at].tag != WITHIN or not at or at + 1 == len(row):
        return None
    before, after = row[at - 1], row[at + 1]
    noun = before.kind == "word" and before.tag[:1] in {"n", "j", "x"}
    told = noun and after.kind != "particle" and (after.kind == "negation" or _goes_on(after))
    return "filler" if told and not _placed(row, at) else None


def _sum(row: list[Atom], at: int, grammar: Grammar) -> Kind | None:
    """What only sums up the places before it: 甲省、乙省|2|省."""
    if not at:
        return None
    numeral = at if row[at - 1].kind == "place" else at - 1
    counts = numeral and row[numeral - 1].kind == "place" and row[numeral].text.isdecimal()
    counted = counts and numeral + 1 < len(row) and row[numeral + 1].text in grammar.counted
    return "filler" if counted else None


BESIDE: tuple[Callable[[list[Atom], int, Grammar], Kind | None], ...] = (
    _clock,
    _outskirt,
    _occasion,
    _localiser,
    _report,
    _measure,
    _former,
    _whole,
    _sum,
)


def _placed(row: Sequence[Atom], at: int) -> bool:
    """Whether a preposition stands before, which 中 may belong to."""
    for atom in reversed(row[:at]):
        if atom.kind in {"preposition", "mark"}:
            return atom.kind == "preposition"
    return False


def _closes(row: Sequence[Atom], at: int) -> bool:
    return at >= len(row) or row[at].kind == "mark"


def _was(row: Sequence[Atom], at: int) -> bool:
    """Whether what stands at ``at`` with 的 behind it says something of a number."""
    return [a.kind for a in row[at + 1 : at + 3]] == ["particle", "quantity"]


def _goes_somewhere(row: Sequence[Atom], at: int) -> bool:
    """Whether a verb at ``at`` only leads to places where something else is done: 赴|甲省|、|乙省|开展."""
    end = at + 1
    while end < len(row) and row[end].kind in PLACES:
        end += 1
    return end > at + 1 and end < len(row) and _does(row[end])


def _is_said_to_be(row: Sequence[Atom], at: int, grammar: Grammar) -> bool:
    """Whether a verb at ``at`` only affirms, with 的 at the end, what the next one says: 都|是|上升|的."""
    if row[at].text not in grammar.affirming or at + 2 >= len(row):
        return False
    return _does(row[at + 1]) and row[at + 2].kind == "particle" and _closes(row, at + 3)


def _does(atom: Atom) -> bool:
    return atom.kind == "verb" or (atom.kind == "word" and atom.tag == "v" and len(atom.text) > 1)


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
    return within or row[end].text.endswith(grammar.localising)


def _is_owned(atom: Atom) -> bool:
    """Whether an atom straight behind a body says that something is of it."""
    return atom.kind == "particle" or (atom.kind == "word" and atom.tag[:1] == "n")


def _goes_on(atom: Atom) -> bool:
    """Whether an atom is no object of a preposition before it."""
    return atom.kind in GOES_ON or (atom.kind == "word" and atom.tag == "v" and len(atom.text) > 1)
