"""Files that are whole or not there: before the commit, after an abort, and when the disk refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from taizhang.write.whole import WholeFile, write_whole


def test_the_old_content_stays_until_the_commit(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text("old")
    file = WholeFile(path)
    file.write("new\n")
    assert path.read_text() == "old"
    file.commit()
    assert path.read_text() == "new\n"
    file.abort()  # harmless afterwards
    assert [p.name for p in tmp_path.iterdir()] == ["records.jsonl"]


def test_an_abort_leaves_nothing_behind(tmp_path: Path) -> None:
    file = WholeFile(tmp_path / "records.jsonl")
    file.write("half a line")
    file.abort()
    assert list(tmp_path.iterdir()) == []


def test_a_failed_rename_leaves_the_old_file_and_no_part(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "inside").touch()
    with pytest.raises(OSError, match="taken"):
        write_whole(tmp_path / "taken", "text")
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]


def test_line_ends_are_written_as_they_are(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", "一\r\n二\n")
    assert (tmp_path / "a").read_bytes() == "一\r\n二\n".encode()


def test_half_a_surrogate_pair_becomes_the_json_escape_of_itself(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", '"\ud83d户"')
    assert json.loads((tmp_path / "a").read_text("utf-8")) == "\ud83d户"
