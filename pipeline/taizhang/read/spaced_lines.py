"""Read: one line of plain text as a row or a head that blanks cut: words, then figures."""

from __future__ import annotations

import re
from typing import NamedTuple

from taizhang.read.plain_rows import (
    BLANK,
    DIGIT,
    HAN,
    LETTER,
    NOTHING,
    SENTENCE,
    YEAR,
    Span,
    are_years,
    is_figure,
)

TOKEN = re.compile(rf"[^{BLANK}]++")
SPACED = re.compile(
    rf"[^{BLANK}][{BLANK}]++(?:[-−－+＋]?[0-9][0-9.,，]*+[%％‰]?|[-—－–…]++)[{BLANK}]*+$", re.M
)
OPENING = "(（[〔"
SAID = re.compile("[:：](?:$|[^0-9\n]{0,60}+[0-9])")  # a line that says something: 单位：, 日期：2019
LONGEST = 240  # characters of a line
LONGEST_NAME = 40  # signs of a name in Chinese
LONGEST_HEAD = 24  # characters of a cell of a head
MOST_CELLS = 64


class SpacedLine(NamedTuple):
    """What a line is.

    Attributes:
        start: where it begins.
        tokens: what blanks part; signs with gaps between them (北 京) and a bracket behind a word are no new ones.
        heads: the same as heads of columns, where each sign may be one (男 女), and where only the first may have gaps
            (地 区); none where a word can be no head or the line is in two languages.
        figures: how many tokens at its end are figures; no year of a head is one.
        years: how many tokens at its end are years, each another.
        label: what stands before the figures, with the indent; none where nothing does.
        dated: whether it is a corner and one head with a year.
        repeats: how often it says its last word, at its end.
        foreign: whether its words are not Chinese; ``glossed`` whether some are not.
    """

    start: int
    tokens: list[Span]
    figures: int = 0
    years: int = 0
    label: Span | None = None
    heads: tuple[list[Span], ...] = ()
    dated: bool = False
    repeats: int = 0
    foreign: bool = False
    glossed: bool = False

    @property
    def is_head(self) -> bool:
        """Whether it ends in years that follow each other."""
        return self.years > 1


def spaced_line(text: str, start: int, end: int) -> SpacedLine | None:
    """A line taken apart; none where it is a sentence or too long.

    >>> line = spaced_line("  北 京 35 1,204", 0, 14)
    >>> line.tokens, line.figures, line.label
    ([(2, 5), (6, 8), (9, 14)], 2, (0, 5))
    """
    if end - start > LONGEST or SENTENCE.search(text, start, end):
        return None
    tokens = _tokens(text, start, end, signs=True)
    if not tokens:
        return SpacedLine(start, [])
    words = [text[a:b] for a, b in tokens]
    if len(HAN.findall(text, start, end)) > LONGEST_NAME + LONGEST_HEAD * len(tokens):
        return None
    figures = _figures(words)
    years = _years(words)
    label = (start, tokens[-figures - 1][1]) if figures < len(tokens) else None
    if figures == len(tokens) > 1 and YEAR.fullmatch(words[0]):
        label, figures = tokens[0], figures - 1
    chinese = sum(HAN.search(word) is not None for word in words)
    latin = sum(HAN.search(word) is None and LETTER.search(word) is not None for word in words)
    fit = all(_is_head(word) for word in words) and not (chinese and latin > 1)
    heads = _heads(text, start, end) if fit else ()
    dated = fit and len(words) == 2 and bool(DIGIT.search(words[1])) and not DIGIT.search(words[0])
    repeats = next((i for i, word in enumerate(reversed(words)) if word != words[-1]), len(words))
    foreign = not HAN.search(text, start, end) and LETTER.search(text, start, end) is not None
    return SpacedLine(start, tokens, figures, years, label, heads, dated, repeats, foreign, latin > 0)


def _tokens(text: str, start: int, end: int, signs: bool) -> list[Span]:
    """What blanks part, with what belongs together in one. ``signs``: so do signs that stand alone."""
    found: list[Span] = []
    for m in TOKEN.finditer(text, start, end):
        low, high = m.span()
        together = signs and found and _is_sign(text, found[-1]) and _is_sign(text, (low, high))
        if found and (together or _in_brackets(text, found[-1], (low, high))):
            low = found.pop()[0]
        found.append((low, high))
    return found


def _heads(text: str, start: int, end: int) -> tuple[list[Span], ...]:
    """A line as heads of columns: each sign one, or those at its beginning one together."""
    apart = _tokens(text, start, end, signs=False)
    lead = next((i for i, span in enumerate(apart) if not _is_sign(text, span)), len(apart))
    return (apart, [(apart[0][0], apart[lead - 1][1]), *apart[lead:]]) if lead > 1 else (apart,)


def _in_brackets(text: str, before: Span, after: Span) -> bool:
    """Whether brackets say something of the word before them: 面积 (公顷)."""
    opens = text[after[0]] in OPENING and text[before[0]] not in OPENING
    return opens and not is_figure(text[before[0] : before[1]])


def _is_sign(text: str, span: Span) -> bool:
    """Whether a token is one sign, or some with gaps between them: 内 蒙 古."""
    signs = text[span[0] : span[1]].split()
    return all(len(sign) == 1 and HAN.match(sign) for sign in signs)


def _figures(words: list[str]) -> int:
    """How many words at the end of a line are figures or stand for none, where one of them has digits."""
    count = 0
    for word in reversed(words):
        if not (is_figure(word) or NOTHING.fullmatch(word)):
            break
        count += 1
    return count if any(DIGIT.search(word) for word in words[len(words) - count :]) else 0


def _years(words: list[str]) -> int:
    count = 0
    while count < len(words) and YEAR.fullmatch(words[-1 - count]):
        count += 1
    return count if are_years(words[len(words) - count :]) else 0


def _is_head(word: str) -> bool:
    """Whether a word can be the head of a column."""
    if len(word) > LONGEST_HEAD or SAID.search(word) or "，" in word:
        return False
    return LETTER.search(word) is not None or YEAR.fullmatch(word) is not None or word in "%％‰"
