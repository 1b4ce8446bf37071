"""Merging: which records are one fact, that none is lost, and what is written when."""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from taizhang.cli import app
from taizhang.errors import OutputError, RunFolderError
from taizhang.merge import merge
from taizhang.merge.cluster import Clusters, FactTraits, compatible
from taizhang.merge.files import FACT_FORMATS
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document
from taizhang.rules import shipped
from taizhang.run.folder import RunFolder, rows

if TYPE_CHECKING:
    from tests.merge.conftest import Merging

CASES = tomllib.loads((Path(__file__).parent / "cases" / "pairs.toml").read_text("utf-8"))["case"]
RULES = shipped_pipeline().rules
SHARED = {"99个", "18013户", "614个"}  # what the seeds 000 and 002 both tell


@pytest.mark.parametrize("case", CASES, ids=[case["proves"] for case in CASES])
def test_gold_pairs(merging: Merging, case: dict[str, Any]) -> None:
    merged = merging.texts(*case["articles"])
    at = [(int(r["document"]["id"][1:]), r["quote"]) for r in merged.records]
    for number, text in enumerate(case["articles"]):
        for record in merged.records:
            if record["document"]["id"] == f"d{number}":
                assert text[record["span"]["start"] : record["span"]["end"]] == record["quote"]
    expected = set()
    for group in case["facts"]:
        found = []
        for document, quote, *nth in group:
            places = [n for n, key in enumerate(at) if key == (document, quote)]
            assert places, f"no record {quote} in article {document}"
            found.append(places[nth[0] if nth else 0] + 1)
        expected.add(frozenset(found))
    grouped = {frozenset(s["number"] for s in fact["sources"]) for fact in merged.facts}
    alone = {frozenset([n + 1]) for n in range(len(at)) if not any(n + 1 in group for group in expected)}
    assert grouped == expected | alone
    clashes = {frozenset([f["quote"], c["quote"]]) for f in merged.facts for c in f["conflicts"]}
    assert clashes == {frozenset(pair) for pair in case.get("conflicts", [])}


def _copy(ledger: Path, folder: Path) -> RunFolder:
    """A run folder with the files that merging reads."""
    folder.mkdir()
    for name in ("records.jsonl", "rejects.jsonl", "manifest.json"):
        (folder / name).write_bytes((ledger / name).read_bytes())
    return RunFolder.open(folder)


@pytest.fixture
def seeds(seed_ledger: Path, tmp_path: Path) -> RunFolder:
    """The seeds' run folder, to be merged."""
    return _copy(seed_ledger, tmp_path / "seeds")


def _facts(folder: RunFolder) -> list[dict[str, Any]]:
    return list(rows(folder.path / "facts.jsonl"))


def test_seeds_share_three_facts_and_no_other(seeds: RunFolder) -> None:
    merged = merge(seeds, RULES, FACT_FORMATS[:1])
    shared = [fact for fact in _facts(seeds) if fact["documents"] > 1]
    assert {fact["quote"] for fact in shared} == SHARED
    assert (merged.shared, merged.conflicting) == (3, 0)
    for fact in shared:
        assert fact["place"]["name"] == "云南省昆明市宜良县"
        assert [source["document"][:3] for source in fact["sources"]] == ["000", "002"]
    within = [fact for fact in _facts(seeds) if fact["records"] > 1 and fact["documents"] == 1]
    assert {fact["quote"] for fact in within} == {"9366件"}


def test_every_record_is_a_source_of_exactly_one_fact(seeds: RunFolder) -> None:
    merge(seeds, RULES, FACT_FORMATS[:1])
    sources = [source for fact in _facts(seeds) for source in fact["sources"]]
    records = [record.id for record in seeds.records()]
    assert sorted(source["number"] for source in sources) == list(range(1, len(records) + 1))
    assert all(records[source["number"] - 1] == source["record"] for source in sources)
    for fact in _facts(seeds):
        mine = {source["record"] for source in fact["sources"]}
        assert fact["record"] in mine
        linked = [source for source in fact["sources"] if source["rule"]]
        assert len(linked) == len(fact["sources"]) - 1
        assert all(source["linked_to"] in mine for source in linked)


def test_facts_are_valid_by_their_json_schema(seeds: RunFolder) -> None:
    schema = json.loads((shipped("schemas") / "fact.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    merge(seeds, RULES, FACT_FORMATS[:1])
    found = [json.loads(line) for line in (seeds.path / "facts.jsonl").read_bytes().splitlines()]
    assert [error.message for fact in found for error in validator.iter_errors(fact)] == []
    assert not validator.is_valid(found[0] | {"records": "1"})


def _digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def test_a_second_merge_gives_the_same_bytes_and_all_formats_have_the_same_facts(seeds: RunFolder) -> None:
    merge(seeds, RULES, FACT_FORMATS)
    first = _digests(seeds.path)
    merge(seeds, RULES, FACT_FORMATS)
    assert _digests(seeds.path) == first
    assert not any(name.startswith(".") for name in first)
    facts = _facts(seeds)
    table = pq.read_table(seeds.path / "facts.parquet").to_pylist()
    with (seeds.path / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.DictReader(file))
    assert [f["id"] for f in facts] == [r["id"] for r in table] == [r["id"] for r in cells]
    assert (
        [str(f["value"]) for f in facts] == [r["value_exact"] for r in table] == [r["value"] for r in cells]
    )
    sources = pq.read_table(seeds.path / "fact_sources.parquet").to_pylist()
    assert [(r["fact"], r["record"]) for r in sources] == [
        (f["id"], s["record"]) for f in facts for s in f["sources"]
    ]


def test_seen_is_as_precise_as_what_is_known(merging: Merging) -> None:
    text = "平阴县走访困难家庭2317户。"
    dates = ["2019-10-20", None, "2019-10", "2019-12"]
    (fact,) = merging.texts(text, text, text, text, published=dates).facts
    assert (fact["first_seen"], fact["last_seen"], fact["documents"]) == ("2019-10", "2019-12", 4)
    (fact,) = merging.texts(text, text).facts
    assert (fact["first_seen"], fact["last_seen"]) == (None, None)


def test_years_between_two_reports_of_three_digits_make_two_facts(merging: Merging) -> None:
    text = "平阴县解决难题614个。"
    assert len(merging.texts(text, text, published=["2015-03-01", "2019-03-01"]).facts) == 2
    assert len(merging.texts(text, text, published=["2019-01-01", "2019-03-01"]).facts) == 1


def test_a_value_of_any_size_is_kept_with_every_digit(merging: Merging) -> None:
    (fact,) = merging.texts("平阴县发放补贴12345678901234567890.125元。").facts
    assert str(fact["value"]) == "12345678901234567890.125" or fact["value"] == 1.2345678901234567e19
    run = merging.run([(Document(id="d"), "平阴县发放补贴12345678901234567890.125元。")])
    merge(run, RULES, FACT_FORMATS[:1])
    assert '"value": 12345678901234567890.125' in (run.path / "facts.jsonl").read_text("utf-8")


def test_a_run_without_records_has_no_facts(merging: Merging) -> None:
    run = merging.run([(Document(id="d"), "没有数字。")])
    assert merge(run, RULES, FACT_FORMATS).as_json()["facts"] == 0
    assert (run.path / "facts.jsonl").read_bytes() == b""


@pytest.mark.parametrize("name", ["facts.jsonl", "merge.json"])
def test_a_file_of_somebody_elses_is_not_overwritten(merging: Merging, name: str) -> None:
    run = merging.run([(Document(id="d"), "平阴县走访困难家庭2317户。")])
    (run.path / name).write_text("mine", "utf-8")
    with pytest.raises(OutputError, match=f"{name}: expected no file.*--force"):
        merge(run, RULES, FACT_FORMATS[:1])
    assert (run.path / name).read_text("utf-8") == "mine"
    merge(run, RULES, FACT_FORMATS[:1], force=True)
    assert len(_facts(run)) == 1


def test_facts_that_were_changed_by_hand_are_not_overwritten(merging: Merging) -> None:
    run = merging.run([(Document(id="d"), "平阴县走访困难家庭2317户。")])
    merge(run, RULES, FACT_FORMATS[:1])
    with (run.path / "facts.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(OutputError, match=r"facts\.jsonl: expected no file"):
        merge(run, RULES, FACT_FORMATS[:1])


def test_facts_in_another_format_stay_while_they_are_true(merging: Merging) -> None:
    run = merging.run([(Document(id="d"), "平阴县走访困难家庭2317户。")])
    merge(run, RULES, FACT_FORMATS[1:2])
    merge(run, RULES, FACT_FORMATS[:1])
    written = json.loads((run.path / "merge.json").read_text("utf-8"))["outputs"]
    assert set(written) == {"facts.jsonl", "facts.csv", "fact_sources.csv"}


def test_records_that_were_changed_after_the_run_are_not_merged(merging: Merging) -> None:
    run = merging.run([(Document(id="d"), "平阴县走访困难家庭2317户。")])
    with (run.path / "records.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(RunFolderError, match="changed after the run"):
        merge(run, RULES, FACT_FORMATS[:1])
    assert not (run.path / "facts.jsonl").exists()


def test_the_command_says_what_it_did(seeds: RunFolder) -> None:
    result = CliRunner().invoke(app, ["merge", str(seeds.path), "--format", "jsonl,csv"])
    assert result.exit_code == 0, result.output
    assert "3 of them told by several documents" in result.output
    assert (seeds.path / "fact_sources.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "got no such folder"),
        (["."], "without manifest.json"),
        ([".", "--format", "xlsx"], "expected some of jsonl, csv, parquet, got 'xlsx'"),
    ],
)
def test_wrong_usage_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["merge", *arguments])
    assert result.exit_code == 2
    assert told in " ".join(result.output.replace("│", " ").split())


_dates = st.sampled_from(
    [("", ""), ("2018-01-01", "2018-12-31"), ("2018-03-01", "2018-03-31"), ("2019-01-01", "2019-12-31")]
)
_values = st.sampled_from([("614", 614.0, 614.0), ("600", 600.0, 700.0), ("650", 650.0, 650.0)])
_stances = st.builds(
    lambda value, place, date, stage: FactTraits(*value, "exact", place, *date, stage),
    _values,
    st.sampled_from(["", "甲省", "甲省乙市", "丙省"]),
    _dates,
    st.sampled_from(["", "problem"]),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_stances, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_no_two_records_of_a_fact_contradict_whatever_is_linked(
    stances: list[FactTraits], chance: Any
) -> None:
    numbers = range(1, len(stances) + 1)
    links = [(0, a, b) for a in numbers for b in numbers if a < b]
    chance.shuffle(links)
    clusters = Clusters(dict(zip(numbers, stances, strict=True)))
    clusters.join(links, frozenset())
    for a in numbers:
        for b in numbers:
            if clusters.fact(a) == clusters.fact(b):
                assert compatible(stances[a - 1], stances[b - 1], copied=False)
    brought = {number for number, _, _ in clusters.origins()}
    assert brought == {number for number in numbers if clusters.fact(number) != number}
