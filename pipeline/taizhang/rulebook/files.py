"""Rulebook: which model each TOML file of rules is read by."""

from __future__ import annotations

from collections.abc import Iterator

from taizhang.base_units import BaseFile
from taizhang.clean.shapes import Boilerplate, Cleaning
from taizhang.extract.dates.shapes import DateRules
from taizhang.extract.metrics.shapes import ActionFile, GrammarFile, PartFile, PhaseFile
from taizhang.extract.numbers.shapes import (
    ArticleRules,
    BoundRules,
    ExclusionRules,
    GrammarRules,
    NumeralRules,
    UnitRules,
    WordRules,
)
from taizhang.extract.phases.shapes import ContextFile
from taizhang.extract.places.shapes import AgencyRules, PlaceRules
from taizhang.extract.shapes import AnswerFile
from taizhang.extract.tables.shapes import TableRules
from taizhang.extract.times.shapes import TimeRules
from taizhang.indicators.shapes import IndicatorFile
from taizhang.merge.shapes import MergeRules
from taizhang.read.shapes import Reading
from taizhang.rules import Rule, RuleFile, RuleSet
from taizhang.segment.shapes import LexiconFile, SegmentRules

SHAPES: dict[str, type[RuleFile]] = {
    "actions.toml": ActionFile,
    "agencies.toml": AgencyRules,
    "answers.toml": AnswerFile,
    "articles.toml": ArticleRules,
    "base_units.toml": BaseFile,
    "boilerplate.toml": Boilerplate,
    "bounds.toml": BoundRules,
    "cleaning.toml": Cleaning,
    "dates.toml": DateRules,
    "exclusions.toml": ExclusionRules,
    "function_words.toml": GrammarFile,
    "grammar.toml": GrammarRules,
    "idioms.toml": WordRules,
    "indicators.toml": IndicatorFile,
    "lexicon.toml": LexiconFile,
    "merge.toml": MergeRules,
    "names.toml": WordRules,
    "numerals.toml": NumeralRules,
    "parts.toml": PartFile,
    "phase_context.toml": ContextFile,
    "phases.toml": PhaseFile,
    "places.toml": PlaceRules,
    "reading.toml": Reading,
    "segment.toml": SegmentRules,
    "tables.toml": TableRules,
    "times.toml": TimeRules,
    "units.toml": UnitRules,
}


def rules_of(rules: RuleSet, name: str) -> Iterator[tuple[str, Rule]]:
    """The rules of one file with the name of the table that each stands in.

    Raises:
        RuleError: the file does not say what it should.
    """
    file = rules.load(name, SHAPES[name])
    for table in type(file).model_fields:
        held = getattr(file, table)
        for rule in held if isinstance(held, list | tuple) else [held]:
            if isinstance(rule, Rule):
                yield table, rule
