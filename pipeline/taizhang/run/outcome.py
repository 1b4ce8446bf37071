"""The run room's outcome: what one article gave, as a value and as the one line that travels and is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from pydantic import BaseModel

from taizhang.article import Article
from taizhang.errors import RuleError
from taizhang.records import Document, Rejection
from taizhang.result import Result
from taizhang.run.account import Account, account
from taizhang.run.revived import Revived
from taizhang.run.stage_counts import stage_counts

if TYPE_CHECKING:
    from taizhang.pipeline import Pipeline
    from taizhang.stages import Trace

INTERNAL_ERROR = "internal-error"
WORKER_DIED, TIMEOUT, OUT_OF_MEMORY = "worker-died", "timeout", "out-of-memory"
_PASSING = (WORKER_DIED, TIMEOUT, OUT_OF_MEMORY)  # what another run, with more of something, may not meet


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that is written and counted of one article.

    Attributes:
        result: its records and rejections.
        failed: the rejection of the article as a whole, where there is one; it is in ``result`` too.
        account: the numbers seen in it, and in what they ended; None where it gave nothing.
        stages: for each stage, how much it found or made.
        seconds: for each stage, how long it took; never part of a result.
    """

    result: Result
    failed: Rejection | None = None
    account: Account | None = None
    stages: dict[str, dict[str, int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def passing(self) -> bool:
        """Whether it is the fault of the machine or of a setting, so that it may be another the next time."""
        return self.failed is not None and self.failed.reason in _PASSING

    @classmethod
    def failure(cls, document: Document, reason: str, detail: str) -> Outcome:
        """The outcome of an article that gave nothing but the reason why."""
        return cls.unread(Rejection(scope="article", document=document, reason=reason, detail=detail))

    @classmethod
    def unread(cls, reject: Rejection) -> Outcome:
        """The outcome of an input that is no article."""
        return cls(Result(document=reject.document, rejects=(reject,)), reject)

    @property
    def counts(self) -> dict[str, object]:
        """What the manifest says of the article's outcome."""
        if self.account:
            numbers = {"records": len(self.result.records), "rejects": len(self.result.rejects)}
            copied = {"repeated": self.repeated} if self.repeated else {}
            return {**numbers, **copied, "numerals": asdict(self.account)}
        return {"failed": self.failed.reason if self.failed else ""}

    @property
    def repeated(self) -> int:
        """How many of its records an earlier article tells, of which this one is a copy."""
        return sum(record.duplicate_of is not None for record in self.result.records)

    @classmethod
    def late(cls, document: Document, seconds: float) -> Outcome:
        """The outcome of an article that took longer than it may."""
        return cls.failure(document, TIMEOUT, f"expected an outcome within {seconds:g} s, got none")

    def to_line(self) -> str:
        """The outcome as one line of ASCII; ``from_line`` gives an equal one, every digit of its numbers kept.

        >>> outcome = Outcome.failure(Document(id="a"), "timeout", "expected at most 5 s")
        >>> Outcome.from_line(outcome.to_line()) == outcome
        True
        """
        value = {
            "result": dict(self.result),
            "failed": self.failed is not None,
            "account": self.account and asdict(self.account),
            "stages": self.stages,
            "seconds": self.seconds,
        }
        return json.dumps(value, default=partial(_plain, self.result.document))

    @classmethod
    def from_line(cls, line: str) -> Outcome:
        """The outcome that ``line`` was made of."""
        value = json.loads(line, object_hook=Revived())
        result: Result = value["result"]
        return cls(
            result,
            result.rejects[0] if value["failed"] else None,
            value["account"] and Account(**value["account"]),
            value["stages"],
            value["seconds"],
        )


def outcome(article: Article, pipeline: Pipeline, dump: Callable[[Trace], object] | None = None) -> Outcome:
    """Run one article through the pipeline; a fault of ours in it costs this article alone.

    Raises:
        RuleError: a rule file is wrong, which concerns every article.
        OSError: a disk is, which does so too.
    """
    try:
        trace = pipeline.run(article)
        if dump:
            dump(trace)
        return Outcome(trace.result, None, account(trace), stage_counts(trace), dict(trace.timings))
    except (RuleError, OSError):
        raise
    except MemoryError:
        detail = f"expected memory for {len(article.raw)} characters, got none"
        return Outcome.failure(article.document, OUT_OF_MEMORY, detail)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one article must not lose all the others
        place = extract_tb(error.__traceback__)[-1]
        detail = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}: {error}"
        return Outcome.failure(article.document, INTERNAL_ERROR, detail)


def _plain(document: Document, value: object) -> object:
    """What the encoder is to write for a value that it has no form for: a model at a time, and not all as one tree.

    ``document``: the result's, which its records and rejections do not repeat.
    """
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, BaseModel):
        fields = value.model_dump()
        return fields | {"document": None} if getattr(value, "document", None) == document else fields
    raise TypeError(f"expected a value that JSON or Decimal has, got {type(value).__name__}")
