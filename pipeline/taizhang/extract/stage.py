"""The extract stage: everything is found by characters alone, then each quantity's fields are resolved against it."""

from __future__ import annotations

from dataclasses import replace

from taizhang.extract.answers import Answers
from taizhang.extract.candidates import Extraction
from taizhang.extract.indicated import indicated
from taizhang.extract.numbers.seen import numerals
from taizhang.extract.prose import found_in, resolved
from taizhang.extract.tables import with_tables
from taizhang.rules import RuleSet
from taizhang.segment.stage import Segmented

__all__ = ["extract"]


def extract(segmented: Segmented, rules: RuleSet) -> Extraction:
    """Every number of a text that ``segment`` has cut, as a candidate or an exclusion."""
    found = with_tables(segmented, rules) if segmented.cleaned.tables else _of_prose(segmented, rules)
    answered = Answers.of(rules).added(found.candidates, segmented.layout)
    return replace(found, candidates=tuple(indicated(answered, rules)))


def _of_prose(segmented: Segmented, rules: RuleSet) -> Extraction:
    cleaned = segmented.cleaned
    found = found_in(segmented, rules)
    candidates = tuple(resolved(segmented, found, rules))
    exclusions, dates, mentions = tuple(found.exclusions), tuple(found.dates), tuple(found.mentions)
    seen = numerals(cleaned.text, rules)
    return Extraction(cleaned, segmented.layout, candidates, exclusions, dates, mentions, seen)
