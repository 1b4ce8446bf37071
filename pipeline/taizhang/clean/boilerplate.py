"""Clean: what on the page is no prose (timestamps, bylines, sources), and what it says of the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from taizhang.clean.shapes import Boilerplate, BoilerplateRule, StampPattern
from taizhang.read.dates import published
from taizhang.records import Document
from taizhang.rules import RuleSet, once

Span = tuple[int, int]
WEAK = frozenset({"given", "path", "properties"})  # what says the date of a paper that says none itself


class BoilerplateSpan(NamedTuple):
    """One piece of boilerplate, half-open in the clean text, with what it says."""

    start: int
    end: int
    rule: str
    date: str
    source: str
    prose: bool = False


class BoilerplateMarks(NamedTuple):
    """The marks, ready for use."""

    date: StampPattern
    marks: tuple[tuple[BoilerplateRule, re.Pattern[str]], ...]


@once
def compiled(rules: RuleSet) -> BoilerplateMarks:
    """The boilerplate rules of a rule set, compiled on first use."""
    book = rules.load("boilerplate.toml", Boilerplate)
    marks = tuple((m, re.compile(_filled(m.pattern, book.date))) for m in book.mark)
    return BoilerplateMarks(book.date, marks)


def boilerplate(text: str, rules: RuleSet) -> list[BoilerplateSpan]:
    """Every piece of boilerplate in a clean text, in order; pieces of different rules may overlap."""
    date, marks = compiled(rules)
    every = list(_lines(text))
    lines = [(start, end) for start, end in every if end - start <= date.longest_line]
    head, tail = lines[: date.edge_lines], lines[-date.edge_lines :]
    # The same line may be head and tail.
    edge = sorted({*head, *tail})
    among = {"head": head, "tail": tail, "edge": edge, "line": lines, "opening": every[: date.edge_lines]}
    found: list[BoilerplateSpan] = []
    for mark, pattern in marks:
        if not any(sign in text for sign in mark.needs):
            continue
        if mark.where == "inline":
            matches: Iterable[re.Match[str] | None] = pattern.finditer(text)
        elif mark.where == "opening":
            matches = (pattern.match(text, *span) for span in among["opening"])
        else:
            matches = (pattern.fullmatch(text, *span) for span in among[mark.where])
        found += [_found(m, mark, date.unnamed) for m in matches if m]
    return sorted(found)


def filled(document: Document, found: list[BoilerplateSpan], title: str) -> Document:
    """The document with title, date and source as the page says, where no field has said so."""
    new: dict[str, str] = {}
    date = next(filter(None, (published(piece.date) for piece in found if piece.date)), None)
    source = next((piece.source for piece in found if piece.source), None)
    if title:
        new["title"] = title
    if date and (document.published is None or document.published_by in WEAK):
        new |= {"published": date, "published_by": "text"}
    if source and document.source is None:
        new["source"] = source
    return document.model_copy(update=new) if new else document


def _filled(pattern: str, date: StampPattern) -> str:
    return pattern.replace("{date}", date.pattern).replace("{time}", date.time)


def _found(m: re.Match[str], mark: BoilerplateRule, unnamed: frozenset[str]) -> BoilerplateSpan:
    groups = m.groupdict()
    source = groups.get("source") or ""
    named = "" if source in unnamed else source
    return BoilerplateSpan(m.start(), m.end(), mark.id, groups.get("date") or "", named, mark.prose)


def _lines(text: str) -> Iterator[Span]:
    """The lines that hold something."""
    return (m.span() for m in re.finditer(r"[^\n]+", text))
