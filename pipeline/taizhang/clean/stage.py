"""Clean: the stage itself: the fixes until none has anything to do, then what the page says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from taizhang.align import Aligned, Edit
from taizhang.article import Article, Cleaned, Workpiece
from taizhang.clean.boilerplate import Span, boilerplate, filled
from taizhang.clean.fixes import Fixer, fixes
from taizhang.clean.rules import known
from taizhang.clean.tables import Cells, Restored, Skeleton, restored
from taizhang.rules import RuleSet, once


def clean(article: Article, rules: RuleSet) -> Cleaned:
    """The article's clean text, aligned to its source, and what was done to it.

    The result is a fixed point: cleaning it again changes nothing.

    Raises:
        RuleError: a rule file is missing or malformed.

    >>> clean(Article.of("共１２ 户,其中"), RuleSet()).text
    '共12户，其中'
    """
    skeleton = Skeleton.of(article)
    work = Workpiece(skeleton.text)
    held = [(0, _title_end(article)), *skeleton.places]
    marks = _fixed(work, rules, held)
    cells = Cells(lambda cell: _fixed(cell, rules, []), work.fixes)
    whole = restored(article, work.aligned, marks[1 : len(held)], cells)
    return _cleaned(article, work, marks, whole, rules)


def clean_text(text: str, rules: RuleSet) -> tuple[Aligned, tuple[Span, ...]]:
    """A text that is no article, with the fixes that an article would get, and where they are not certain.

    >>> clean_text("共 1 2 户", RuleSet())[0].text
    '共12户'
    """
    work = Workpiece(Aligned.whole(text))
    marks = _fixed(work, rules, [])
    return work.aligned, joined(span for span in marks if span[0] < span[1])


def _title_end(article: Article) -> int:
    return min(article.title_end, article.tables[0].start) if article.tables else article.title_end


def _fixed(work: Workpiece, rules: RuleSet, marks: list[Span]) -> list[Span]:
    """Make the fixes until none has anything to do; ``marks`` after them, then the spans of uncertain ones."""
    book = known(rules)
    steps = _steps(rules)
    present = set(work.aligned.text)
    before = None
    idle: dict[int, str] = {}  # for each fix the text in which it had nothing to do
    while before != work.aligned.text:
        before = work.aligned.text
        for number, (triggers, fix) in enumerate(steps):
            text = work.aligned.text
            if triggers.isdisjoint(present) or idle.get(number) is text:
                continue
            edits = fix(text, book)
            if not edits:
                idle[number] = text
            else:
                marks = _moved(marks, edits)
                work.apply(edits)
                present = set(work.aligned.text)
    return marks


@once
def _steps(rules: RuleSet) -> tuple[Fixer, ...]:
    return fixes(known(rules))


def _cleaned(
    article: Article, work: Workpiece, marks: list[Span], whole: Restored, rules: RuleSet
) -> Cleaned:
    prose = work.aligned.text
    found = boilerplate(prose, rules)
    title_end = marks[0][1]
    uncertain = [span for span in marks[1 + len(whole.tables) :] if span[0] < span[1]]
    return Cleaned(
        document=filled(article.document, found, " ".join(prose[:title_end].split("\n")).strip()),
        aligned=whole.text,
        raw=article.raw,
        fixes=tuple(dict.fromkeys(work.fixes)),  # what stays uncertain is found in every round
        uncertain=joined([*((whole.moved(a), whole.moved(b)) for a, b in uncertain), *whole.uncertain]),
        boilerplate=joined(
            (whole.moved(piece.start), whole.moved(piece.end)) for piece in found if not piece.prose
        ),
        title_end=title_end,
        region=article.region,
        tables=whole.tables,
    )


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans as spans in order that do not touch.

    >>> joined([(4, 6), (0, 2), (2, 3)])
    ((0, 3), (4, 6))
    """
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], end))
        else:
            apart.append((start, end))
    return tuple(apart)


def _moved(marks: list[Span], edits: Sequence[Edit]) -> list[Span]:
    """``marks`` after ``edits``, which are in order, and the spans of the uncertain ones among them."""
    flat = sorted({offset for mark in marks for offset in mark})
    to: dict[int, int] = {}
    new: list[Span] = []
    shift = at = 0
    for edit in edits:
        while at < len(flat) and flat[at] <= edit.start:
            to[flat[at]] = flat[at] + shift
            at += 1
        while at < len(flat) and flat[at] < edit.end:
            to[flat[at]] = edit.start + shift + len(edit.new)
            at += 1
        if edit.uncertain:
            new.append((edit.start + shift, edit.start + shift + len(edit.new)))
        shift += len(edit.new) - (edit.end - edit.start)
    to.update((offset, offset + shift) for offset in flat[at:])
    return [(to[start], to[end]) for start, end in marks] + new
