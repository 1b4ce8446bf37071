"""What is counted most and has no indicator yet: gathered by what it says, the most frequent first."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from taizhang.article import Article
from taizhang.cli import app
from taizhang.indicators.suggest import suggestions
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document
from taizhang.rules import RuleSet
from taizhang.run import write_ledger
from taizhang.write.records_jsonl import JSONL


def row(name: str, unit: str = "只", indicator: str | None = None) -> dict[str, object]:
    metric = {"name": name, "indicator": indicator}
    return {"metric": metric, "kind": "count", "unit": unit, "phase": "result", "duplicate_of": None}


def test_the_same_words_in_another_order_are_one_suggestion() -> None:
    rows = [
        row("编织竹筐"),
        row("竹筐编织", "个"),
        row("补渔网"),
        row("编织竹筐"),
        row("解决问题", "个", "problems.solved"),
    ]
    (first,) = suggestions(rows, RuleSet())
    assert first.names == {"编织竹筐": 2, "竹筐编织": 1}
    assert first.units == {"只": 2, "个": 1}
    assert [s.records for s in suggestions(rows, RuleSet(), least=1)] == [3, 1]


def test_copies_are_not_counted() -> None:
    copied = row("编织竹筐") | {"duplicate_of": "a"}
    assert list(suggestions([copied, copied], RuleSet(), least=1)) == []


def test_the_command_lists_them(tmp_path: Path) -> None:
    texts = ["太原市编织竹筐40只。", "昆明市编织竹筐30只，解决问题7个。"]
    given = [Article.of(text, Document(id=str(n))) for n, text in enumerate(texts)]
    write_ledger(given, shipped_pipeline(), tmp_path, (JSONL,))
    done = CliRunner().invoke(app, ["indicators", "suggest", str(tmp_path)])
    assert done.exit_code == 0, done.output
    (line,) = done.output.splitlines()
    records, kind, units, _phases, names = line.split("\t")
    assert (records, kind, units, names) == ("2", "count", "只(2)", "编织竹筐(2)")
    assert "problems.solved\t" in CliRunner().invoke(app, ["indicators", "list"]).output
    assert CliRunner().invoke(app, ["indicators", "suggest", str(tmp_path / "none")]).exit_code == 2
