"""The template that workers are copies of: what it is told to load it gives, and what goes wrong it leaves to them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from stub_pipeline import StubPipeline, articles

from taizhang import template
from taizhang.errors import RuleError
from taizhang.run import Workers, pool, write_ledger
from taizhang.template import VARIABLE, Recipe, told
from taizhang.write.records_jsonl import JSONL

LOADED = """
from taizhang.template import Recipe
pipeline = Recipe()()
assert pipeline is Recipe()(), "made anew"
assert pipeline.rules.built, "nothing was loaded"
assert Recipe(min_confidence=0.5)() is not pipeline
"""
WRONG = """
from pathlib import Path
from taizhang.errors import RuleError
from taizhang.template import Recipe
try:
    Recipe((Path("nowhere"),))()
except RuleError as error:
    assert "nowhere" in str(error)
else:
    raise AssertionError("no error")
"""
IN_A_WORKER = """
import sys
from multiprocessing import parent_process
from pathlib import Path
from taizhang.template import Recipe
from taizhang.run.worker import Worker
from taizhang.run.job import Job
from taizhang.article import Article

class Loaded(Recipe):
    def __call__(self):
        from taizhang import template
        assert template._LOADED or not parent_process(), "this is no copy of the template"
        return super().__call__()

if __name__ == "__main__":
    worker = Worker(Loaded(), Loaded()().rules.hash)
    assert worker.answer() is None, "not ready"
    worker.give(Job(Article.of("昆明市修路5公里。"), 0))
    print(worker.answer())
    worker.end()
"""


def _python(program: list[str], **variables: str) -> str:
    environment = {**os.environ, **variables, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, *program], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_gives_what_it_was_told_to_load() -> None:
    _python(["-c", LOADED], **{VARIABLE: "[[], 0.0]"})


def test_wrong_rules_are_left_to_the_worker_that_asks_for_them() -> None:
    _python(["-c", WRONG], **{VARIABLE: '[["nowhere"], 0.0]'})


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes")
def test_a_worker_is_a_copy_of_it(tmp_path: Path) -> None:
    script = tmp_path / "main.py"
    script.write_text(IN_A_WORKER, "utf-8")
    answer = json.loads(_python([str(script)]))
    assert [record["quote"] for record in answer["result"]["records"]] == ["5公里"]


def test_only_a_starting_template_is_told() -> None:
    with told(Recipe((Path("own"),), 0.5)):
        assert json.loads(os.environ[VARIABLE]) == [["own"], 0.5]
    assert VARIABLE not in os.environ


def test_wrong_rules_end_a_run_with_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_FEW_ARTICLES", 0)
    with pytest.raises(RuleError, match="nowhere"):
        write_ledger(
            articles(3), StubPipeline(), tmp_path, [JSONL], workers=Workers(Recipe((Path("nowhere"),)), 2)
        )
    assert not template._LOADED
