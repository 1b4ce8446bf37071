"""Names and compounds whole that other rules or the tokeniser have cut: 神舟|十六号, 国庆|档, 跨|区域, F|-|22.

A place, a date or an ordinal names nothing as a rule; as part of a fixed name it does.
"""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.lexicon import Grammar

NAMES = frozenset({"n", "x", "j"})  # tags of words that a serial number or a region may follow
ENDS = frozenset({"mark", "particle"})  # what stands behind the last word of a clause
TURNED = 2  # characters of a compound such as 外送


def with_compounds(row: Sequence[Atom], grammar: Grammar) -> list[Atom]:
    """The row with each cut name as one word."""
    made: list[Atom] = []
    for at, atom in enumerate(row):
        before = made[-1] if made else None
        if before is not None and before.end == atom.start and _goes_with(before, atom, row[at + 1 : at + 2], grammar):
            kind = "verb" if atom.kind == "verb" else "word"
            made[-1] = Atom(before.start, atom.end, kind, before.text + atom.text, atom.verb, "n")
        elif atom.kind == "number" and _is_rank(before, atom, row[at + 1 : at + 2], grammar):
            made.append(atom._replace(kind="word", tag="m"))
        else:
            made.append(atom)
    return made


def _goes_with(before: Atom, atom: Atom, after: Sequence[Atom], grammar: Grammar) -> bool:
    """Whether an atom and the one straight before it are one name."""
    named = before.kind == "word" and before.tag[:1] in NAMES
    match atom.kind:
        case "number":  # 神舟|十六号
            ended = atom.text.endswith(grammar.serials) and not atom.text.startswith(grammar.ordinal)
            return named and ended and bool(after) and after[0].kind in {"word", "verb", "number", "quantity"}
        case "mark":  # F|-|22
            return before.kind == "word" and atom.text in grammar.hyphens and _is_word(after, atom.end)
        case "word":
            if before.text[-1] in grammar.hyphens:
                return before.kind == "word"
            if before.kind == "number":  # 首|套房
                return atom.text in grammar.ranked
            if before.kind == "date":  # 国庆|档
                return atom.text in grammar.dated
            if before.kind == "place":  # 北京|西站
                return atom.text in grammar.stations
            if before.text in grammar.across:  # 跨|区域
                return before.kind == "word" and atom.tag[:1] in NAMES
            return named and atom.text in grammar.regions and not _is_noun(after)  # 加沙|地带
        case "verb":  # 外|送
            return before.text in grammar.outward and len(atom.text) + len(before.text) == TURNED
        case _:
            return False


def _is_word(after: Sequence[Atom], start: int) -> bool:
    return bool(after) and after[0].kind == "word" and after[0].start == start


def _is_noun(after: Sequence[Atom]) -> bool:
    """Whether a noun follows, or a verb that makes one: 地区|生产|总值."""
    if not after:
        return False
    verb = after[0].verb
    return (after[0].kind == "word" and after[0].tag[:1] == "n") or (verb is not None and verb.has("compound"))


def _is_rank(before: Atom | None, atom: Atom, after: Sequence[Atom], grammar: Grammar) -> bool:
    """Whether an ordinal at the end of a clause is what its verb says: 居世界|第一."""
    said = before is not None and before.kind in {"word", "verb", "filler"}
    return said and atom.text.startswith(grammar.ordinal) and (not after or after[0].kind in ENDS)
