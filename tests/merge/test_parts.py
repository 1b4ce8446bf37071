"""A large file of records is read in parts, by several processes: what comes of it is the same."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from taizhang.errors import RunFolderError
from taizhang.merge import merge, parts
from taizhang.merge.facts import Fact, single
from taizhang.merge.files import FACT_FORMATS
from taizhang.merge.part import read_row
from taizhang.records import Document
from taizhang.rules import RuleSet
from taizhang.run.folder import RECORDS, RunFolder, rows
from taizhang.write.exact_json import dumps

TEXTS = [
    "平阴县走访困难家庭2317户，解决难题614个，修建书屋3所。",
    "在平阴县，干部走访困难家庭2317户，解决难题614个，修建书屋3所。",
    "2019年3月，平阴县新建便民书屋36间，投资0.5亿元。",
    "平阴县2019年3月新建便民书屋63间，占30.50%。",
    "东阿县慰问老人12人。",
]


@pytest.fixture
def run(merging: Any) -> RunFolder:
    return merging.run([(Document(id=f"d{n}", published="2019-04-01"), text) for n, text in enumerate(TEXTS)])


def _small(monkeypatch: pytest.MonkeyPatch, cores: int) -> None:
    monkeypatch.setattr(parts, "SMALL", 1)
    monkeypatch.setattr(parts, "_cores", lambda: cores)


@pytest.mark.parametrize("cores", [2, 3, 50])
def test_parts_are_whole_articles_and_number_on(
    cores: int, run: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _small(monkeypatch, cores)
    made = parts.read_parts(run.file(RECORDS), RuleSet(), tmp_path)
    assert len(made) == min(cores, len(made)) > 1
    tables = [pq.read_table(part.table).to_pylist() for part in made]
    assert [row["number"] for table in tables for row in table] == list(
        range(1, len(list(run.records())) + 1)
    )
    documents = [{row["document"] for row in table} for table in tables]
    assert len(set().union(*documents)) == sum(map(len, documents)), "no article is in two parts"
    for part, table in zip(made, tables, strict=True):
        content = Path(part.lines).read_bytes()
        for row in table:
            line = content[row["line_at"] :].partition(b"\n")[0]
            assert json.loads(line)["record"] == row["id"]


def test_the_facts_are_the_same_however_many_read(run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [name for format_ in FACT_FORMATS for name in format_.filenames]
    told = []
    for cores in (1, 3):
        _small(monkeypatch, cores)
        counts = merge(run, RuleSet(), FACT_FORMATS).as_json()
        told.append((counts, {name: (run.path / name).read_bytes() for name in names}))
    assert told[0] == told[1]
    assert told[0][0]["shared"] and told[0][0]["conflicting"]


def test_a_line_of_one_record_is_that_of_its_fact(run: RunFolder) -> None:
    for number, row in enumerate(rows(run.file(RECORDS)), 1):
        line = dumps(single(row, number))
        assert dumps(Fact.model_validate(json.loads(line, parse_float=Decimal))) == line


def test_a_damaged_line_is_named_whoever_reads_it(
    run: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = run.file(RECORDS)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:-1], b"{broken\n"]))
    _small(monkeypatch, 2)
    with pytest.raises(RunFolderError, match=rf"records\.jsonl:{len(lines)}: expected a JSON object"):
        parts.read_parts(path, RuleSet(), tmp_path)


def test_no_records_are_no_facts(merging: Any) -> None:
    run = merging.run([(Document(id="a"), "群众十分满意。")])
    merged = merge(run, RuleSet(), FACT_FORMATS)
    assert (merged.records, merged.facts, merged.documents) == (0, 0, 0)
    assert run.path.joinpath("facts.jsonl").read_bytes() == b""


@pytest.mark.parametrize(
    ("line", "value", "proves"),
    [
        (b'{"value": 614, "value_max": null}', "614", "a number without a fraction"),
        (b'{"value": 0.50, "value_max": null}', "0.50", "every digit of a fraction is kept"),
        (b'{"value": 1, "value_max": 2.50}', "1", "also where only the upper end has one"),
        (b'{"value": 3, "value_max": null, "quote": "\\ud83d"}', "3", "half of a surrogate pair is no fault"),
        (
            b'{"value": 123456789012345678901234567890, "value_max": null}',
            "123456789012345678901234567890",
            "long",
        ),
    ],
)
def test_a_row_is_read_exactly(line: bytes, value: str, proves: str) -> None:
    row = read_row(line)
    assert str(row["value"]) == value, proves
    assert row == json.loads(line, parse_float=Decimal), proves
