"""Records to Label Studio and back: unchanged they are gold that scores 1, corrected they are the corrected gold."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from taizhang.annotate import GoldRecord, read_annotations
from taizhang.annotate.annotations import _quote
from taizhang.cli import app
from taizhang.errors import UnreadableInput
from taizhang.evaluate import FIELDS, evaluate, read_lines
from taizhang.records import Result
from taizhang.run.folder import RunFolder

MakeRun = Callable[..., RunFolder]
Task = dict[str, Any]
GOLD = Path(__file__).parents[1] / "gold"
# Characters beyond the Basic Multilingual Plane, which are two UTF-16 code units each, before the numbers.
ODD = "𠮷禾镇😀整改\n第二批排查隐患1.5万处，\n\n  其中校园3处。"


def _cli(*words: object, code: int = 0) -> str:
    done = CliRunner().invoke(app, [*map(str, words)])
    assert done.exit_code == code, done.output
    return done.output


def _export(run: Path, out: Path) -> list[Task]:
    _cli("export", run, "--to", "label-studio", "--out", out)
    tasks: list[Task] = json.loads((out / "tasks.json").read_text("utf-8"))
    return tasks


def _annotated(tasks: list[Task], path: Path) -> Path:
    """What Label Studio exports when each prediction was submitted as it is."""
    for number, task in enumerate(tasks, 1):
        task.setdefault("annotations", [{"result": task["predictions"][0]["result"], "was_cancelled": False}])
        task["id"] = number
    path.write_text(json.dumps(tasks, ensure_ascii=False), "utf-8")
    return path


def _moved(result: Result, text: str) -> Result:
    """The hand-made result as if its article were ``text``."""
    records = tuple(
        r.model_copy(
            update={
                "span": r.span.model_copy(update={"start": at, "end": at + len(r.quote)}),
                "sentence": text,
            }
        )
        for r in result.records
        for at in [text.index(r.quote)]
    )
    start = text.index("第二批")
    span = records[0].span.model_copy(update={"start": start, "end": start + 3})
    rejects = tuple(r.model_copy(update={"span": span}) for r in result.rejects)
    return result.model_copy(update={"records": records, "rejects": rejects, "text": text})


@pytest.fixture
def tasks(make_run: MakeRun, result: Result, tmp_path: Path) -> list[Task]:
    """The tasks of one article with a total and its part, and of one without numbers."""
    empty = Result(document=result.document.model_copy(update={"id": "empty"}), text="没有数字。")
    return _export(make_run(_moved(result, ODD), empty).path, tmp_path / "tasks")


# --- the real files -------------------------------------------------------------------------------------------


def test_unchanged_the_seeds_are_gold_that_scores_one(seed_ledger: Path, tmp_path: Path) -> None:
    export = _annotated(_export(seed_ledger, tmp_path / "tasks"), tmp_path / "export.json")
    said = _cli("import", export, "--from", "label-studio", "--out", tmp_path / "gold")
    score = evaluate(tmp_path / "gold", seed_ledger / "records.jsonl")
    assert score.faults == []
    assert score.documents == 5 and score.counts["gold"] > 100
    assert {score.rate(name).f1 for name in ("found", "quantity", "record", "part_of")} == {1.0}
    assert {score.share(name) for name in FIELDS} == {1.0}
    assert score.counts["rejected gold"] == score.counts["rejected reason"] > 100
    assert f"5 articles, {score.counts['gold']} records, {score.counts['rejected gold']} rejected" in said


@pytest.mark.parametrize("path", sorted(GOLD.glob("0*.jsonl")), ids=lambda p: p.stem)
def test_the_format_is_that_of_the_gold_that_is_there(path: Path) -> None:
    """Each line, read as a record of gold, is written to the same bytes."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    assert [GoldRecord.model_validate(row).to_line() for row in read_lines(path)] == lines


def test_every_region_stands_in_its_text(seed_ledger: Path, tmp_path: Path) -> None:
    for task in _export(seed_ledger, tmp_path / "tasks"):
        labels = [item for item in task["predictions"][0]["result"] if item["type"] == "labels"]
        for item in labels:
            value = item["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
        assert len({item["id"] for item in labels}) == len(labels)


def test_tasks_and_configuration_go_together(seed_ledger: Path, tmp_path: Path) -> None:
    """Each control that a task names is in the configuration, with its type and with the choice that is made."""
    tasks = _export(seed_ledger, tmp_path / "tasks")
    view = ElementTree.parse(tmp_path / "tasks" / "labeling.xml").getroot()
    controls = {tag.get("name"): tag for tag in view.iter() if tag.get("toName")}
    assert {tag.get("toName") for tag in controls.values()} == {"text"}
    assert [tag.get("value") for tag in view.iter("Text")] == ["$text"]
    assert len([tag.get("name") for tag in view.iter() if tag.get("name")]) == len(controls) + 1
    relations = {tag.get("value") for tag in view.iter("Relation")}
    for item in (item for task in tasks for item in task["predictions"][0]["result"]):
        if item["type"] == "relation":
            assert set(item["labels"]) <= relations
            continue
        control = controls[item["from_name"]]
        assert control.tag.lower() == item["type"] and item["to_name"] == "text"
        offered = {tag.get("value") for tag in control}
        if item["type"] in {"labels", "choices"}:
            assert set(item["value"][item["type"]]) <= offered


def test_what_is_there_is_not_replaced_without_force(seed_ledger: Path, tmp_path: Path) -> None:
    for tool, name in (
        ("label-studio", "tasks.json"),
        ("label-studio", "labeling.xml"),
        ("docbin", "docs.spacy"),
    ):
        (tmp_path / name).write_text("mine")
        said = _cli("export", seed_ledger, "--to", tool, "--out", tmp_path, code=2)
        assert f"{name}: expected no such file" in said and "--force" in said
        assert (tmp_path / name).read_text() == "mine"
        (tmp_path / name).unlink()


# --- offsets ----------------------------------------------------------------------------------------------------


def test_offsets_are_code_points(tasks: list[Task]) -> None:
    labels = [item["value"] for item in tasks[0]["predictions"][0]["result"] if item["type"] == "labels"]
    assert [(v["start"], v["end"], v["text"]) for v in labels] == [
        (14, 19, "1.5万处"),
        (28, 30, "3处"),
        (7, 10, "第二批"),
    ]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(st.text(st.sampled_from("𠮷😀3处\n\r a"), min_size=2, max_size=12), st.data())
def test_a_region_is_found_in_code_points_and_in_utf_16(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    said = {
        "start": start,
        "end": end,
        "text": quote.replace("\n", data.draw(st.sampled_from(["\n", "\\n"]))),
    }
    assert _quote(text, said) == (start, quote)
    units = said | {"start": _units(text[:start]), "end": _units(text[:end])}
    at, found = _quote(text, units)
    assert found == quote and text[at : at + len(found)] == quote


def test_a_region_whose_text_stands_elsewhere_is_a_fault(tasks: list[Task], tmp_path: Path) -> None:
    _of(tasks, "3处", "labels")["value"]["text"] = "4处"
    with pytest.raises(UnreadableInput, match="a1: region id-27: expected '4处' at 28 to 30, got '3处'"):
        read_annotations(_annotated(tasks, tmp_path / "export.json"))


# --- corrections -------------------------------------------------------------------------------------------------


def _of(tasks: list[Task], quote: str, kind: str, control: str = "") -> dict[str, Any]:
    """The item of the region with this quote, of one type and of one control."""
    items = tasks[0]["predictions"][0]["result"]
    (region,) = (i["id"] for i in items if i["type"] == "labels" and i["value"]["text"] == quote)
    (item,) = (
        i for i in items if i.get("id") == region and i["type"] == kind and control in {"", i["from_name"]}
    )
    found: dict[str, Any] = item
    return found


def _without(tasks: list[Task], quote: str) -> None:
    """Delete a region as the editor does: with all that hangs on it, and the arrows to and from it."""
    gone = _of(tasks, quote, "labels")["id"]
    result = tasks[0]["predictions"][0]["result"]
    result[:] = [i for i in result if gone not in (i.get("id"), i.get("from_id"), i.get("to_id"))]


def _typed(name: str, text: str, start: int, end: int, control: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": [text]}
    return {"id": name, "from_name": control, "to_name": "text", "type": "textarea", "value": value}


def _rows(tasks: list[Task], tmp_path: Path) -> list[dict[str, Any]]:
    out = tmp_path / "gold"
    _cli("import", _annotated(tasks, tmp_path / "export.json"), "--from", "label-studio", "--out", out)
    return read_lines(out / "a1.jsonl")


def test_unchanged(tasks: list[Task], tmp_path: Path) -> None:
    total, part = _rows(tasks, tmp_path)
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
    _of(tasks, "3处", "labels")["value"]["labels"] = ["result"]
    assert [row["phase"] for row in _rows(tasks, tmp_path)] == ["problem", "result"]


def test_a_moved_span(tasks: list[Task], tmp_path: Path) -> None:
    _of(tasks, "3处", "labels")["value"] |= {"start": 26, "end": 30, "text": "校园3处"}
    assert [row["quote"] for row in _rows(tasks, tmp_path)] == ["1.5万处", "校园3处"]


def test_typed_and_chosen_fields(tasks: list[Task], tmp_path: Path) -> None:
    _of(tasks, "1.5万处", "textarea", "value")["value"]["text"] = [" 15000.50 "]
    _of(tasks, "1.5万处", "textarea", "heads")["value"]["text"] = ["排查|摸排", "隐患"]
    _of(tasks, "1.5万处", "choices", "bound")["value"]["choices"] = ["range"]
    name = _of(tasks, "1.5万处", "labels")["id"]
    tasks[0]["predictions"][0]["result"] += [
        _typed(name, "16000", 14, 19, "value_max"),
        _typed(name, "2019-10/..", 14, 19, "time"),
        _typed(name, "市安委办", 14, 19, "agency"),
    ]
    row = _rows(tasks, tmp_path)[0]
    assert (row["value"], row["value_max"], row["bound"]) == ("15000.50", "16000", "range")
    assert (row["time"], row["agency"], row["heads"]) == (
        "2019-10/..",
        "市安委办",
        [["排查", "摸排"], "隐患"],
    )


def test_a_deleted_record_and_one_that_became_a_rejected_number(tasks: list[Task], tmp_path: Path) -> None:
    _without(tasks, "1.5万处")
    _of(tasks, "3处", "labels")["value"]["labels"] = ["rejected"]
    name = _of(tasks, "3处", "labels")["id"]
    reason = {"start": 28, "end": 30, "text": "3处", "choices": ["reference"]}
    tasks[0]["predictions"][0]["result"].append(
        {"id": name, "from_name": "reason", "to_name": "text", "type": "choices", "value": reason}
    )
    assert _rows(tasks, tmp_path) == []
    assert [(r["quote"], r["reason"]) for r in read_lines(tmp_path / "gold" / "rejected.jsonl")] == [
        ("第二批", "ordinal"),
        ("3处", "reference"),
    ]


def test_an_added_record_stands_in_the_order_of_the_text(tasks: list[Task], tmp_path: Path) -> None:
    where = {"start": 7, "end": 10, "text": "第二批"}
    result = tasks[0]["predictions"][0]["result"]
    _without(tasks, "第二批")
    result.append(
        {"id": "new", "from_name": "label", "type": "labels", "value": {**where, "labels": ["context"]}}
    )
    for control, text in (("value", "2"), ("metric", "整改批次"), ("heads", "批次")):
        result.append(_typed("new", text, 7, 10, control))
    for control, choice in (("bound", "exact"), ("kind", "count")):
        result.append(
            {"id": "new", "from_name": control, "type": "choices", "value": {**where, "choices": [choice]}}
        )
    rows = _rows(tasks, tmp_path)
    assert [(row["quote"], row["phase"], row["unit"]) for row in rows] == [
        ("第二批", "context", ""),
        ("1.5万处", "problem", "处"),
        ("3处", "problem", "处"),
    ]


def test_an_arrow_drawn_the_other_way_round(tasks: list[Task], tmp_path: Path) -> None:
    (arrow,) = (i for i in tasks[0]["predictions"][0]["result"] if i["type"] == "relation")
    arrow |= {"from_id": arrow["to_id"], "to_id": arrow["from_id"], "direction": "left"}
    assert [row["part_of"] for row in _rows(tasks, tmp_path)] == [None, "1.5万处"]


def test_only_annotated_tasks_are_gold(tasks: list[Task], tmp_path: Path) -> None:
    tasks[1]["annotations"] = [{"result": [], "was_cancelled": True}]
    path = _annotated(tasks, tmp_path / "export.json")
    said = _cli("import", path, "--from", "label-studio", "--out", tmp_path / "gold")
    assert "not annotated: 1: empty" in said
    assert not (tmp_path / "gold" / "empty.jsonl").exists()


def test_of_several_annotations_the_ground_truth_counts(tasks: list[Task], tmp_path: Path) -> None:
    result = tasks[0]["predictions"][0]["result"]
    tasks[0]["annotations"] = [
        {"result": [], "ground_truth": False},
        {"result": result, "ground_truth": True},
    ]
    assert len(_rows(tasks, tmp_path)) == 2


# --- faults: all are named, nothing is written -----------------------------------------------------------------


def _two_annotations(tasks: list[Task]) -> None:
    tasks[0]["annotations"] = [{"result": []}, {"result": []}]


def _twice(tasks: list[Task]) -> None:
    tasks[1]["data"]["id"] = "a1"


def _field(control: str, *texts: str) -> Callable[[list[Task]], None]:
    def change(tasks: list[Task]) -> None:
        _of(tasks, "3处", "textarea", control)["value"]["text"] = list(texts)

    return change


def _drop(control: str) -> Callable[[list[Task]], None]:
    def change(tasks: list[Task]) -> None:
        item = _of(tasks, "3处", "choices", control)
        tasks[0]["predictions"][0]["result"].remove(item)

    return change


def _labels(*labels: str) -> Callable[[list[Task]], None]:
    return lambda tasks: _of(tasks, "3处", "labels")["value"].update(labels=list(labels))


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
        "a1: '3处' at 28: value: Input should be a valid decimal, got '1,2'",
        "no number",
    ),
    (_field("value", "3", "4"), "'3处' at 28: expected one value, got 3, 4", "two values"),
    (_field("value"), "value: Input should be a valid decimal, got ''", "no value"),
    (
        _field("metric", "隐患" * 21),
        "metric: String should have at most 40 characters",
        "a metric that is too long",
    ),
    (
        _field("heads", "火灾"),
        "heads: expected words of the metric '校园隐患', got '火灾'",
        "a head not in the metric",
    ),
    (_field("heads"), "heads: Tuple should have at least 1 item", "no heads"),
    (_field("code", "5301"), "code: String should match pattern", "a code of four digits"),
    (_drop("kind"), "kind: Input should be 'count'", "no kind"),
    (
        lambda t: _of(t, "3处", "choices", "bound")["value"].update(choices=["range"]),
        "value_max: expected with",
        "a range",
    ),
    (_labels(), "phase: Input should be 'problem'", "a region without a label"),
    (_labels("result", "effect"), "expected one value, got result, effect", "two labels"),
    (_labels("rejected"), "reason: String should have at least 1 character", "rejected without a reason"),
    (
        _arrow(direction="bi"),
        "part_of: id-27 to id-17: expected one arrow from a part to its total",
        "two heads",
    ),
    (_arrow(to_id="gone"), "part_of: id-27 to gone: expected one arrow", "an arrow to nowhere"),
    (
        lambda t: _of(t, "3处", "labels")["value"].pop("end"),
        "expected a start and an end, got 28 and None",
        "no end",
    ),
    (
        lambda t: t[0]["predictions"][0]["result"].remove(_of(t, "3处", "labels")),
        "expected a label, got none",
        "no region",
    ),
]


@pytest.mark.parametrize(("change", "says", "proves"), FAULTS, ids=[case[2] for case in FAULTS])
def test_what_is_incomplete_or_contradicts_itself(
    change: Callable[[list[Task]], None], says: str, proves: str, tasks: list[Task], tmp_path: Path
) -> None:
    change(tasks)
    path = _annotated(tasks, tmp_path / "export.json")
    said = _cli("import", path, "--from", "label-studio", "--out", tmp_path / "gold", code=2)
    assert says in said and "Traceback" not in said
    assert not (tmp_path / "gold").exists()


def test_all_faults_are_named_up_to_a_limit(tasks: list[Task], tmp_path: Path) -> None:
    many = [json.loads(json.dumps(tasks[0])) for _ in range(30)]
    for number, task in enumerate(many):
        task["data"]["id"] = f"d{number}"
        _field("value", "x")([task])
    with pytest.raises(UnreadableInput, match=r"(?s)d0: .*d19: .*… and 10 more"):
        read_annotations(_annotated(many, tmp_path / "export.json"))


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
    said = _cli("import", path, "--from", "label-studio", "--out", tmp_path / "gold", code=2)
    assert "expected Label Studio's export in the format JSON" in said
    assert not (tmp_path / "gold").exists()


# --- the folder of gold ------------------------------------------------------------------------------------------


def test_gold_that_is_there_is_replaced_only_with_force(tasks: list[Task], tmp_path: Path) -> None:
    out = tmp_path / "gold"
    _rows(tasks, tmp_path)
    _cli(
        "import", tmp_path / "export.json", "--from", "label-studio", "--out", out
    )  # the same gold is no change
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    _of(tasks, "3处", "labels")["value"]["labels"] = ["result"]
    path = _annotated(tasks, tmp_path / "changed.json")
    said = _cli("import", path, "--from", "label-studio", "--out", out, code=2)
    assert "a1.jsonl: expected no gold of this document, got some; --force replaces it" in said
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    _cli("import", path, "--from", "label-studio", "--out", out, "--force")
    assert read_lines(out / "a1.jsonl")[1]["phase"] == "result"


def test_gold_of_other_documents_stays(tasks: list[Task], tmp_path: Path) -> None:
    out = tmp_path / "gold"
    out.mkdir()
    (out / "other.jsonl").write_text("")
    row = {"doc": "other", "quote": "第一", "reason": "ordinal"}
    (out / "rejected.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    _rows(tasks, tmp_path)
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
    path = _annotated(tasks, tmp_path / "export.json")
    said = _cli("import", path, "--from", "label-studio", "--out", tmp_path / "gold", code=2)
    assert "expected document ids that can name a file of gold" in said
    assert not (tmp_path / "gold").exists()
