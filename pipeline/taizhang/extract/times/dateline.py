"""Times: the date of an article by its own head: of its dispatch, or in brackets under its title."""

from __future__ import annotations

from datetime import date, timedelta

from taizhang.extract.dates.find import find_dates
from taizhang.extract.times.lookups import time_rules
from taizhang.rules import RuleSet
from taizhang.segment.layout import Layout

LINES = 4  # first lines of a text among which a date in brackets may stand
HEAD = 200  # characters from the beginning of a text in which its dispatch is dated
DAYS = 7  # that may lie between the dispatch of an article and its publication


def written(layout: Layout, rules: RuleSet, published: str | None) -> str | None:
    """When a text was written, ISO 8601: what its today and its this year are counted from.

    That is the day of its dispatch (北京3月5日电) or the day in brackets under its title where it was published soon
    after, else the day of publication, else the date in brackets; of a period there its end.

    Args:
        layout: the pieces of the clean text.
        rules: the rule set in force.
        published: the article's own date, ISO 8601, as precise as it is known.
    """
    if published is None:
        return _under_title(layout, rules)
    if len(published) < len("2021-03-05"):
        return published
    match = time_rules(rules).phrases["time.dispatch"].search(layout.text, 0, HEAD)
    sent = find_dates(match[0], rules, published) if match else []
    told = sent[0].value if sent else _under_title(layout, rules, published)
    last = date.fromisoformat(published)
    near = (str(last - timedelta(days)) for days in range(DAYS))
    return told if told and told in near else published


def _under_title(layout: Layout, rules: RuleSet, published: str | None = None) -> str | None:
    line = time_rules(rules).phrases["time.dateline"]
    for paragraph in layout.paragraphs[:LINES]:
        if line.fullmatch(layout.text, paragraph.start, paragraph.end):
            dates = find_dates(layout.text[paragraph.start : paragraph.end], rules, published)
            named = [found.value for found in dates if found.value[:4].isdigit()]
            if named and not named[0].endswith(".."):
                return named[0] if published else named[0].split("/")[-1]
    return None
