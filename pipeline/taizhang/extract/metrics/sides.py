"""The sides of a number, less what cannot belong to the metric's name: times, loose words, enumerations, reach."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.phrases import JOINTS, SILENT, acting, content, governing, is_noun, spell


def trimmed(left: Sequence[Atom], grammar: Grammar, prepositions: bool = False) -> list[Atom]:
    """The left side less what cannot belong to the name: time phrases, and loose words at its ends."""
    row = uncompared(_timeless(left, grammar), grammar)
    loose = (
        SILENT | {"list", "conjunction"} if prepositions else SILENT | {"preposition", "list", "conjunction"}
    )
    while row and row[0].kind in SILENT | JOINTS - {"preposition"}:
        row.pop(0)
    while row and (row[-1].kind in loose or _dated(row)):
        row.pop()
    return row


def _dated(row: Sequence[Atom]) -> bool:
    """Whether the row ends in a time that 的 puts before the number: 增加到2020年的20万元, 涨到现在的129元."""
    return row[-1].kind == "particle" and len(row) > 1 and row[-2].kind in {"date", "filler"}


def _timeless(left: Sequence[Atom], grammar: Grammar) -> list[Atom]:
    """The row without phrases such as 在改造后 and 主题教育中; 生产总值中的比重 is none."""
    row = list(left)
    for i in range(len(row) - 1, -1, -1):
        followed = i + 1 < len(row) and row[i + 1].kind == "particle"
        if row[i].kind == "word" and row[i].text in grammar.temporals and not followed:
            start = next((n for n in range(i, -1, -1) if row[n].kind == "preposition"), -1)
            if start >= 0:
                return [*row[:start], *row[i + 1 :]]
    return row


def uncompared(row: Sequence[Atom], grammar: Grammar) -> list[Atom]:
    """The row without what a figure is compared with, where that is only a time: 比去年同期, 与上届相比."""
    kept: list[Atom] = []
    at = 0
    while at < len(row):
        end = at + 1
        if row[at].text in grammar.comparing:
            while end < len(row) and (row[end].kind == "date" or row[end].text in grammar.standards):
                end += 1
        # In 比上年的案件多 and 比1958年大发展时期多 the time only belongs to what is compared with.
        goes_on = end < len(row) and (
            row[end].kind == "particle" or (is_noun(row[end]) and end + 1 < len(row))
        )
        alone = end == at + 1 or goes_on
        kept += row[at:end] if alone else ()
        at = end
    return kept


def without_reach(row: Sequence[Atom], grammar: Grammar) -> list[Atom]:
    """The row without the verbs that only lead to the number: 达, 共; 完成 after an indicator."""
    kept = list(row)
    while kept:
        last = kept[-1]
        reach = last.kind == "verb" and last.verb is not None and last.verb.has("reach")
        plain = reach and last.verb is not None and last.verb.only("reach")
        if last.kind in SILENT or plain or (reach and grammar.is_indicator(spell(kept[:-1]))):
            kept.pop()
        else:
            break
    return kept


def without_enumeration(left: Sequence[Atom], grammar: Grammar) -> list[Atom]:
    """What is summed up by 等 before the number only illustrates it; the verb before the list governs."""
    row = without_reach(left, grammar)
    if not row or row[-1].kind != "etcetera" or _of_places(row):
        return list(left)
    last = max((i for i, a in enumerate(row) if a.kind == "list"), default=len(row))
    start = max((i for i, a in enumerate(row[:last]) if a.kind == "preposition"), default=-1) + 1
    first = next((i for i, a in enumerate(row) if i > start and a.kind in {"list", "etcetera"}), start)
    if row[-2:-1] and row[-2].kind == "quote":
        first = len(row) - 2
        while first and row[first - 1].kind in {"quote", "list"}:
            first -= 1
    verbs = acting(row[start:first]) or acting(row[:start])
    base = start if acting(row[start:first]) else 0
    return row[base + verbs[0] : base + verbs[-1] + 1] if verbs else []


def _of_places(row: Sequence[Atom]) -> bool:
    """Whether what 等 sums up are places, which name nothing: 检查组|赴|甲省|、|乙省|等."""
    return len(row) > 1 and row[-2].kind == "place"


def summed(left: Sequence[Atom], right: Sequence[Atom], grammar: Grammar) -> list[Atom]:
    """The left side without what only illustrates or describes its nouns.

    Of a list that 等 sums up only the word that it is summed up by stays (道路、桥梁等|设施); of a thing in a list of
    which only the last is counted nothing (举办论坛及|30场活动), nor what 关于 brings in before it.
    """
    row = _untitled(left, grammar)
    mark = max((i for i, a in enumerate(row) if a.kind == "etcetera"), default=-1)
    if mark > 0 and any(a.kind == "list" for a in row[:mark]) and content(row[mark + 1 :]):
        row = _without_list(row, mark, right)
    last = _last(row)
    if last > 0 and row[last].kind in {"list", "conjunction"}:
        verbs = governing(row)
        if verbs and any(map(is_noun, row[verbs[-1] + 1 :])):
            return row[: verbs[-1] + 1]
    return row


def _last(row: Sequence[Atom]) -> int:
    """The place of the last word that a name may hold; -1 where there is none."""
    at = len(row) - 1
    while at >= 0 and row[at].kind in SILENT:
        at -= 1
    return at


def unlisted(left: Sequence[Atom]) -> Sequence[Atom]:
    """The left side without a list that 等 sums up straight before the number: what the list is of stands behind it."""
    mark = _last(left)
    if mark < 1 or left[mark].kind != "etcetera" or not any(a.kind == "list" for a in left):
        return left
    return left[: _list_start(left)]


def _without_list(row: list[Atom], mark: int, right: Sequence[Atom]) -> list[Atom]:
    """The row without the list before 等 at ``mark``; without all that a preposition brings in where a verb follows.

    A preposition of what is acted on stays where it is told what is done: 对桥梁、道路等设施进行检修.
    """
    start = _list_start(row)
    end = mark + 1
    while end < len(row) and row[end].kind in {"conjunction", "list"}:
        end += 1
    if content(row[end + 1 :]) and len(row[end].text) == 1:  # 甲县、乙县等|地|气温
        end += 1
    led = row[start - 1] if start else None
    verbs = governing(row[end:])
    if led and led.kind == "preposition":
        if led.tag != "patient" and verbs:  # 围绕监管、服务等方面|提出
            return [*row[: start - 1], *row[end + verbs[0] :]]
        start -= not (verbs or governing(right))
    return [*row[:start], *row[end:]]


def _untitled(left: Sequence[Atom], grammar: Grammar) -> list[Atom]:
    """The row without what 关于 says between it and 的 at the end."""
    row = list(left)
    if not row or row[-1].kind != "particle":
        return row
    at = max((i for i, a in enumerate(row) if a.text in grammar.topical), default=-1)
    return row[:at] if at >= 0 else row


def _list_start(row: Sequence[Atom]) -> int:
    """Where the list in a row begins: behind its preposition, or else behind the verb before its first member."""
    first = next(i for i, a in enumerate(row) if a.kind == "list")
    led = max((i for i, a in enumerate(row[:first]) if a.kind == "preposition"), default=-1)
    verbs = acting(row[:first]) or [i for i, a in enumerate(row[: first - 1]) if a.kind == "verb"]
    member = first > 1 and is_noun(row[first - 2])  # 软件|服务、设备制造等业态
    verbs = [i for i in verbs if i < first - 1] or ([] if member else verbs)  # 整改|虚报、冒领等问题
    if led >= 0 and not (verbs and verbs[-1] > led + 1):  # 围绕|弘扬传统, but 为灾区运送|帐篷
        return led + 1
    return verbs[-1] + 1 if verbs else 0


def acted_on(left: Sequence[Atom], grammar: Grammar) -> str:
    """The noun phrase between 将 or 把 and the number; nothing where a verb or another preposition stands there."""
    marks = [i for i, a in enumerate(left) if a.text in grammar.disposals]
    phrase = left[marks[-1] + 1 :] if marks else ()
    relative = max((i for i, a in enumerate(phrase) if a.kind == "particle"), default=-1)
    phrase = phrase[relative + 1 :]  # 将募集的善款5万元交给学校
    return "" if any(a.kind in {"verb", "preposition"} for a in phrase) else spell(phrase)
