"""The run room's pipeline that is ready for work: its rules and tables are in memory before the first article comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from taizhang.article import Article
from taizhang.run.outcome import outcome

if TYPE_CHECKING:
    from taizhang.pipeline import Pipeline

# Any number makes the stages load what they need, so that loading is not counted as an article's time.
_FIRST = Article.of("1%")


def loaded(make: Callable[[], Pipeline]) -> Pipeline:
    """The pipeline with all that it needs in memory."""
    pipeline = make()
    outcome(_FIRST, pipeline)
    return pipeline
