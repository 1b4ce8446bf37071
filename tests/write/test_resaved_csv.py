"""A CSV that a spreadsheet program saved, given where records are read: what it changed is named."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from taizhang.cli import app
from taizhang.write.resaved_csv import csv_told

Row = dict[str, str]
GOLD = Path(__file__).parents[1] / "gold"


def _saved(rows: list[Row], separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


@pytest.fixture
def rows(every_column: Path) -> list[Row]:
    with (every_column / "records.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _cells(**cells: str) -> Callable[[list[Row]], bytes]:
    def change(rows: list[Row]) -> bytes:
        rows[1] |= cells
        return _saved(rows)

    return change


CASES: list[tuple[Callable[[list[Row]], bytes], str, str]] = [
    (_saved, "give the records.jsonl that taizhang run wrote (--format jsonl)", "as it was written"),
    (lambda rows: _saved(rows, ";"), "its cells are separated by ';'", "semicolons"),
    (
        lambda rows: _saved(rows, "\t", "utf-16"),
        "its encoding is utf-16; its cells are separated by '\\t'",
        "Unicode text",
    ),
    (
        lambda rows: _saved(rows, encoding="gb18030"),
        "its encoding is gb18030",
        "the encoding of Chinese Windows",
    ),
    (_cells(value="2.19E+08"), "row 3: value: expected digits without an exponent", "a long number"),
    (_cells(value="52,854"), "got '52,854'", "separators of thousands"),
    (_cells(time="2019/9/29"), "row 3: time: expected an ISO 8601 date, got '2019/9/29'", "a date"),
    (_cells(time="Sep-19"), "got 'Sep-19'", "a month"),
    (
        _cells(document_published="43737"),
        "document_published: expected an ISO 8601 date, got '43737'",
        "a serial date",
    ),
    (_cells(place_code="1401"), "place_code: expected six digits, got '1401'", "a code that lost its zeros"),
    (_cells(id="12345678901200"), "id: expected 16 hexadecimal digits", "an id that lost its leading zeros"),
    (_cells(id="1.23E+20"), "id: expected 16 hexadecimal digits, got '1.23E+20'", "an id with an e in it"),
    (_cells(span_start="434.0"), "span_start: expected a whole number, got '434.0'", "an offset"),
]


@pytest.mark.parametrize(("save", "says", "proves"), CASES, ids=[case[2] for case in CASES])
def test_what_was_changed_is_named(
    save: Callable[[list[Row]], bytes], says: str, proves: str, rows: list[Row], tmp_path: Path
) -> None:
    path = tmp_path / "records.csv"
    path.write_bytes(save(rows))
    told = csv_told(path)
    assert told is not None and "expected JSON Lines, as in records.jsonl, got a CSV of records" in told
    assert says in told
    assert ("another program" in told) is (proves != "as it was written")


@pytest.mark.parametrize("columns", ["short", "all"])
def test_chinese_headers_are_known(columns: str, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("太原市解决问题614个。", "utf-8")
    command = ["run", str(report), "--out", str(tmp_path / "out"), "--format", "csv", "--headers", "zh"]
    assert CliRunner().invoke(app, [*command, "--columns", columns]).exit_code == 0
    path = tmp_path / "out" / "records.csv"
    assert "--format jsonl" in (csv_told(path) or "")
    path.write_text(path.read_text("utf-8-sig").replace("614,", "6.14E+02,"), "utf-8-sig")
    assert "value: expected digits without an exponent or separators, got '6.14E+02'" in (
        csv_told(path) or ""
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"a,b,c\n1,2,3\n",
        b"id,title,url,text\n1,a,b,c\n",
        b"\xff\xfe",
        b"\x00\x01",
        b'{"id": 1, "value": 2}',
    ],
    ids=repr,
)
def test_another_file_is_no_csv_of_records(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(content)
    assert csv_told(path) is None


def test_the_commands_say_it_and_write_nothing(rows: list[Row], tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_bytes(_cells(value="2.19E+08")(rows))
    run = tmp_path / "run"
    run.mkdir()
    commands = {
        "evaluate": ["evaluate", str(GOLD), str(path)],
        "load": ["load", str(path), "postgresql://127.0.0.1:1/d"],
        "export": ["export", str(path), "--to", "docbin", "--out", str(run)],
    }
    for name, command in commands.items():
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 2, name
        assert "row 3: value" in done.output and "2.19E+08" in done.output, name
    assert list(run.iterdir()) == []


def test_a_csv_under_the_name_of_the_records_is_told(rows: list[Row], tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(_saved(rows, ";", "gb18030"))
    done = CliRunner().invoke(app, ["evaluate", str(GOLD), str(path)])
    assert done.exit_code == 2 and "its encoding is gb18030; its cells are separated by ';'" in done.output
