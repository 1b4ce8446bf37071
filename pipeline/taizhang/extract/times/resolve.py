"""Times: when each quantity was so: of the times that are offered to it, the one with the highest score."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from taizhang.extract.candidates import TimeChoice
from taizhang.extract.dates.calendar import parse
from taizhang.extract.times.features import (
    DateGap,
    LookBack,
    TimeScope,
    TimeSurroundings,
    of_date,
    of_nothing,
    of_report,
)
from taizhang.extract.times.last import EarlierTimes, start
from taizhang.extract.times.lookups import time_rules
from taizhang.extract.times.mentions import DateMention, said
from taizhang.extract.times.options import HEAD, TextDates, TimeCandidate
from taizhang.extract.times.sites import ORIGIN, QuantitySite, site_of
from taizhang.judge import Option, Weights, choose, likeliest
from taizhang.records import Date, Quantity
from taizhang.rules import RuleSet, once
from taizhang.segment.layout import Layout

REPORTED = 5  # last month in which reports on the year before are given
OWN = ("clause", "base", "origin")  # where a date stands that may be of the figure that a change begins with
SPEECH = 300  # characters between a date and a quantity in which words of speaking are looked for


def resolve_times(
    layout: Layout,
    quantities: Sequence[Quantity],
    dates: Sequence[Date],
    rules: RuleSet,
    published: str | None,
) -> list[TimeChoice]:
    """The time of each quantity, in their order.

    Args:
        layout: the pieces of the clean text.
        quantities: in text order.
        dates: as ``find_dates`` found them in the same text.
        rules: the rule set in force.
        published: the article's own date, ISO 8601.

    Returns:
        For each quantity the ISO 8601 value of the date that governs it, with the rule that offered it and its
        rivals; empty where nothing says.
    """
    table = _table(rules)
    times = Times(layout, quantities, dates, rules, published)
    choices, last = [], start()
    for index in range(len(quantities)):
        choice = likeliest(choose(times.options(index, last), table))
        choices.append(TimeChoice(choice.winner.value, choice.winner.rule, choice))
        last = times.after(last, index, choice.winner.value)
    return choices


@once
def _table(rules: RuleSet) -> dict[str, int]:
    """The weights of a rule set."""
    return Weights.of(rules, "time").column()


class Times:
    """The times that are offered to each quantity of a text; arguments as of ``resolve_times``."""

    def __init__(
        self,
        layout: Layout,
        quantities: Sequence[Quantity],
        dates: Sequence[Date],
        rules: RuleSet,
        published: str | None,
    ) -> None:
        self._layout, self._rules = layout, time_rules(rules)
        self._starts = [quantity.start for quantity in quantities]
        self._ground = TextDates(
            layout, said(layout, dates, self._starts, self._rules, published or ""), self._rules
        )
        self._sites = [site_of(layout, quantity, self._rules) for quantity in quantities]
        self._titled = self._rules.titles.search(layout.text, 0, HEAD) is not None
        title = layout.text[layout.title.start : layout.title.end]
        self._scope = TimeScope(self._rules.genre(title), self._ground.wide)
        self._year = _year_before(published)
        self._ends: dict[int, tuple[int, int]] = {}

    def options(self, index: int, last: EarlierTimes) -> list[Option]:
        """What is offered to the quantity at ``index``.

        Args:
            index: of the quantity.
            last: what those before it took, as ``after`` gives it; ``start()`` for the first.
        """
        site = self._sites[index]
        offers = [o for o in self._ground.offers(site) if not self._barred(o.said.start, site.start)]
        if ORIGIN in site.cues:
            offers = [offer for offer in offers if offer.stands in OWN]
        told = [offer for offer in offers if self._in_turn(offer.said, site)]
        if told:  # 2019年、2020年分别建桥3座、5座 leaves no doubt
            return [self._dated(told[0], site, last, 1)]
        nearest = offers[0] if offers and offers[0].said.start < site.start else None
        beside = sum([offer.said.sentence == site.sentence for offer in offers])
        forced = next((offer.stands for offer in offers if offer.force), "nothing")
        found = [self._dated(offer, site, last, beside) for offer in offers]
        near = TimeSurroundings(nearest, beside, forced, self._ground.dated_before(site))
        found.append(Option("", "", of_nothing(site, last, near, self._scope)))
        if self._year:
            seen = of_report(site, last, LookBack(self._titled, self._yearly(site), self._year))
            found.append(Option(self._year, "time.report", seen))
        return found

    def after(self, last: EarlierTimes, index: int, value: str) -> EarlierTimes:
        """What the next quantity is told: ``last``, used up here, and that the one at ``index`` took ``value``.

        What a change begins with is of another time than what it ends with, and tells nothing of it.
        """
        site = self._sites[index]
        last.taken.add(value)
        if not self._ground.dated_before(site):
            last.freely.add(value)
        return last._replace(value=value, start=self._starts[index], site=site)

    def _dated(self, offer: TimeCandidate, site: QuantitySite, last: EarlierTimes, beside: int) -> Option:
        one = offer.said
        nearer = one.paragraph != site.paragraph and self._ground.dated_before(site)
        between = bisect_left(self._starts, site.start) - bisect_left(self._starts, one.start)
        if one.start < site.start:
            spoken, mark = self._behind(one)
            parted = one.sentence == site.sentence and mark < site.start
            seen = of_date(
                offer, site, last, DateGap(beside, between, parted, spoken < site.start, nearer), self._scope
            )
            return Option(one.value, one.rule, seen)
        parted = self._rules.statement_end.search(self._layout.text, site.end, one.start) is not None
        seen = of_date(offer, site, last, DateGap(beside, -between - 1, parted, False, False), self._scope)
        return Option(one.value, "time.trailing", seen)

    def _in_turn(self, one: DateMention, site: QuantitySite) -> bool:
        """Whether dates and numbers are told apart here, and this date is the quantity's."""
        place, count = one.turn
        if count == 1 or one.sentence != site.sentence or site.start < one.start:
            return False
        return (bisect_left(self._starts, site.start) - bisect_left(self._starts, one.end)) % count == place

    def _behind(self, one: DateMention) -> tuple[int, int]:
        """Where after a date someone speaks, and where its statement ends; beyond the text where neither is near."""
        found = self._ends.get(one.start)
        if found is None:
            text, far = self._layout.text, len(self._layout.text)
            spoken = self._rules.spoken.search(text, one.end, one.end + SPEECH)
            mark = self._rules.statement_end.search(text, one.end, one.end + SPEECH)
            found = (spoken.start() if spoken else far, mark.start() if mark else far)
            self._ends[one.start] = found
        return found

    def _barred(self, date: int, figure: int) -> bool:
        """Whether a row of a table ends between a date and a figure."""
        return bool(self._layout.bars) and self._layout.barred(min(date, figure), max(date, figure))

    def _yearly(self, site: QuantitySite) -> bool:
        """Whether the clause names an indicator that is counted by the year."""
        clause = self._layout.clauses[site.clause]
        return self._rules.indicators.search(self._layout.text, clause.start, clause.end) is not None


def _year_before(published: str | None) -> str:
    """The year that a report of the first months looks back on."""
    date = parse(published)
    return str(date.year - 1) if date and (date.month or 12) <= REPORTED else ""
