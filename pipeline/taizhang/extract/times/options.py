"""Times: the dates that may govern a quantity, each with how it stands to it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.extract.times.lookups import TimeLookups
from taizhang.extract.times.mentions import DateMention
from taizhang.extract.times.sites import QuantitySite
from taizhang.segment.layout import Layout

IN_SENTENCE = 4  # dates of the quantity's own sentence that are offered, the nearest first
IN_PARAGRAPH = 3  # of the sentences before it
EARLIER = 1  # of the paragraphs before it
SCENES = 1  # of those that opened the paragraphs before it
BEHIND = 2  # of those that follow it in its sentence
FARTHEST = 3  # times nearer than a date that are told apart
WIDE = 5  # of those that hold for all of a text
AS_OF = 10  # characters before a date in which it is called that of all figures
HEAD = 300  # characters from the beginning of a text in which it says of which time it is
PREAMBLE = 1500  # and in which a notice may yet announce it: 现将截至3月底的整改结果公告如下


class TimeCandidate(NamedTuple):
    """A date that may govern a quantity.

    Attributes:
        said: the date.
        stands: where it stands as seen from the quantity: in its ``clause`` or ``sentence``, ``before`` in its
            paragraph, ``earlier`` in its section or ``far`` before, in the ``heading`` or the ``title``; as the
            ``dateline``, ``announced`` for the whole, in the paragraph that is the ``herald`` of the rest, or as
            the ``lead`` of the text; ``behind`` in its clause,
            as an ``adverb`` there, or ``after`` in its sentence; what it is compared with as a ``base`` of its own
            or as the ``origin`` of a change.
        force: whether it holds there by grammar alone: the last before whose reach is not over, or an adverb.
        rank: how many other times stand nearer, at most 3.
    """

    said: DateMention
    stands: str
    force: bool = False
    rank: int = 0


class TextDates:
    """The dates of one text, ready to be offered.

    Args:
        layout: the pieces of the clean text.
        dates: in text order.
        rules: the time rules.
    """

    def __init__(self, layout: Layout, dates: Sequence[DateMention], rules: TimeLookups) -> None:
        self.layout, self.dates = layout, [one for one in dates if not one.compared]
        self._compared = [one for one in dates if one.compared]
        self._starts = [one.start for one in self.dates]
        self._bases = [one.start for one in self._compared]
        dates = self.dates
        self._openers = [i for i, one in enumerate(dates) if one.opens == "paragraph"]
        self._rules = rules
        self._stack: list[int] = []
        self._waiting = 0
        self._wide = dict(self._of_the_whole(rules))

    def offers(self, site: QuantitySite) -> Iterator[TimeCandidate]:
        """The dates that may govern a quantity, the nearest before it first, each once."""
        at = bisect_right(self._starts, site.start)
        force = self._in_force(site, at)
        seen: set[int] = set()
        values: list[str] = []
        for index, stands in self._before(site, at):
            if index not in seen and not (self.dates[index].ends and self.dates[index].reach <= site.start):
                seen.add(index)
                value = self.dates[index].value
                if value not in values:
                    values.append(value)
                yield TimeCandidate(
                    self.dates[index], stands, index == force, min(values.index(value), FARTHEST)
                )
        for index in range(at, min(at + BEHIND, len(self.dates))):
            one = self.dates[index]
            if one.sentence != site.sentence:
                break
            if one.start >= site.end:
                stands = self._behind(one, site)
                yield TimeCandidate(one, stands, stands == "adverb")
        yield from self._base(site)

    def _base(self, site: QuantitySite) -> Iterator[TimeCandidate]:
        """The date that something is compared with, for its own figure: right behind it, or where a change begins."""
        at = bisect_right(self._bases, site.start) - 1
        one = self._compared[at] if at >= 0 else None
        if one is None or one.sentence != site.sentence or one.end > site.start:
            return
        text, phrases = self.layout.text, self._rules.phrases
        beside = one.end == site.start or phrases["time.base"].fullmatch(text, one.end, site.start)
        if one.clause == site.clause and beside:
            yield TimeCandidate(one, "base")
        elif phrases["time.origin-of-change"].search(text, one.end, site.start):
            yield TimeCandidate(one, "origin")

    def dated_before(self, site: QuantitySite) -> bool:
        """Whether a date stands before a quantity in its paragraph."""
        at = bisect_right(self._starts, site.start) - 1
        return at >= 0 and self.dates[at].paragraph == site.paragraph

    @property
    def wide(self) -> str:
        """Where the dates of the whole text stand, each once."""
        return " ".join(sorted({stands for stands in self._wide.values()})) or "nowhere"

    def _in_force(self, site: QuantitySite, at: int) -> int:
        """Index of the date that holds by the reaches alone: the nearest, unless one above it has ended it."""
        if at < self._waiting:
            self._stack, self._waiting = [], 0
        while self._waiting < at:
            self._push(self._waiting)
            self._waiting += 1
        stack = self._stack
        while stack and self.dates[stack[-1]].reach <= site.start:
            stack.pop()
        if not stack:
            return -1
        start = self.layout.sentences[site.sentence].start
        if self.dates[stack[-1]].start < start and self._rules.leave.match(self.layout.text, start):
            return -1
        return stack[-1]

    def _push(self, index: int) -> None:
        """Put a date on top of those that hold: none below ends before the one above it.

        A coarser date inside a closing date's reach adds nothing (截至3月底，今年已…); a date that opens a later
        sentence ends what an earlier sentence had set.
        """
        stack, dates, one = self._stack, self.dates, self.dates[index]
        if one.reach <= one.end:
            return
        while stack and dates[stack[-1]].reach <= one.start:
            stack.pop()
        if stack and dates[stack[-1]].closing and dates[stack[-1]].value.startswith(one.value):
            return
        start = self.layout.sentences[one.sentence].start
        while stack and (
            dates[stack[-1]].reach <= one.reach or (one.opens and dates[stack[-1]].start < start)
        ):
            stack.pop()
        stack.append(index)

    def _before(self, site: QuantitySite, at: int) -> Iterator[tuple[int, str]]:
        index, taken = at - 1, 0
        dates = self.dates
        while index >= 0 and dates[index].sentence == site.sentence:
            if taken < IN_SENTENCE:
                yield index, "clause" if dates[index].clause == site.clause else "sentence"
            index, taken = index - 1, taken + 1
        taken = 0
        while index >= 0 and dates[index].paragraph == site.paragraph:
            if taken < IN_PARAGRAPH or dates[index].opens == "paragraph":
                yield index, "before"
            index, taken = index - 1, taken + 1
        for near in range(index, max(index - EARLIER, -1), -1):
            yield near, self._earlier(near, site)
        scene = bisect_right(self._openers, index) - 1
        for opener in self._openers[max(0, scene - SCENES + 1) : scene + 1][::-1]:
            yield opener, self._earlier(opener, site)
        for wide, stands in self._wide.items():
            if wide < at and dates[wide].paragraph != site.paragraph:
                yield wide, stands

    def _behind(self, one: DateMention, site: QuantitySite) -> str:
        """A date behind a quantity; put in with a preposition of time it is an adverb as good as one before."""
        if one.clause != site.clause:
            return "after"
        put = self._rules.trailing.search(self.layout.text[site.end : one.start])
        return "adverb" if put else "behind"

    def _earlier(self, index: int, site: QuantitySite) -> str:
        if index in self._wide:
            return self._wide[index]
        start = self.dates[index].start
        if start < self.layout.title.end:
            return "title"
        if site.section < 0:
            return "earlier"
        section = self.layout.sections[site.section]
        if section.heading_start <= start < section.heading_end:
            return "heading"
        return "earlier" if start >= section.start else "far"

    def _of_the_whole(self, rules: TimeLookups) -> list[tuple[int, str]]:
        """The dates that hold for all of the text: of its title, under it, of its first sentence."""
        found: list[tuple[int, str]] = []
        lead = False
        for index, one in enumerate(self.dates):
            if one.start >= PREAMBLE:
                break
            stands = self._heads(one, rules)
            if one.start >= HEAD and stands != "announced":
                continue
            if stands == "lead":
                stands = "" if lead or not one.value else stands
                lead = lead or bool(one.value)
            if stands:
                found.append((index, stands))
        return found[:WIDE]

    def _heads(self, one: DateMention, rules: TimeLookups) -> str:
        """How a date at the head of a text stands to all of it."""
        text, paragraph = self.layout.text, self.layout.paragraphs[one.paragraph]
        if one.start < self.layout.title.end:
            return "title"
        if rules.phrases["time.dateline"].fullmatch(text, paragraph.start, paragraph.end):
            return "dateline"
        sentence, phrases = self.layout.sentences[one.sentence], rules.phrases
        if (
            phrases["time.announced"].search(text, one.end, sentence.end)
            or phrases["time.as-of"].search(text, max(paragraph.start, one.start - AS_OF), one.start)
            or phrases["time.reckoned"].match(text, one.end, paragraph.end)
        ):
            return "announced"
        return "herald" if phrases["time.herald"].search(text, one.end, paragraph.end) else "lead"
