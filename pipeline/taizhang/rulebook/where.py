"""Rulebook: which files and rules know a word."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from taizhang.lexicon.entries import COLUMNS, Entry
from taizhang.rules import RuleSet
from taizhang.segment.dictionary import dictionary

PATTERNS = frozenset({"pattern", "number"})
LITTLE = 2  # characters: what is shorter stands in too many patterns to be told


class WordSource(NamedTuple):
    """One place that knows a word: its file and line (0 where there is none), and what it says of the word."""

    path: str
    line: int
    says: str


def where(word: str, rules: RuleSet) -> Iterator[WordSource]:
    """Every line and rule of every folder that knows ``word``, and what jieba's dictionary says of it.

    Raises:
        RuleError: a file cannot be read.
    """
    for path in rules.files:
        text = rules.text(path)
        yield from (_in_table if path.suffix == ".tsv" else _in_rules)(path, text, word)
    tag = dictionary().beginning(word[:1])[1].get(word)
    if tag:
        detail = f"tag {tag}"
        yield WordSource("jieba", 0, detail)


def _in_table(path: Path, text: str, word: str) -> Iterator[WordSource]:
    for number, line in enumerate(text.splitlines(), 1):
        if word not in line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if path.parent.name == "words" and path.name != "classes.tsv":
            if cells[0] == word:
                yield WordSource(str(path), number, _told(cells))
        elif word in cells:
            yield WordSource(str(path), number, " ".join(cell for cell in cells if cell))


def _told(cells: Sequence[str]) -> str:
    """What a line of a word table says, less its form: ``class=find phase=problem``."""
    said = dict(zip(COLUMNS, cells, strict=False))
    return " ".join(f"{name}={value}" for name, value in said.items() if value and name != "form")


def _in_rules(path: Path, text: str, word: str) -> Iterator[WordSource]:
    lines = text.splitlines()
    for table, held in tomllib.loads(text).items():
        for rule in held if isinstance(held, list) else [held]:
            if isinstance(rule, dict):
                for key in _keys(rule, word):
                    name = rule.get("id", table)
                    detail = f"rule {name} key {key}"
                    yield WordSource(str(path), _line(lines, f'"{name}"'), detail)


def _keys(rule: dict[str, Any], word: str) -> Iterator[str]:
    for key, value in rule.items():
        if key in {"examples", "counter_examples", "note", "id"}:
            continue
        if key in PATTERNS and len(word) >= LITTLE and word in str(value):
            yield key
        elif isinstance(value, dict):
            yield from (f"{key}.{inner}" for inner in _keys(value, word))
            if word in value:
                yield key
        elif value == word or (isinstance(value, list) and word in value):
            yield key


def _line(lines: Sequence[str], quoted: str) -> int:
    return next((n for n, line in enumerate(lines, 1) if line.startswith("id") and quoted in line), 0)


def senses(entries: Sequence[Entry]) -> str:
    """Entries in short: ``find (problem), talk (measure)``."""
    return ", ".join(f"{e.word_class} ({e.phase})" if e.phase else e.word_class for e in entries)
