"""The own examples of the rules for metrics, phases, parts and words: ⟨ ⟩ marks what the rule takes."""

from __future__ import annotations

import re
from functools import cache

import pytest

from taizhang.article import Article
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.names import MetricName
from taizhang.extract.metrics.phases import PhaseContext, Phases
from taizhang.extract.metrics.shapes import (
    ActionFile,
    ActionRule,
    FunctionWordRule,
    GrammarFile,
    PartFile,
    PartRule,
    PhaseFile,
)
from taizhang.extract.numbers.find import find_quantities
from taizhang.pipeline import shipped_pipeline
from taizhang.records import RectificationItem
from taizhang.rules import Rule
from taizhang.segment.shapes import LexiconFile, TaggedWords
from taizhang.segment.tokens import TokenLexicon

RULES = shipped_pipeline().rules
GRAMMAR = Grammar.of(RULES)
LEXICON = TokenLexicon.of(RULES)
ACTIONS = RULES.load("actions.toml", ActionFile).action
WORDS = RULES.load("function_words.toml", GrammarFile).word
ENDS = {
    "indicator": GRAMMAR.is_indicator,
    "temporal": GRAMMAR.is_temporal,
    "topic": GRAMMAR.is_topic,
    "person": GRAMMAR.is_person,
    "disposal": lambda text: text.endswith(tuple(GRAMMAR.disposals)),
    "serial": lambda text: text.endswith(GRAMMAR.serials),
    "ordinal": lambda text: text.endswith(GRAMMAR.ordinal),
    "ordered": lambda text: text.endswith(tuple(GRAMMAR.ordered)),
}
PHASES = RULES.load("phases.toml", PhaseFile)
PHASE_RULES: list[Rule] = [rule for kind in PhaseFile.model_fields for rule in getattr(PHASES, kind)]
DONE = {rule.id for rule in PHASES.modality if rule.phase == "done"}
LISTS: list[ActionRule | FunctionWordRule | PartRule | TaggedWords] = [
    *ACTIONS,
    *WORDS,
    *RULES.load("parts.toml", PartFile).part,
    *RULES.load("lexicon.toml", LexiconFile).word,
]
FIRST_CLAUSE = re.compile(r"[^，\d]+")


def by_id(rule: Rule) -> str:
    return rule.id


def marked(example: str) -> tuple[str, int, int]:
    """An example without its ⟨ ⟩, and where they stood."""
    return example.replace("⟨", "").replace("⟩", ""), example.index("⟨"), example.index("⟩") - 1


@cache
def records(text: str) -> tuple[RectificationItem, ...]:
    return shipped_pipeline().extract(text).records


def seen(text: str) -> list[tuple[str, ...]]:
    """What is seen of each quantity of a text that bears on its phase."""
    found = shipped_pipeline().run(Article.of(text)).extraction.candidates
    return [c.choices["phase"].winner.features for c in found]


def read_as(features: tuple[str, ...]) -> set[str]:
    """The phase that the rules alone read."""
    return {f.removeprefix("read=") for f in features if f.startswith("read=")}


def tokens(text: str) -> dict[int, str]:
    """Start and text of each token."""
    made, at = {}, 0
    for word in LEXICON.cut(text):
        made[at] = word
        at += len(word)
    return made


def verbs(text: str) -> dict[int, tuple[str, list[str]]]:
    """Start of each verb, with its form and the ids of the rules that list it."""
    words = tokens(text)
    ends = [start + len(word) for start, word in words.items()]
    found = GRAMMAR.verbs_in(text, list(words), ends)
    return {start: (verb.form, [rule.id for rule in verb.rules]) for start, verb in found.items()}


@pytest.mark.parametrize("rule", ACTIONS, ids=by_id)
def test_actions(rule: ActionRule) -> None:
    for example in rule.examples:
        text, start, end = marked(example)
        form, ids = verbs(text).get(start, ("", []))
        assert form == text[start:end] and rule.id in ids, example
    for example in rule.counter_examples:
        assert all(rule.id not in ids for _, ids in verbs(example).values()), example


@pytest.mark.parametrize("rule", [w for w in WORDS if w.word_class not in ENDS], ids=by_id)
def test_function_words(rule: FunctionWordRule) -> None:
    for example in rule.examples:
        text, start, end = marked(example)
        assert tokens(text).get(start) == text[start:end] in rule.forms, example
        listed = GRAMMAR.nouns.get(rule.word_class, GRAMMAR.classes)
        assert text[start:end] in listed, example
        if rule.word_class not in GRAMMAR.nouns:
            assert GRAMMAR.classes[text[start:end]] == rule.word_class, example
    for example in rule.counter_examples:
        assert set(rule.forms).isdisjoint(tokens(example).values()), example


@pytest.mark.parametrize("rule", [w for w in WORDS if w.word_class in ENDS], ids=by_id)
def test_ends_of_phrases(rule: FunctionWordRule) -> None:
    ends = ENDS[rule.word_class]
    for example in rule.examples:
        text, start, end = marked(example)
        assert text[start:end] in rule.forms and ends(text[:end]), example
    for example in rule.counter_examples:
        clause = FIRST_CLAUSE.match(example)
        assert clause and not ends(clause[0]), example


@pytest.mark.parametrize("rule", RULES.load("lexicon.toml", LexiconFile).word, ids=by_id)
def test_lexicon(rule: TaggedWords) -> None:
    for example in rule.examples:
        text, start, end = marked(example)
        assert tokens(text).get(start) == text[start:end], example
        assert LEXICON.tag(text[start:end]) == rule.tag, example
    for example in rule.counter_examples:
        assert set(rule.forms).isdisjoint(tokens(example).values()), example


@pytest.mark.parametrize("rule", [r for r in PHASE_RULES if r.id not in DONE], ids=by_id)
def test_phase_rules(rule: Rule) -> None:
    phase = getattr(rule, "phase", "context")  # an attribute has no phase of its own: it is context
    wanted = {phase} if phase else {"result", "measure"}  # a role may leave the phase to the verb
    for example in rule.examples:
        assert any(
            f"reader={rule.id}" in s and not wanted.isdisjoint(read_as(s)) for s in seen(marked(example)[0])
        ), example
    for example in rule.counter_examples:
        assert not any(f"reader={rule.id}" in s for s in seen(example)), example


@pytest.mark.parametrize("rule", [r for r in PHASES.modality if r.phase == "done"], ids=by_id)
@pytest.mark.parametrize("plan", ["全县计划改造小区60个，", "到年底，预计改造小区60个，"])
def test_words_for_what_is_done_end_a_plan(rule: Rule, plan: str) -> None:
    for example in rule.examples:
        assert records(plan + marked(example)[0])[-1].phase == "result", example
    for example in rule.counter_examples:
        assert records(plan + example)[-1].phase == "target", example


@pytest.mark.parametrize("rule", RULES.load("parts.toml", PartFile).part, ids=by_id)
def test_parts(rule: PartRule) -> None:
    for example in rule.examples:
        total, *parts = records(marked(example)[0])
        assert [(r.part_of, r.rules.get("part_of")) for r in parts] == [(total.id, rule.id)], example
    for example in rule.counter_examples:
        assert not [r.quote for r in records(example) if r.part_of], example


@pytest.mark.parametrize("rule", LISTS, ids=by_id)
def test_no_form_stands_twice_in_a_list(rule: ActionRule | FunctionWordRule | PartRule | TaggedWords) -> None:
    assert sorted(rule.forms) == sorted(set(rule.forms))


@pytest.mark.parametrize("rule", ACTIONS, ids=by_id)
def test_every_verb_is_found_where_it_stands_alone(rule: ActionRule) -> None:
    for form in rule.forms:
        found, ids = verbs(form).get(0, ("", []))
        assert found == form and rule.id in ids, form


def test_a_rule_set_without_nouns_leaves_the_phase_to_the_kind_of_quantity() -> None:
    phases = Phases(PHASES.model_copy(update={"noun": ()}))
    quantity = find_quantities("停车位300个", RULES)[0]
    name, setting = MetricName("停车位"), PhaseContext(None, None)
    told = phases.evidence(name, quantity, setting)
    assert phases.choose(name, quantity, setting, told).phase == "measure"
