"""The stage dumps: four JSON files that say what each stage made of an article, in a safe folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from taizhang.show import Dumper

NAMES = [
    # document id, folder, what it proves
    ("000_9826cbe5", "000_9826cbe5", "a plain id stays"),
    ("../../etc/passwd", "etc_passwd", "no way out of the folder"),
    ("整改报告", "整改报告", "Chinese stays readable"),
    ("a b:c*d", "a_b_c_d", "what a file system refuses is replaced"),
    ("..", "article", "nothing left to name it by"),
    ("长" * 300, "长" * 80, "not longer than a file system allows"),
]


@pytest.mark.parametrize(("name", "folder", "proves"), NAMES, ids=[c[2] for c in NAMES])
def test_the_folder_has_a_safe_name(
    name: str, folder: str, proves: str, trace: object, tmp_path: Path
) -> None:
    document = trace.result.document.model_copy(update={"id": name})
    trace.result = trace.result.model_copy(update={"document": document})
    assert Dumper(tmp_path).dump(trace) == tmp_path / folder


def test_two_articles_of_one_id_have_two_folders(trace: object, tmp_path: Path) -> None:
    dumper = Dumper(tmp_path)
    assert [dumper.dump(trace).name for _ in range(3)] == ["a1", "a1-2", "a1-3"]


def test_each_stage_has_its_file(trace: object, tmp_path: Path) -> None:
    folder = Dumper(tmp_path).dump(trace)
    names = ["1-clean.json", "2-segment.json", "3-extract.json", "4-validate.json", "index.html"]
    assert sorted(p.name for p in folder.iterdir()) == names
    clean, segment, extract, validate = (json.loads((folder / name).read_text("utf-8")) for name in names[:4])
    assert clean["text"] == trace.cleaned.text
    assert clean["raw"] == trace.cleaned.raw
    assert clean["fixes"][0]["before"] == "Ｉ"
    assert clean["boilerplate"] == [{"start": 5, "end": 9, "text": "<快讯>"}]
    assert [c["text"] for c in segment["clauses"]][1:] == ["第二批排查隐患1.5万处，", "其中校园3处。"]
    assert [c["quantity"]["value"] for c in extract["candidates"]] == [15000, 3]
    assert extract["candidates"][1]["part_of"] == 0
    assert extract["exclusions"][0]["quote"] == "第二批"
    assert [r["quote"] for r in validate["records"]] == ["1.5万处", "3处"]
    assert validate["rejects"][0]["reason"] == "ordinal"


def test_the_dumped_alignment_leads_back_to_the_source(trace: object, tmp_path: Path) -> None:
    clean = json.loads((Dumper(tmp_path).dump(trace) / "1-clean.json").read_text("utf-8"))
    for start, size, source, extent, step in clean["alignment"]:
        assert (size, step) == (extent, 1)
        assert clean["text"][start : start + size] == clean["raw"][source : source + extent]
