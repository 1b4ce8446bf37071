"""Records to Label Studio and back: unchanged they are gold that scores 1, each quote where its offsets say."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from editor import Task, annotated, cli, export, of
from hypothesis import given
from hypothesis import strategies as st

from taizhang.annotate import GoldRecord, read_annotations
from taizhang.annotate.annotations import _quote
from taizhang.errors import UnreadableInput
from taizhang.evaluate import FIELDS, evaluate, read_lines

GOLD = Path(__file__).parents[1] / "gold"


def test_unchanged_the_seeds_are_gold_that_scores_one(seed_ledger: Path, tmp_path: Path) -> None:
    path = annotated(export(seed_ledger, tmp_path / "tasks"), tmp_path / "export.json")
    said = cli("import", path, "--from", "label-studio", "--out", tmp_path / "gold")
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
    for task in export(seed_ledger, tmp_path / "tasks"):
        labels = [item for item in task["predictions"][0]["result"] if item["type"] == "labels"]
        for item in labels:
            value = item["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
        assert len({item["id"] for item in labels}) == len(labels)


def test_tasks_and_configuration_go_together(seed_ledger: Path, tmp_path: Path) -> None:
    """Each control that a task names is in the configuration, with its type and with the choice that is made."""
    tasks = export(seed_ledger, tmp_path / "tasks")
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
        said = cli("export", seed_ledger, "--to", tool, "--out", tmp_path, code=2)
        assert f"{name}: expected no such file" in said and "--force" in said
        assert (tmp_path / name).read_text() == "mine"
        (tmp_path / name).unlink()


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
    of(tasks, "3处", "labels")["value"]["text"] = "4处"
    with pytest.raises(UnreadableInput, match="a1: region id-27: expected '4处' at 28 to 30, got '3处'"):
        read_annotations(annotated(tasks, tmp_path / "export.json"))
