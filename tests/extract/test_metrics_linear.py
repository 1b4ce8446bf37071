"""The work of naming grows as the text does: function calls are counted, which no clock and no load can change."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from taizhang.pipeline import shipped_pipeline

SHAPES: dict[str, Callable[[int], str]] = {
    "sentences": lambda n: "太原市修路5公里。" * n,
    "words before the number": lambda n: "好的" * n + "修路5公里。",
    "words after the number": lambda n: "修路5公里" + "好的建设" * n + "。",
    "a list in one clause": lambda n: "修路5公里、" * n + "。",
    "clauses of one sentence": lambda n: "修路5公里，" * n + "。",
    "numbers side by side": lambda n: "5户6人" * n + "。",
    "parts of one total": lambda n: "修路5公里，其中" + "山路1公里、" * n + "。",
    "quotations in each other": lambda n: "“（" * n + "5公里" + "）”" * n + "。",
    "quotations that never end": lambda n: "“" * n + "修路5公里。",
}


def calls(text: str) -> int:
    """Calls of functions that reading ``text`` takes."""
    count = 0

    def note(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    pipeline = shipped_pipeline()
    pipeline.extract(text)  # what is built on first use is built
    sys.setprofile(note)
    try:
        pipeline.extract(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_twice_the_text_takes_twice_the_calls(shape: Callable[[int], str]) -> None:
    assert calls(shape(160)) < 2.4 * calls(shape(80))
