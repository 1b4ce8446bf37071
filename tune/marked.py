"""Articles of our own with their gold in the text: ``解决⟦问题|…``, read into plain text and rows of gold.

A file begins with lines ``# key: value`` (``published``, ``code`` and ``time`` of most quantities, ``none`` where
nothing tells it), then the title and the paragraphs. A quantity is ``⟦quote|phases|metric⟧``: the first letters of its
phases, the metric with its head words joined by ``·``, equals by ``/`` and other words in round brackets; behind it
``t=TIME`` and ``c=CODE`` where they differ from the article's; what is given again is right, too.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple, get_args

from taizhang.records import Phase

_MARK = re.compile(r"⟦([^⟧|]+)\|([a-z]+)\|([^⟧|]+)((?:\|[^⟧|]*)*)⟧")
_ASIDE = re.compile(r"[(（].*?[)）]")
_EQUAL = re.compile(r"/[^·()（）]*")
_SIGNS = str.maketrans("", "", "·()（）")
_PHASES = {phase[0]: phase for phase in get_args(Phase)}
_FIELDS = {"t": "time", "c": "code"}


class Marked(NamedTuple):
    """One article: its publication date, its text without marks, and a row of gold for each quantity, in order."""

    published: str | None
    text: str
    gold: list[dict[str, Any]]


def marked(path: Path) -> Marked:
    """An article as it is written in a file.

    Raises:
        ValueError: a mark is not closed, or says a phase or a key that there is not.
    """
    lines = path.read_text(encoding="utf-8").strip().split("\n")
    head: dict[str, str] = {}
    while lines and lines[0].startswith("#"):
        key, _, value = lines.pop(0)[1:].partition(":")
        head[key.strip()] = _said(value.strip())
    written = "\n".join(line.strip() for line in lines if line.strip())
    shared = {name: head.get(name, "") for name in ("code", "time")}
    gold, text, done = [], "", 0
    for mark in _MARK.finditer(written):
        text += written[done : mark.start()] + mark[1]
        gold.append(shared | _row(mark, path))
        done = mark.end()
    text += written[done:]
    if rest := re.search("[⟦⟧].{0,20}", text):
        raise ValueError(f"{path}: expected ⟦quote|phases|metric⟧, got {rest[0]!r}")
    return Marked(head.get("published") or None, text, gold)


def _row(mark: re.Match[str], path: Path) -> dict[str, Any]:
    quote, letters, metric, more = mark.groups()
    if strangers := set(letters) - set(_PHASES):
        raise ValueError(
            f"{path}: {mark[0]}: expected phases of {''.join(_PHASES)}, got {''.join(sorted(strangers))}"
        )
    phases = [_PHASES[letter] for letter in letters]
    heads = [part for part in (_ASIDE.sub("", part) for part in metric.split("·")) if part]
    row: dict[str, Any] = {
        "quote": quote,
        "phase": phases[0],
        "also": {"phase": phases[1:]},
        "metric": _EQUAL.sub("", metric).translate(_SIGNS),
        "heads": [head.split("/") if "/" in head else head for head in heads],
    }
    for part in filter(None, more.split("|")):
        key, _, value = part.partition("=")
        if key not in _FIELDS:
            raise ValueError(f"{path}: {mark[0]}: expected t= or c=, got {part!r}")
        field = _FIELDS[key]
        if field in row:
            row["also"].setdefault(field, []).append(_said(value))
        else:
            row[field] = _said(value)
    return row


def _said(value: str) -> str:
    return "" if value == "none" else value
