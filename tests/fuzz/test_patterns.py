"""No regular expression of the program takes more than linear time: each is attacked with longer and longer texts.

Seconds are compared within one run only: a text four times as long may take so many times as long, the best of
several tries counting. What is quadratic takes sixteen times as long at each of two steps.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Callable
from itertools import islice
from time import process_time

import pytest
from attacks import Attack, attacks

import taizhang
from taizhang.pipeline import Pipeline

STEP = 4
WITHIN = 8.0  # times, for a text STEP times as long
SIZES = (100, 400, 1600, 6400)
WORTH_IT = 0.004  # seconds under which nothing can be told
TRIES = 4
ATTACKS = 24  # on one pattern

# Patterns that are only ever matched at one place, or in a window of some dozen characters; from one place to the end
# they must be linear, too.
AT_ONE_PLACE = {
    "taizhang.extract.tables.columns.PLAIN_FIGURE",
    "taizhang.extract.tables.columns.WITH_UNIT",
    "taizhang.extract.tables.kinds.BRACKETED",
    "taizhang.extract.tables.kinds.PLAIN",
    "taizhang.extract.tables.numbers.BRACKETED",
    "taizhang.extract.tables.numbers.PLAIN",
    "taizhang.extract.tables.numbers.SIDE_BY_SIDE",
    "taizhang.read.dates.HAN",
    "taizhang.read.plain_tables.RULE",
    "taizhang.read.rtf.ROW",
    "taizhang.load.target._HOSTS",
    "taizhang.load.target._SCHEME",
    "taizhang.read.assemble.FILE_NAME_LINE",
    "taizhang.read.dates.COMPACT",
    "taizhang.read.dates.DAY_FIRST",
    "taizhang.read.dates.ISO",
    "taizhang.read.rows.NEXT_ROWS",
}
# Of the rules: forms of numerals, which are read where the scan has found one, and what stands before a numeral, which
# is looked for in the 24 characters before it. They are built from many rules, so they are known by how they look.
FROM_RULES_AT_ONE_PLACE = re.compile(r"\\Z|\(\?P<[wba]>")


def _constants() -> dict[str, re.Pattern[str]]:
    found = {}
    for module in pkgutil.walk_packages(taizhang.__path__, "taizhang."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found[f"{module.name}.{name}"] = value
    return found


def _of_rules(monkeypatch: pytest.MonkeyPatch) -> list[re.Pattern[str]]:
    """All that is compiled when the rules are read and an article goes through the stages for the first time."""
    made: dict[tuple[str, int], re.Pattern[str]] = {}
    compiled = re.compile

    def noting(pattern: str, flags: int = 0) -> re.Pattern[str]:
        one = compiled(pattern, flags)
        if sys._getframe(1).f_globals["__name__"].startswith("taizhang."):
            made[one.pattern, one.flags] = one
        return one

    monkeypatch.setattr(re, "compile", noting)
    Pipeline().extract("太原市去年解决问题614个，其中市级“三供一业”3至5个。", published="2020-01-01")
    monkeypatch.undo()
    return list(made.values())


def _cost(work: Callable[[str], object], text: str, tries: int = 1) -> float:
    best = float("inf")
    for _ in range(tries):
        began = process_time()
        work(text)
        best = min(best, process_time() - began)
    return best


def _grows(work: Callable[[str], object], attack: Attack) -> bool:
    """Whether the work on an attack grows faster than its length."""
    before, pump, after = attack
    texts = [before + pump * (size // len(pump) + 1) + after for size in SIZES]
    costs = [_cost(work, texts[0])]
    for text, shorter in zip(texts[1:], texts, strict=False):
        costs.append(_cost(work, text))
        if costs[-1] > WORTH_IT and costs[-1] > WITHIN * costs[-2]:
            return _cost(work, text, TRIES) > WITHIN * _cost(work, shorter, TRIES)
    return False


def grown(pattern: re.Pattern[str], at_one_place: bool) -> list[Attack]:
    """The first attack under which a pattern takes more than linear time, if there is one."""

    def work(text: str) -> object:
        if at_one_place:
            return pattern.match(text), pattern.fullmatch(text)
        return sum(1 for _ in pattern.finditer(text))

    return list(islice((a for a in islice(attacks(pattern), ATTACKS) if _grows(work, a)), 1))


@pytest.mark.fault(
    "Time",
    "a text on which a regular expression of the code is slow",
    made="attacks made of the pattern itself, doubled in length while the seconds are counted",
    guard="possessive quantifiers and bounded repeats",
)
def test_constants(happened: Callable[[str], None]) -> None:
    constants = _constants()
    assert AT_ONE_PLACE.issubset(constants) and len(constants) > 40
    bad = {name: grown(one, name in AT_ONE_PLACE) for name, one in constants.items()}
    assert {name: attack for name, attack in bad.items() if attack} == {}
    happened("no pattern takes more than linear time")


@pytest.mark.fault(
    "Time",
    "a text on which a pattern of the rules is slow",
    made="the same for every pattern that the stages compile",
    guard="possessive quantifiers and bounded repeats",
)
def test_patterns_of_rules(monkeypatch: pytest.MonkeyPatch, happened: Callable[[str], None]) -> None:
    made = _of_rules(monkeypatch)
    assert len(made) > 200
    bad = {one.pattern[:200]: grown(one, bool(FROM_RULES_AT_ONE_PLACE.search(one.pattern))) for one in made}
    assert {pattern: attack for pattern, attack in bad.items() if attack} == {}
    happened("no pattern takes more than linear time")


@pytest.mark.parametrize("bad", [r"\s*x", r"[^。]*[0-9]", r" +(?=个)", r"\d+\d*个"])
def test_what_is_not_linear_is_seen(bad: str) -> None:
    assert grown(re.compile(bad), at_one_place=False)
