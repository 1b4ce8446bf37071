"""The command ``taizhang clean``: the clean text, the list of fixes with places, and wrong usage."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from taizhang.article import Article
from taizhang.clean import clean
from taizhang.cli import app
from taizhang.rules import RuleSet
from taizhang.show.fixes import fixes

RUN = CliRunner()


def test_the_clean_text_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("青禾县\n改造１２ 户,完成", "utf-8")
    result = RUN.invoke(app, ["clean", str(path)])
    assert (result.exit_code, result.output) == (0, "青禾县\n改造12户，完成\n")


def test_standard_input_and_named_fields() -> None:
    row = '{"稿": "改造１２盏"}'.encode()
    result = RUN.invoke(app, ["clean", "-", "--fields", "text=稿"], input=row)
    assert (result.exit_code, result.output) == (0, "改造12盏\n")


def test_each_fix_is_listed_once_with_its_place() -> None:
    lines = fixes(clean(Article.of("青禾县\n改造１２ 户?3处"), RuleSet()))
    assert lines == [
        "text: 4 fixes",
        "6-7  2:3  clean.width  '１' -> '1'",
        "7-8  2:4  clean.width  '２' -> '2'",
        "8-9  2:5  clean.unit-spaces  ' ' -> ''",
        "10-11  2:7  clean.lost  '?' -> '?'  (uncertain: a number here is no record)",
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--limits", "row_bytes=x"], "row_bytes"),
        (["--limits", "speed=1"], "file_bytes"),
        (["--fields", "text"], "NAME=VALUE"),
        (["--fields", "body=x"], "published"),
    ],
)
def test_wrong_usage_says_what_was_expected(options: list[str], said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("改造12盏", "utf-8")
    result = RUN.invoke(app, ["clean", str(path), *options])
    assert result.exit_code == 2 and said in result.output


def test_what_is_not_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("改造12盏", "utf-8")
    result = RUN.invoke(app, ["clean", str(path), "--limits", "file_bytes=3"])
    assert result.exit_code == 1 and "too-large" in result.output
    assert RUN.invoke(app, ["clean", str(tmp_path / "none")]).exit_code == 2
