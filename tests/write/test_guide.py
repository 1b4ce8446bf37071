"""The record's field guide: its tables are those of the types and names of today, and no code is without a meaning."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import get_args

import pytest

from taizhang import records
from taizhang.run.outcome import INTERNAL_ERROR, TIMEOUT, WORKER_DIED
from taizhang.validate.checks import CHECKS
from taizhang.write.fields import values

TOP = Path(__file__).parents[2]
GUIDE = TOP / "docs" / "record.md"


def test_the_tables_are_those_of_today() -> None:
    script = runpy.run_path(str(TOP / "scripts" / "record_guide.py"))
    page = GUIDE.read_text("utf-8")
    assert script["guide"](page) == page, "run `make schemas`"


CODED = {
    "phase": records.Phase,
    "bound": records.Bound,
    "kind": records.Kind,
    "level": records.Level,
    "how": records.How,
}


@pytest.mark.parametrize(("field", "type_"), CODED.items())
def test_every_code_of_a_type_has_a_meaning(field: str, type_: object) -> None:
    assert set(values()[field]) == set(get_args(type_)) - {""}


def test_every_check_has_a_meaning() -> None:
    assert {name: text.en for name, text in values()["checks"].items()} == CHECKS


def test_every_reason_of_a_number_has_a_meaning() -> None:
    texts = [p.read_text("utf-8") for p in (TOP / "rules").glob("*.toml")]
    texts += [p.read_text("utf-8") for p in (TOP / "pipeline/taizhang/validate").glob("*.py")]
    reasons = {
        reason for text in texts for reason in re.findall(r'^\s*reason ?= ?"([a-z-]+)"', text, re.MULTILINE)
    }
    assert {"date", "low-confidence"} <= reasons
    assert reasons <= set(values()["reason"])


def test_every_reason_of_an_article_has_a_meaning() -> None:
    sources = [p.read_text("utf-8") for p in (TOP / "pipeline/taizhang/read").glob("*.py")]
    raised = {reason for text in sources for reason in re.findall(r'UnreadableInput\(\s*"([a-z-]+)"', text)}
    raised |= {INTERNAL_ERROR, TIMEOUT, WORKER_DIED}
    assert {"empty", "bad-warc"} <= raised
    assert raised <= set(values()["unread"])
