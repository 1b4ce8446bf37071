"""Figures in the pages are those that were measured last, and no page that has such figures has them typed by hand."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOP = Path(__file__).parents[1]
PAGES = sorted((*TOP.glob("*.md"), *TOP.glob("docs/*.md")))
# Pages that must have figures, and how many at least.
MEASURED = {
    "docs/accuracy.md": 160,
    "docs/limits.md": 22,
    "docs/places.md": 4,
    "docs/running.md": 6,
    "docs/merging.md": 6,
    "docs/aggregating.md": 7,
    "docs/checking.md": 30,
}


def _script(name: str) -> ModuleType:
    sys.path.insert(0, str(TOP / "bench"))
    try:
        spec = importlib.util.spec_from_file_location(f"bench_{name}", TOP / "bench" / f"{name}.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(TOP / "bench"))
    return module


FIGURES = _script("figures")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_figures_of_a_page_are_those_that_were_measured(path: Path) -> None:
    page = path.read_text("utf-8")
    assert FIGURES.filled(page, FIGURES.results()) == page, "run `python bench/figures.py`"


@pytest.mark.parametrize(("name", "least"), MEASURED.items())
def test_pages_of_measurements_have_figures(name: str, least: int) -> None:
    for page in (TOP / name, TOP / name.replace(".md", ".zh-CN.md")):
        assert len(FIGURES.MARK.findall(page.read_text("utf-8"))) >= least


def test_the_page_of_speed_is_that_of_the_figures() -> None:
    speed = _script("speed")
    page = (TOP / "docs" / "performance.md").read_text("utf-8")
    assert speed.page(json.loads((TOP / "bench" / "results.json").read_text("utf-8"))) == page, (
        "run `make bench`"
    )


def test_a_figure_that_nobody_measured_is_refused() -> None:
    with pytest.raises(KeyError):
        FIGURES.filled("<!--=accuracy.nobody of100-->1<!--/-->", FIGURES.results())
