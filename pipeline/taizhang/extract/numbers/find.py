"""Numbers: every numeral of a text as a quantity or an exclusion: the other files' evidence, by precedence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from taizhang.extract.candidates import Exclusion
from taizhang.extract.numbers.alone import the_number
from taizhang.extract.numbers.articles import counts, is_article, sums_up
from taizhang.extract.numbers.fold import fold, folding
from taizhang.extract.numbers.forms import NumeralSpan, next_run
from taizhang.extract.numbers.grammar import turn
from taizhang.extract.numbers.listed import share_unit_back
from taizhang.extract.numbers.measure import Measure, written_fen
from taizhang.extract.numbers.numbered import numbered
from taizhang.extract.numbers.numeral import writing
from taizhang.extract.numbers.patterns import Patterns, patterns
from taizhang.extract.numbers.quantify import measure
from taizhang.extract.numbers.quoted import names
from taizhang.extract.numbers.told import is_measured, is_predicate, is_told
from taizhang.extract.numbers.words import NumeralWord, NumeralWords, words
from taizhang.records import Date, PlaceMention, Quantity
from taizhang.rules import RuleSet

_PAIRED = 20  # characters between two figures that share their base
_OF_AN_ARTICLE = {"threshold", "reference"}  # what is no record of an article, but a quantity all the same


class Finder:
    """One pass over one text. With ``all_counts`` a threshold, a reference or an article counts, too.

    ``written`` is the text as it came, ``text`` as the grammar reads it."""

    def __init__(
        self,
        text: str,
        rules: RuleSet,
        dates: Sequence[Date],
        places: Sequence[PlaceMention] = (),
        all_counts: bool = False,
    ) -> None:
        self.written, self.text = text, fold(text, rules)
        self.rules, self.all_counts = rules, all_counts
        self.patterns: Patterns = patterns(rules)
        self.words: NumeralWords = words(rules)
        self.fixed = self._spans(dates, places)
        self.starts = [span.start for span in self.fixed]
        self.places = {place.end for place in places}
        self.quantities: list[Quantity] = []
        self.exclusions: list[Exclusion] = []

    def run(self) -> None:
        """Decide on every numeral, from left to right."""
        at = 0
        while (run := next_run(self.text, at, self.rules)) is not None:
            at = self._decide(run, at)
        self._signs()

    def _signs(self) -> None:
        """首, 双, 几, Ⅱ where they act as numbers and nothing else has taken them."""
        taken = sorted(
            [(q.start, q.end) for q in self.quantities] + [(e.start, e.end) for e in self.exclusions]
        )
        starts = [start for start, _ in taken]
        found = []
        for start, end, rule in self.patterns.acting.over(self.text):
            i = bisect_right(starts, start)
            clear = i == 0 or taken[i - 1][1] <= start
            if clear and (i == len(taken) or starts[i] >= end):
                word = self.words.listed_over(self.text, start, end)
                found.append(Exclusion(*word) if word else Exclusion(start, end, rule.reason, rule.id))
        self.exclusions = _apart(self.exclusions + found)

    def _spans(self, dates: Sequence[Date], places: Sequence[PlaceMention]) -> list[Exclusion]:
        """What excludes whatever stands around it: marks, dates, numbered lines, titles, quoted names, listed turns."""
        marks, turns = self.patterns.marks, self.patterns.turns
        spans = [Exclusion(start, end, rule.reason, rule.id) for start, end, rule in marks.over(self.text)]
        spans += [Exclusion(d.start, d.end, "date", d.rule or "date.given") for d in dates]
        numeral = writing(self.rules).han
        spans += [
            Exclusion(place.start, place.end, "name", "name.place-mention")
            for place in places
            if any(c in numeral for c in place.surface) and not self._goes_on(place)
        ]
        spans += numbered(self.text)
        spans += names(self.text, self.rules)
        spans += [Exclusion(start, end, rule.reason, rule.id) for start, end, rule in turns.over(self.text)]
        return _apart(spans)

    def _goes_on(self, place: PlaceMention) -> bool:
        """Whether a name begins with what is the end of a number: 10万|山区."""
        before = self.text[max(0, place.start - 1) : place.start]
        return before.isdigit() and self.text[place.start] in writing(self.rules).scales

    def _decide(self, run: NumeralSpan, at: int) -> int:
        """Turn one numeral into a quantity or an exclusion; where to go on reading."""
        fixed = self._covering(run)
        if fixed is not None:
            return self._exclude(fixed, at)
        found = measure(self.text, run, self.rules)
        excluded = self._excluded(run, found)
        if excluded is None and found is not None and self._is_count(run, found):
            return self._keep(found)
        return self._exclude(excluded or self._left_over(run), at)

    def _covering(self, run: NumeralSpan) -> Exclusion | None:
        index = bisect_right(self.starts, run.start) - 1
        if index >= 0 and self.fixed[index].end > run.start:
            return self.fixed[index]
        later = index + 1
        if later < len(self.fixed) and self.fixed[later].start < run.end:
            return self.fixed[later]._replace(start=run.start)
        return None

    def _excluded(self, run: NumeralSpan, found: Measure | None) -> Exclusion | None:
        plain, share = self.text[run.start : run.end], run.unit is not None
        for context in self.patterns.for_numeral(plain).possible(self.text, run, found):
            if self.all_counts and context.rule.reason in _OF_AN_ARTICLE:
                continue
            # A share or a ratio is told by its form: it is no rank, date or name, unless a rule is for shares.
            if share and "ratio" not in context.rule.kinds:
                continue
            exclusion = context.match(self.text, run, plain, found)
            if exclusion is not None:
                return exclusion
        if share or plain[-1].isdigit():
            return None
        word = None if self._is_whole_span(found) else self._word_over(run, found)
        if word is not None and not (self.all_counts and is_predicate(self.text, run, self.rules)):
            return Exclusion(*word)
        return None if self.all_counts else self._article(run, found)

    def _word_over(self, run: NumeralSpan, found: Measure | None) -> NumeralWord | None:
        """The word that takes the numeral with it; behind a word of bound only one that goes on (低于一定)."""
        if found is not None and found.bounds:
            if "before" not in found.bounds or found.end > run.end:
                return None
            word = self.words.listed_over(self.text, run.start, run.end)
            return word if word is not None and word.start == run.start and word.end > run.end else None
        if run.rule not in {"form.plain", "form.scale", "form.unreadable"}:
            return None
        if found is not None and found.match is not None and found.value_max is not None:
            return None  # 三度至五度
        if self.written[run.start] in folding(self.rules).formal_signs or (found and found.value < 0):
            return None  # 壹角 is an amount, where 一角 is a corner; 零下一度 a temperature
        unit = found.match if found is not None else None
        word = self.words.covering(
            self.text, run.start, run.end, unit is not None and found is not None and found.kind != "count"
        )
        # 十分|钟: a word that ends within a unit of time is none
        timed = unit is not None and unit.entry.kind == "duration"
        return None if word and unit and timed and run.end < word.end < unit.end else word

    def _is_whole_span(self, found: Measure | None) -> bool:
        """Whether the text is one length of time and nothing else: 半天 is then no idiom."""
        whole = found is not None and (found.start, found.end) == (0, len(self.text))
        return self.all_counts and whole and found is not None and found.kind == "duration"

    def _article(self, run: NumeralSpan, found: Measure | None) -> Exclusion | None:
        plain = self.text[run.start : run.end]
        if found is None or not is_article(plain, self.rules):
            return None
        if counts(self.text, run, found, self.rules, self.places):
            return None
        return Exclusion(run.start, found.match.end if found.match else run.end, "idiom", "article")

    def _is_count(self, run: NumeralSpan, found: Measure) -> bool:
        other = found.kind in {
            "duration",
            "ratio",
        }  # no list of things is summed up by a length of time or a share
        if not self.all_counts and not other and sums_up(self.text, run, self.rules):
            return False
        last = self.quantities[-1] if self.quantities else None
        return is_measured(run, found) or is_told(run, found, last, self.rules, self.all_counts)

    def _left_over(self, run: NumeralSpan) -> Exclusion:
        """A numeral that nothing explains: a name if it looks like one, else part of a word."""
        if sums_up(self.text, run, self.rules):
            return Exclusion(run.start, run.end, "reference", "reference.sum")
        for rule, pattern in self.patterns.weak:
            match = pattern.match(self.text, run.start)
            if match:
                return Exclusion(*match.span(), rule.reason, rule.id)
        if self.text[run.start].isdigit():
            return Exclusion(run.start, run.end, "name", "name.bare-digits")
        return Exclusion(run.start, run.end, "idiom", "idiom.no-measure")

    def _keep(self, found: Measure) -> int:
        while self.exclusions and self.exclusions[-1].start >= found.start:
            self.exclusions.pop()
        floor = self.exclusions[-1].end if self.exclusions else 0
        if self.quantities:
            floor = max(floor, self.quantities[-1].end)
        found.start = max(found.start, floor)
        self._share_base(found)
        self.quantities.append(found.quantity())
        share_unit_back(found, self.quantities, self.exclusions, self.rules)
        return found.end

    def _share_base(self, found: Measure) -> None:
        """人均…分别为30元、40元: what holds for the first figure of a pair holds for the second."""
        last = self.quantities[-1] if self.quantities else None
        if last is None or found.match is None or last.end < found.start - _PAIRED:
            return
        base = last.unit.removeprefix(f"{found.unit}/")
        paired = turn("rate.shared", self.rules).match(self.text, last.end, found.start)
        if base != last.unit and paired and last.kind == "rate":
            found.unit, found.kind, found.kind_rule = last.unit, "rate", "rate.shared"

    def _exclude(self, exclusion: Exclusion, at: int) -> int:
        floor = max(
            self.exclusions[-1].end if self.exclusions else 0,
            self.quantities[-1].end if self.quantities else 0,
        )
        self.exclusions.append(exclusion._replace(start=max(exclusion.start, floor)))
        return max(exclusion.end, at)


def find_numbers(
    text: str, rules: RuleSet, dates: Sequence[Date] = (), places: Sequence[PlaceMention] = ()
) -> tuple[list[Quantity], list[Exclusion]]:
    """Every numeral of ``text``, in exactly one of two lists: what counts something real, and the rest.

    ``dates`` and ``places`` are what was found in the same text before; a numeral in one of them does not count.

    >>> quantities, exclusions = find_numbers("第二批走访农户630余户。", RuleSet())
    >>> [q.quote for q in quantities], [e.reason for e in exclusions]
    (['630余户'], ['ordinal'])
    """
    finder = Finder(text, rules, dates, places)
    finder.run()
    return [written_fen(q, rules) for q in _quoted(finder.quantities, text)], finder.exclusions


def find_quantities(text: str, rules: RuleSet, dates: Sequence[Date] = ()) -> list[Quantity]:
    """Every quantity of ``text``, whether or not it would be a record of an article.

    >>> [(q.quote, q.value, q.unit) for q in find_quantities("300平方米以下的餐馆", RuleSet())]
    [('300平方米以下', Decimal('300'), '平方米')]
    """
    alone = the_number(fold(text, rules), rules)
    if alone is not None:
        return _quoted([alone], text)
    finder = Finder(text, rules, dates, all_counts=True)
    finder.run()
    return [written_fen(q, rules) for q in _quoted(finder.quantities, text)]


def _quoted(found: list[Quantity], text: str) -> list[Quantity]:
    """Quantities of a folded text, each with what the text itself has in its place."""
    return [
        q if text.startswith(q.quote, q.start) else q.model_copy(update={"quote": text[q.start : q.end]})
        for q in found
    ]


def _apart(spans: Sequence[Exclusion]) -> list[Exclusion]:
    """Spans in text order without overlap: the one that was found first wins where two touch."""
    taken: list[Exclusion] = []
    for span in sorted(range(len(spans)), key=lambda i: (spans[i].start, i)):
        if not taken or spans[span].start >= taken[-1].end:
            taken.append(spans[span])
        elif spans[span].end > taken[-1].end:
            taken.append(spans[span]._replace(start=taken[-1].end))
    return taken
