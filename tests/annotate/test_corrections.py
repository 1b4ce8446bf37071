"""What is corrected in Label Studio arrives as it should, in the order of the text and in a folder of gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from editor import Task, annotated, cli, of, rows, typed, without

from taizhang.evaluate import read_lines

GOLD = Path(__file__).parents[1] / "gold"


def test_unchanged(tasks: list[Task], tmp_path: Path) -> None:
    total, part = rows(tasks, tmp_path)
    assert total == {
        "quote": "1.5万处",
        "value": "15000",
        "value_max": None,
        "unit": "处",
        "bound": "exact",
        "kind": "count",
        "metric": "排查隐患",
        "heads": ["排查", "隐患"],
        "place": "某省某市",
        "code": "530100",
        "agency": "",
        "phase": "problem",
        "time": "",
        "part_of": None,
    }
    assert (part["quote"], part["part_of"], part["heads"]) == ("3处", "1.5万处", ["校园隐患"])
    assert read_lines(tmp_path / "gold" / "rejected.jsonl") == [
        {"doc": "a1", "quote": "第二批", "reason": "ordinal"}
    ]
    assert (tmp_path / "gold" / "empty.jsonl").read_bytes() == b""


def test_a_changed_phase(tasks: list[Task], tmp_path: Path) -> None:
    of(tasks, "3处", "labels")["value"]["labels"] = ["result"]
    assert [row["phase"] for row in rows(tasks, tmp_path)] == ["problem", "result"]


def test_a_moved_span(tasks: list[Task], tmp_path: Path) -> None:
    of(tasks, "3处", "labels")["value"] |= {"start": 26, "end": 30, "text": "校园3处"}
    assert [row["quote"] for row in rows(tasks, tmp_path)] == ["1.5万处", "校园3处"]


def test_typed_and_chosen_fields(tasks: list[Task], tmp_path: Path) -> None:
    of(tasks, "1.5万处", "textarea", "value")["value"]["text"] = [" 15000.50 "]
    of(tasks, "1.5万处", "textarea", "heads")["value"]["text"] = ["排查|摸排", "隐患"]
    of(tasks, "1.5万处", "choices", "bound")["value"]["choices"] = ["range"]
    name = of(tasks, "1.5万处", "labels")["id"]
    tasks[0]["predictions"][0]["result"] += [
        typed(name, "16000", 14, 19, "value_max"),
        typed(name, "2019-10/..", 14, 19, "time"),
        typed(name, "市安委办", 14, 19, "agency"),
    ]
    row = rows(tasks, tmp_path)[0]
    assert (row["value"], row["value_max"], row["bound"]) == ("15000.50", "16000", "range")
    assert (row["time"], row["agency"], row["heads"]) == (
        "2019-10/..",
        "市安委办",
        [["排查", "摸排"], "隐患"],
    )


def test_a_deleted_record_and_one_that_became_a_rejected_number(tasks: list[Task], tmp_path: Path) -> None:
    without(tasks, "1.5万处")
    of(tasks, "3处", "labels")["value"]["labels"] = ["rejected"]
    name = of(tasks, "3处", "labels")["id"]
    reason = {"start": 28, "end": 30, "text": "3处", "choices": ["reference"]}
    tasks[0]["predictions"][0]["result"].append(
        {"id": name, "from_name": "reason", "to_name": "text", "type": "choices", "value": reason}
    )
    assert rows(tasks, tmp_path) == []
    assert [(r["quote"], r["reason"]) for r in read_lines(tmp_path / "gold" / "rejected.jsonl")] == [
        ("第二批", "ordinal"),
        ("3处", "reference"),
    ]


def test_an_added_record_stands_in_the_order_of_the_text(tasks: list[Task], tmp_path: Path) -> None:
    where = {"start": 7, "end": 10, "text": "第二批"}
    result = tasks[0]["predictions"][0]["result"]
    without(tasks, "第二批")
    result.append(
        {"id": "new", "from_name": "label", "type": "labels", "value": {**where, "labels": ["context"]}}
    )
    for control, text in (("value", "2"), ("metric", "整改批次"), ("heads", "批次")):
        result.append(typed("new", text, 7, 10, control))
    for control, choice in (("bound", "exact"), ("kind", "count")):
        result.append(
            {"id": "new", "from_name": control, "type": "choices", "value": {**where, "choices": [choice]}}
        )
    made = rows(tasks, tmp_path)
    assert [(row["quote"], row["phase"], row["unit"]) for row in made] == [
        ("第二批", "context", ""),
        ("1.5万处", "problem", "处"),
        ("3处", "problem", "处"),
    ]


def test_an_arrow_drawn_the_other_way_round(tasks: list[Task], tmp_path: Path) -> None:
    (arrow,) = (i for i in tasks[0]["predictions"][0]["result"] if i["type"] == "relation")
    arrow |= {"from_id": arrow["to_id"], "to_id": arrow["from_id"], "direction": "left"}
    assert [row["part_of"] for row in rows(tasks, tmp_path)] == [None, "1.5万处"]


def test_only_annotated_tasks_are_gold(tasks: list[Task], tmp_path: Path) -> None:
    tasks[1]["annotations"] = [{"result": [], "was_cancelled": True}]
    path = annotated(tasks, tmp_path / "export.json")
    said = cli("import", path, "--from", "label-studio", "--out", tmp_path / "gold")
    assert "not annotated: 1: empty" in said
    assert not (tmp_path / "gold" / "empty.jsonl").exists()


def test_of_several_annotations_the_ground_truth_counts(tasks: list[Task], tmp_path: Path) -> None:
    result = tasks[0]["predictions"][0]["result"]
    tasks[0]["annotations"] = [
        {"result": [], "ground_truth": False},
        {"result": result, "ground_truth": True},
    ]
    assert len(rows(tasks, tmp_path)) == 2


def test_gold_that_is_there_is_replaced_only_with_force(tasks: list[Task], tmp_path: Path) -> None:
    out = tmp_path / "gold"
    rows(tasks, tmp_path)
    cli(
        "import", tmp_path / "export.json", "--from", "label-studio", "--out", out
    )  # the same gold is no change
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    of(tasks, "3处", "labels")["value"]["labels"] = ["result"]
    path = annotated(tasks, tmp_path / "changed.json")
    said = cli("import", path, "--from", "label-studio", "--out", out, code=2)
    assert "a1.jsonl: expected no gold of this document, got some; --force replaces it" in said
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    cli("import", path, "--from", "label-studio", "--out", out, "--force")
    assert read_lines(out / "a1.jsonl")[1]["phase"] == "result"


def test_gold_of_other_documents_stays(tasks: list[Task], tmp_path: Path) -> None:
    out = tmp_path / "gold"
    out.mkdir()
    (out / "other.jsonl").write_text("")
    row = {"doc": "other", "quote": "第一", "reason": "ordinal"}
    (out / "rejected.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    rows(tasks, tmp_path)
    assert {path.name for path in out.iterdir()} == {
        "other.jsonl",
        "a1.jsonl",
        "empty.jsonl",
        "rejected.jsonl",
    }
    assert [r["doc"] for r in read_lines(out / "rejected.jsonl")] == ["other", "a1"]


@pytest.mark.parametrize("name", ["../a", "a/b", "", "rejected", ".a", "a\nb", "长" * 90], ids=repr)
def test_an_id_that_can_name_no_file(name: str, tasks: list[Task], tmp_path: Path) -> None:
    tasks[0]["data"]["id"] = name
    path = annotated(tasks, tmp_path / "export.json")
    said = cli("import", path, "--from", "label-studio", "--out", tmp_path / "gold", code=2)
    assert "expected document ids that can name a file of gold" in said
    assert not (tmp_path / "gold").exists()
