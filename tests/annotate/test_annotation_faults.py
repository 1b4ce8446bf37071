"""Annotations that are incomplete or contradict themselves: all are named, nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from editor import Task, annotated, cli, of

from taizhang.annotate import read_annotations
from taizhang.errors import UnreadableInput

GOLD = Path(__file__).parents[1] / "gold"


def _two_annotations(tasks: list[Task]) -> None:
    tasks[0]["annotations"] = [{"result": []}, {"result": []}]


def _twice(tasks: list[Task]) -> None:
    tasks[1]["data"]["id"] = "a1"


def _field(control: str, *texts: str) -> Callable[[list[Task]], None]:
    def change(tasks: list[Task]) -> None:
        of(tasks, "3处", "textarea", control)["value"]["text"] = list(texts)

    return change


def _drop(control: str) -> Callable[[list[Task]], None]:
    def change(tasks: list[Task]) -> None:
        item = of(tasks, "3处", "choices", control)
        tasks[0]["predictions"][0]["result"].remove(item)

    return change


def _labels(*labels: str) -> Callable[[list[Task]], None]:
    return lambda tasks: of(tasks, "3处", "labels")["value"].update(labels=list(labels))


def _arrow(**change: str) -> Callable[[list[Task]], None]:
    def changed(tasks: list[Task]) -> None:
        (arrow,) = (i for i in tasks[0]["predictions"][0]["result"] if i["type"] == "relation")
        arrow |= change

    return changed


FAULTS: list[tuple[Callable[[list[Task]], None], str, str]] = [
    (_two_annotations, "a1: expected one annotation, or one marked as ground truth, got 2", "two annotators"),
    (_twice, "a1: expected one annotated task of a document, got two", "a task that was imported twice"),
    (
        _field("value", "1,2"),
        "a1: '3处' at 28: value: expected a valid decimal, got '1,2'",
        "no number",
    ),
    (_field("value", "3", "4"), "'3处' at 28: expected one value, got 3, 4", "two values"),
    (_field("value"), "value: expected a valid decimal, got ''", "no value"),
    (
        _field("metric", "隐患" * 21),
        "metric: expected a string with at most 40 characters",
        "a metric that is too long",
    ),
    (
        _field("heads", "火灾"),
        "heads: expected words of the metric '校园隐患', got '火灾'",
        "a head not in the metric",
    ),
    (_field("heads"), "heads: expected a tuple with at least 1 item", "no heads"),
    (_field("code", "5301"), "code: expected a string of pattern", "a code of four digits"),
    (_drop("kind"), "kind: expected 'count'", "no kind"),
    (
        lambda t: of(t, "3处", "choices", "bound")["value"].update(choices=["range"]),
        "value_max: expected with",
        "a range",
    ),
    (_labels(), "phase: expected 'problem'", "a region without a label"),
    (_labels("result", "effect"), "expected one value, got result, effect", "two labels"),
    (_labels("rejected"), "reason: expected a string with at least 1 character", "rejected without a reason"),
    (
        _arrow(direction="bi"),
        "part_of: id-27 to id-17: expected one arrow from a part to its total",
        "two heads",
    ),
    (_arrow(to_id="gone"), "part_of: id-27 to gone: expected one arrow", "an arrow to nowhere"),
    (
        lambda t: of(t, "3处", "labels")["value"].pop("end"),
        "expected a start and an end, got 28 and None",
        "no end",
    ),
    (
        lambda t: t[0]["predictions"][0]["result"].remove(of(t, "3处", "labels")),
        "expected a label, got none",
        "no region",
    ),
]


@pytest.mark.parametrize(("change", "says", "proves"), FAULTS, ids=[case[2] for case in FAULTS])
def test_what_is_incomplete_or_contradicts_itself(
    change: Callable[[list[Task]], None], says: str, proves: str, tasks: list[Task], tmp_path: Path
) -> None:
    change(tasks)
    path = annotated(tasks, tmp_path / "export.json")
    said = cli("import", path, "--from", "label-studio", "--out", tmp_path / "gold", code=2)
    assert says in said and "Traceback" not in said
    assert not (tmp_path / "gold").exists()


def test_all_faults_are_named_up_to_a_limit(tasks: list[Task], tmp_path: Path) -> None:
    many = [json.loads(json.dumps(tasks[0])) for _ in range(30)]
    for number, task in enumerate(many):
        task["data"]["id"] = f"d{number}"
        _field("value", "x")([task])
    with pytest.raises(UnreadableInput, match=r"(?s)d0: .*d19: .*… and 10 more"):
        read_annotations(annotated(many, tmp_path / "export.json"))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[1]",
        '{"data": 1}',
        '[{"id": 1, "text": "x", "label": []}]',
        "id,text\r\n1,x\r\n",
        "\ufeff[]x",
    ],
    ids=["empty", "no json", "numbers", "one task", "json-min", "csv", "mark"],
)
def test_another_file_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(content, "utf-8")
    said = cli("import", path, "--from", "label-studio", "--out", tmp_path / "gold", code=2)
    assert "expected Label Studio's export in the format JSON" in said
    assert not (tmp_path / "gold").exists()
