"""Verbs of a user's own rules go before what ships and what is fitted: a table of cases."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from taizhang.pipeline import Pipeline, shipped_pipeline

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "own_verbs.toml").read_text("utf-8")
)["case"]
ACTION = """
[[action]]
id = "my.verb"
phase = "{phase}"
forms = [{form}]
examples = [{example}]
counter_examples = ["农户20户"]
"""


def rules(folder: Path, case: dict[str, Any]) -> Path:
    form, phase = case["form"], case["phase"]
    example = json.dumps(f"⟨{form}⟩短板5条", ensure_ascii=False)
    content = ACTION.format(phase=phase, form=json.dumps(form, ensure_ascii=False), example=example)
    (folder / "actions.toml").write_text(content, "utf-8")
    return folder


@pytest.mark.parametrize("case", CASES, ids=[case["proves"] for case in CASES])
def test_a_users_verb_is_heard(case: dict[str, Any], tmp_path: Path) -> None:
    records = Pipeline([rules(tmp_path, case)]).extract(case["text"]).records
    (record,) = (r for r in records if r.quote == case["quote"])
    assert case["metric"] in record.metric.name
    assert record.phase == case["told"]


def test_the_cases_show_something() -> None:
    """Without the user's rule half of them or more have another phase."""
    phases = [
        next(r.phase for r in shipped_pipeline().extract(c["text"]).records if r.quote == c["quote"])
        for c in CASES
    ]
    others = [c["proves"] for c, phase in zip(CASES, phases, strict=True) if phase != c["told"]]
    assert len(others) >= len(CASES) // 2, phases
