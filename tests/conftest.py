"""Hand-made results that the tests of several rooms share: small, complete, and true to the contract."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings

from taizhang.align import Aligned
from taizhang.article import Article, Cleaned, Fix
from taizhang.errors import RuleError
from taizhang.extract.candidates import Candidate, Exclusion, Extraction
from taizhang.judge import Choice, Option
from taizhang.records import (
    Date,
    Document,
    Metric,
    Place,
    PlaceMention,
    Quantity,
    RectificationItem,
    Rejection,
    Span,
)
from taizhang.result import Result
from taizhang.rules import RuleSet
from taizhang.run.folder import RunFolder
from taizhang.segment.layout import Layout, LayoutUnit, Section
from taizhang.write.manifest import MANIFEST, Manifest, digests
from taizhang.write.records_jsonl import DOCUMENTS, JSONL, REJECTS

pytest_plugins = ["reliability_page"]

os.environ["LC_ALL"] = "C.UTF-8"  # the tests read English messages wherever they run

# The same cases in every run, and no clock: a slow machine fails no test.
settings.register_profile("taizhang", deadline=None, derandomize=True)
settings.load_profile("taizhang")

SEEDS = Path(__file__).parents[1] / "seeds"
TEXT = "青禾镇整改<快讯>\n第二批排查隐患1.5万处，其中校园3处。"
PLACE = Place(
    name="某省某市", code="530100", level="city", surface="全市", how="deixis", candidates=("530100",)
)


@dataclass(slots=True)
class HandMadeTrace:
    """What the pipeline's trace has, for tests that need no pipeline."""

    article: Article
    cleaned: Cleaned
    extraction: Extraction
    result: Result
    rules: RuleSet = field(default_factory=RuleSet)
    timings: dict[str, float] = field(default_factory=lambda: {"clean": 0.5, "extract": 0.25})


def _span(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start=start, end=start + len(quote), raw_start=start + 1, raw_end=start + 1 + len(quote))


def _candidate(text: str, quote: str, value: str, metric: Metric, part_of: int | None) -> Candidate:
    span = _span(text, quote)
    quantity = Quantity(start=span.start, end=span.end, quote=quote, value=Decimal(value), unit="处")
    rules = {"metric": "name.left", "place": "deixis.city", "phase": "phase.judged"}
    phases = (Option("problem", "phase.judged", score=1.5), Option("result", "phase.judged", score=-0.5))
    choices = {"phase": Choice(phases, 0.88)}
    return Candidate(quantity, metric, "problem", PLACE, "", "", part_of, rules, choices)


def _record(document: Document, candidate: Candidate, sentence: str, **more: object) -> RectificationItem:
    quantity = candidate.quantity
    fields: dict[str, object] = {
        "id": f"id-{quantity.start}",
        "document": document,
        "place": candidate.place,
        "metric": candidate.metric,
        "value": quantity.value,
        "unit": quantity.unit,
        "bound": quantity.bound,
        "kind": quantity.kind,
        "phase": candidate.phase,
        "quote": quantity.quote,
        "sentence": sentence,
        "span": Span(
            start=quantity.start, end=quantity.end, raw_start=quantity.start + 1, raw_end=quantity.end + 1
        ),
        "rules": candidate.rules | {"value": "numeral.arabic-wan"},
        "confidence": 0.875,
    }
    return RectificationItem.model_validate(fields | more)


def _trace(name: str = "a1", path: str = "news/a1.txt") -> HandMadeTrace:
    document = Document(id=name, title="青禾镇整改<快讯>", published="2021-03-04", path=path, sha256="5" * 64)
    raw = " " + TEXT
    aligned = Aligned(TEXT, Aligned.whole(raw).cut(1, len(raw)).pieces)
    fix = Fix("space", 18, 19, "Ｉ", "1", uncertain=True)
    cleaned = Cleaned(document, aligned, raw, (fix,), uncertain=((0, 3),), boilerplate=((5, 9),), title_end=9)
    total = _candidate(TEXT, "1.5万处", "15000", Metric(name="排查隐患", action="排查", object="隐患"), None)
    part = _candidate(TEXT, "3处", "3", Metric(name="校园隐患"), 0)
    ordinal = _span(TEXT, "第二批")
    layout = Layout(
        TEXT,
        LayoutUnit(0, 9),
        (Section(0, len(TEXT), 0, 9),),
        (LayoutUnit(0, 9), LayoutUnit(10, len(TEXT))),
        (LayoutUnit(0, 9), LayoutUnit(10, len(TEXT))),
        (LayoutUnit(0, 9), LayoutUnit(10, TEXT.index("，") + 1), LayoutUnit(TEXT.index("，") + 1, len(TEXT))),
    )
    exclusions = (Exclusion(ordinal.start, ordinal.end, "ordinal", "ordinal.di"),)
    dates = (Date(start=10, end=13, quote="第二批", value="", rule="date.none"),)
    places = (PlaceMention(start=0, end=3, surface="青禾镇", candidates=("530100", "530200")),)
    numerals = tuple((TEXT.index(n), TEXT.index(n) + len(n)) for n in ("二", "1.5万", "3"))
    extraction = Extraction(cleaned, layout, (total, part), exclusions, dates, places, numerals)
    sentence = TEXT[10:]
    first = _record(document, total, sentence)
    second = _record(document, part, sentence, part_of=first.id, checks=("part-exceeds-total",))
    reject = Rejection(
        document=document,
        reason="ordinal",
        quote="第二批",
        sentence=sentence,
        span=ordinal,
        rule="ordinal.di",
    )
    result = Result(document=document, records=(first, second), rejects=(reject,), text=TEXT)
    return HandMadeTrace(Article(document, aligned, raw, 9), cleaned, extraction, result)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what a test needs beside Python, by its fixtures and by what its module imports."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        module = getattr(item, "module", None)
        if "browser" in fixtures:
            item.add_marker("browser")
        if {"server", "database"} & fixtures:
            item.add_marker("database")
        if hasattr(module, "subprocess") or {"made_once", "taizhang"} & fixtures:
            item.add_marker("process")


def pytest_collection_finish() -> None:
    """What was collected stays to the end: Python need not look for garbage in it again and again."""
    gc.freeze()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes name no test: what is packed holds the time, and all workers must collect the same names."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture
def trace() -> HandMadeTrace:
    """One article with two records (15000 and, as a part of it, 3) and one rejected ordinal."""
    return _trace()


@pytest.fixture
def result(trace: HandMadeTrace) -> Result:
    """The result of the same article."""
    return trace.result


class HandMadePipeline:
    """Gives every article the hand-made result; fails where the article's id says so."""

    class rules:
        hash = "f" * 64

    min_confidence = 0.0

    def in_parts(self, article: Article) -> tuple[HandMadeTrace, Iterator[Result]]:
        trace = self.run(article)
        return trace, iter([trace.result])

    def run(self, article: Article) -> HandMadeTrace:
        if article.document.id == "broken":
            raise ArithmeticError("a fault of ours")
        if article.document.id == "wrong-rules":
            raise RuleError("units.toml: expected TOML")
        return _trace(article.document.id, article.document.path or "")


@pytest.fixture
def pipeline() -> HandMadePipeline:
    """A pipeline that needs no rules."""
    return HandMadePipeline()


@pytest.fixture(scope="module")
def rules_read_once() -> Iterator[None]:
    """For files that make pipelines with rules of their own by the dozen, and where something else is tried.

    What rule sets of the same bytes give is built once.
    """
    kept: dict[object, tuple[dict[Any, Any], dict[Any, Any]]] = {}
    made = RuleSet.__init__

    def shared(self: RuleSet, extra: Sequence[Path] = ()) -> None:
        made(self, extra)
        counts = tuple(sum(path.is_relative_to(folder) for path in self.files) for folder in self.folders)
        self.built, self._loaded = kept.setdefault((self.hash, counts), (self.built, self._loaded))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RuleSet, "__init__", shared)
        yield


MadeOnce = Callable[..., Path]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """A function that gives the seeds' ledger by options of `taizhang run`: made once by all processes of the session.

    Tests only read it; one that changes something takes a copy.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def ledger(name: str, *options: str) -> Path:
        folder = shared / f"once-{name}"
        with FileLock(shared / f"once-{name}.lock"):
            if not (folder / MANIFEST).exists():  # which a run writes last
                words = [sys.executable, "-m", "taizhang.cli", "run", str(SEEDS), "--out", str(folder)]
                subprocess.run([*words, *options], check=True, capture_output=True)
        return folder

    return ledger


@pytest.fixture(scope="session")
def seed_ledger(made_once: MadeOnce) -> Path:
    """The folder with the ledger of the five seeds, with debug dumps, as the command writes it."""
    return made_once("seeds", "--debug")


def _run_folder(folder: Path, results: tuple[Result, ...]) -> RunFolder:
    folder.mkdir()
    formats = (JSONL, REJECTS, DOCUMENTS)
    writers = [format_.open(folder / format_.filename) for format_ in formats]
    manifest = Manifest(folder / MANIFEST)
    for result in results:
        unread = [reject for reject in result.rejects if reject.scope == "article"]
        item = unread[0] if unread else Article.of("", result.document)
        manifest.came_to(manifest.add_input(item), {})
        for writer in writers:
            writer.write(result)
    for writer in writers:
        writer.commit()
    outputs = digests(folder / format_.filename for format_ in formats)
    manifest.commit({"counts": {}, "ruleset": "0" * 64, "outputs": outputs, "taizhang": "0"})
    return RunFolder.open(folder)


@pytest.fixture
def make_run(tmp_path: Path) -> Callable[..., RunFolder]:
    """A function that writes a run folder with these results, as ``taizhang run`` would."""
    numbers = count(1)
    return lambda *results: _run_folder(tmp_path / f"run{next(numbers)}", results)
