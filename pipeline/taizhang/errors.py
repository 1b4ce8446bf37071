"""The exceptions that taizhang raises: one tree, so that a caller can catch all of them or just one kind."""

from __future__ import annotations


class TaizhangError(Exception):
    """The root of everything that this package raises on purpose."""


class UnreadableInput(TaizhangError):
    """A file or a row that cannot become an article.

    Attributes:
        reason: a short stable code that goes into ``rejects.jsonl`` (``empty``, ``binary``, ``too-large`` …).
        detail: the same for a person: what was expected, what was got, and where.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class RuleError(TaizhangError):
    """A rule file that does not say what it should: names file, rule, key, expected and got."""


class NumeralError(TaizhangError, ValueError):
    """A text that is not one numeral."""


class DateError(TaizhangError, ValueError):
    """A publication date that is none: says what was expected."""


class OutputError(TaizhangError):
    """Results that cannot be written where they were asked for."""


class RunFolderError(TaizhangError):
    """A folder that is no finished run of this version, or whose files are not those of its manifest."""


ALL_FAILED = "expected an article to be read, got {reason} for all {articles}, the first: {detail}; no file was changed"


class AllFailedError(TaizhangError):
    """A run whose every article failed for one cause, which lies in the machine or the installation.

    Attributes:
        reason, detail: those of the first article.
        articles: how many there were.
    """

    def __init__(self, reason: str, detail: str, articles: int) -> None:
        self.reason, self.detail, self.articles = reason, detail, articles
        super().__init__(ALL_FAILED.format(reason=reason, articles=articles, detail=detail))


class WorkerError(TaizhangError):
    """Worker processes that cannot be started, or a cluster that cannot be reached or is lost."""


class QueryError(TaizhangError):
    """A question that a ledger cannot be asked: an unknown indicator, column or level."""


class UnitError(QueryError):
    """A unit that cannot be turned into the one asked for."""
