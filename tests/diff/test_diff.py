"""The difference of two runs: what was added, dropped and altered, by field and rule, matched by place in the text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from taizhang.article import Article
from taizhang.cli import app
from taizhang.diff import Inputs, Summary, compare, differences
from taizhang.diff.compare import ArticleRows
from taizhang.pipeline import Pipeline, shipped_pipeline
from taizhang.records import Document
from taizhang.run import write_ledger
from taizhang.run.folder import RunFolder
from taizhang.write.manifest import LAYOUT
from taizhang.write.records_jsonl import JSONL

TEXT = "平阴县走访困难家庭2317户，解决难题614个。"
MORE = "平阴县新建便民书屋36间。"


def _record(start: int, end: int, **fields: Any) -> dict[str, Any]:
    row = {
        "id": f"r{start}",
        "document": {"id": "d"},
        "metric": {"name": "走访农户", "action": "走访"},
        "value": 3,
        "unit": "户",
        "quote": "3户",
        "span": {"start": 0, "end": 0, "raw_start": start, "raw_end": end},
        "rules": {"value": "form.plain", "unit": "unit.households", "metric": "metric.before"},
    }
    return row | fields


def _reject(start: int, end: int, scope: str = "number") -> dict[str, Any]:
    span = None if scope == "article" else {"raw_start": start, "raw_end": end}
    return {"scope": scope, "reason": "idiom", "rule": "idiom.x", "span": span}


def _found(
    old: list[Any], new: list[Any], old_rejects: Sequence[Any] = (), new_rejects: Sequence[Any] = ()
) -> list[Any]:
    return list(compare(ArticleRows(old, old_rejects), ArticleRows(new, new_rejects)))


def test_the_same_records_have_no_difference() -> None:
    assert _found([_record(3, 5), _record(8, 9)], [_record(3, 5), _record(8, 9)]) == []


def test_where_it_stands_in_the_clean_text_is_no_difference() -> None:
    moved = _record(3, 5, id="other") | {"span": {"start": 7, "end": 9, "raw_start": 3, "raw_end": 5}}
    assert _found([_record(3, 5)], [moved]) == []


def test_an_altered_field_is_told_with_both_values_and_both_rules() -> None:
    new = _record(3, 5, unit="家") | {"rules": {**_record(3, 5)["rules"], "unit": "unit.firms"}}
    (found,) = _found([_record(3, 5)], [new])
    assert (found.what, found.quote, found.raw_start) == ("altered", "3户", 3)
    assert [tuple(change) for change in found.changes] == [
        ("unit", "户", "家", "unit.households", "unit.firms")
    ]


def test_a_nested_field_is_told_by_its_path() -> None:
    (found,) = _found([_record(3, 5)], [_record(3, 5, metric={"name": "走访", "action": "走访"})])
    assert [(c.field, c.rule_new) for c in found.changes] == [("metric.name", "metric.before")]


def test_another_rule_with_the_same_value_is_told() -> None:
    new = _record(3, 5) | {"rules": {**_record(3, 5)["rules"], "value": "form.mixed"}}
    (found,) = _found([_record(3, 5)], [new])
    assert [(c.field, c.old, c.new, c.rule_new) for c in found.changes] == [("value", 3, 3, "form.mixed")]


def test_a_record_that_takes_more_of_the_text_is_the_same_number() -> None:
    (found,) = _found([_record(3, 5)], [_record(3, 7, quote="3户人家")])
    assert found.what == "altered"
    assert [(c.field, c.new) for c in found.changes] == [("quote", "3户人家")]


def test_two_records_at_one_place_are_matched_in_order() -> None:
    old, new = [_record(3, 5), _record(3, 5, value=4)], [_record(3, 5), _record(3, 5, value=5)]
    (found,) = _found(old, new)
    assert [(c.field, c.old, c.new) for c in found.changes] == [("value", 4, 5)]


@pytest.mark.parametrize(
    ("rejects", "reason"),
    [([_reject(3, 4)], "idiom"), ([_reject(8, 9)], ""), ([_reject(0, 0, "article")], "idiom")],
)
def test_a_dropped_record_has_the_reason_of_the_run_without_it(rejects: list[Any], reason: str) -> None:
    (found,) = _found([_record(3, 5)], [], (), rejects)
    assert (found.what, found.reason) == ("dropped", reason)
    (found,) = _found([], [_record(3, 5)], rejects)
    assert (found.what, found.reason) == ("added", reason)


_spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=8).map(
    lambda found: [_record(start, start + length) for start, length in found]
)


@given(_spans, _spans)
def test_no_record_is_lost_or_counted_twice(old: list[Any], new: list[Any]) -> None:
    found = _found(old, new)
    counts = {what: sum(f.what == what for f in found) for what in ("added", "dropped")}
    assert len(old) - counts["dropped"] == len(new) - counts["added"]
    back = _found(new, old)
    assert sum(f.what == "added" for f in back) == counts["dropped"] or found != []


def _run(folder: Path, texts: dict[str, str], pipeline: Pipeline | None = None) -> RunFolder:
    given = [Article.of(text, Document(id=name, sha256=f"{hash_of(text)}")) for name, text in texts.items()]
    write_ledger(given, pipeline or shipped_pipeline(), folder, (JSONL,))
    return RunFolder.open(folder)


def hash_of(text: str) -> str:
    """Stands for the digest of a source."""
    return "".join(f"{ord(c):x}" for c in text)[:64]


def test_articles_of_one_run_alone_or_with_another_text_are_told_and_not_compared(tmp_path: Path) -> None:
    old = _run(tmp_path / "a", {"one": TEXT, "gone": MORE, "other": TEXT})
    new = _run(tmp_path / "b", {"come": MORE, "other": MORE, "one": TEXT})
    inputs = Inputs.of(old, new)
    assert inputs == (("one",), ("gone",), ("come",), ("other",))
    summary = Summary(inputs, 3)
    for _, records, found in differences(old, new, inputs.both):
        summary.add(records, found)
    assert (summary.records, dict(summary.counts), summary.same) == (4, {}, False)


def test_the_order_of_the_articles_does_not_matter(tmp_path: Path) -> None:
    _run(tmp_path / "a", {"one": TEXT, "two": MORE})
    _run(tmp_path / "b", {"two": MORE, "one": TEXT})
    result = CliRunner().invoke(app, ["diff", str(tmp_path / "a"), str(tmp_path / "b")])
    assert result.exit_code == 0, result.output
    assert "0 added, 0 dropped, 0 altered" in result.output


@pytest.fixture
def changed(tmp_path: Path) -> tuple[Path, Path]:
    """A run with the shipped rules, and one whose rules refuse 户 and read 难题 as a name."""
    own = tmp_path / "rules"
    own.mkdir()
    (own / "units.toml").write_text(
        '[[unit]]\nid = "unit.general"\nkind = "score"\nforms = ["个"]\n'
        'examples = ["⟨3个⟩"]\ncounter_examples = ["3"]\n',
        "utf-8",
    )
    _run(tmp_path / "a", {"one": TEXT})
    _run(tmp_path / "b", {"one": TEXT}, Pipeline((own,)))
    return tmp_path / "a", tmp_path / "b"


def test_a_change_of_rules_is_seen_by_the_command(changed: tuple[Path, Path]) -> None:
    result = CliRunner().invoke(app, ["diff", *map(str, changed)])
    assert result.exit_code == 1, result.output
    assert "1 altered" in result.output
    assert "altered kind: unit.general -> unit.general" in result.output
    assert "614个 解决难题: count -> score" in result.output


def test_json_has_each_difference_and_the_summary(changed: tuple[Path, Path]) -> None:
    result = CliRunner().invoke(app, ["diff", *map(str, changed), "--json"])
    assert result.exit_code == 1
    *found, summary = map(json.loads, result.stdout.splitlines())
    assert [(f["what"], f["quote"]) for f in found] == [("altered", "614个")]
    kind = next(c for c in found[0]["changes"] if c["field"] == "kind")
    assert kind == {
        "field": "kind",
        "old": "count",
        "new": "score",
        "rule_old": "unit.general",
        "rule_new": "unit.general",
    }
    assert (summary["what"], summary["documents"], summary["altered"]) == ("summary", 1, 1)


@pytest.mark.parametrize("spoil", ["gone", "changed", "version"])
def test_a_run_that_is_not_what_it_was_is_told(tmp_path: Path, spoil: str) -> None:
    for name in "ab":
        _run(tmp_path / name, {"one": TEXT})
    path = tmp_path / "b" / ("manifest.json" if spoil == "version" else "records.jsonl")
    if spoil == "gone":
        path.unlink()
    else:
        path.write_text(
            path.read_text("utf-8").replace(f'"run_folder": {LAYOUT}', '"run_folder": 99') + "\n", "utf-8"
        )
    result = CliRunner().invoke(app, ["diff", str(tmp_path / "a"), str(tmp_path / "b")])
    assert result.exit_code == 2
    assert {"gone": "is missing", "changed": "changed after the run", "version": "got 99"}[
        spoil
    ] in result.output
