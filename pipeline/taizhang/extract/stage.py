"""The extract stage: everything is found by characters alone, then each quantity's fields are resolved against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from taizhang.extract.answers import Answers
from taizhang.extract.candidates import Candidate, Extraction
from taizhang.extract.indicated import indicated
from taizhang.extract.kept import KeptCandidates
from taizhang.extract.numbers.seen import numerals
from taizhang.extract.prose import found_in, resolved
from taizhang.extract.tables import with_tables
from taizhang.rules import RuleSet
from taizhang.segment.stage import Segmented

__all__ = ["extract"]


def extract(segmented: Segmented, rules: RuleSet) -> Extraction:
    """Every number of a text that ``segment`` has cut, as a candidate or an exclusion."""
    found = with_tables(segmented, rules) if segmented.cleaned.tables else _of_prose(segmented, rules)
    answered = _after(found.candidates, Answers.of(rules).added(found.candidates, segmented.layout))
    return replace(found, candidates=_after(answered, indicated(answered, rules)))


def _after(candidates: Sequence[Candidate], changed: Iterator[Candidate]) -> Sequence[Candidate]:
    """The candidates as they become; those of tables in the place of what they were."""
    if not isinstance(candidates, KeptCandidates):
        return tuple(changed)
    for number, candidate in enumerate(changed):
        candidates[number] = candidate
    return candidates


def _of_prose(segmented: Segmented, rules: RuleSet) -> Extraction:
    cleaned = segmented.cleaned
    found = found_in(segmented, rules)
    candidates = tuple(resolved(segmented, found, rules))
    exclusions, dates, mentions = tuple(found.exclusions), tuple(found.dates), tuple(found.mentions)
    seen = numerals(cleaned.text, rules)
    return Extraction(cleaned, segmented.layout, candidates, exclusions, dates, mentions, seen)
