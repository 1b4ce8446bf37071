"""The public functions that need no article: their documentation's examples, and what they may and must not load."""

from __future__ import annotations

import doctest
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import taizhang

ROOT = Path(__file__).parents[2]
MODULES = [
    "extract.standalone",
    "extract.dates.find",
    "extract.dates.calendar",
    "extract.numbers.find",
    "extract.numbers.grammar",
    "extract.numbers.alone",
]


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name: str) -> None:
    module = import_module(f"taizhang.{name}")
    result = doctest.testmod(module)
    assert result.failed == 0
    assert result.attempted > 0


def test_examples_in_the_docs() -> None:
    result = doctest.testfile(str(ROOT / "docs" / "numbers.md"), module_relative=False, encoding="utf-8")
    assert result.failed == 0
    assert result.attempted > 10


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_public_functions_need_no_spacy() -> None:
    """One after the other in one process: what one loads stays loaded."""
    calls = ["quantities('3个')", "places('昆明')", "dates('2019年')", "numeral('三')"]
    code = "".join(f"taizhang.{call}; loaded.append('spacy' in sys.modules); " for call in calls)
    assert run(f"import sys, taizhang; loaded = []; {code}print(loaded)") == str([False] * len(calls))


@pytest.mark.parametrize("first", ["quantities", "dates", "places", "numeral"])
def test_extract_can_be_called_whatever_was_loaded_before(first: str) -> None:
    code = f"import taizhang; taizhang.{first}; print(len(taizhang.extract('解决3个问题。').records))"
    assert run(f"{code}; print(len(taizhang.extract('解决3个问题。').records))").split() == ["1", "1"]


def test_a_published_date_must_be_one() -> None:
    with pytest.raises(ValueError):
        taizhang.dates("去年", published="some day")
