"""What a person sees of a run: plain lines without a terminal, a bar with one, and one screen at the end."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from time import perf_counter

from rich.console import Console

from taizhang.article import Article
from taizhang.records import Document, Rejection
from taizhang.run import Tally, write_ledger
from taizhang.run.progress import progress
from taizhang.run.share import Share
from taizhang.run.summary import summary

UNREAD = Rejection(
    scope="article", document=Document(id="b", path="b[0].txt"), reason="binary", detail="got [bold]zeros"
)


def _shown(pipeline: object, folder: Path, *, terminal: bool, articles: int) -> tuple[str, Tally]:
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=120, color_system=None)
    source = [UNREAD, *(Article.of("3户", Document(id=f"a{n}")) for n in range(articles))]
    with progress(console, Share({})) as report:
        tally = write_ledger(source, pipeline, folder, (), progress=report)
    return out.getvalue(), tally


def test_plain_lines_where_there_is_no_terminal(pipeline: object, tmp_path: Path) -> None:
    shown, _ = _shown(pipeline, tmp_path, terminal=False, articles=99)
    first, second = shown.splitlines()
    assert first == "not read: b[0].txt: binary: got [bold]zeros"
    assert re.fullmatch(r"99 articles, 198 records, 1 not read, \d+\.\d a second", second)


def test_a_bar_where_there_is_one(pipeline: object, tmp_path: Path) -> None:
    shown, _ = _shown(pipeline, tmp_path, terminal=True, articles=3)
    assert "not read: b[0].txt: binary" in shown
    assert "3 articles, 6 records, 1 not read, " in shown


def test_the_summary_is_one_screen_with_every_figure(pipeline: object, tmp_path: Path) -> None:
    _, tally = _shown(pipeline, tmp_path, terminal=False, articles=2)
    out = io.StringIO()
    Console(file=out, width=120).print(summary(tally, 1.25, "out/ledger"))
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    parts = r"start \d\.\d, read \d\.\d, articles \d\.\d, write \d\.\d, finish \d\.\d"
    assert re.fullmatch(rf"time 1\.2 s \({parts}\)", lines.pop(6)), "all seconds"
    assert lines == [
        "articles 2 read, 1 not read",
        "1 binary",
        "records 4",
        "0 without place, 4 without time, 2 with checks, 0 under confidence 0.7",
        "rejected 2 numbers",
        "ordinal 2",
        "stages, over all processes: clean 1.00, extract 0.50",
        "written to out/ledger",
    ]


def test_the_seconds_of_a_run_are_all_told(pipeline: object, tmp_path: Path) -> None:
    began = perf_counter()
    _, tally = _shown(pipeline, tmp_path, terminal=False, articles=5)
    spent = perf_counter() - began
    told = sum(tally.laps.seconds.values())
    assert 0 < told <= spent
    timings = json.loads((tmp_path / "timings.json").read_text("utf-8"))
    assert set(timings["run"]) == {"start", "read", "articles", "write", "finish"}
    assert timings["seconds"] == {"clean": 2.5, "extract": 1.25}
