"""The commands as a user types them: help, exit codes, messages without tracebacks, outputs, the README."""

from __future__ import annotations

import json
import re
import runpy
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from taizhang.cli import app

TOP = Path(__file__).parents[1]
SEEDS = TOP / "seeds"
OUTPUTS = ["documents.jsonl", "manifest.json", "records.csv", "records.jsonl", "rejects.jsonl"]


def _run(*words: str | Path) -> Result:
    # A wide terminal without colours, so that no message is broken into lines.
    return CliRunner(env={"COLUMNS": "300", "NO_COLOR": "1"}).invoke(app, [str(word) for word in words])


def _shown(*words: str | Path, code: int) -> str:
    result = _run(*words)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with one article of our own."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "good.txt").write_text("昆明市整改快讯\n昆明市排查隐患12处，整改10处。\n", "utf-8")
    return folder


def test_a_library_that_every_file_needs_ends_the_run(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shown("run", news, "--out", tmp_path / "out", code=0)
    before = (tmp_path / "out" / "records.jsonl").read_bytes()
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.4\n")
    monkeypatch.setitem(sys.modules, "pypdf", None)
    told = _shown("run", tmp_path / "page.pdf", "--out", tmp_path / "out", code=2)
    assert (
        "got missing-extra for all 1, the first: expected the library pypdf; in taizhang's checkout" in told
    )
    assert "pip install '.[pdf]'" in told
    assert (tmp_path / "out" / "records.jsonl").read_bytes() == before


@pytest.mark.parametrize("command", ["run", "explain", "evaluate"])
def test_help_explains_with_an_example(command: str) -> None:
    shown = _shown(command, "--help", code=0)
    assert f"Example: taizhang {command} " in shown


def test_help_of_run_tells_the_exit_codes() -> None:
    shown = " ".join(_shown("run", "--help", code=0).split())
    assert "0 when all articles were read, 1 when some could not be, 2 for wrong usage" in shown


WRONG = [
    # words after `run`, what the message must say, what it proves
    (["{news}/none.txt", "--out", "{out}"], "does not exist", "an input that is not there"),
    (["{news}"], "Missing option '--out'", "no output folder"),
    (["--out", "{out}"], "Missing argument", "no input"),
    (["{news}", "--out", "{out}", "--format", "jsonl,xml"], "got 'xml'", "an unknown format"),
    (["{news}", "--out", "{news}/good.txt"], "expected a folder", "an output folder that is a file"),
    (["{news}", "--out", "{news}/out"], "expected a folder outside", "output that the next run would read"),
    (
        ["{news}", "--out", "{out}", "--rules", "{news}/none"],
        "no such folder",
        "a rule folder that is not there",
    ),
    (["{news}", "--out", "{out}", "--rules", "{rules}"], "units.toml", "a rule file that is no TOML"),
    (["{news}", "--out", "{out}", "--nonsense"], "No such option", "an unknown option"),
]


@pytest.mark.parametrize(("words", "message", "proves"), WRONG, ids=[c[2] for c in WRONG])
def test_wrong_usage(words: list[str], message: str, proves: str, news: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "units.toml").write_text("= not TOML", "utf-8")
    places = {"news": news, "out": tmp_path / "out", "rules": rules}
    assert message in _shown("run", *(word.format(**places) for word in words), code=2)
    assert not list(tmp_path.glob("out/*")), "nothing is left behind"


UNREADABLE = [
    # name, content, reason
    ("empty.txt", b"", "empty"),
    ("binary.txt", bytes(range(256)) * 8, "binary"),
    ("wrong.json", b'{"text": "', "bad-json"),
    ("no-text.json", b'{"n": 1}', "no-text"),
]


@pytest.mark.parametrize(("name", "content", "reason"), UNREADABLE)
def test_an_unreadable_file_is_a_reject_and_the_others_go_on(
    name: str, content: bytes, reason: str, news: Path, tmp_path: Path
) -> None:
    (news / name).write_bytes(content)
    shown = _shown("run", news, "--out", tmp_path / "out", code=1)
    assert f"{name}: {reason}" in shown
    assert "1 not read" in shown
    (reject,) = [r for r in _lines(tmp_path / "out" / "rejects.jsonl") if r["scope"] == "article"]
    assert reject["reason"] == reason
    assert {r["document"]["id"] for r in _lines(tmp_path / "out" / "records.jsonl")} == {"good"}


def test_a_run_says_what_came_of_it(news: Path, tmp_path: Path) -> None:
    shown = _shown("run", news, "--out", tmp_path / "out", code=0)
    assert re.search(r"articles +1 read, 0 not read", shown)
    assert re.search(r"records +2\s*\n", shown)
    assert [r["quote"] for r in _lines(tmp_path / "out" / "records.jsonl")] == ["12处", "10处"]


def test_only_the_formats_that_were_asked_for(news: Path, tmp_path: Path) -> None:
    _shown("run", news, "--out", tmp_path / "out", "--format", "csv", code=0)
    names = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert names == ["documents.jsonl", "manifest.json", "records.csv", "rejects.jsonl", "timings.json"]


def test_two_runs_over_the_seeds_give_the_same_bytes(seed_ledger: Path, tmp_path: Path) -> None:
    _shown("run", SEEDS, "--out", tmp_path, "--debug", code=0)
    names = [*OUTPUTS, *(str(p.relative_to(seed_ledger)) for p in sorted(seed_ledger.glob("debug/*/*")))]
    assert len(names) == len(OUTPUTS) + 5 * 5
    for name in names:
        assert (tmp_path / name).read_bytes() == (seed_ledger / name).read_bytes(), name


def test_every_offset_of_the_seeds_leads_to_its_quote(seed_ledger: Path) -> None:
    texts = {}
    for path in seed_ledger.glob("debug/*/1-clean.json"):
        clean = json.loads(path.read_text("utf-8"))
        texts[clean["document"]["id"]] = clean
    rows = _lines(seed_ledger / "records.jsonl") + _lines(seed_ledger / "rejects.jsonl")
    assert len(texts) == 5
    written = {row["document"]["id"]: row["text"] for row in _lines(seed_ledger / "documents.jsonl")}
    assert written == {name: clean["text"] for name, clean in texts.items()}
    for row in rows:
        clean, span = texts[row["document"]["id"]], row["span"]
        if span["start"] == span["end"]:  # a number of the source that cleaning left out of the text
            assert clean["raw"][span["raw_start"] : span["raw_end"]] == row["quote"]
            continue
        assert clean["text"][span["start"] : span["end"]] == row["quote"]
        pieces = [p for p in clean["alignment"] if p[0] < span["end"] and p[0] + p[1] > span["start"]]
        assert span["raw_start"] >= min(p[2] for p in pieces)
        assert span["raw_end"] <= max(p[2] + p[3] for p in pieces)


def test_explain_lists_all_numbers_and_tells_about_one(news: Path) -> None:
    lines = _shown("explain", news / "good.txt", code=0).splitlines()
    assert lines[0] == "good: 2 numbers"
    assert "⟨12处⟩" in lines[1]
    assert "⟨10处⟩" in lines[2]
    one = _shown("explain", news / "good.txt", "--number", "2", code=0)
    assert one.startswith("“10处”  record 10处\n")
    assert "530100" in one


def test_explain_counts_the_numbers_of_the_markup_and_lists_them_when_asked(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = "昆明市排查隐患12处，整改10处。" * 3
    page.write_text(f'<html><body><img width="640" alt="图7"><p>{text}</p></body></html>', "utf-8")
    lines = _shown("explain", page, code=0).splitlines()
    assert re.fullmatch(r"page: 6 numbers, and \d+ in the markup \(--all lists them\)", lines[0])
    assert len(lines) == 7
    whole = _shown("explain", page, "--all", code=0).splitlines()
    assert whole[1:7] == lines[1:]
    assert whole[0] == f"page: {len(whole) - 1} numbers" and len(whole) > 7


def test_explain_reads_rows_by_the_names_that_it_is_told(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"甲": "昆明市排查隐患12处。"}\n', "utf-8")
    assert "no-text" in _shown("explain", rows, code=1)
    assert "⟨12处⟩" in _shown("explain", rows, "--fields", "text=甲", code=0)
    assert "too-large" in _shown("explain", rows, "--fields", "text=甲", "--limits", "row_bytes=10", code=1)


def test_the_version_is_told() -> None:
    told = _shown("--version", code=0)
    assert re.fullmatch(rf"taizhang {re.escape(version('taizhang'))} \(Python [\d.]+\)\n", told)


def test_python_finds_the_command_by_the_name_of_the_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["taizhang", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("taizhang", run_name="__main__")
    assert ended.value.code in (0, None) and capsys.readouterr().out.startswith("taizhang ")


@pytest.mark.parametrize("number", ["3", "0", "x"])
def test_explain_refuses_a_number_that_is_not_there(number: str, news: Path) -> None:
    _shown("explain", news / "good.txt", "--number", number, code=2)


def test_explain_says_why_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert "not read: empty" in _shown("explain", tmp_path / "empty.txt", code=1)


def test_evaluate_prints_a_table_or_json(seed_ledger: Path) -> None:
    gold, records = TOP / "tests" / "gold", seed_ledger / "records.jsonl"
    table = _shown("evaluate", gold, records, code=0)
    assert table.startswith("5 documents, 170 gold records, ")
    figures = json.loads(_shown("evaluate", gold, records, "--json", "--only", "000,004", code=0))
    assert figures["documents"] == 2
    assert set(figures) >= {"found", "quantity", "record", "part_of", "fields", "rejected"}


def test_gold_and_a_run_without_a_common_article_are_no_score(news: Path, tmp_path: Path) -> None:
    _shown("run", news, "--out", tmp_path / "out", code=0)
    told = _shown("evaluate", TOP / "tests" / "gold", tmp_path / "out" / "records.jsonl", code=2)
    assert (
        "expected an article in both, got none: gold is for 000, 001, 002, …, the records are of good" in told
    )


def test_an_article_without_records_is_scored_all_the_same(news: Path, tmp_path: Path) -> None:
    (news / "good.txt").write_text("没有数字。\n", "utf-8")
    _shown("run", news, "--out", tmp_path / "out", code=0)
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "good.jsonl").write_text("", "utf-8")
    told = _shown("evaluate", tmp_path / "gold", tmp_path / "out" / "records.jsonl", code=0)
    assert told.startswith("1 documents, 0 gold records, 0 program records")


def test_evaluate_names_what_it_cannot_read(seed_ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_text("{", "utf-8")
    assert "records.jsonl:1" in _shown("evaluate", TOP / "tests" / "gold", tmp_path / "records.jsonl", code=2)
    records = seed_ledger / "records.jsonl"
    assert "zz" in _shown("evaluate", TOP / "tests" / "gold", records, "--only", "zz", code=2)


def test_every_command_in_the_readme_exists() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", (TOP / "README.md").read_text("utf-8"), flags=re.DOTALL)
    commands = [line.split("#")[0].split() for block in blocks for line in block.splitlines() if line.strip()]
    targets = set(re.findall(r"^([a-z]+):", (TOP / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    assert {"make", "taizhang"} <= {Path(words[0]).name for words in commands}
    for program, verb, *rest in commands:
        if Path(program).name == "make":
            assert verb in targets
        elif Path(program).name == "taizhang":
            shown = _shown(verb, "--help", code=0)
            assert all(option in shown for option in rest if option.startswith("--")), rest
