"""Rulebook: a rule's own examples run: what ⟨ ⟩ marks must be taken by the rule, and a counter-example must not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from taizhang.article import Article
from taizhang.extract.dates.find import find_dates
from taizhang.extract.dates.shapes import DateRule
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.shapes import ActionRule, FunctionWordRule
from taizhang.extract.numbers import find_numbers
from taizhang.extract.numbers.find import find_quantities
from taizhang.pipeline import Pipeline
from taizhang.rules import Rule
from taizhang.segment.shapes import TaggedWords
from taizhang.segment.tokens import TokenLexicon

PUBLISHED = "2021-06-15"  # the date of the articles that examples are from
_MARK = re.compile("[⟨⟩]")
_FIRST = re.compile(r"[^，\d]*")  # what stands before the first number or comma
_TOLD = {  # the tables whose rules are told of by their ids; of other files all
    "dates.toml": {"pattern"},
    "names.toml": {"words", "patterns"},
    "numerals.toml": {"form"},
    "parts.toml": {"part"},
    "units.toml": {"unit", "division"},
}
_READER = "reader="  # the feature that names the rule by which the phase was read
_SILENT = (("reading", "tenths"), ("phase", "done"))  # rules that only change what others tell
_ENDS = frozenset(
    {"indicator", "temporal", "topic", "person", "disposal", "ordered"}
)  # classes of ends of words

Span = tuple[int, int]


class ExampleMatches(NamedTuple):
    """What a rule takes of a text, and the ids of the others that take something there."""

    own: list[Span]
    others: dict[Span, list[str]]


Taker = Callable[[Rule, str], ExampleMatches]


class Failure(NamedTuple):
    """An example that does not hold: where the rule stands, the example, and what went wrong."""

    file: str
    rule: str
    example: str
    marked: str
    counter: bool
    got: tuple[str, ...]


class Examples:
    """The examples of one rule set's rules."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline, self.rules = pipeline, pipeline.rules
        counts: Mapping[str, Taker] = {
            name: partial(_from_ids, self._ids_of_numbers)
            for name in (
                "units.toml",
                "bounds.toml",
                "numerals.toml",
                "exclusions.toml",
                "idioms.toml",
                "names.toml",
            )
        }
        self._takers: dict[str, Taker] = {
            **counts,
            "actions.toml": self._verbs,
            "dates.toml": self._dates,
            "function_words.toml": self._words,
            "lexicon.toml": self._tokens,
            "parts.toml": partial(_from_ids, self._ids_of_records),
            "phases.toml": partial(_from_ids, self._ids_of_phases),
        }

    def runs(self, file: str, table: str, rule: Rule) -> bool:
        """Whether a rule's examples can be run: whether the program tells by the rule's id what the rule did."""
        told = _TOLD.get(file)
        silent = any(getattr(rule, key, None) == value for key, value in _SILENT)
        return file in self._takers and not silent and (told is None or table in told)

    def failures(self, file: str, table: str, rule: Rule) -> Iterator[Failure]:
        """The examples and counter-examples of a rule that do not hold."""
        for example in rule.examples:
            text, marked = unmarked(example)
            runs = self.runs(file, table, rule)
            if not marked and (runs or _MARK.search(example)):
                yield Failure(file, rule.id, example, "", False, ())
            elif runs:
                taken = self._takers[file](rule, text)
                for start, end in marked:
                    if not any(s < end and e > start for s, e in taken.own):
                        ids = sorted(
                            {i for (s, e), o in taken.others.items() if s < end and e > start for i in o}
                        )
                        yield Failure(file, rule.id, example, text[start:end], False, tuple(ids))
        for example in rule.counter_examples if self.runs(file, table, rule) else ():
            text, _ = unmarked(example)
            for start, end in self._takers[file](rule, text).own[:1]:
                yield Failure(file, rule.id, example, text[start:end], True, (rule.id,))

    def _verbs(self, rule: Rule, text: str) -> ExampleMatches:
        ends, starts, at = [], [], 0
        for word in TokenLexicon.of(self.rules).cut(text):
            starts.append(at)
            at += len(word)
            ends.append(at)
        found = Grammar.of(self.rules).verbs_in(text, starts, ends)
        spans = {(at, at + len(verb.form)): [r.id for r in verb.rules] for at, verb in found.items()}
        assert isinstance(rule, ActionRule)
        return _split(rule, spans)

    def _words(self, rule: Rule, text: str) -> ExampleMatches:
        assert isinstance(rule, FunctionWordRule)
        grammar, tokens = Grammar.of(self.rules), self._spans(text)
        if rule.word_class in _ENDS:
            first = _FIRST.match(text)
            ends = [end for _, end in tokens if first and end <= first.end()]
            return ExampleMatches(
                [(e - len(f), e) for e in ends for f in rule.forms if text.endswith(f, 0, e)], {}
            )
        own = [span for span in tokens if text[slice(*span)] in rule.forms]
        if rule.word_class in grammar.nouns:
            return ExampleMatches(own, {})
        classes = {span: str(grammar.classes.get(text[slice(*span)], "")) for span in own}
        return ExampleMatches(
            [s for s in own if classes[s] == rule.word_class], {s: [c] for s, c in classes.items() if c}
        )

    def _tokens(self, rule: Rule, text: str) -> ExampleMatches:
        assert isinstance(rule, TaggedWords)
        segmenter = TokenLexicon.of(self.rules)
        spans = {span: [segmenter.tag(text[slice(*span)])] for span in self._spans(text)}
        own = [s for s, (tag,) in spans.items() if text[slice(*s)] in rule.forms and tag == rule.tag]
        return ExampleMatches(own, spans)

    def _spans(self, text: str) -> list[Span]:
        spans, at = [], 0
        for word in TokenLexicon.of(self.rules).cut(text):
            spans.append((at, at + len(word)))
            at += len(word)
        return spans

    def _ids_of_numbers(self, text: str) -> Iterator[tuple[Span, list[str]]]:
        dates = find_dates(text, self.rules, PUBLISHED)
        for quantity in find_quantities(text, self.rules):
            yield (quantity.start, quantity.end), list(quantity.rules.values())
        for excluded in find_numbers(text, self.rules, dates)[1]:
            yield (excluded.start, excluded.end), [excluded.rule]
        for excluded in find_numbers(text, self.rules)[1]:
            yield (excluded.start, excluded.end), [excluded.rule]

    def _dates(self, rule: Rule, text: str) -> ExampleMatches:
        assert isinstance(rule, DateRule)
        found = find_dates(text, self.rules, PUBLISHED, lengths=rule.length)
        return _split(rule, {(date.start, date.end): [date.rule] for date in found})

    def _ids_of_records(self, text: str) -> Iterator[tuple[Span, list[str]]]:
        whole = (0, len(text))  # a word decides for a number beside it, which the mark need not enclose
        for record in self.pipeline.extract(text).records:
            yield whole, list(record.rules.values())

    def _ids_of_phases(self, text: str) -> Iterator[tuple[Span, list[str]]]:
        for candidate in self.pipeline.run(Article.of(text)).extraction.candidates:
            seen = candidate.choices["phase"].winner.features
            yield (0, len(text)), [f.removeprefix(_READER) for f in seen if f.startswith(_READER)]


def _from_ids(
    find: Callable[[str], Iterator[tuple[Span, list[str]]]], rule: Rule, text: str
) -> ExampleMatches:
    spans: dict[Span, list[str]] = {}
    for span, ids in find(text):
        spans.setdefault(span, []).extend(ids)
    return _split(rule, spans)


def _split(rule: Rule, spans: dict[Span, list[str]]) -> ExampleMatches:
    return ExampleMatches([span for span, ids in spans.items() if rule.id in ids], spans)


def unmarked(example: str) -> tuple[str, list[Span]]:
    """An example without its marks, and what they enclose; no spans where they are not in pairs.

    >>> unmarked("⟨晒出⟩短板")
    ('晒出短板', [(0, 2)])
    """
    marks = [(m[0], m.start() - i) for i, m in enumerate(_MARK.finditer(example))]
    paired = [a[0] + b[0] for a, b in zip(marks[::2], marks[1::2], strict=False)]
    text = _MARK.sub("", example)
    if len(marks) % 2 or any(pair != "⟨⟩" for pair in paired):
        return text, []
    return text, [(a[1], b[1]) for a, b in zip(marks[::2], marks[1::2], strict=True)]
