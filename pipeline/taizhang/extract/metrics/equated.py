"""Numbers that a copula says what they are: 300人需要援助，其中90人为儿童 counts 儿童, which do what the whole does."""

from __future__ import annotations

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.lengths import fitted
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.names import Frame, MetricName
from taizhang.extract.metrics.phrases import SILENT, content, joined, last_noun, spell

PREDICATE = 8  # characters of what the whole does


def is_copula(atom: Atom) -> bool:
    """Whether a word only leads from a number to what it is: a verb of reach that is a preposition, too."""
    return atom.kind == "preposition" and atom.verb is not None and atom.verb.only("reach")


def is_equated(frame: Frame) -> bool:
    """Whether the number is its clause's subject, and what it counts its predicate: 其中|90人|为儿童."""
    words = [a for a in frame.right if a.kind not in SILENT]
    return bool(words) and is_copula(words[0]) and not content(frame.left) and not frame.rest


def equated(name: MetricName, frame: Frame, total: MetricName | None, grammar: Grammar) -> MetricName:
    """What the number is said to be, with what is told of its whole."""
    words = content(frame.right)[1:]
    thing = fitted(words)
    if not thing or grammar.is_indicator(thing):
        return name
    verbs = [a for a in total.verbs if not (a.verb and a.verb.has("change"))][:1] if total else []
    told = "".join(a.text for a in verbs)
    text = joined(thing, told) if told not in thing and len(told) <= PREDICATE else thing
    return MetricName(
        text, told, thing, tuple(verbs), "metric.object-and-verb-after", last_noun(words) or spell(words)
    )
