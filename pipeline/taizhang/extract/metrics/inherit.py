"""What a name takes over from the name of the number before it, or of its total: a verb, a noun, the thing measured."""

from __future__ import annotations

from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.names import Frame, MetricName
from taizhang.extract.metrics.phrases import governing, is_noun, joined

SHORT = 3  # characters: an indicator that leaves unsaid of what it is one
MEASURED = frozenset({"metric.indicator", "metric.indicator-carried"})


def with_verb_of(name: MetricName, frame: Frame, first: MetricName) -> MetricName:
    """A member of a list takes the verb that its first member has: 改造老旧小区12个、棚户区115万平方米."""
    verb_first = first.rule in {
        "metric.verb-object-before",
        "metric.verb-before-object-after",
        "metric.shared-verb",
    }
    verb_first = verb_first or (first.rule == "metric.predicate-before" and not first.object)
    own_verb = bool(governing(frame.left))
    if not name.text or own_verb or not verb_first:
        return name
    action = (
        first.action if first.action not in name.text else first.verbs[0].text
    )  # 推动3项任务、5项工作落实
    text = action + name.text
    return MetricName(text, action, name.text, first.verbs + name.verbs, "metric.shared-verb", name.head)


def with_noun_of(name: MetricName, total: MetricName, grammar: Grammar) -> MetricName:
    """A part that only says which part it is takes its total's noun: 清理APP153个，其中市级13个.

    One that says what is measured has it: 总产值30亿元，其中渔业增加值4亿元.
    """
    if not name.text:
        return total._replace(rule="metric.part-of-total")
    if name.verbs or not total.head or total.head in name.text:
        return name
    if name.text[-1] == total.head[-1] or grammar.is_indicator(name.text):
        return name
    text = name.text + total.head
    return MetricName(text, total.action, text, total.verbs, "metric.part-with-noun", total.head)


def of_thing_before(name: MetricName, last: MetricName, unit: str, grammar: Grammar) -> MetricName:
    """What is said of the thing that the number before tells of: its side, its share, its growth, its worth.

    塔高30米，宽12米; 共90处，占20%; 上升5亿元，升幅2%; 收入60亿元，合9亿美元.
    """
    if not last.text or not name.text:
        return name
    noun = last.object or last.text
    light = all(a.verb and a.verb.has("light") for a in name.verbs)
    if name.text in grammar.equals:
        return last._replace(rule="metric.converted")
    if name.text in grammar.growths:
        return name._replace(text=joined(noun, name.text), object=noun, rule="metric.indicator-carried")
    if name.rule == "metric.indicator" and len(name.text) <= SHORT:
        of = grammar.without_indicator(noun) if last.rule in MEASURED else noun
        return name._replace(text=joined(of, name.text), rule="metric.indicator-carried") if of else name
    if name.text not in grammar.dimensions and not (unit == "%" and light and name.text == name.action):
        return name
    side = next((d for d in grammar.dimensions if noun.endswith(d) and noun != d), "")
    thing = noun.removesuffix(side)
    if not side and last.rule in MEASURED:  # 城际线设计时速160公里，全长41公里
        thing = grammar.without_indicator(noun) or noun
    return name._replace(text=joined(thing, name.text), object=thing, rule="metric.object-carried")


def carried(name: MetricName, frame: Frame, last: MetricName, alike: bool, moved: bool) -> MetricName:
    """A verb alone takes its noun from the number before: 查摆问题4836个，解决2671个; 同比增长8%."""
    if not last.text or not name.text:
        return name
    verb = name.verbs[-1].verb if name.verbs else None
    compared = next((i for i, a in enumerate(frame.left) if a.kind == "preposition"), len(frame.left))
    alone = not any(a.kind in {"word", "quote"} for a in frame.left[:compared])
    if verb and verb.has("change") and alone and name.rule == "metric.predicate-before":
        noun = _changing(last)
        return name._replace(text=joined(noun, name.action), object=noun, rule="metric.change-carried")
    if moved and alone and name.rule == "metric.predicate-before":  # 藏书从600册攒到1.1万册
        noun = _changing(last)
        return name._replace(text=joined(noun, name.text), object=noun, rule="metric.change-carried")
    lonely = not any(is_noun(a) for a in frame.left)
    thing = thing_of(last)
    bare = name.rule == "metric.predicate-before" and lonely and not only_money(name)
    if bare and alike and len(thing) > 1:
        return name._replace(text=joined(name.text, thing), object=thing, rule="metric.object-carried")
    return name


def _changing(name: MetricName) -> str:
    """What a name says that changes: its object, where that is a word."""
    return name.object if len(name.object) > 1 else name.text


def thing_of(name: MetricName) -> str:
    """What a name leaves to the next verb: its object, or the head of one that holds a deed of its own.

    尚未完工的桥梁7座，年底前建成5座: 桥梁.
    """
    return name.head if any(verb.text in name.object for verb in name.verbs) else name.object


def only_money(name: MetricName) -> bool:
    """Whether all that the verbs say is that money was put in."""
    return bool(name.verbs) and all(a.verb and a.verb.has("money") for a in name.verbs)
