"""Times: where a quantity stands, and which words of its clause tell of time: plans, habits, sizes, comparisons."""

from __future__ import annotations

from typing import NamedTuple

from taizhang.extract.times.lookups import TimeLookups
from taizhang.records import Quantity
from taizhang.segment.layout import Layout

FRONT = 40  # characters before a quantity in which words of its clause are read; a longer clause is no prose
BACK = 20  # characters after it
ORIGIN = "origin"  # the cue of a figure that a change begins with
SHORT = 28  # characters that a headline or a cell has at most


class QuantitySite(NamedTuple):
    """Where one quantity stands.

    Attributes:
        start, end: of the quantity.
        kind: of the quantity.
        clause, sentence, paragraph, section: indexes of the pieces of the layout that hold it.
        cues: the kinds of words that stand in its clause, each once, in order.
        opening: the kind of word that opens its sentence, or nothing.
        tense: whether its clause has words of a plan, of what is done, of both or of neither.
        about: of which part of a rectification its heading tells, or nothing.
    """

    start: int
    end: int
    kind: str
    clause: int
    sentence: int
    paragraph: int
    section: int
    cues: tuple[str, ...]
    opening: str
    tense: str
    about: str


def site_of(layout: Layout, quantity: Quantity, rules: TimeLookups) -> QuantitySite:
    """The site of one quantity."""
    start, end = quantity.start, quantity.end
    clause, sentence, paragraph = (
        layout.clause_at(start),
        layout.sentence_at(start),
        layout.paragraph_at(start),
    )
    unit, line = layout.clauses[clause], layout.paragraphs[paragraph]
    cues = {
        rules.cue_of[word] for word in rules.cues.findall(layout.text, max(unit.start, start - FRONT), start)
    }
    behind = rules.cues.findall(layout.text, end, min(unit.end, end + BACK))
    cues |= {f"{rules.cue_of[word]} behind" for word in behind}
    cues |= {ORIGIN} if _origin(layout.text, unit.start, start, end, rules) else set()
    cues |= {"line"} if line.end - line.start <= SHORT else set()
    opened = rules.openings.match(layout.text, layout.sentences[sentence].start)
    return QuantitySite(
        start=start,
        end=end,
        kind=quantity.kind,
        clause=clause,
        sentence=sentence,
        paragraph=paragraph,
        section=layout.section_at(start),
        cues=tuple(sorted(cues)),
        opening=rules.opening_of[opened[0]] if opened else "",
        tense=" ".join(sorted(cues & rules.tenses)) or "no tense",
        about=layout.about_at(start) or "nothing",
    )


def _origin(text: str, clause: int, start: int, end: int, rules: TimeLookups) -> bool:
    """Whether a change begins with the figure: 由A增至B."""
    before = rules.phrases["time.origin-of-change"].search(text, max(clause, start - FRONT), start)
    return before is not None and rules.phrases["time.end-of-change"].match(text, end) is not None
