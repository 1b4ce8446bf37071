"""The run room's outcome: what one article gave, as a value and as the one line that travels and is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from pydantic import BaseModel

from taizhang.article import Article
from taizhang.errors import RuleError
from taizhang.records import Document, Rejection
from taizhang.result import Result, joined, parted
from taizhang.run.account import Account, Accounting
from taizhang.run.revived import Revived
from taizhang.run.stage_counts import stage_counts
from taizhang.validate.stage import PART

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
        account: the numbers seen in it, and in what they ended; None where it gave nothing, and in all but the last
            part of an outcome that comes in parts.
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
    def repeated(self) -> int:
        """How many of its records an earlier article tells, of which its own is a copy."""
        return sum(record.duplicate_of is not None for record in self.result.records)

    @property
    def complete(self) -> bool:
        """Whether it is all, or the last part, of what an article came to."""
        return self.failed is not None or self.account is not None

    def with_result(self, result: Result) -> Outcome:
        """The same with another result."""
        return replace(self, result=result)

    @classmethod
    def joined(cls, parts: Iterable[Outcome]) -> Outcome:
        """The parts of an outcome as one; of one that failed only the last counts."""
        every = list(parts)
        last = every[-1]
        if last.failed or len(every) == 1:
            return last
        return replace(last, result=joined(part.result for part in every))

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


@dataclass(slots=True)
class Came:
    """What an outcome came to, summed up part by part."""

    records: int = 0
    rejects: int = 0
    repeated: int = 0
    account: Account | None = None
    failed: Rejection | None = None
    passing: bool = False

    def add(self, part: Outcome) -> None:
        """Count one part."""
        self.records += len(part.result.records)
        self.rejects += len(part.result.rejects)
        self.repeated += part.repeated
        self.account, self.failed, self.passing = part.account, part.failed, part.passing

    @property
    def counts(self) -> dict[str, object]:
        """What the manifest says of it."""
        if self.account:
            numbers = {"records": self.records, "rejects": self.rejects}
            copied = {"repeated": self.repeated} if self.repeated else {}
            return {**numbers, **copied, "numerals": asdict(self.account)}
        return {"failed": self.failed.reason if self.failed else ""}


def outcome(article: Article, pipeline: Pipeline) -> Outcome:
    """Run one article through the pipeline; a fault of ours in it costs this article alone.

    Raises:
        RuleError: a rule file is wrong, which concerns every article.
        OSError: a disk is, which does so too.
    """
    return Outcome.joined(outcomes(article, pipeline))


def outcomes(
    article: Article, pipeline: Pipeline, dump: Callable[[Trace], object] | None = None
) -> Iterator[Outcome]:
    """The same in parts, of which one is in memory at a time; before a failure may come parts that then count nothing.

    Raises:
        RuleError, OSError: as above.
    """
    try:
        yield from _parts(article, pipeline, dump)
    except (RuleError, OSError):
        raise
    except MemoryError:
        detail = f"expected memory for {len(article.raw)} characters, got none"
        yield Outcome.failure(article.document, OUT_OF_MEMORY, detail)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one article must not lose all the others
        place = extract_tb(error.__traceback__)[-1]
        detail = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}: {error}"
        yield Outcome.failure(article.document, INTERNAL_ERROR, detail)


def _parts(article: Article, pipeline: Pipeline, dump: Callable[[Trace], object] | None) -> Iterator[Outcome]:
    if dump:
        trace = pipeline.run(article)
        dump(trace)
        results = parted(trace.result, PART)
    else:
        trace, results = pipeline.in_parts(article)
    made = Accounting()
    last: Result | None = None
    for result in results:
        if last is not None:
            yield Outcome(last)
        made.add(result)
        last = result
    if last is not None:
        counts = stage_counts(trace, made.records, made.rejects)
        yield Outcome(last, None, made.account(trace), counts, dict(trace.timings))


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
