"""Metrics for all quantities of a sentence, in order: a clause that leaves its verb or noun unsaid takes it over."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from taizhang.extract.metrics import shared
from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.bases import base_of, beside
from taizhang.extract.metrics.equated import equated, is_equated
from taizhang.extract.metrics.inherit import carried, of_thing_before, only_money, with_noun_of, with_verb_of
from taizhang.extract.metrics.lengths import PREFERRED, ROOMY, fitted, fitted_open, shortened
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.names import Frame, MetricName, after_noun, before_noun
from taizhang.extract.metrics.phrases import SILENT, governing, is_noun, joined, spell
from taizhang.extract.metrics.rows import SentenceClauses
from taizhang.extract.metrics.sides import acted_on
from taizhang.extract.metrics.topics import of_topic

TOPIC = 10  # characters: a clause that only names a thing is short


class _Said(NamedTuple):
    """What was named before a number: the last, and its total; whether it is its clause's first, and money."""

    last: MetricName
    total: MetricName | None
    first: bool
    money: bool


class Counted(NamedTuple):
    """What is known of the quantities of a sentence, by their numbers.

    Attributes:
        units: their units.
        money: those that are sums of money.
        totals: for each part its total.
    """

    units: Mapping[int, str]
    money: Container[int]
    totals: Mapping[int, int]


def names(
    row: SentenceClauses, counted: Counted, known: Mapping[int, MetricName], grammar: Grammar
) -> dict[int, MetricName]:
    """The name of each quantity in the sentence, by its number; ``known`` are the names of the sentences before."""
    units = counted.units
    found: dict[int, MetricName] = {}
    before: int | None = None
    for number, (clause, framed) in enumerate(zip(row.clauses, row.frames, strict=True)):
        moved = False  # the number before is what something changed from
        first = True
        for atom in clause:
            if atom.kind != "quantity":
                continue
            frame = framed[atom.number]
            last = found[before] if before is not None else MetricName()
            alike = before is not None and units[before] == units[atom.number]
            member = next(shared.members(row.turns[number][atom.number], (), grammar), "")
            if alike and before in framed and framed[before] is frame:  # 12、15和8个
                found[atom.number], before = _member_of(last, member), atom.number
                continue
            if base := base_of(frame, last, beside(row, number), grammar):
                found[atom.number] = base.name
                moved, first = base.moved, False
                before = atom.number if moved or before is None else before
                continue
            total = counted.totals.get(atom.number, -1)
            said = _Said(last, found.get(total) or known.get(total), first, atom.number in counted.money)
            name = _completed(frame, said, row, number, grammar)
            name = of_thing_before(name, last, units[atom.number], grammar)
            name = carried(name, frame, last, alike, moved)
            moved = bool(frame.left) and frame.left[-1].tag == "source"
            if not name.text or name.text in grammar.temporals:
                name = (
                    _from_next(row, number, grammar)
                    if before is None
                    else last._replace(rule="metric.carried")
                )
            found[atom.number], before, first = _member_of(name, member), atom.number, False
    return found


def _member_of(name: MetricName, member: str) -> MetricName:
    """The name of one number of a row by its own member of the list before them: 面积和产量分别增长3%和5%."""
    plain = name.rule in {"metric.verb-object-before", "metric.predicate-before", "metric.indicator"}
    return name._replace(text=member) if member and plain else name


def _completed(frame: Frame, said: _Said, row: SentenceClauses, number: int, grammar: Grammar) -> MetricName:
    """The name by the quantity's own frame, with what its clause and those beside it leave unsaid there."""
    name = own(frame, grammar)
    opening = row.clauses[number][0].kind == "conjunction"
    if said.last.action and (frame.listed or (said.first and opening)):
        name = with_verb_of(name, frame, said.last)
    if is_equated(frame):
        name = equated(name, frame, said.total, grammar)
    elif said.total:
        name = with_noun_of(name, said.total, grammar)
    name = _with_purpose(name, frame, row, number, said.money)
    name = _with_topic(name, said.last, row, number, grammar)
    name = _with_predicate(name, row, number)
    if said.first and not said.last.text:
        name = _with_subject(name, frame, row, number, grammar)
    return of_topic(name, frame, row, number, grammar) if said.first else name


def own(frame: Frame, grammar: Grammar) -> MetricName:
    """The name by the quantity's own frame alone."""
    right = [a for a in frame.right if a.kind not in SILENT | {"negation"}]
    if len(right) == 1 and right[0].text in grammar.dimensions and spell(frame.left):
        name = after_noun(frame._replace(right=()), grammar)  # 河水涨到5米高, 大坝有60米高
        bare = name.rule == "metric.noun-before"
        return name._replace(text=name.text + right[0].text) if bare else name
    if taken := _taken_for(frame.left, right, grammar):
        return MetricName(taken, "", taken, (), "metric.noun-after", taken)
    disposed = acted_on(frame.left, grammar)
    if disposed and right and (len(right) == 1 or not is_noun(right[0])):  # 将困难群众120户纳入低保
        return _noun_then_verb(MetricName(disposed), frame)
    return _undisposed(frame, right, grammar)


def _taken_for(left: Sequence[Atom], right: Sequence[Atom], grammar: Grammar) -> str:
    """The measure that a number is taken for: 以步行15分钟为服务半径; nothing where it is taken for no measure."""
    if not right or right[0].text not in grammar.goals or not any(a.text in grammar.taking for a in left):
        return ""
    named = (spell(right[1:end]) for end in range(len(right), 1, -1))
    return next((words for words in named if grammar.is_indicator(words)), "")


def _undisposed(frame: Frame, right: Sequence[Atom], grammar: Grammar) -> MetricName:
    """The name where neither 将 nor 把 brings a noun phrase forward."""
    before = after_noun(frame, grammar)
    relative = any(a.kind == "particle" for a in right[1:])  # 24名被欠薪的农民工
    if not right or right[0].kind in {"list", "conjunction", "etcetera"}:
        return before
    passive = right[0].text in grammar.agentless and len(right) > 2 and is_noun(right[2])  # 3名|被困|人员
    if right[0].kind == "preposition" and not relative and not passive:
        return before if before.text or right[0].text not in grammar.reasons else _behind_reason(frame.right)
    spent = only_money(before) and before.rule == "metric.predicate-before"
    if spent and not is_noun(right[0]) and right[0].kind != "particle":  # 投入950万元用于取暖
        return before
    compound = len(right) > 1 and is_noun(right[1])  # 治理工程, 调研课题
    left = [a for a in frame.left if a.kind not in SILENT]
    led = bool(left) and left[-1].kind == "preposition"
    if right[0].kind == "verb" and not (right[0].verb and right[0].verb.has("noun")):
        return _before_verb(before, frame, compound, led, grammar)
    idiom = right[0].tag in {"i", "l", "a", "d"} and not compound
    if idiom and before.rule == "metric.noun-before" and not led:
        return _noun_then_verb(before, frame)  # 整改事项中有58项初见成效
    found = before_noun(frame, grammar)
    return found if found.text else before


def _behind_reason(right: Sequence[Atom]) -> MetricName:
    """The name of a number that only its reason and its predicate follow: 7处因产权不清未处置."""
    verbs = governing(right)
    if not verbs:
        return MetricName()
    start = verbs[-1] - 1 if right[verbs[-1] - 1].kind == "negation" else verbs[-1]
    verb = right[verbs[-1]]
    return MetricName(fitted(right[start:]), verb.text, "", (verb,), "metric.behind-reason")


def _before_verb(before: MetricName, frame: Frame, compound: bool, led: bool, grammar: Grammar) -> MetricName:
    """The name of a number that a verb follows: the verb's own, or that of a noun before the number."""
    counted = (
        grammar.is_indicator(before.text) or not compound
    )  # 拨付资金12亿元支持灾区, but 签署15份合作文件
    if before.rule == "metric.verb-object-before" and counted and not _causes(before):
        return before
    if not compound and before.rule in {"metric.noun-before", "metric.indicator"}:
        return _noun_then_verb(before, frame)  # 24个乡镇中有6个恢复通车
    if not compound and before.text and led:
        return before
    found = before_noun(frame, grammar)
    return found if found.text or not compound else before


def _causes(name: MetricName) -> bool:
    return any(a.verb and a.verb.has("cause") for a in name.verbs)


def _noun_then_verb(before: MetricName, frame: Frame) -> MetricName:
    text = before.text + fitted(frame.right)
    if len(text) > ROOMY:
        text = before.text + fitted_open(frame.right, [], ROOMY - len(before.text))
    verbs = tuple(frame.right[i] for i in governing(frame.right))
    action = verbs[0].text if verbs else ""
    return MetricName(text, action, before.text, verbs, "metric.noun-before-verb-after")


def _with_purpose(
    name: MetricName, frame: Frame, row: SentenceClauses, number: int, money: bool
) -> MetricName:
    """Money put in, with nothing else said in its clause, is put into what the words after it do."""
    if not only_money(name) or name.rule != "metric.predicate-before":
        return name
    here = [*frame.right, *frame.rest]
    listed = bool(here) and here[0].kind == "list"  # 甲厂捐赠5万元、乙厂捐赠3万元
    if listed or any(a.verb and a.verb.has("total") for a in name.verbs):
        return name
    if spell(here):
        purpose = fitted_open(here, [], PREFERRED)
    elif money and not name.object and number + 1 < len(row.clauses):
        purpose = fitted_open(row.clauses[number + 1], [], PREFERRED)
    else:
        return name
    return (
        name._replace(text=name.action + purpose, object=purpose, rule="metric.money-purpose")
        if purpose
        else name
    )


def _with_topic(
    name: MetricName, last: MetricName, row: SentenceClauses, number: int, grammar: Grammar
) -> MetricName:
    """Money told of a thing that the clause before only names: 农村公路工程，计划投入资金2228万元."""
    money = only_money(name) or name.rule == "metric.indicator"
    if not (money and number and len(name.object) <= 3 and name.rule != "metric.money-purpose"):
        return name
    topic = row.clauses[number - 1]
    if topic[-1].kind == "quantity" and grammar.is_topic(last.text):
        words = last.text[:12]
    elif grammar.is_topic(topic[-1].text) and not any(a.kind in {"quantity", "preposition"} for a in topic):
        words = shortened(topic, 12)
    else:
        return name
    return name._replace(text=joined(words, name.text), rule="metric.topic")


def _with_predicate(name: MetricName, row: SentenceClauses, number: int) -> MetricName:
    """A counted noun that ends its clause is the subject of the next: 城北街道35个小区，也得到了绿化."""
    if name.rule != "metric.noun-after" or number + 1 >= len(row.clauses):
        return name
    follows = row.clauses[number + 1]
    clause = [a for a in follows if a.kind not in SILENT]
    verbs = tuple(clause[i] for i in governing(clause))
    if not verbs or clause[0].kind != "verb" or any(a.kind == "quantity" for a in follows):
        return name
    text = name.text + fitted_open(clause, [], TOPIC)
    return name._replace(text=text, verbs=verbs, action=clause[0].text, rule="metric.object-and-verb-after")


def _with_subject(
    name: MetricName, frame: Frame, row: SentenceClauses, number: int, grammar: Grammar
) -> MetricName:
    """A verb alone after a clause that only names a thing is done to that thing: 老旧电梯，已更新130部."""
    if name.rule != "metric.predicate-before" or not number or any(is_noun(a) for a in frame.left):
        return name
    topic = row.clauses[number - 1]
    plain = all(a.kind in {"word", "quote", "list", "conjunction", *SILENT} for a in topic)
    words = spell(topic)
    unfit = grammar.is_temporal(words) or grammar.is_indicator(words) or not is_noun(topic[-1])
    if not plain or unfit or not 1 < len(words) <= TOPIC:
        return name
    return name._replace(text=name.action + words, object=words, rule="metric.object-carried")


def _from_next(row: SentenceClauses, number: int, grammar: Grammar) -> MetricName:
    """A number that stands alone is explained by the clause after it: 9366件，这是……的数字."""
    for clause in row.clauses[number + 1 :]:
        words = _named(clause)
        text = fitted_open(words, []) if words and words[0].kind == "verb" else shortened(words, 24)
        if text and not grammar.is_temporal(clause[-1].text):
            verbs = tuple(clause[i] for i in governing(clause)) or _of_relatives(clause)
            action = verbs[0].text if verbs else ""
            return MetricName(text, action, text.removeprefix(action), verbs, "metric.next-clause")
    return MetricName()


def _of_relatives(clause: Sequence[Atom]) -> tuple[Atom, ...]:
    """The verbs straight before 的: in 为群众解决的难事的数字 only the relative clause says what was done."""
    return tuple(verb for verb, after in pairwise(clause) if verb.kind == "verb" and after.kind == "particle")


def _named(clause: Sequence[Atom]) -> Sequence[Atom]:
    """The clause up to its first quantity."""
    end = next((i for i, a in enumerate(clause) if a.kind == "quantity"), len(clause))
    return clause[:end]
