"""Measure the whole program against ``jieba.lcut`` on the same text; write bench/results.json and docs/performance.md.

``python bench/speed.py [DEV_DIR [CORPUS]]``: DEV_DIR is a folder of further dense articles (``text/*.txt``), CORPUS a
JSON Lines file of ordinary news (``text``); what is not there is left out, or made from the seeds.
"""

from __future__ import annotations

import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from time import process_time

import jieba
from figures import fill, save
from figures import results as recorded
from workers import workers

from taizhang.article import Article
from taizhang.clean import clean
from taizhang.pipeline import Pipeline
from taizhang.read import read_file
from taizhang.rules import RuleSet

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance.md"
ROUNDS = 3  # of each article's times the least counts: the others hold what else the machine did
ARTICLES = 100  # of a corpus, evenly spread over it
SHARED = 2000  # articles that one worker and two are given
SPARSE = 6  # in made news one sentence with digits is kept of so many
AIMS = {"dense": 1.0, "news": 0.5}
BARE = "import jieba; import spacy.lang.zh; jieba.initialize()"


def seeds() -> list[str]:
    """The texts of the five seeds."""
    rules = RuleSet()
    found = (item for path in sorted((ROOT / "seeds").glob("*.txt")) for item in read_file(path, rules))
    return [item.text.text for item in found if isinstance(item, Article)]


def sparse(text: str) -> str:
    """A text with most of its sentences with digits left out, so that it counts no more than ordinary news does."""
    kept, seen = [], 0
    for sentence in re.findall("[^。\n]+[。\n]*", text):
        counts = re.search("[0-9]", sentence) is not None
        seen += counts
        if not counts or seen % SPARSE == 1:
            kept.append(sentence)
    return "".join(kept)


def corpora(arguments: Sequence[str]) -> dict[str, tuple[str, list[str]]]:
    """The texts to measure, by name, each with its kind (dense or news)."""
    found = {"seeds": ("dense", seeds())}
    folder = Path(arguments[0]) / "text" if arguments and arguments[0] else None
    if folder and folder.is_dir():
        found["further articles"] = ("dense", [p.read_text("utf-8") for p in sorted(folder.glob("*.txt"))])
    file = Path(arguments[1]) if len(arguments) > 1 and arguments[1] else None
    if file and file.is_file():
        lines = file.read_text("utf-8").splitlines()
        chosen = lines[:: max(1, len(lines) // ARTICLES)][:ARTICLES]
        found["news"] = ("news", [json.loads(line)["text"] for line in chosen])
    else:
        found["news made from the seeds"] = ("news", [sparse(text) for text in seeds()])
    return found


def measured(kind: str, texts: Sequence[str]) -> dict[str, object]:
    """The figures of one corpus, in a process of its own: clean text in, validated records out."""
    jieba.setLogLevel("WARNING")
    pipeline = Pipeline()
    articles = [Article.of(clean(Article.of(text), pipeline.rules).text) for text in texts]
    ours = theirs = 0.0
    stages: Counter[str] = Counter()
    records = 0
    for article in articles:
        alone, whole, timings = [], [], []
        for _ in range(ROUNDS + 1):  # the first round only warms up
            started = process_time()
            jieba.lcut(article.raw)
            between = process_time()
            trace = pipeline.run(article)
            alone.append(between - started)
            whole.append(process_time() - between)
            timings.append(trace.timings)
        best = min(range(1, ROUNDS + 1), key=whole.__getitem__)
        ours, theirs = ours + whole[best], theirs + min(alone[1:])
        stages.update(timings[best])
        records += len(trace.result.records)
    characters = sum(len(article.raw) for article in articles)
    return {
        "date": date.today().isoformat(),
        "kind": kind,
        "articles": len(articles),
        "characters": characters,
        "records": records,
        "ratio": round(ours / theirs, 2),
        "aim": AIMS[kind],
        "characters_per_second": round(characters / ours),
        "jieba_characters_per_second": round(characters / theirs),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "stages": {name: round(spent / sum(stages.values()), 3) for name, spent in stages.items()},
    }


def started(command: Sequence[str]) -> float:
    """The least CPU seconds that a command takes, of three runs after one that fills the caches."""
    spent = []
    for _ in range(4):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return round(min(spent[1:]), 2)


def start_up() -> dict[str, float]:
    """CPU seconds from nothing: the help, one article, and the bare import of what the program stands on."""
    program = [sys.executable, "-m", "taizhang.cli"]
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text("昆明市修复桥梁7座，惠及群众1.2万人。", "utf-8")
        return {
            "help": started([*program, "--help"]),
            "one_article": started([*program, "run", str(article), "--out", str(Path(folder) / "out")]),
            "bare_import": started([sys.executable, "-c", BARE]),
        }


def shared(arguments: Sequence[str]) -> list[str]:
    """The texts that workers share: ordinary news, or that made from the seeds over and over."""
    file = Path(arguments[1]) if len(arguments) > 1 and arguments[1] else None
    if file and file.is_file():
        with file.open(encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in islice(lines, SHARED)]
    return list(islice(cycle([sparse(text) for text in seeds()]), SHARED))


def results(arguments: Sequence[str]) -> dict[str, object]:
    """All figures, with the machine and the day that they were taken on.

    A corpus that is not here today keeps the figures of the day when it was, with that day.
    """
    figures = dict(recorded().get("corpora", {}))
    for name, (kind, texts) in corpora(arguments).items():
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            figures[name] = process.submit(measured, kind, texts).result()
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    day = date.today().isoformat()
    rest = {"start_up": start_up(), "workers": workers(shared(arguments))}
    return {"date": day, "machine": machine, "corpora": figures, **rest}


def page(found: dict) -> str:  # type: ignore[type-arg]
    """docs/performance.md, from the figures; what stands below the mark in it is written by hand, and stays."""
    rows, shares = [], []
    for name, c in found["corpora"].items():
        speed = f"{c['characters_per_second']:,} | {c['jieba_characters_per_second']:,}"
        size = f"{c['articles']:,} | {c['characters']:,} | {c['records']:,}"
        rows.append(
            f"| {name} | {c['date']} | {size} | {c['ratio']:.2f} | {c['aim']:.1f} | {speed} | {c['peak_megabytes']} |"
        )
        shares.append(f"| {name} | " + " | ".join(f"{share:.0%}" for share in c["stages"].values()) + " |")
    names = next(iter(found["corpora"].values()))["stages"]
    start = found["start_up"]
    return PROSE.format(
        date=found["date"],
        machine=found["machine"],
        workers=(WORKERS if "ratio" in found["workers"] else BUSY_THEN).format(**found["workers"]),
        rows="\n".join(rows),
        names=" | ".join(names),
        bars=" | ".join("---:" for _ in names),
        shares="\n".join(shares),
        start=start,
        times=start["one_article"] / start["bare_import"],
        rounds=ROUNDS,
        by_hand=PAGE.read_text("utf-8").partition(MARK)[2] if PAGE.is_file() else "",
    )


MARK = "<!-- What follows is written by hand. -->"

WORKERS = """`taizhang run` over {articles:,} articles of ordinary news, by the clock, from the command to the last
file, the least of two runs; the machine's load was {load_before} before it began.

| `--workers` | seconds |
|---|---:|
| 1 | {one:.1f} |
| 2 | {two:.1f} |

Two workers take {ratio:.2f} times less; the aim is 1.8. Two runs of one process each, at once and each over all of the
articles, take {apart:.1f} s: two processes that share nothing do {most:.2f} times as much here as one."""
BUSY_THEN = "Not measured this time: the machine was busy with other things (load {load_before})."

PROSE = (
    """# Performance

Down to the mark, written by `make bench` from `bench/results.json`, which was measured on {date} ({machine}).

## One core

CPU seconds of the whole program, clean text in and validated records out, over those of `jieba.lcut` on the same
text, in the same process, article by article in turn; of {rounds} rounds the least counts for each article and either.
A ratio of 1 means that the program costs as much as tokenising the text with jieba does.

| corpus | measured on | articles | characters | records | ratio | aim | characters/s | jieba characters/s | peak MB |
|---|---|---:|---:|---:|---:|---:|---:|---:|---:|
{rows}

Share of each stage:

| corpus | {names} |
|---|{bars}|
{shares}

## Start-up

CPU seconds, the least of three runs with warm caches:

| what | seconds |
|---|---:|
| `taizhang --help` | {start[help]:.2f} |
| `taizhang run` on one article | {start[one_article]:.2f} |
| bare import of jieba with its dictionary and of spaCy | {start[bare_import]:.2f} |

The one-article run takes {times:.1f} times the bare import; the aim is 1.5.

## Workers

{workers}

## Growth

That the work grows with the text and no faster is tested by counting the lines of code that run, not by the clock
(`tests/test_linear.py`): five times the text takes five times the lines, within 7 %.

"""
    + MARK
    + "{by_hand}"
)


def main() -> None:
    """Measure, and write both files."""
    found = results(sys.argv[1:])
    save(**found)
    PAGE.write_text(page(recorded()), "utf-8")
    fill()
    print(PAGE.read_text("utf-8"))


if __name__ == "__main__":
    main()
