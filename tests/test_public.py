"""The public names: all load, no other does, and ``extract`` is the quickest way in."""

from __future__ import annotations

import pydoc
import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

import taizhang
from taizhang.errors import TaizhangError


def test_all_names_load_and_are_sorted() -> None:
    assert list(taizhang.__all__) == sorted(taizhang.__all__)
    assert [name for name in taizhang.__all__ if not callable(getattr(taizhang, name))] == []


def test_extract_can_be_called_whatever_of_its_room_is_imported() -> None:
    import_module("taizhang.extract.stage")
    assert [r.quote for r in taizhang.extract("太原市修复桥梁7座。").records] == ["7座"]


def test_names_are_imported_when_first_used() -> None:
    code = (
        "import sys, taizhang; assert 'taizhang.pipeline' not in sys.modules; "
        "taizhang.Pipeline; assert 'taizhang.pipeline' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_other_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="module 'taizhang' has no attribute 'guess'"):
        taizhang.guess  # noqa: B018


@pytest.mark.parametrize("name", [name for name in taizhang.__all__ if name.endswith(("Error", "Input"))])
def test_all_exceptions_are_of_one_tree(name: str) -> None:
    assert issubclass(getattr(taizhang, name), TaizhangError)


def test_extract_reads_a_string() -> None:
    result = taizhang.extract("太原市去年修复桥梁7座。", published="2024-06-01", title="修桥纪实", id="n1")
    (record,) = result.records
    assert (record.quote, record.place.code, record.time) == ("7座", "140100", "2023")
    assert (record.document.id, record.document.title, record.document.published) == (
        "n1",
        "修桥纪实",
        "2024-06-01",
    )


def test_help_shows_the_functions() -> None:
    shown = re.sub(".\b", "", pydoc.render_doc(taizhang))
    for name in ("extract", "extract_files", "read", "aggregate", "quantities", "dates", "places", "numeral"):
        assert re.search(rf"^ +(.*, )?{name}\(", shown, re.MULTILINE), name
    assert set(taizhang.__all__) <= set(dir(taizhang))


WRONG = [
    # call, what is said
    (lambda: taizhang.extract(None), "text: expected a str, got None"),
    (
        lambda: taizhang.extract("整改".encode()),
        r"text: expected a str, got bytes: b'.*' \(decode it first\)",
    ),
    (lambda: taizhang.extract("整改", title=3), "title: expected a str or None, got int: 3"),
    (lambda: taizhang.extract("整改", id=None), "id: expected a str, got None"),
    (
        lambda: taizhang.Pipeline("x"),
        r"rules_dirs: expected a sequence of folders, such as \['x'\], got str: 'x'",
    ),
    (lambda: taizhang.Pipeline(None), "rules_dirs: expected a path or several .*, got None"),
    (lambda: taizhang.read(None), "path: expected a path or several .*, got None"),
    (lambda: taizhang.extract_files(3), "paths: expected a path or several .*, got int: 3"),
    (lambda: taizhang.extract_files([3]), r"paths: expected a path or several .*, got list: \[3\]"),
]


@pytest.mark.parametrize(("call", "says"), WRONG, ids=[says for _, says in WRONG])
def test_a_wrong_type_is_told_at_once_with_what_was_expected(call: Callable[[], object], says: str) -> None:
    with pytest.raises(TypeError, match=says):
        call()


@pytest.fixture
def news(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("太原市解决问题614个。", "utf-8")
    (tmp_path / "b.txt").write_text("", "utf-8")
    (tmp_path / "c.jsonl").write_text('{"id": "n1", "text": "太原市修复桥梁7座。"}\n', "utf-8")
    return tmp_path


def test_files_are_read_to_articles(news: Path) -> None:
    import_module("taizhang.read.files")  # puts the room of that name in the function's place
    assert [article.document.id for article in taizhang.read(str(news), skip_unread=True)] == ["a", "n1"]
    articles = taizhang.read(news)
    assert next(articles).text.text == "太原市解决问题614个。"
    with pytest.raises(taizhang.UnreadableInput, match="empty: "):
        next(articles)


def test_files_are_extracted_as_the_command_does(news: Path) -> None:
    results = list(taizhang.extract_files(news))
    assert [[r.quote for r in result.records] for result in results] == [["614个"], [], ["7座"]]
    assert [(r.scope, r.reason) for r in results[1].rejects] == [("article", "empty")]
    strict = taizhang.Pipeline(min_confidence=1.0)
    assert [len(result.records) for result in taizhang.extract_files([news / "a.txt"], strict)] == [0]
