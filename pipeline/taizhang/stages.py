"""The stages in order, and the short loop that runs an article through them and keeps what each one made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any

from taizhang.article import Article, Cleaned
from taizhang.clean import clean
from taizhang.extract.candidates import Extraction
from taizhang.extract.stage import extract
from taizhang.result import Result
from taizhang.rules import RuleSet
from taizhang.segment.stage import Segmented, segment
from taizhang.validate.stage import validate

if TYPE_CHECKING:
    from spacy.tokens import Doc

Stage = Callable[[Any, RuleSet], Any]
STAGES: tuple[Stage, ...] = (clean, segment, extract, validate)


@dataclass(slots=True)
class Trace:
    """One article on its way: what each stage gave, and how many seconds it took (never part of a result)."""

    article: Article
    rules: RuleSet
    given: dict[str, Any] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def cleaned(self) -> Cleaned:
        """What ``clean`` gave."""
        made: Cleaned = self.given["clean"]
        return made

    @property
    def segmented(self) -> Segmented:
        """What ``segment`` gave."""
        made: Segmented = self.given["segment"]
        return made

    @property
    def doc(self) -> Doc:
        """The same as a spaCy Doc."""
        return self.segmented.doc

    @property
    def extraction(self) -> Extraction:
        """What ``extract`` gave."""
        made: Extraction = self.given["extract"]
        return made

    @property
    def result(self) -> Result:
        """What ``validate`` gave."""
        made: Result = self.given["validate"]
        return made


def run_stages(article: Article, rules: RuleSet, stages: Sequence[Stage] = STAGES) -> Trace:
    """Run one article through all stages, or through the first of them."""
    trace = Trace(article, rules)
    value: Any = article
    for stage in stages:
        started = perf_counter()
        value = trace.given[stage.__name__] = stage(value, rules)
        trace.timings[stage.__name__] = perf_counter() - started
    return trace
