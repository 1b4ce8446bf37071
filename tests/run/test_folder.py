"""A run folder read again: what it holds, and that what is no run folder, or not the one it was, is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from stub_pipeline import short_article

from taizhang.errors import RunFolderError
from taizhang.records import Document, Rejection
from taizhang.run import write_ledger
from taizhang.run.folder import RunFolder, rows
from taizhang.write.manifest import LAYOUT
from taizhang.write.records_csv import CSV
from taizhang.write.records_jsonl import JSONL


@pytest.fixture
def run(pipeline: object, tmp_path: Path) -> Path:
    document = Document(id="b", path="b.txt")
    unread = Rejection(scope="article", document=document, reason="binary", detail="zeros")
    write_ledger([short_article("a1"), unread, short_article("a2")], pipeline, tmp_path / "run", (JSONL, CSV))
    return tmp_path / "run"


def test_what_was_written_is_what_is_read(run: Path) -> None:
    folder = RunFolder.open(run)
    assert [(i.path, i.id, i.unread) for i in folder.manifest.inputs] == [
        ("a1.txt", "a1", None),
        ("b.txt", "b", "binary"),
        ("a2.txt", "a2", None),
    ]
    assert (folder.manifest.records, folder.manifest.articles) == (4, 2)
    assert [r.scope for r in folder.rejects()] == ["number", "article", "number"]
    records = list(folder.records())
    assert len(records) == 4
    assert [r.model_dump(mode="json") for r in records] == [
        json.loads(line) for line in folder.file("records.jsonl").open()
    ]
    folder.verify()


def test_every_digit_of_a_number_is_read(run: Path) -> None:
    path = run / "records.jsonl"
    first, *rest = path.read_text("utf-8").splitlines(keepends=True)
    row = json.loads(first)
    digits = "0.1000000000000000000000000000000000001"
    path.write_text(
        first.replace(f'"value": {row["value"]}', f'"value": {digits}', 1) + "".join(rest), "utf-8"
    )
    assert next(RunFolder.open(run).records()).value == Decimal(digits)
    assert next(rows(path))["value"] == Decimal(digits)


def _gone(run: Path) -> None:
    (run / "manifest.json").unlink()


def _no_json(run: Path) -> None:
    (run / "manifest.json").write_bytes(b"\xff\xfe")


def _manifest(**changes: object) -> Callable[[Path], None]:
    def change(run: Path) -> None:
        path = run / "manifest.json"
        content = json.loads(path.read_text("utf-8")) | changes
        path.write_text(json.dumps({k: v for k, v in content.items() if v is not None}), "utf-8")

    return change


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_gone, "got one without manifest.json"),
        (_no_json, "manifest.json: expected JSON"),
        (lambda run: (run / "manifest.json").write_text("[]"), f"expected run_folder {LAYOUT}.* got none"),
        (_manifest(run_folder=None), f"expected run_folder {LAYOUT}.* got none"),
        (_manifest(run_folder=LAYOUT + 1), f"expected run_folder {LAYOUT}.* got {LAYOUT + 1}"),
        (_manifest(outputs=None), "outputs: expected this key, which is required"),
        (_manifest(inputs=[{"path": "a.txt"}]), r"inputs\.0\.id: expected this key, which is required"),
    ],
)
def test_a_folder_that_cannot_be_read_is_told(run: Path, spoil: Callable[[Path], None], told: str) -> None:
    spoil(run)
    with pytest.raises(RunFolderError, match=told):
        RunFolder.open(run)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match="got no such folder"):
        RunFolder.open(tmp_path / "none")


def test_keys_of_a_later_program_of_the_same_layout_are_let_be(run: Path) -> None:
    _manifest(new={"a": 1})(run)
    assert RunFolder.open(run).manifest.records == 4


def test_files_that_do_not_match_the_manifest_are_each_told(run: Path) -> None:
    with (run / "records.csv").open("a") as file:
        file.write("x\n")
    (run / "rejects.jsonl").unlink()
    folder = RunFolder.open(run)
    faults = list(folder.faults())
    assert len(faults) == 2
    assert any("records.csv: expected SHA-256" in fault for fault in faults)
    assert any("rejects.jsonl: expected the file that manifest.json names" in fault for fault in faults)
    folder.verify(["records.jsonl"])
    with pytest.raises(RunFolderError, match="changed after the run"):
        folder.verify(["records.csv"])
    with pytest.raises(RunFolderError, match="the run wrote others"):
        folder.verify(["ledger.sqlite"])


def test_a_file_that_the_run_did_not_write_is_told_from_one_that_is_gone(run: Path) -> None:
    folder = RunFolder.open(run)
    with pytest.raises(RunFolderError, match=r"the run wrote others \(.*records.csv.*\)"):
        folder.file("ledger.sqlite")
    (run / "records.jsonl").unlink()
    with pytest.raises(RunFolderError, match="but it is missing"):
        folder.records()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", r"records\.jsonl:5: expected a JSON object"),
        ("3", r"records\.jsonl:5: expected a JSON object, got int"),
        (
            '{"id": "x"}',
            r"records\.jsonl:5: expected a RectificationItem, document: expected this key, which is required",
        ),
    ],
)
def test_a_line_that_is_no_record_is_told_with_its_number(run: Path, line: str, told: str) -> None:
    with (run / "records.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(RunFolderError, match=told):
        list(RunFolder.open(run).records())
