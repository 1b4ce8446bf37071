"""``taizhang rules``: check tells what is wrong with a user's rules, where finds a word, lint keeps tables in order."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from taizhang.cli import app
from taizhang.pipeline import shipped_pipeline
from taizhang.rule_folders import named
from taizhang.rulebook.examples import Examples, unmarked
from taizhang.rulebook.files import SHAPES, rules_of
from taizhang.rulebook.lint import Lint
from taizhang.rules import RuleSet, shipped

TOP = Path(__file__).parents[2]
pytestmark = pytest.mark.usefixtures("rules_read_once")

CASES = tomllib.loads((Path(__file__).parent / "cases" / "check.toml").read_text("utf-8"))["case"]
LANGUAGES = {"en": {"LANG": "en_GB.UTF-8"}, "zh": {"LANG": "zh_CN.UTF-8"}}


def told(language: str, *words: object) -> tuple[int, str]:
    """The exit code of a command, and all that it says."""
    environment = {"COLUMNS": "300", "NO_COLOR": "1", "LC_ALL": "", "LANGUAGE": "", **LANGUAGES[language]}
    result = CliRunner(env=environment).invoke(app, ["rules", *map(str, words)])
    return result.exit_code, result.output


def written(folder: Path, name: str, content: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode(encoding))
    return folder


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("case", CASES, ids=[case["proves"] for case in CASES])
def test_check(case: dict[str, Any], language: str, tmp_path: Path) -> None:
    code, output = told(language, "check", written(tmp_path, case["file"], case["content"]))
    assert (code, [part for part in case[language] if part not in output]) == (case["exit"], []), output


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_check_reads_what_editors_write(encoding: str, tmp_path: Path) -> None:
    code, output = told("en", "check", written(tmp_path, CASES[0]["file"], CASES[0]["content"], encoding))
    assert (code, "2 examples run" in output) == (0, True), output


def test_check_tells_the_faults_of_every_file(tmp_path: Path) -> None:
    written(tmp_path, "actions.toml", "action = 3\n")
    _, output = told("en", "check", written(tmp_path, "units.toml", "unit = 4\n"))
    assert all(name in output for name in ("actions.toml", "units.toml", "2 faults"))


def test_check_tells_a_wrong_word_once_though_every_file_asks_for_the_words(tmp_path: Path) -> None:
    row = "晾出\tnone\t\tproblem\tplain\tv\thand\t\t\n"
    _, output = told("en", "check", written(tmp_path, "words/verbs.tsv", row))
    assert (output.count("verbs.tsv:1"), "1 faults" in output) == (1, True), output


def test_check_of_a_folder_that_is_not_there(tmp_path: Path) -> None:
    code, output = told("en", "check", tmp_path / "nowhere")
    assert code == 2 and "expected a folder of rule files" in output


def test_a_wrong_pattern_leaves_an_earlier_ledger_as_it_was(tmp_path: Path) -> None:
    article = written(tmp_path, "article.txt", "清溪县走访农户20户。") / "article.txt"
    out = tmp_path / "ledger"
    assert CliRunner().invoke(app, ["run", str(article), "--out", str(out)]).exit_code == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    (bad,) = (case for case in CASES if "no regular expression" in case["proves"])
    rules = written(tmp_path / "mine", bad["file"], bad["content"])
    result = CliRunner().invoke(app, ["run", str(article), "--out", str(out), "--rules", str(rules)])
    assert result.exit_code == 2 and "my.seats" in result.output
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_where_tells_file_line_and_rule() -> None:
    code, output = told("en", "where", "走访")
    lines = (shipped("rules") / "words" / "verbs.tsv").read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("走访\t"))
    assert code == 0 and f"verbs.tsv:{number}: class=visit phase=measure" in output
    assert "rules=action.measure.visit" in output and "jieba: tag v" in output


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("太原市", ["divisions.tsv", "140100"]),
        ("亩", ["units.toml", "rule unit.", "key forms"]),
        ("面包车", ["jieba: tag n"]),
        ("今年", ["dates.toml", "rule year-word key forms.p0"]),
        ("航空器", ["jieba"]),
    ],
)
def test_where_knows_every_kind_of_file(word: str, parts: list[str]) -> None:
    code, output = told("en", "where", word)
    assert code == 0 and [part for part in parts if part not in output] == [], output


def test_where_looks_into_a_users_folder(tmp_path: Path) -> None:
    mine = written(tmp_path, "actions.toml", CASES[0]["content"])
    assert "rule my.bare key forms" in told("en", "where", "晒出", "--rules", mine)[1]
    assert told("zh", "where", "晒出") == (1, "没有规则认得“晒出”\n")


def test_the_shipped_tables_are_in_order() -> None:
    faults = list(Lint(RuleSet(), (TOP / "seeds", TOP / "tests")).faults())
    assert [f"{Path(f.path).name}:{f.line}: {f.detail}" for f in faults] == []


LINES = (shipped("rules") / "words" / "verbs.tsv").read_text("utf-8").splitlines(keepends=True)
ROWS = [line for line in LINES if line[0] != "#"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("verbs.tsv", ROWS[9] + ROWS[5], "got it behind: tables are sorted"),
        ("verbs.tsv", ROWS[5] + ROWS[5], "got the same line again"),
        (
            "verbs.tsv",
            "晾出\tfind\t\tproblem\tplain\tv\thand\tmy.none\t\n",
            "the id of a rule for 晾出, got 'my.none'",
        ),
        ("verbs.tsv", "晾出\tfind\t\tproblem\tplain\tv\thand\t\t\n", "text, test or example that uses 晾出"),
        (
            "verbs.tsv",
            "晾出\tfind\t\tproblem\tplain\tv\tbulk\t\t\n晾出\tfind\t二\tproblem\tplain\tv\tbulk\t\t\n",
            "one line for 晾出 as find",
        ),
        ("verbs.tsv", "晾　出\tfind\t\tproblem\tplain\tv\tbulk\t\t\n", "as a clean text has it"),
        (
            "modifiers.tsv",
            "颇为\tdegree\t\t\t\td\tbulk\twords.filler words.negation\t\n",
            "颇为 in one class of function words, got filler, negation",
        ),
        ("classes.tsv", "ferment\tverbs\tcontext\tstands until it sours\t腌\n", "words of class ferment"),
    ],
)
def test_lint_finds(name: str, content: str, expected: str, tmp_path: Path) -> None:
    texts = written(tmp_path / "texts", "a.txt", "走访农户")
    mine = written(tmp_path / "mine", f"words/{name}", content)
    faults = [f for f in Lint(RuleSet([mine]), (texts,)).faults() if f.path.startswith(str(mine))]
    assert [f.detail for f in faults if expected in f.detail], faults


def test_lint_as_a_command(tmp_path: Path) -> None:
    assert told("en", "lint") == (0, "")
    code, output = told("zh", "lint", "--rules", written(tmp_path, "words/verbs.tsv", ROWS[9] + ROWS[5]))
    assert code == 1 and "词表要排好序" in output


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_the_examples_of_all_that_ships_hold(name: str) -> None:
    runner = Examples(shipped_pipeline())
    rules = rules_of(runner.rules, name)
    assert [failure for table, rule in rules for failure in runner.failures(name, table, rule)] == []


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ("⟨晒出⟩短板", ("晒出短板", [(0, 2)])),
        ("⟨3户⟩和⟨5户⟩", ("3户和5户", [(0, 2), (3, 5)])),
        ("晒出短板", ("晒出短板", [])),
        ("⟩晒出⟨短板", ("晒出短板", [])),
        ("⟨晒出⟩短⟨板", ("晒出短板", [])),
    ],
)
def test_marks(example: str, expected: tuple[str, list[tuple[int, int]]]) -> None:
    assert unmarked(example) == expected


def test_every_shipped_rule_file_has_its_model() -> None:
    folder = shipped("rules")
    assert {named(path, folder) for path in folder.rglob("*.toml")} == set(SHAPES)
