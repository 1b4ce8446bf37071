"""The command in Chinese and in English: by the locale, in every message, and in no file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from taizhang.cli import app
from taizhang.cli.spoken import Command, SpokenGroup
from taizhang.messages import language

LOCALES = [
    # the environment, the language, what it proves
    ({}, "en", "no locale"),
    ({"LANG": "zh_CN.UTF-8"}, "zh", "a Chinese locale"),
    ({"LANG": "zh_TW"}, "zh", "any Chinese locale"),
    ({"LANG": "zh_CN.GB18030", "LC_ALL": "C"}, "en", "LC_ALL goes first"),
    ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh", "LC_MESSAGES before LANG"),
    ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh", "an empty variable is none"),
    ({"LANG": "C.UTF-8", "LANGUAGE": "zh_CN"}, "en", "C speaks English whatever LANGUAGE says"),
    ({"LANG": "POSIX"}, "en", "POSIX is C"),
    ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en_US:zh_CN"}, "en", "the first of LANGUAGE"),
    ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:zh_CN"}, "zh", "the first of LANGUAGE that there is"),
    ({"LANG": "de_DE.UTF-8"}, "en", "another language"),
]
SEEDS = Path(__file__).parents[2] / "seeds"
ENGLISH = re.compile(r"[a-z]{3,} [a-z]{3,}")
COMMANDS = [
    *(command.name or command.callback.__name__ for command in app.registered_commands if command.callback),
    "indicators",
    "indicators suggest",
    "indicators list",
    "rules",
    "rules check",
    "rules where",
    "rules lint",
]


@pytest.mark.parametrize(("environment", "expected", "proves"), LOCALES, ids=[case[2] for case in LOCALES])
def test_the_language_is_that_of_the_locale(environment: dict[str, str], expected: str, proves: str) -> None:
    assert language(environment) == expected


def _taizhang(locale: str, *words: object, code: int = 0) -> str:
    """What the command prints in that locale, both streams, in 80 columns."""
    environment = {"LC_ALL": locale, "LANGUAGE": "", "COLUMNS": "80", "NO_COLOR": "1"}
    result = CliRunner(env=environment).invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one article and one file that is none."""
    folder = tmp_path_factory.mktemp("news")
    (folder / "good.txt").write_text("昆明市整改快讯\n昆明市排查隐患12处，整改10处，另有第二批。\n", "utf-8")
    (folder / "wrong.json").write_text('{"text": ', "utf-8")
    return folder


def test_all_commands_are_spoken() -> None:
    assert app.info.cls is SpokenGroup
    assert [command.callback for command in app.registered_commands if command.cls is not Command] == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese_and_whole(command: str) -> None:
    shown = _taizhang("zh_CN.UTF-8", *command.split(), "--help")
    prose = re.sub(r"示例：.*|用法：.*|<[^>]+>|taizhang [a-z]+", "", shown)
    assert not ENGLISH.search(prose), ENGLISH.findall(prose)
    assert "…" not in shown, "nothing is cut off"
    assert "用法：" in shown
    assert re.findall(r"[一-鿿]:", shown) == [], "colons as Chinese has them"
    assert re.findall(r"[，。；：、] [一-鿿]", shown) == [], "no blank where a line of the source ended"
    assert not re.search(r"用法：.*[{}]", shown)


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "C.UTF-8"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_no_names_of_types(command: str, locale: str) -> None:
    shown = _taizhang(locale, *command.split(), "--help")
    assert re.findall(r"<[a-z]+ range>|<list\[.*|<(?:int|float|str|file|dir)>", shown) == []


def test_what_commands_print_is_chinese(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    _taizhang("zh_CN.UTF-8", "run", news, "--out", out, code=1)
    said = {
        "merge": _taizhang("zh_CN.UTF-8", "merge", out),
        "report": _taizhang("zh_CN.UTF-8", "report", out),
        "check": _taizhang("zh_CN.UTF-8", "check", out),
        "export": _taizhang("zh_CN.UTF-8", "export", out, "--to", "label-studio"),
        "diff": _taizhang("zh_CN.UTF-8", "diff", out, out),
    }
    (out / "ledger.duckdb").touch()
    with (out / "rejects.jsonl").open("a", encoding="utf-8") as file:
        file.write("{}\n")
    said["faults"] = _taizhang("zh_CN.UTF-8", "check", out, code=1)
    for name, shown in said.items():
        assert re.search("[一-鿿]{2}", shown), name
        libraries = "ledger.duckdb：.*"  # which speaks English alone
        prose = re.sub(rf"[\w./-]+\.\w+：|taizhang \w+|{libraries}", "", shown)
        assert not ENGLISH.search(prose), (name, shown)


def test_typer_s_own_words_are_chinese() -> None:
    code = "import os, sys; os.environ['LC_ALL'] = 'zh_CN.UTF-8'; from taizhang.cli import main; main()"
    command = [sys.executable, "-X", "utf8", "-c", code, "run", "--help"]
    shown = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    assert [
        word for word in ("参数", "选项", "[必填]", "[默认：", "显示本帮助后退出。") if word not in shown
    ] == []


WRONG = [
    # words, what it proves
    (["run"], "no input"),
    (["run", "{news}"], "no output"),
    (["run", "{news}/none", "--out", "{out}"], "an input that is not there"),
    (["run", "{news}", "--out", "{out}", "--nonsense"], "an option that is not there"),
    (["run", "{news}", "--out", "{out}", "--format", "xml"], "an unknown format"),
    (["run", "{news}", "--out", "{out}", "--headers", "de"], "a value that is not in the list"),
    (["run", "{news}", "--out", "{out}", "--workers", "0"], "a number out of its range"),
    (["run", "{news}", "--out", "{out}", "--workers", "many"], "a value that is no number"),
    (["run", "{news}", "--out", "{news}/in"], "output inside the input"),
    (["run", "{news}", "--out", "{out}", "--rules", "{news}/none"], "rules that are not there"),
    (["run", "{news}", "--out", "{out}", "--limits", "fog=1"], "a limit that is not there"),
    (["run", "{news}", "--out", "{out}", "--limits", "pages=x"], "a limit that is no number"),
    (["run", "{news}", "--out", "{out}", "--fields", "fog=1"], "a sense that is not there"),
    (["run", "{news}", "--out", "{out}", "--published", "soon"], "a date that is none"),
    (["run", "{news}", "--out", "{out}", "--region", "fog"], "a place that is none"),
    (["run", "{news}", "--out", "{news}/good.txt/out"], "an output that cannot be made"),
    (
        ["import", "{news}/wrong.json", "--from", "label-studio", "--out", "{out}"],
        "an export that is no JSON",
    ),
    (["import", "{news}/wrong.json", "--from", "report", "--out", "{out}"], "marks that are no JSON"),
    (["check", "{news}"], "a folder without a run"),
    (["diff", "{news}", "{news}/none"], "a run that is not there"),
    (["explain", "{news}"], "a folder for a file"),
    (["explain", "{news}/good.txt", "--number", "9"], "a number that is not there"),
    (["evaluate", "{news}", "{news}/good.txt"], "no gold"),
    (["evalute"], "a command that is not there"),
    (["aggregate", "{news}/good.txt"], "a file for the folder of a run"),
    (["aggregate", "{run}", "--indicator", "fog"], "an indicator that is not there"),
    (["aggregate", "{run}", "--unit", "亩"], "a unit that the values do not convert to"),
    (["aggregate", "{run}", "--by", "fog"], "a column that is not there"),
    (["aggregate", "{run}", "--by", "year", "--level", "city"], "a level of places without places"),
    (["load", "{run}", "mysql://eva@localhost/ledgers"], "another database"),
    (["load", "{run}", "ledgers"], "no URL"),
]


@pytest.mark.parametrize(("words", "proves"), WRONG, ids=[case[1] for case in WRONG])
def test_faults_of_use_are_told_in_chinese(
    words: list[str], proves: str, news: Path, seed_ledger: Path, tmp_path: Path
) -> None:
    filled = [word.format(news=news, run=seed_ledger, out=tmp_path / "out") for word in words]
    shown = _taizhang("zh_CN.UTF-8", *filled, code=2)
    said = re.sub(r"“[^”]*--help”|用法：.*|taizhang \w+", "", shown)
    assert re.search("[一-鿿]{2}", said)
    assert not ENGLISH.search(said), said
    if "用法" in shown:
        assert "[选项]" in shown and "看用法说明" in shown and "错误：" in shown
    assert not re.search("Error|Try|OPTIONS|ARGS", shown)


def test_a_run_is_told_in_chinese_and_its_files_are_the_same(news: Path, tmp_path: Path) -> None:
    chinese, english = tmp_path / "zh", tmp_path / "en"
    shown = _taizhang("zh_CN.UTF-8", "run", news, "--out", chinese, "--debug", code=1)
    assert "JSON 有误 bad-json" in shown
    assert "序数 ordinal 1" in shown and "清洗 clean" in shown
    assert not ENGLISH.search(shown), shown
    shown = _taizhang("C.UTF-8", "run", news, "--out", english, "--debug", code=1)
    assert "bad-json: " in shown
    assert "rejected" in shown
    files = [p.relative_to(english) for p in sorted(english.rglob("*.*")) if p.name != "timings.json"]
    assert len(files) == 10
    for name in files:
        assert (english / name).read_bytes() == (chinese / name).read_bytes(), name


def test_a_score_is_told_in_chinese(seed_ledger: Path) -> None:
    words = "evaluate", SEEDS.parent / "tests/gold", seed_ledger / "records.jsonl"
    lines = _taizhang("zh_CN.UTF-8", *words).splitlines()
    assert [line.split()[:2] for line in lines[1:4]] == [
        ["找到", "found"],
        ["数量", "quantity"],
        ["整条", "record"],
    ]
    assert "指标 metric" in lines[5]
    assert _taizhang("C.UTF-8", *words).splitlines()[1].startswith("found     P ")


def test_explain_and_clean_are_told_in_chinese(news: Path) -> None:
    shown = _taizhang("zh_CN.UTF-8", "explain", news / "good.txt", "--number", "1")
    assert "阶段        问题 problem" in shown
    assert not ENGLISH.search(shown), shown
    assert "不成记录：序数 ordinal" in _taizhang("zh_CN.UTF-8", "explain", news / "good.txt")
    assert "good：0 处修改" in _taizhang("zh_CN.UTF-8", "clean", news / "good.txt", "--explain")
    assert "未读入：JSON 有误" in _taizhang("zh_CN.UTF-8", "clean", news / "wrong.json", code=1)


def test_what_explain_weighed_is_named_as_in_the_records(news: Path) -> None:
    shown = _taizhang("zh_CN.UTF-8", "explain", news / "good.txt", "--number", "2")
    (rivals,) = (line for line in shown.splitlines() if "其他候选" in line and "阶段" in line)
    assert "阶段：成果 result" in rivals and "问题 problem" in rivals


def test_where_and_check_of_rules_are_told_in_chinese(tmp_path: Path) -> None:
    shown = _taizhang("zh_CN.UTF-8", "rules", "where", "走访")
    assert "规则 visit 的 forms" in shown and "词性 v" in shown
    (tmp_path / "units.toml").write_text('[[unit]]\nid = "my"\nforms = 3\n', "utf-8")
    shown = _taizhang("zh_CN.UTF-8", "rules", "check", tmp_path, code=1)
    assert "规则 my 的 unit.0.forms" in shown and not ENGLISH.search(shown), shown
