"""The public names: all load, no other does, and ``extract`` is the quickest way in."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

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
