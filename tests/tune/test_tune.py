"""The weights: fitted twice on the same articles they are the same bytes, and each table is as ``tune`` writes it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from taizhang.judge import Weights
from taizhang.pipeline import Pipeline, shipped_pipeline
from taizhang.rules import RuleSet
from taizhang.validate.evidence import STEPS

TOP = Path(__file__).parents[2]
WEIGHTS = TOP / "rules" / "weights"
FITTED = ("confidence", "metric", "phase", "place", "place_article", "time")
TEXT = "清溪县走访农户20户，解决问题614个，其中市级12个。全县投资3亿元，惠及群众1.5万余人。"


def fitted(out: Path, seed: str) -> dict[str, bytes]:
    """What a process of its own writes, whose hashes have this seed."""
    paths = os.pathsep.join([str(TOP), str(TOP / "pipeline")])
    around = os.environ | {"PYTHONPATH": paths, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": "1"}
    words = [sys.executable, str(Path(__file__).with_name("fits.py")), str(out)]
    done = subprocess.run(words, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return {path.name: path.read_bytes() for path in sorted((out / "weights").iterdir())}


def test_the_same_articles_give_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("scipy", reason="only who fits weights needs SciPy: pip install '.[dev]'")
    before = {path.name: path.read_bytes() for path in WEIGHTS.iterdir()}
    once, again = (fitted(tmp_path / seed, seed) for seed in ("1", "2"))
    assert sorted(once) == [f"{name}.tsv" for name in FITTED]
    assert all(len(content.splitlines()) > 20 for content in once.values())
    assert once == again
    assert {path.name: path.read_bytes() for path in WEIGHTS.iterdir()} == before, "nothing else is written"


@pytest.mark.parametrize("name", FITTED)
def test_a_shipped_table_is_as_tune_writes_it(name: str, tmp_path: Path) -> None:
    table = pytest.importorskip("tune.table", reason="tune/ is no part of the package")
    shipped = (WEIGHTS / f"{name}.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in shipped.splitlines()]
    rows = {feature: tuple(map(float, row)) for feature, *row in lines[2:]}
    table.write(tmp_path / "again.tsv", lines[1][1:], rows, lines[0][0].removeprefix("# "), 0.0)
    assert (tmp_path / "again.tsv").read_text("utf-8") == shipped


def test_restating_shipped_weights_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "weights").mkdir()
    for name in FITTED:
        lines = (WEIGHTS / f"{name}.tsv").read_text("utf-8").splitlines()
        restated = [lines[1], *reversed(lines[2::7])]
        (tmp_path / "weights" / f"{name}.tsv").write_text("\n".join(restated) + "\n", "utf-8")
    own = RuleSet([tmp_path])
    for name in FITTED:
        assert Weights.of(own, name).table == Weights.of(RuleSet(), name).table
    expected = shipped_pipeline().extract(TEXT)
    assert Pipeline([tmp_path]).extract(TEXT) == expected
    assert len(expected.records) == 5


@pytest.mark.parametrize("name", ["metric", "place"])
def test_a_surer_choice_never_makes_a_record_less_sure(name: str) -> None:
    table = Weights.of(RuleSet(), "confidence").table
    right = [table.get(f"{name}-sure={step}", (0.0, 0.0))[0] for step in STEPS]
    assert right == sorted(right)
    assert right[0] < right[-1]


def test_no_warning_makes_a_record_surer() -> None:
    table = Weights.of(RuleSet(), "confidence").table
    warnings = {feature: row for feature, row in table.items() if feature.startswith(("check=", "open=True"))}
    assert {"check=no-metric", "check=open-place", "open=True"} <= set(warnings)
    assert {feature: right for feature, (right, wrong) in warnings.items() if right > wrong} == {}
