"""The figures of bench/results.json in the pages: `python bench/figures.py` writes them in anew, and a test compares.

In a page a figure stands between two remarks, of which the first names it by its path in the file and says how it is
written: ``<!--=accuracy.further.fields.metric of100-->94<!--/-->``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results.json"
MARK = re.compile(r"<!--=([\w. ]+) (\w+)-->(.*?)<!--/-->")
WRITTEN: dict[str, Callable[[Any], str]] = {
    "as_it_is": str,
    "of100": lambda share: f"{share * 100:.0f}",
    "percent": lambda share: f"{share * 100:.1f} %",
    "two": lambda number: f"{number:.2f}",
    "three": lambda number: f"{number:.3f}",
    "one": lambda number: f"{number:.1f}",
    "thousands": lambda number: f"{number:,}",
}


def results() -> dict[str, Any]:
    """What was measured last."""
    found: dict[str, Any] = json.loads(RESULTS.read_text("utf-8"))
    return found


def save(**sections: object) -> None:
    """Put sections into the file and leave the others."""
    whole = results() | sections
    RESULTS.write_text(json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n", "utf-8")


def filled(page: str, found: dict[str, Any]) -> str:
    """A page with the figures that were measured.

    Raises:
        KeyError: there is no figure of that name, or no such way to write one.

    >>> filled("<!--=a.b of100-->1<!--/--> of 100", {"a": {"b": 0.938}})
    '<!--=a.b of100-->94<!--/--> of 100'
    """

    def figure(mark: re.Match[str]) -> str:
        path, how, _ = mark.groups()
        value = reduce(lambda inside, name: inside[name], path.split("."), found)
        return f"<!--={path} {how}-->{WRITTEN[how](value)}<!--/-->"

    return MARK.sub(figure, page)


def fill() -> list[Path]:
    """Write the figures into every page that has some; gives those that changed."""
    changed, found = [], results()
    for path in sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))):
        page = path.read_text("utf-8")
        if (new := filled(page, found)) != page:
            path.write_text(new, "utf-8")
            changed.append(path)
    return changed


if __name__ == "__main__":
    for page in fill():
        print(page.relative_to(ROOT))
