"""A pipeline for worker processes: no rules, and an article's text says what befalls the one who reads it."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from taizhang.article import Article
from taizhang.errors import RuleError
from taizhang.records import Document, Rejection
from taizhang.result import Result


@dataclass(slots=True)
class StubPipeline:
    """Gives each article one rejected number; writes down in ``log`` who read what."""

    ruleset: str = "f" * 64
    log: Path | None = None
    seconds: float = 0.0
    min_confidence: float = 0.0
    rules: SimpleNamespace = field(init=False)

    def __post_init__(self) -> None:
        self.rules = SimpleNamespace(hash=self.ruleset)

    def in_parts(self, article: Article) -> tuple[SimpleNamespace, Iterator[Result]]:
        trace = self.run(article)
        return trace, iter([trace.result])

    def run(self, article: Article) -> SimpleNamespace:
        text = article.text.text
        if self.log:
            with self.log.open("a") as log:
                log.write(f"{os.getpid()} {article.document.id}\n")
        time.sleep(self.seconds)
        if text == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        if text == "hangs":
            time.sleep(600)
        if text == "slow":
            time.sleep(0.4)
        if text.startswith("waits for "):
            _wait_for(Path(text.removeprefix("waits for ")))
        if text.startswith("makes "):
            Path(text.removeprefix("makes ")).touch()
        if text == "eats":
            _eat()
        if text == "fails":
            raise ArithmeticError("a fault of ours")
        if text == "wrong rules":
            raise RuleError("units.toml: expected TOML")
        reject = Rejection(document=article.document, reason="ordinal", quote=text[:9], sentence=text)
        result = Result(document=article.document, rejects=(reject,))
        layout = SimpleNamespace(sections=(), paragraphs=(), sentences=(), clauses=())
        cleaned = SimpleNamespace(
            text=text, fixes=(), uncertain=(), boilerplate=(), aligned=article.text, raw=article.raw
        )
        extraction = SimpleNamespace(
            layout=layout, candidates=(), exclusions=(0,), dates=(), places=(), numerals=()
        )
        return SimpleNamespace(result=result, cleaned=cleaned, extraction=extraction, timings={"clean": 0.5})


def _wait_for(path: Path) -> None:
    """Until another process has made the file, or for a minute."""
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.1)


def _eat() -> None:
    """Ask the system for more memory than it lets the process have."""
    limits = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, limits[1]))
    try:
        bytearray(4 << 30)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limits)


def short_article(name: str) -> Article:
    """One article of one sentence."""
    return Article.of("排查12处。", Document(id=name, path=f"{name}.txt", sha256="0" * 64))


def articles(count: int, texts: dict[int, str] | None = None, length: int = 10) -> Iterator[Article]:
    """So many different articles; some with texts of their own."""
    for number in range(count):
        text = (texts or {}).get(number, f"第{number}批" + "整" * length)
        yield Article.of(text, Document(id=f"a{number:05}", path=f"news/{number}.txt", sha256="0" * 64))


def ends_at_once() -> StubPipeline:
    """What a worker meets that has no memory even for the rules."""
    os._exit(3)


def has_wrong_rules() -> StubPipeline:
    """What a worker meets whose rule files are wrong."""
    raise RuleError("units.toml: expected TOML")
