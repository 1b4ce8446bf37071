"""Metrics: the rules by which the grammar makes names, in the groups that others ask for."""

from __future__ import annotations

CARRIED = frozenset({"metric.object-carried", "metric.carried"})  # all or its noun is from the number before
SHARED = frozenset(
    {"metric.carried", "metric.shared-verb", "metric.base"}
)  # one name for several numbers: 9吨和8吨
CHANGED = frozenset({"metric.change-carried"})  # tells by how much that changed which was told of before
GROWTH = frozenset({"metric.predicate-before"}) | CHANGED  # may do so
BASE = "metric.base"  # of what is counted from, as it was
BEFORE = "metric.noun-before"  # a noun before the number, and no verb
SUBJECT = "metric.object-and-verb-after"  # the number stands before who or what does: 11个地区完成改造
NOUN_FIRST = frozenset({"metric.indicator", "metric.indicator-carried", BEFORE, "metric.part-with-noun"})
NOUN_AFTER = frozenset({"metric.noun-after", SUBJECT, "metric.verb-before-object-after"})
VERB_AFTER = frozenset({SUBJECT, "metric.noun-before-verb-after"})
