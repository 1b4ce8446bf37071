"""Set taizhang beside Recognizers-Text and JioNLP on the five seeds, and write the table in docs/peers.md.

``python bench/peers.py`` installs the two into an environment of their own under ``out/`` and runs them for real.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

import taizhang
from taizhang.article import Article
from taizhang.clean import clean
from taizhang.evaluate import read_lines
from taizhang.rules import RuleSet

ROOT = Path(__file__).parents[1]
HOME = ROOT / "out" / "peers"
PEERS = {"Recognizers-Text": "peer_recognizers.py", "JioNLP": "peer_jionlp.py"}
# The peers' names for units, as the gold writes them. Units that are no physical ones they do not have.
UNITS = {
    "Chinese yuan": "元",
    "Square meter": "平方米",
    "Kilometer": "公里",
    "Meter": "米",
    "Mu": "亩",
    "Ton": "吨",
}
UNITS |= {"Year": "岁", "Square kilometer": "平方公里", "Hectare": "公顷", "Cubic meter": "立方米"}


class Span(NamedTuple):
    """A quantity that a tool gives, or that the gold has."""

    start: int
    end: int
    value: Decimal | None
    value_max: Decimal | None
    unit: str


class Score(NamedTuple):
    """What a tool gave on all seeds: all of it, and how much of the gold it found, and had right."""

    given: int
    found: int
    value: int
    right: int


def number(text: object) -> Decimal | None:
    """An exact value; None for what a tool leaves empty or writes otherwise."""
    try:
        return None if text is None else Decimal(str(text))
    except InvalidOperation:
        return None


def gold_spans(text: str, path: Path) -> list[Span]:
    """The gold of one seed with offsets: its quotes stand in the order of the text."""
    spans, at = [], 0
    for row in read_lines(path):
        start = text.index(row["quote"], at)
        at = start + len(row["quote"])
        spans.append(Span(start, at, number(row["value"]), number(row["value_max"]), row["unit"]))
    return spans


def score(gold: list[list[Span]], given: list[list[Span]]) -> Score:
    """A gold quantity is found where a span of the tool overlaps it; its value and unit are then compared."""
    found = value = right = 0
    for expected, got in zip(gold, given, strict=True):
        for quantity in expected:
            near = [s for s in got if s.start < quantity.end and quantity.start < s.end]
            same = [s for s in near if (s.value, s.value_max) == (quantity.value, quantity.value_max)]
            found, value = found + bool(near), value + bool(same)
            right += any(UNITS.get(s.unit, s.unit) == quantity.unit for s in same)
    return Score(sum(map(len, given)), found, value, right)


def environment() -> Path:
    """The Python of the environment with the peers in it, made on first use."""
    python = HOME / "bin" / "python"
    if not (HOME / "installed").exists():
        venv.create(HOME, with_pip=True)
        install = [python, "-m", "pip", "install", "--quiet", "-r", ROOT / "bench" / "peers.txt"]
        subprocess.run(install, check=True)
        (HOME / "installed").touch()
    return python


def peer(script: str, texts: list[str]) -> list[list[Span]]:
    """What a peer finds in the texts."""
    command = [environment(), ROOT / "bench" / script]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, encoding="utf-8", check=True)
    return [
        [Span(start, end, number(low), number(high), unit) for start, end, low, high, unit in spans]
        for spans in json.loads(done.stdout)
    ]


def own(text: str) -> list[Span]:
    """What ``taizhang.quantities`` finds."""
    return [Span(q.start, q.end, q.value, q.value_max, q.unit) for q in taizhang.quantities(text)]


def main() -> None:
    """Run all, print the table and write it."""
    rules = RuleSet()
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    texts = [clean(Article.of(seed.read_text(encoding="utf-8")), rules).text for seed in seeds]
    gold = [
        gold_spans(text, ROOT / "tests" / "gold" / f"{seed.stem[:3]}.jsonl")
        for seed, text in zip(seeds, texts, strict=True)
    ]
    total = sum(map(len, gold))
    rows = {"taizhang.quantities": score(gold, [own(text) for text in texts])}
    for name, script in PEERS.items():
        try:
            rows[name] = score(gold, peer(script, texts))
        except subprocess.CalledProcessError as error:
            print(f"{name}: could not be run here: {error}\n{error.stderr or ''}", file=sys.stderr)
    page = ROOT / "docs" / "peers.md"
    head = page.read_text(encoding="utf-8").split("\n| tool ")[0]
    lines = [f"| tool | quantities found, of {total} | value right | value and unit right | results given |"]
    lines += ["| --- | ---: | ---: | ---: | ---: |"]
    for name in ("taizhang.quantities", *PEERS):
        figures = rows.get(name)
        cells = (figures.found, figures.value, figures.right, figures.given) if figures else ("not run",) * 4
        lines.append(f"| {name} | " + " | ".join(map(str, cells)) + " |")
    page.write_text(head + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
