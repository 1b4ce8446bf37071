"""Organisations that did what a figure counts: a table of cases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from taizhang.extract.places import find_agencies, find_places
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Quantity
from taizhang.segment.boundaries import Boundaries

RULES = shipped_pipeline().rules
LINES = (Path(__file__).parent / "cases/agencies.tsv").read_text("utf-8").splitlines()
CASES = [line.split("\t") for line in LINES if line[0] != "#"]


@pytest.mark.parametrize(("text", "agency", "proves"), CASES)
def test_agencies(text: str, agency: str, proves: str) -> None:
    match = re.search("⟨(.+)⟩", text)
    assert match
    plain = text.replace("⟨", "").replace("⟩", "")
    quantity = Quantity(start=match.start(), end=match.end() - 2, quote=match[1], value=3)
    layout = Boundaries.of(RULES).layout(plain, 0)
    (choice,) = find_agencies(layout, [quantity], find_places(plain, RULES), RULES)
    assert choice.name == ("" if agency == "-" else agency), proves
    assert bool(choice.rule) == bool(choice.name)
