"""The pipeline as a Python caller sees it: rules loaded once, articles or plain strings in, results out."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from time import perf_counter

from taizhang import given
from taizhang.align import Aligned
from taizhang.article import Article
from taizhang.errors import DateError, RuleError
from taizhang.read.assemble import body_of
from taizhang.read.dates import published as read_date
from taizhang.read.shapes import reading
from taizhang.records import Document
from taizhang.result import Result, joined, parted
from taizhang.rules import RuleSet
from taizhang.stages import STAGES, Trace, run_stages
from taizhang.validate.stage import PART, results
from taizhang.validate.threshold import withhold

_PROBE = "2020年，太原市教育局解决问题3个，占5%。"  # a text that every stage has something to do with


class Pipeline:
    """All stages with one set of rules.

    Args:
        rules_dirs: folders with rules of your own; their entries add to the shipped ones and win by id.
        min_confidence: records under it (0 to 1) become rejections with the reason ``low-confidence``.

    Raises:
        TypeError: ``rules_dirs`` is no sequence of paths.
        RuleError: a folder is missing, or a rule file does not say what it should.

    >>> result = Pipeline().extract("太原市解决问题614个。")
    >>> [(r.quote, r.metric.name, r.place.code) for r in result.records]
    [('614个', '解决问题', '140100')]
    """

    def __init__(self, rules_dirs: Sequence[Path] = (), min_confidence: float = 0.0) -> None:
        self.rules = RuleSet(given.folders("rules_dirs", rules_dirs))
        self.min_confidence = min_confidence

    def prepare(self) -> Pipeline:
        """Load every rule and compile every pattern now, so that a wrong one is told before anything is written.

        Raises:
            RuleError: a rule file does not say what it should, or a pattern is no regular expression.
        """
        try:
            self.extract(_PROBE, published="2021-01-01")
        except re.error as error:
            folders = ", ".join(map(str, self.rules.folders[1:]))
            raise RuleError(f"{folders}: expected regular expressions as patterns, got {error}") from error
        return self

    def run(self, article: Article) -> Trace:
        """Run one article through all stages and keep what each one gave."""
        with _no_collection():
            trace = run_stages(article, self.rules)
        trace.given["validate"] = withhold(trace.result, self.min_confidence)
        return trace

    def in_parts(self, article: Article) -> tuple[Trace, Iterator[Result]]:
        """The same with the result in parts, each made when it is asked for and not kept in the trace.

        Only where a floor of confidence is set, the whole result is in memory: what is withheld decides on all of it.
        """
        with _no_collection():
            trace = run_stages(article, self.rules, STAGES[:-1])
        return trace, self._finished(trace)

    def _finished(self, trace: Trace) -> Iterator[Result]:
        parts = results(trace.extraction, self.rules)
        if self.min_confidence:
            parts = parted(withhold(joined(parts), self.min_confidence), PART)
        spent = 0.0
        while True:
            started = perf_counter()
            with _no_collection():
                part = next(parts, None)
            spent += perf_counter() - started
            trace.timings["validate"] = spent
            if part is None:
                return
            yield part

    def extract(
        self, text: str, published: str | date | None = None, title: str | None = None, id: str = "text"
    ) -> Result:
        """The records and rejections of one text.

        Args:
            text: the article's body, as it came.
            published: its date, as a ``date`` or as people write it (``2024-06-20``, ``2024年6月``); relative times
                such as 目前 stay open without it.
            title: its title, where the text does not begin with it; numbers in it are read too.
            id: the document id that the records carry.

        Raises:
            TypeError: an argument is of another type; names it, what was expected and what was got.
            DateError: ``published`` is no date with its year.
        """
        given.text("text", text)
        given.text("title", title, optional=True)
        given.text("id", id)
        day = as_date(published)
        document = Document(id=id, title=title, published=day, published_by="field" if day else None)
        head = f"{title}\n" if title else ""
        source = head + text
        with _no_collection():  # until what the stages made is given back
            body = body_of(source, reading(self.rules), len(head))
            if title:
                body = body.after([Aligned.whole(source).cut(0, len(head))])
            return self.run(Article(document, body.text, source, len(title or ""), tables=body.tables)).result


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from looking for reference cycles: the stages make none, and the search goes through all the rules.

    It took a fifth of the time. Memory is given back as soon as nothing refers to it, as ever.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@lru_cache(maxsize=1)
def shipped_pipeline() -> Pipeline:
    """The pipeline with the shipped rules, made on first use."""
    return Pipeline()


def as_date(published: str | date | None) -> str | None:
    """A date as callers give it, in ISO 8601.

    Raises:
        DateError: it is none.

    >>> as_date("2024年6月20日"), as_date(date(2024, 6, 20)), as_date(None)
    ('2024-06-20', '2024-06-20', None)
    """
    if published is None or published == "":
        return None
    if isinstance(published, datetime):
        published = published.date()
    found = published.isoformat() if isinstance(published, date) else None
    if isinstance(published, str):
        found = read_date(published)
    if found is None:
        raise DateError(f"published: expected a date with its year, such as 2024-06-20, got {published!r}")
    return found


def extract(
    text: str, published: str | date | None = None, title: str | None = None, id: str = "text"
) -> Result:
    """The records and rejections of one text, by the shipped rules. See ``Pipeline.extract``."""
    return shipped_pipeline().extract(text, published=published, title=title, id=id)
