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
id = "my.verb-{number}"
phase = "{phase}"
forms = [{form}]
examples = [{example}]
counter_examples = ["农户20户"]
"""


def listed(cases: list[dict[str, Any]], folder: Path) -> Pipeline:
    """A pipeline with a folder of a user's own in which the verbs of all these cases are listed."""
    verbs = {case["form"]: case["phase"] for case in cases}
    content = ""
    for number, (form, phase) in enumerate(verbs.items()):
        example = json.dumps(f"⟨{form}⟩短板5条", ensure_ascii=False)
        shown = json.dumps(form, ensure_ascii=False)
        content += ACTION.format(number=number, phase=phase, form=shown, example=example)
    (folder / "actions.toml").write_text(content, "utf-8")
    return Pipeline([folder])


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Pipeline]:
    """By whether a case is told apart: a pipeline takes seconds to make, so that the others share one."""
    return {
        apart: listed([c for c in CASES if c.get("apart", False) is apart], tmp_path_factory.mktemp("own"))
        for apart in (False, True)
    }


@pytest.mark.parametrize("case", CASES, ids=[case["proves"] for case in CASES])
def test_a_users_verb_is_heard(case: dict[str, Any], own: dict[bool, Pipeline]) -> None:
    records = own[case.get("apart", False)].extract(case["text"]).records
    (record,) = (r for r in records if r.quote == case["quote"])
    assert case["metric"] in record.metric.name
    assert record.phase == case["told"]


def test_no_case_is_told_by_the_verb_of_another() -> None:
    others = [
        (case["text"], other["form"])
        for case in CASES
        for other in CASES
        if other["form"] != case["form"]
        and other["form"] in case["text"]
        and case.get("apart", False) is other.get("apart", False)
    ]
    assert others == []


def test_the_cases_show_something() -> None:
    """Without the user's rule half of them or more have another phase."""
    phases = [
        next(r.phase for r in shipped_pipeline().extract(c["text"]).records if r.quote == c["quote"])
        for c in CASES
    ]
    others = [c["proves"] for c, phase in zip(CASES, phases, strict=True) if phase != c["told"]]
    assert len(others) >= len(CASES) // 2, phases
