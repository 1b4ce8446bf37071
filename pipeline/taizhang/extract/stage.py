"""The extract stage: everything is found by characters alone, then each quantity's fields are resolved against it."""

from __future__ import annotations

from taizhang.extract.candidates import Extraction
from taizhang.extract.numbers.seen import numerals
from taizhang.extract.prose import found_in, resolved
from taizhang.extract.tables import with_tables
from taizhang.rules import RuleSet
from taizhang.segment.stage import Segmented

__all__ = ["extract"]


def extract(segmented: Segmented, rules: RuleSet) -> Extraction:
    """Every number of a text that ``segment`` has cut, as a candidate or an exclusion."""
    cleaned = segmented.cleaned
    if cleaned.tables:
        return with_tables(segmented, rules)
    found = found_in(cleaned, rules)
    candidates = tuple(resolved(segmented, found, rules))
    exclusions, dates, mentions = tuple(found.exclusions), tuple(found.dates), tuple(found.mentions)
    seen = numerals(cleaned.text, rules)
    return Extraction(cleaned, segmented.layout, candidates, exclusions, dates, mentions, seen)
