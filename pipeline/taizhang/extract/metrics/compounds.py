"""Names and compounds whole that other rules or the tokeniser have cut: 神舟|十六号, 国庆|档, 跨|区域, F|-|22.

A place, a date or an ordinal names nothing as a rule; as part of a fixed name, or as what a share is of, it does.
"""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.extract.metrics.atoms import Atom, Kind
from taizhang.extract.metrics.lexicon import Grammar

NAMES = frozenset({"n", "x", "j"})  # tags of words that a serial number or a region may follow
NAMED = frozenset({"word", "verb", "number", "quantity"})  # what goes on behind a name with a number
ENDS = frozenset({"mark", "particle"})  # what stands behind the last word of a clause
TURNED = 2  # characters of a compound such as 外送


def with_compounds(row: Sequence[Atom], grammar: Grammar) -> list[Atom]:
    """The row with each cut name as one word."""
    made: list[Atom] = []
    for at, atom in enumerate(row):
        before = made[-1] if made else None
        after = row[at + 1] if at + 1 < len(row) else None
        if before is not None and before.end == atom.start and _goes_with(before, atom, after, grammar):
            kind: Kind = "verb" if atom.kind == "verb" else "word"
            made[-1] = Atom(before.start, atom.end, kind, before.text + atom.text, atom.verb, "n")
        elif before is not None and _is_whole(before, atom, after, grammar):
            made[-1] = before._replace(end=atom.end, text=before.text + atom.text)
        elif atom.kind == "number" and before is not None and _is_rank(before, atom, after, grammar):
            made.append(atom._replace(kind="word", tag="m"))
        else:
            made.append(atom)
    return made


def _is_whole(before: Atom, atom: Atom, after: Atom | None, grammar: Grammar) -> bool:
    """Whether a place is all that a share is told of, so that the verb says nothing without it: 占|全国|的|7%."""
    place = atom.kind == "place" or atom.tag == "pointing"
    alone = after is None or after.kind in {"particle", "quantity", "mark"}
    return place and alone and before.text in grammar.portions and before.end == atom.start


def _goes_with(before: Atom, atom: Atom, after: Atom | None, grammar: Grammar) -> bool:
    """Whether an atom and the one straight before it are one name."""
    match atom.kind:
        case "word":
            return _ends_name(before, atom, after, grammar)
        case "number":  # 神舟|十六号
            ended = atom.text.endswith(grammar.serials) and not atom.text.startswith(grammar.ordinal)
            return ended and _names(before) and after is not None and after.kind in NAMED
        case "mark":  # F|-|22
            joins = before.kind == "word" and atom.text in grammar.hyphens
            return joins and after is not None and after.kind == "word" and after.start == atom.end
        case "verb":  # 外|送
            return before.text in grammar.outward and len(atom.text) + len(before.text) == TURNED
        case _:
            return False


def _ends_name(before: Atom, word: Atom, after: Atom | None, grammar: Grammar) -> bool:
    """Whether a word ends the name that the atom before it begins: 首|套房, 国庆|档, 北京|西站, 跨|区域, 加沙|地带."""
    if before.kind != "word":
        ends = {"number": grammar.ranked, "date": grammar.dated, "place": grammar.stations}
        return word.text in ends.get(before.kind, ())
    if before.text[-1] in grammar.hyphens:
        return True
    if before.text in grammar.across:
        return word.tag[:1] in NAMES
    return word.text in grammar.regions and _names(before) and not _is_noun(after)


def _names(atom: Atom) -> bool:
    return atom.kind == "word" and atom.tag[:1] in NAMES


def _is_noun(atom: Atom | None) -> bool:
    """Whether an atom is a noun, or a verb that makes one: 地区|生产|总值."""
    if atom is None:
        return False
    compound = atom.verb is not None and atom.verb.has("compound")
    return compound or (atom.kind == "word" and atom.tag[:1] == "n")


def _is_rank(before: Atom, atom: Atom, after: Atom | None, grammar: Grammar) -> bool:
    """Whether an ordinal at the end of a clause is what its verb says: 居世界|第一."""
    said = before.kind in {"word", "verb", "filler"} and atom.text.startswith(grammar.ordinal)
    return said and (after is None or after.kind in ENDS)
