"""The metric's name: the words of the clause that say what a number counts, action first, kept short.

A number stands after its noun (解决问题614个), before it (组建99个调研组), or before its noun and the verb both
(58项初见成效). What the name may keep is the clause less its number, time, place, doer and adverbs; what it must keep
is the verb and the head noun. So a name is the whole of that while it is short, and is cut from the inside out while
it is not: modifiers between the verb and the head go first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.lengths import PREFERRED, ROOMY, fitted, fitted_open, opened, shortened
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.phrases import SILENT, acting, governing, is_noun, last_noun, spell
from taizhang.extract.metrics.sides import trimmed, without_enumeration, without_reach


class MetricName(NamedTuple):
    """A metric's words: the whole name, its action and its object, the verbs that decide, the rule that made it."""

    text: str = ""
    action: str = ""
    object: str = ""
    verbs: tuple[Atom, ...] = ()
    rule: str = "metric.none"
    head: str = ""  # the last noun of the object, for parts that leave it unsaid
    lead: str = ""  # the preposition straight before the number: 为1467位老人, 由2.1万元


class Frame(NamedTuple):
    """What stands round a quantity in its clause, each side up to the next quantity or the clause's end."""

    left: tuple[Atom, ...] = ()
    right: tuple[Atom, ...] = ()
    rest: tuple[Atom, ...] = ()  # what follows the right side in the clause, other quantities and all
    listed: bool = False  # the quantity goes on with a list that an earlier one began


def _negated(row: Sequence[Atom], verb: int) -> int:
    """Where a verb's phrase begins: at the negation before it, if there is one (未发现问题)."""
    return verb - 1 if verb and row[verb - 1].kind == "negation" else verb


def _passive(row: Sequence[Atom], at: int) -> bool:
    """Whether the verb at ``at`` follows its preposition straight: what is before is what it is done to (被扣押)."""
    return row[at - 1].kind == "preposition" and row[at].kind == "verb" and row[at - 1].tag != "patient"


def after_noun(frame: Frame, grammar: Grammar) -> MetricName:
    """The name where the number follows its noun: 解决问题614个, 亮灯率达95%以上, 新增就业5611人."""
    row = trimmed(without_enumeration(frame.left, grammar), grammar)
    body = without_reach(row, grammar)
    if not spell(frame.right) and not any(a.kind in {"word", "quote"} for a in body):
        row = trimmed(frame.left, grammar)
        body = without_reach(row, grammar)
    text = spell(body)
    if not text:
        return MetricName()
    led_to = any(a.verb is not None and a.verb.has("reach") for a in frame.left[-2:])
    if grammar.is_indicator(text) and (led_to or not governing(body)):
        text = shortened(body)
        return MetricName(text, "", text, (), "metric.indicator", last_noun(body))
    verbs = governing(body) if spell(frame.right) else acting(body)
    if not verbs:
        text = shortened(body)
        return MetricName(text, "", text, (), "metric.noun-before", last_noun(body))
    verbs = _resumed(body, verbs)
    deciding = tuple(body[i] for i in verbs)
    if not spell(body[verbs[-1] + 1 :]):
        return _predicate_before(body, verbs, deciding, grammar)
    action = _action(deciding)
    start = _negated(body, verbs[0]) if body[verbs[0]].kind == "verb" else 0
    if start and body[start + 1].kind == "filler":
        start = 0  # 高标准农田建设已完成年度计划: the verb is its subject's noun
    if grammar.is_topic(text) and verbs[-1] + 2 == len(body) and verbs[-1] - start + 1 == len(verbs):
        start = 0  # 危桥改造加固工程: the verbs only tell the noun's kind
    text = fitted(body[start:])
    return MetricName(
        text, action, _object(text, action), deciding, "metric.verb-object-before", last_noun(body)
    )


def _action(verbs: Sequence[Atom]) -> str:
    """The verb that says what was done: the first that does not only help another (帮助基层引进资金)."""
    helping = (v for i, v in enumerate(verbs[:-1]) if v.verb is None or not v.verb.has("helper"))
    return next(helping, verbs[-1]).text


def _object(text: str, action: str) -> str:
    """What stands behind the action in the name; the whole name where the action is not part of it."""
    before, found, after = text.partition(action)
    return (after or before) if found else text


def _resumed(body: Sequence[Atom], verbs: list[int]) -> list[int]:
    """The verbs from where the clause begins anew: in 入户走访累计办理实事 only 办理 has the object."""
    anew = max((i for i, a in enumerate(body) if a.tag == "resume" and verbs[0] < i < verbs[-1]), default=-1)
    return [v for v in verbs if v > anew]


def _predicate_before(
    body: Sequence[Atom], verbs: Sequence[int], deciding: tuple[Atom, ...], grammar: Grammar
) -> MetricName:
    """The number follows a verb straight: 完成供水改造8000户, 受灾企业复工89家."""
    last = verbs[-1]
    verb = body[last].verb
    change = verb is not None and verb.has("change")
    start = 0 if change else last
    while start and (body[start - 1].kind not in {"preposition", "list", "mark"} or _passive(body, start)):
        start -= 1
    led = start > 0 and body[start - 1].kind == "preposition" and body[start - 1].tag != "patient"
    if verbs[0] < start or led:  # what a preposition brings in is no part of the verb's name
        start = verbs[0] if verbs[0] < start else next(v for v in verbs if v >= start)
        text = fitted(body[start:])
    else:
        start = _brought(body, start, grammar)
        text = shortened(body[start:], ROOMY if change else PREFERRED)
    action = body[last].text
    rule = "metric.predicate-before"
    return MetricName(text, action, text.removesuffix(action), deciding, rule, last_noun(body))


def _brought(body: Sequence[Atom], start: int, grammar: Grammar) -> int:
    """Where a name begins whose words from ``start`` stand behind a preposition: with it in 对|甲国|出口.

    In 以|乙类|为|代表|的|产品|出口 it begins behind 的.
    """
    if not start or body[start - 1].text not in grammar.oblique:
        return start
    if any(a.text in grammar.taking for a in body[: start - 1]):
        particle = next((i for i in range(start, len(body)) if body[i].kind == "particle"), -1)
        return particle + 1 if 0 < particle < len(body) - 1 else start
    return start - 1


def before_noun(frame: Frame, grammar: Grammar) -> MetricName:
    """The name where the number stands before its noun: 组建99个调研组, 35个部门进驻中心, 投资5亿元的市场项目."""
    right = _until_part(frame, grammar)
    side = trimmed(without_enumeration(frame.left, grammar), grammar, prepositions=True)
    left = _object_side(without_reach(side, grammar))
    attributive = bool(right) and right[0].kind == "particle"  # 长130米的通道
    verbs = governing(left) if attributive else acting(left)
    if attributive:
        right = right[1:]
        if grown := _growth_of(left, verbs, right):
            return grown
    if not any(is_noun(a) for a in right):
        right += frame.rest  # 2个月就让179户拿房: the number is an adverb to what follows
        frame = frame._replace(rest=())
    if not spell(right):
        return MetricName()
    if verbs and left[verbs[-1]].text == right[0].text:
        left, verbs = [], []  # 参加过战斗|的|老兵|等|50人|参加|仪式
    if verbs:
        right += _of_all(frame, left[verbs[-1]], right)
        deciding = tuple(left[i] for i in verbs) + tuple(right[i] for i in governing(right))
        action = _action(deciding)
        text = opened(left[_negated(left, verbs[0]) :], [*right, *_common_end(frame, right)])
        rule = "metric.verb-before-object-after"
        return MetricName(text, action, _object(text, action), deciding, rule, _counted_head(right))
    return _counted_noun(frame, left, right)


def _of_all(frame: Frame, verb: Atom, right: Sequence[Atom]) -> Sequence[Atom]:
    """What stands behind a list and tells what the verb before it leaves unsaid: 造成3名学生和5名教师受伤."""
    first = frame.rest[0].kind if frame.rest else "quantity"
    open_ = verb.verb is not None and (verb.verb.has("cause") or verb.verb.has("light"))
    if not (open_ or first == "particle") or first in {"quantity", "list", "conjunction"} or governing(right):
        return ()
    return tuple(takewhile(lambda a: a.kind not in {"quantity", "list", "conjunction"}, frame.rest))


def _counted_head(right: Sequence[Atom]) -> str:
    """The noun behind a number that is counted: 8项|任务|实行清单管理."""
    verbs = (v for v in governing(right) if v)
    return next(filter(None, (last_noun(right[:v]) for v in verbs)), "") or last_noun(right)


def _growth_of(left: Sequence[Atom], verbs: Sequence[int], right: Sequence[Atom]) -> MetricName | None:
    """The name where the number is an attribute of the growth itself: 业务量实现15%的增长."""
    growth = right[0].verb if right else None
    if not (growth and growth.has("change") and verbs and spell(left[: verbs[0]])):
        return None
    text = shortened([*left[: verbs[0]], right[0]])
    return MetricName(
        text, growth.form, text.removesuffix(growth.form), (right[0],), "metric.predicate-before"
    )


def _counted_noun(frame: Frame, left: Sequence[Atom], right: Sequence[Atom]) -> MetricName:
    """The name where no verb stands before the number: its noun, and the verb that follows: 35个部门进驻中心."""
    relative = _relative(left)
    chosen = [*relative, *right]
    if not governing(right):
        found = acting(frame.rest)
        chosen += frame.rest[found[0] :] if found else ()
    found = acting(chosen)
    text = fitted_open(chosen, found)
    action = chosen[found[0]].text if found else ""
    rule = "metric.object-and-verb-after" if found else "metric.noun-after"
    deciding = tuple(chosen[i] for i in found)
    if not governing(
        chosen
    ):  # 排查出的132个项目: only the relative clause has a verb that says what they are
        deciding = tuple(a for a in relative if a.kind == "verb") or deciding
    words = [a for a in frame.left if a.kind not in SILENT]
    lead = words[-1].text if words and words[-1].kind == "preposition" else ""
    counted = chosen[: found[0]] if found else right
    head = last_noun(counted) or last_noun(right)
    # What a relative clause says is not carried on.
    thing = spell(counted[len(relative) :] if found else right) if relative else ""
    return MetricName(text, action, thing or text.replace(action, "", 1), deciding, rule, head, lead)


def _until_part(frame: Frame, grammar: Grammar) -> list[Atom]:
    """The right side, up to where it says as what (作为) or tells a part of the number (300名学员中有120名) or why."""
    parts = grammar.temporals if frame.rest else ()
    ends = (
        i
        for i, a in enumerate(frame.right)
        if a.tag == "until"
        or (a.kind in {"word", "filler"} and a.text in parts)
        or (i and a.kind == "preposition" and a.text in grammar.reasons)
    )
    return list(frame.right[: next(ends, len(frame.right))])


def _object_side(left: Sequence[Atom]) -> list[Atom]:
    """What still belongs to the number's noun: nothing before a preposition that leads to it (对43栋居民楼)."""
    if left and left[-1].kind == "preposition":
        return list(left[:-1]) if len(left) > 1 and left[-2].kind == "verb" else []  # 增设为21个指导组
    return list(left)


def _common_end(frame: Frame, right: Sequence[Atom]) -> Sequence[Atom]:
    """What a list's members share behind the last of them: 26公里供水、20公里燃气管网铺设 share 管网铺设."""
    if not frame.rest or frame.rest[0].kind not in {"list", "conjunction"} or governing(right):
        return ()
    last = max((i for i, a in enumerate(frame.rest) if a.kind == "quantity"), default=-1)
    end = [a for a in frame.rest[last + 1 :] if a.kind not in SILENT]
    return end[1:] if len(end) > 1 and end[-1].kind == "verb" else ()


def _relative(left: Sequence[Atom]) -> list[Atom]:
    """A relative clause before the number: 排查出的132个项目."""
    if not left or left[-1].kind != "particle":
        return []
    start = len(left) - 1
    while start and left[start - 1].kind in {"verb", "word", "filler", "negation"}:
        start -= 1
    return list(left[start:])
