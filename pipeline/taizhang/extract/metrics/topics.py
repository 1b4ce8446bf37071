"""The topic of an earlier clause, of which a number's clause says something without naming it again.

失业率继续回落，降至5%; 论坛由两国主办，已连续举办4届; 老人昨日离世，享年90岁.
"""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.inherit import only_money
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.names import Frame, MetricName
from taizhang.extract.metrics.phrases import SILENT, is_noun, joined, last_noun, leads, spell
from taizhang.extract.metrics.rows import SentenceClauses

TOPIC = 14  # characters of a topic's name
LEAST = 2
_ENDS = frozenset({"preposition", "filler", "negation"})


def of_topic(
    name: MetricName, frame: Frame, row: SentenceClauses, number: int, grammar: Grammar
) -> MetricName:
    """A name that only says what became of something, or nothing, with the topic of the clause before.

    The clause before has no number of its own, and nothing beside the number names anything.
    """
    if not number or spell(frame.right) or frame.rest or any(is_noun(a) for a in frame.left):
        return name
    earlier = row.clauses[number - 1]
    if any(a.kind == "quantity" for a in earlier):
        return name
    found = topic(earlier, grammar)
    text = spell(found)
    if not LEAST <= len(text) <= TOPIC or grammar.is_temporal(text):
        return name
    if not name.text:
        led = any(leads(a) for a in frame.left)
        told = led and grammar.is_indicator(text)
        return MetricName(text, "", text, (), "metric.indicator", last_noun(found)) if told else name
    if name.rule != "metric.predicate-before" or name.text != name.action or only_money(name):
        return name
    return name._replace(text=joined(text, name.text), object=text, rule="metric.change-carried")


def topic(clause: Sequence[Atom], grammar: Grammar) -> list[Atom]:
    """The noun phrase that a clause is about: what it begins with, up to what is told of it.

    An adverb or a preposition parts the two, or else the phrase ends as the name of what is measured does.
    """
    start = 0
    while start < len(clause) and clause[start].kind in SILENT:
        start += 1
    end = start
    while end < len(clause) and clause[end].kind not in _ENDS:
        end += 1
    row = [a for a in clause[start:end] if a.kind != "date"]
    if end == len(clause) or not row or not _named(row[-1]):
        named = [_named(a) for a in row]
        ends = (end for end in range(len(row), 0, -1) if named[end - 1] and not any(named[end : end + 1]))
        row = next((row[:end] for end in ends if grammar.is_indicator(spell(row[:end]))), [])
    whole = row and row[0].kind in {"word", "quote"} and not any(leads(a) for a in row)
    return row if whole else []


def _named(atom: Atom) -> bool:
    """Whether a word names something; set phrases do (通货膨胀率)."""
    return is_noun(atom) or (atom.kind == "word" and atom.tag in {"l", "i"})
