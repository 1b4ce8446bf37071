"""The editor lies where the tests find it; the tasks that they correct."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from taizhang.result import Result
from taizhang.run.folder import RunFolder

sys.path.insert(0, str(Path(__file__).parent / "editor"))

from editor import export

MakeRun = Callable[..., RunFolder]
# Characters beyond the Basic Multilingual Plane, which are two UTF-16 code units each, before the numbers.
ODD = "𠮷禾镇😀整改\n第二批排查隐患1.5万处，\n\n  其中校园3处。"


def _moved(result: Result, text: str) -> Result:
    """The hand-made result as if its article were ``text``."""
    records = tuple(
        r.model_copy(
            update={
                "span": r.span.model_copy(update={"start": at, "end": at + len(r.quote)}),
                "sentence": text,
            }
        )
        for r in result.records
        for at in [text.index(r.quote)]
    )
    start = text.index("第二批")
    span = records[0].span.model_copy(update={"start": start, "end": start + 3})
    rejects = tuple(r.model_copy(update={"span": span}) for r in result.rejects)
    return result.model_copy(update={"records": records, "rejects": rejects, "text": text})


@pytest.fixture
def tasks(make_run: MakeRun, result: Result, tmp_path: Path) -> list[dict[str, Any]]:
    """The tasks of one article with a total and its part, and of one without numbers."""
    empty = Result(document=result.document.model_copy(update={"id": "empty"}), text="没有数字。")
    return export(make_run(_moved(result, ODD), empty).path, tmp_path / "tasks")
