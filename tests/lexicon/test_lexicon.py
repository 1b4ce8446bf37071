"""The lexicon: what a line says, what a wrong one is told, and what a user's folder changes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from taizhang.errors import RuleError
from taizhang.lexicon.load import Lexicon
from taizhang.rules import RuleSet, shipped

WORDS = shipped("rules") / "words"
LINE = "蹲拣\tfind\t\tproblem\tplain\tv\thand\t\t\n"


def folder(path: Path, content: str, name: str = "verbs.tsv") -> Path:
    (path / "words").mkdir(parents=True, exist_ok=True)
    (path / "words" / name).write_text(content, "utf-8")
    return path


def test_both_senses_of_a_form_are_live() -> None:
    found = {(e.word_class, e.phase) for e in Lexicon.of(RuleSet()).entries("投放")}
    assert found >= {("fund", "measure"), ("deliver", "result")}


def test_a_form_that_no_table_lists_has_no_entries() -> None:
    assert Lexicon.of(RuleSet()).entries("蹲拣") == ()


def test_the_scan_finds_overlapping_forms_with_their_places() -> None:
    text = "已整改完成问题6个"
    found = {text[f.start : f.end] for f in Lexicon.of(RuleSet()).scan(text)}
    assert found >= {"已", "整改", "整改完成", "完成", "问题"}


def test_a_users_line_is_heard(tmp_path: Path) -> None:
    own = Lexicon.of(RuleSet([folder(tmp_path, LINE)]))
    assert [(e.word_class, e.phase) for e in own.entries("蹲拣")] == [("find", "problem")]


def test_a_users_word_overrules_the_shipped_one(tmp_path: Path) -> None:
    own = Lexicon.of(RuleSet([folder(tmp_path, "走访\tsolve\t\tresult\tplain\tv\thand\t\t\n")]))
    assert [(e.word_class, e.phase) for e in own.entries("走访") if e.table == "verbs"] == [
        ("solve", "result")
    ]


def test_restating_shipped_lines_changes_nothing(tmp_path: Path) -> None:
    lines = [line for line in (WORDS / "verbs.tsv").read_text("utf-8").splitlines() if line[0] != "#"]
    again = "".join(line + "\n" for line in reversed(lines[::7]))
    assert RuleSet([folder(tmp_path, again)]).words == RuleSet().words


def test_a_class_of_ones_own_may_be_named(tmp_path: Path) -> None:
    own = folder(tmp_path, "ferment\tverbs\tcontext\tlets stand until it sours\t腌\n", "classes.tsv")
    folder(own, "腌\tferment\t\tcontext\tplain\tv\thand\t\t\n")
    assert [e.word_class for e in Lexicon.of(RuleSet([own])).entries("腌")] == ["ferment"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (LINE.replace("\tfind\t", "\tfinding\t"), ["verbs.tsv:1", "column class", "'finding'", "蹲拣"]),
        (LINE.replace("\tproblem\t", "\ttrouble\t"), ["verbs.tsv:1", "column phase", "'trouble'"]),
        (LINE.replace("\thand\t", "\t"), ["verbs.tsv:1", "9 columns", "got 8"]),
        (LINE.replace("蹲拣", " 蹲拣"), ["verbs.tsv:1", "column form", "' 蹲拣'"]),
        ("# head\n\n" + LINE + LINE.replace("\tproblem\t", "\tx\t"), ["verbs.tsv:4", "column phase", "'x'"]),
        (LINE.rstrip("\n"), ["verbs.tsv", "line end"]),
        (LINE.replace("\tfind\t", "\tmoney\t"), ["column class", "'money'"]),
    ],
)
def test_a_wrong_line_is_named_to_the_column(tmp_path: Path, line: str, told: list[str]) -> None:
    with pytest.raises(RuleError) as error:
        Lexicon.of(RuleSet([folder(tmp_path, line)]))
    assert [part for part in (*told, "expected", "got") if part not in str(error.value)] == []


def test_a_table_that_nobody_reads_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"werbs\.tsv: expected the name of a shipped rule file"):
        RuleSet([folder(tmp_path, LINE, "werbs.tsv")])


RARE = tomllib.loads((Path(__file__).parent / "cases" / "rare.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", RARE, ids=[f"{case['class']}-{n}" for n, case in enumerate(RARE)])
def test_words_that_no_rule_has_an_example_of(case: dict[str, Any]) -> None:
    lexicon, text = Lexicon.of(RuleSet()), case["text"]
    found = {text[f.start : f.end] for f in lexicon.scan(text)}
    assert set(case["words"]) <= found, case["proves"]
    for word in case["words"]:
        senses = [(e.table, e.word_class, e.phase) for e in lexicon.entries(word)]
        assert (case["table"], case["class"], case["phase"]) in senses, word
