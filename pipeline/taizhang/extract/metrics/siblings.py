"""Numbers side by side: each has an object of its own, and what stands behind the last of them is said of all.

4人遇难、9人受伤; 进行8个大项、12个小项的比赛; 12个公园、3个广场对外开放.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.phrases import acting, content, governing, is_noun

REACH = 16  # words before a list in which its verb is looked for
_PARTS = frozenset({"list", "conjunction"})
_ENDS = frozenset({"particle", "preposition", "negation", "conjunction", "filler"})


def side_by_side(between: Sequence[Atom]) -> bool:
    """Whether between two numbers only the object of the first stands, and what parts a list: 12处公园、|4处广场."""
    words = content(between)
    return bool(words) and words[-1].kind in _PARTS


def shared(row: Sequence[Atom], first: int, second: int) -> int:
    """Where, in a clause, what is said of all numbers of a list begins; its first two are at these places.

    A verb before the list says what is done to all, and no more is said of them, unless it leaves the deed to a noun
    behind them (完成3栋楼、5处院落改造), also by 的 (参加3个大项、5个小项的比赛), or only says what came of it
    (造成3名学生和5名教师受伤).
    """
    told = row[max(0, first - REACH) : first]
    before = acting(told)
    verb = told[before[-1]].verb if before else None
    light = verb is not None and verb.has("light")
    own = content(row[first + 1 : second - 1])
    members = [*_members(row, second)]
    start, end = members[-1]
    told_of = start + _told(row[start:end])
    if before and not (light or (verb and verb.has("cause"))):
        return told_of if row[told_of : told_of + 1] and row[told_of].kind == "particle" else len(row)
    if own and own[-1].kind == "verb" and start < end and row[start].kind == "verb":  # 4人遇难、9人受伤
        return len(row)
    if light:
        for begin, stop in members:
            words = row[begin:stop]
            if (
                len(words) > 1 and words[-1].kind == "verb" and any(map(is_noun, words[:-1]))
            ):  # 3公里供水、5公里燃气|管网铺设
                return begin + 1
    return told_of


def _told(behind: Sequence[Atom]) -> int:
    """Where behind the last number of a list its object ends."""
    found = governing(behind)[:1] + [i for i, a in enumerate(behind) if a.kind in _ENDS][:1]
    last = max((i for i, a in enumerate(behind) if is_noun(a)), default=-1)
    late = (i for i, a in enumerate(behind) if i > last and a.tag == "v" and len(a.text) > 1)
    return min([*found, *late], default=len(behind))


def _members(row: Sequence[Atom], second: int) -> Iterator[tuple[int, int]]:
    """From where to where the words stand that follow each number of a list, from its second on."""
    start = second + 1
    for place in range(start, len(row)):
        if row[place].kind != "quantity":
            continue
        between = row[start:place]
        if side_by_side(between):
            yield start, place - 1
        elif content(between):
            break
        start = place + 1
    end = next((i for i in range(start, len(row)) if row[i].kind == "quantity"), len(row))
    yield start, end


def each_its_own(between: Sequence[Atom], after: Sequence[Atom]) -> bool:
    """Whether two numbers each have one character behind them, which is all that they count: 致3死|5伤, 2金|1银."""
    words, others = content(between), content(after[:1])
    alone = len(words) == len(others) == 1
    return alone and all(len(a.text) == 1 and a.kind in {"word", "verb"} for a in (*words, *others))
