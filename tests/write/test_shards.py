"""Parquet in shards: the rows of the one file in its order, files of the set size, all there or none."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from taizhang.article import Article
from taizhang.cli import app
from taizhang.errors import OutputError
from taizhang.records import Document
from taizhang.result import Result
from taizhang.run import write_ledger
from taizhang.write.format import Format, Writer
from taizhang.write.records_parquet import PARQUET
from taizhang.write.shards import sharded


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("records-*"))


@pytest.mark.parametrize(
    ("size", "rows"),
    [(3, [3, 3, 3, 1]), (5, [5, 5]), (10, [10]), (1000, [10])],
    ids=["across articles", "to the row", "just one", "one not full"],
)
def test_the_shards_have_the_rows_of_the_one_file_in_its_order(
    size: int, rows: list[int], ledger: tuple[Result, ...], tmp_path: Path
) -> None:
    assert sum(len(result.records) for result in ledger) == 10
    for format_ in (PARQUET, sharded(size)):
        writer = format_.open(tmp_path / format_.filename)
        for result in ledger:
            writer.write(result)
        writer.commit()
    assert _names(tmp_path) == [f"records-{number:05}.parquet" for number in range(len(rows))]
    shards = [pq.read_table(tmp_path / name) for name in _names(tmp_path)]
    assert [shard.num_rows for shard in shards] == rows
    assert pa.concat_tables(shards).equals(pq.read_table(tmp_path / "records.parquet"))


def _articles(count: int) -> list[Article]:
    return [Article.of("排查12处。", Document(id=f"a{number}")) for number in range(count)]


def test_the_manifest_has_each_shard_with_its_rows_and_digest(pipeline: object, tmp_path: Path) -> None:
    write_ledger(_articles(3), pipeline, tmp_path, [sharded(4)])
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert manifest["shards"] == {"records-00000.parquet": 4, "records-00001.parquet": 2}
    for name in manifest["shards"]:
        assert manifest["outputs"][name] == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()


def test_a_shorter_run_leaves_no_shard_of_a_longer_one(pipeline: object, tmp_path: Path) -> None:
    write_ledger(_articles(3), pipeline, tmp_path, [sharded(2)])
    assert len(_names(tmp_path)) == 3
    write_ledger(_articles(1), pipeline, tmp_path, [sharded(2)])
    assert _names(tmp_path) == ["records-00000.parquet"]


def test_no_record_at_all_is_one_shard(pipeline: object, tmp_path: Path) -> None:
    write_ledger([], pipeline, tmp_path, [sharded(2)])
    assert [pq.read_table(tmp_path / name).num_rows for name in _names(tmp_path)] == [0]


def test_a_disk_that_fills_up_leaves_the_shards_of_the_run_before(pipeline: object, tmp_path: Path) -> None:
    write_ledger(_articles(2), pipeline, tmp_path, [sharded(2)])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    class Full:
        def write(self, result: Result) -> None:
            raise OSError(28, "No space left on device")

        def commit(self) -> None: ...

        def abort(self) -> None: ...

    def full(path: Path) -> Writer:
        return Full()

    with pytest.raises(OutputError, match="No space left"):
        write_ledger(_articles(3), pipeline, tmp_path, [sharded(1), Format("full", "full", full)])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_the_option_needs_parquet(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("太原市解决问题614个。", "utf-8")
    words = ["run", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--shard-records", "2"]
    done = CliRunner(env={"COLUMNS": "300"}).invoke(app, words)
    assert done.exit_code == 2
    assert "expected --format parquet" in done.output
    done = CliRunner().invoke(app, [*words, "--format", "parquet"])
    assert done.exit_code == 0, done.output
    assert _names(tmp_path / "out") == ["records-00000.parquet"]
