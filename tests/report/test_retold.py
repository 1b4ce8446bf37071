"""Facts that several articles tell: after a merge the report counts each once, and says who tells it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser import Shown

from taizhang.article import Article
from taizhang.merge import merge
from taizhang.merge.files import FACT_FORMATS
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document
from taizhang.report import write_report
from taizhang.rules import RuleSet
from taizhang.run import write_ledger
from taizhang.run.folder import RunFolder
from taizhang.write.records_jsonl import JSONL

pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'taizhang[duckdb]'")

TEXTS = {
    "早报": "2023年3月，太原市查摆问题4836个，解决2671个。",
    "晚报": "据通报，2023年3月，太原市查摆问题4836个，已经解决问题2671个，市民普遍感到满意。",
    "周刊": "2023年3月，太原市查摆问题4836个，解决问题2617个，还有一些正在整改。",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run over three articles that tell of one place and month."""
    given = [
        Article.of(text, Document(id=title, title=title, published="2023-04-01"))
        for title, text in TEXTS.items()
    ]
    write_ledger(given, shipped_pipeline(), tmp_path / "run", (JSONL,), keep_copies=True)
    return tmp_path / "run"


def _sums(page: Shown) -> list[str]:
    page.view("charts")
    return page.texts(".card.balance tbody td")


def test_a_merged_fact_is_counted_once_and_says_who_tells_it(browser: Any, folder: Path) -> None:
    page = Shown.open(browser, write_report(folder, language="zh").path)
    assert "14,508" in " ".join(_sums(page)), "without a merge each telling counts"
    page.page.close()
    merge(RunFolder.open(folder), RuleSet(), FACT_FORMATS[:1])
    page = Shown.open(browser, write_report(folder, language="zh").path)
    assert "4,836" in " ".join(_sums(page))
    page.view("records")
    page.page.locator("#records tbody tr").first.click()
    said = " ".join(page.texts(".evidence tr"))
    assert "也见于" in said and "晚报" in said
    assert page.console == []
    page.page.close()


def test_facts_of_other_records_are_left_alone(browser: Any, folder: Path) -> None:
    merge(RunFolder.open(folder), RuleSet(), FACT_FORMATS[:1])
    merged = folder / "merge.json"
    merged.write_text(merged.read_text("utf-8").replace('"records": "', '"records": "0'), "utf-8")
    page = Shown.open(browser, write_report(folder, language="zh").path)
    assert "14,508" in " ".join(_sums(page))
    page.page.close()
