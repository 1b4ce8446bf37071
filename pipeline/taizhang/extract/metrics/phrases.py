"""Rows of atoms as phrases: which words they spell, which verbs govern them, which words name things."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from taizhang.extract.metrics.atoms import OUTSIDE, WITHIN, Atom

SILENT = frozenset({"filler", "date", "place", "agency", "mark", "quantity", "bracket", "number"})
JOINTS = frozenset({"conjunction", "list", "particle", "etcetera", "preposition"})
OPENING_JOINTS = JOINTS - {"preposition"}
PARTING = frozenset({"list", "conjunction", "particle", "etcetera"})
BEGINNING = 2  # characters that two names begin with alike where they are said of the same thing


def content(row: Sequence[Atom]) -> list[Atom]:
    """The words of a row that may be part of a name.

    What parts a member of a list that no name holds from the next is silent with it, and so is its 的:
    造成|甲市|、|乙市|等|受灾, 投资|甲市|的|项目.
    """
    kept: list[Atom] = []
    outside = False
    for atom in row:
        if atom.kind not in SILENT and not (outside and atom.kind in PARTING):
            kept.append(atom)
        outside = atom.kind in OUTSIDE
    return kept


def spell(row: Sequence[Atom]) -> str:
    """The words of a row of atoms, without those that name nothing and without loose joints at the ends."""
    return spell_all(content(row))


def ending(row: Sequence[Atom], room: int) -> str:
    """As many whole words from the end of a row as so many characters hold; the last one in any case."""
    start, size = len(row), 0
    while start and (not size or size + len(row[start - 1].text) <= room):
        start -= 1
        size += len(row[start].text)
    return spell_all(row[start:])


def spell_all(kept: Sequence[Atom]) -> str:
    """The words of a row of atoms, all of them, without loose joints at the ends."""
    first, last = 0, len(kept)
    while last and (
        kept[last - 1].kind in JOINTS or (kept[last - 1].tag == WITHIN and _of_noun(kept[:last]))
    ):
        last -= 1
    while first < last and kept[first].kind in OPENING_JOINTS:
        first += 1
    words = kept[first:last]
    listed = len(words) > 3 and [atom.kind for atom in words].count("list") > 1  # none stands at an end
    if listed:  # of two side by side what they part is silent
        words = [b for a, b in pairwise([None, *words]) if b and not (a and a.kind == b.kind == "list")]
    return "".join([atom.text for atom in words])


def _of_noun(row: Sequence[Atom]) -> bool:
    """Whether what a row ends with only says inside what: 问题|中, but 在|抽屉|里."""
    return len(row) > 1 and is_noun(row[-2]) and not any(a.kind == "preposition" for a in row)


def governing(row: Sequence[Atom]) -> list[int]:
    """Indices of a row's verbs, without those that only modify a noun (受灾企业, 群众反映的问题)."""
    found = []
    for i, atom in enumerate(row):
        if atom.kind != "verb" or atom.verb is None or atom.verb.only("reach"):
            continue
        if not _modifies(row, i):
            found.append(i)
    return found


def _modifies(row: Sequence[Atom], i: int) -> bool:
    """Whether a verb only tells what kind of thing the words after it name."""
    verb = row[i].verb
    after = next((a for a in row[i + 1 :] if a.kind not in SILENT), None)
    if after is None or verb is None:
        return False
    if after.kind == "particle":
        return True
    named = row[i + 1].kind in {"word", "verb"}
    if named and verb.has("compound"):  # 安置房, but 安置群众 and 安置受灾困难群众
        phrase = list(takewhile(lambda a: a.kind == "word" or (a.verb and a.verb.has("noun")), row[i + 1 :]))
        return not phrase or phrase[-1].tag != "person"
    return named and verb.has("noun")


def acting(row: Sequence[Atom]) -> list[int]:
    """Like ``governing``; where no listed verb governs, the first that the dictionary calls one.

    A verb of one character counts only with what makes it plain: its complement or aspect (捞净, 配了), or the number
    straight after it.
    """
    found = governing(row)
    if found:
        return found
    for i, atom in enumerate(row):
        if atom.kind == "word" and atom.tag == "v" and (len(atom.text) > 1 or _plain_verb(row, i)):
            return [i]
    return []


def _plain_verb(row: Sequence[Atom], i: int) -> bool:
    after = row[i + 1] if i + 1 < len(row) else None
    if after is None:
        return True
    complement = len(after.text) == 1 and after.tag[:1] in {"v", "a", "f", "u"} and i + 2 < len(row)
    return complement or after.tag == "aspect"


def leads(atom: Atom) -> bool:
    """Whether a word is a verb that only leads to its number: 达, 实现."""
    return (
        atom.verb is not None and atom.kind == "verb" and (atom.verb.has("reach") or atom.verb.has("light"))
    )


def is_noun(atom: Atom) -> bool:
    """Whether a word names a thing, as far as the dictionary tells."""
    return atom.kind == "quote" or (
        atom.kind == "word" and atom.tag[:1] in {"n", "x", "j", "e", "b", "q", "s", "p"}
    )


def last_noun(row: Sequence[Atom]) -> str:
    """The last word that names a thing, with the word before it where it is a single character."""
    nouns = [a.text for a in row if a.kind in {"word", "quote"}]
    if not nouns:
        return ""
    return nouns[-1] if len(nouns[-1]) > 1 else "".join(nouns[-2:])


def joined(one: str, other: str) -> str:
    """Two parts of a name as one, with what ends the first and begins the second, or begins both, said once.

    >>> joined("政策知晓率", "知晓率"), joined("危房", "改造"), joined("农机补贴金额", "农机补贴增长")
    ('政策知晓率', '危房改造', '农机补贴金额增长')
    """
    shared = 0
    if one[-2:] in other:
        shared = next((n for n in range(min(len(one), len(other)), 1, -1) if one.endswith(other[:n])), 0)
    if not shared and one[:BEGINNING] == other[:BEGINNING]:
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return one + other[shared:]
