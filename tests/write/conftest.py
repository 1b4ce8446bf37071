"""What the tests of several formats share: a ledger that is hard to write, and the seeds' in all formats."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from taizhang.records import Document, Metric, Rejection
from taizhang.result import Result
from taizhang.write import FORMATS, Format

SEEDS = Path(__file__).parents[2] / "seeds"
ODD = "共3户\ud83d\x00\r\n\u2028\"'=1"


@pytest.fixture
def ledger(result: Result) -> tuple[Result, ...]:
    """The hand-made result with records that are hard to write, an input that was not read, the same article again."""
    changes: tuple[dict[str, object], ...] = (
        {"id": "small", "value": Decimal("0.10"), "kind": "ratio", "unit": "%"},
        {"id": "long", "value": Decimal("12345678901234567890.123456789012")},
        {"id": "tiny", "value": Decimal("1E-13"), "phase": "problem"},
        {"id": "range", "value": Decimal("9"), "value_max": Decimal("1.2E+9"), "bound": "range"},
        {"id": "formula", "metric": Metric(name="=1+1"), "agency": "@办", "time": "2019-09-29"},
        {"id": "odd", "sentence": ODD, "phase": "result", "time": "2019-10-02/2019-10-07"},
    )
    more = tuple(result.records[0].model_copy(update=change) for change in changes)
    unread = Rejection(scope="article", document=Document(id="b"), reason="binary", detail="expected text")
    return (
        result.model_copy(update={"records": (*result.records, *more)}),
        Result(document=unread.document, rejects=(unread,)),
        result,
    )


def _write(format_: Format | str, results: tuple[Result, ...], folder: Path) -> Path:
    (chosen,) = (f for f in FORMATS if f.name == format_) if isinstance(format_, str) else (format_,)
    writer = chosen.open(folder / chosen.filename)
    for result in results:
        writer.write(result)
    writer.commit()
    writer.abort()  # harmless
    return folder / chosen.filename


@pytest.fixture
def write() -> Callable[[Format | str, tuple[Result, ...], Path], Path]:
    """A function that writes results in one format, by its name, into a folder, and gives the file."""
    return _write


@pytest.fixture(scope="session")
def every_column(made_once: Callable[..., Path]) -> Path:
    """The folder with the seeds' ledger in CSV with all columns, as the command writes it."""
    return made_once("columns", "--columns", "all")


@pytest.fixture(scope="session")
def every_format(made_once: Callable[..., Path]) -> Path:
    """The folder with the seeds' ledger in every format, as the command writes it."""
    return made_once("formats", "--format", ",".join(f.name for f in FORMATS))
