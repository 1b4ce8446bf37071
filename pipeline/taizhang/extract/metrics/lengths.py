"""Phrases cut to the length of a name: what modifies goes first, the verb and the head noun stay."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.phrases import JOINTS, SILENT, spell

PREFERRED = 16  # characters; a name is cut while it is longer
ROOMY = 20  # the same where the counted noun comes first and the rest of the clause explains it
LONGEST = 40  # the schema's limit


def fitted(row: Sequence[Atom]) -> str:
    """A verb phrase whose head comes last, cut behind its verbs until it is short enough."""
    text = spell(row)
    if len(text) <= PREFERRED:
        return text
    chain = 0
    while chain < len(row) and (row[chain].kind == "verb" or row[chain].kind in SILENT):
        chain += 1
    verb = spell(row[:chain])
    return (verb + shortened(row[chain:], max(PREFERRED - len(verb), 8)))[:LONGEST]


def shortened(row: Sequence[Atom], room: int = PREFERRED) -> str:
    """A noun phrase with its head last: as much of it as fits, cut from the front where a modifier ends."""
    text = spell(row)
    if len(text) <= room:
        return text
    cuts = [i + 1 for i, a in enumerate(row) if a.kind in JOINTS]
    first = bisect_left(cuts, True, key=lambda cut: len(spell(row[cut:])) <= room)  # a later cut leaves less
    text = spell(row[cuts[first] :]) if first < len(cuts) else ""
    if len(text) > 3:
        return text
    kept = [a for a in row if a.kind not in SILENT]
    starts = range(max(1, len(kept)) - 1)
    start = bisect_left(starts, True, key=lambda start: len(spell(kept[start:])) <= room)
    return spell(kept[start:])[:LONGEST]


def opened(verb_side: Sequence[Atom], noun_side: Sequence[Atom]) -> str:
    """Verb before, noun after the number; what is too long between verb and number goes first, then the far end."""
    text = spell([*verb_side, *noun_side])
    if len(text) <= ROOMY:
        return text
    chain = 1
    while chain < len(verb_side) and verb_side[chain].kind == "verb":
        chain += 1
    verb = spell(verb_side[:chain])
    return (verb + fitted_open(noun_side, [], ROOMY - len(verb)))[:LONGEST]


def fitted_open(row: Sequence[Atom], verbs: Sequence[int], room: int = ROOMY) -> str:
    """A phrase whose counted noun comes first: it and the verb stay, the far end goes."""
    text = spell(row)
    if len(text) <= room:
        return text
    relative = next((i for i, a in enumerate(row) if a.kind == "particle"), 0)
    tells = relative and any(a.kind == "verb" or a.tag == "v" for a in (row[0], row[relative - 1]))
    if tells and spell(row[relative:]):  # 需重建的桥梁, but 参加单位的电话
        return fitted_open(row[relative + 1 :], [v - relative - 1 for v in verbs if v > relative], room)
    noun_end = next((i for i, a in enumerate(row) if i and a.kind in {"preposition", "verb"}), len(row))
    if verbs and verbs[-1] > noun_end:
        noun = spell(row[:noun_end])[:room]
        best = max((v for v in verbs if v >= noun_end), key=lambda v: -v)
        row = [*row[:noun_end], *row[best:]]
        if len(noun) >= room:
            return noun
    ends = range(2, len(row) + 1)
    end = bisect_left(
        ends, True, key=lambda end: len(spell(row[:end])) > room
    )  # a longer beginning says more
    return spell(row[: end + 1])[:LONGEST]
