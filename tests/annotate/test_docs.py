"""The commands and programs of docs/annotating.md, run in their order on the seeds' ledger."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import spacy

from taizhang.records import Phase

DOCS = Path(__file__).parents[2] / "docs" / "annotating.md"
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
PROGRAMS = {"taizhang": [sys.executable, "-m", "taizhang.cli"], "python": [sys.executable]}
# The command as it stands there, but two steps of a small model: that it runs is shown, not what it learns.
FEW_STEPS = ["--training.max_steps", "2", "--training.eval_frequency", "2"]
FEW_STEPS += ["--components.tok2vec.model.encode.width", "32", "--components.tok2vec.model.encode.depth", "1"]


def _annotate(folder: Path) -> None:
    """What people do between export and import: submit each prediction as it is, and export the project."""
    tasks = json.loads((folder / "annotate" / "tasks.json").read_text("utf-8"))
    for task in tasks:
        task["annotations"] = [{"result": task["predictions"][0]["result"]}]
    (folder / "project.json").write_text(json.dumps(tasks), "utf-8")


def test_all_of_it_runs(seed_ledger: Path, tmp_path: Path) -> None:
    assert {name for name, _ in BLOCKS} == {"sh", "python"}
    shutil.copytree(seed_ledger, tmp_path / "ledger")
    said = ""
    for language, content in BLOCKS:
        commands = [[sys.executable, "-c", content]]
        if language == "sh":
            lines = map(shlex.split, content.splitlines())
            commands = [[*PROGRAMS[words[0]], *words[1:]] for words in lines]
        for command in commands:
            steps = FEW_STEPS if "spacy" in command and "train" in command else []
            done = subprocess.run(
                [*command, *steps], check=True, capture_output=True, text=True, cwd=tmp_path
            )
            said += done.stdout
            if "label-studio" in command and "export" in command:
                _annotate(tmp_path)
    assert "record    P 1.000  R 1.000  F1 1.000" in said
    assert "5 [('100家', 'measure')" in said
    trained = spacy.load(tmp_path / "model" / "model-last").get_pipe("spancat")
    assert set(trained.labels) == set(get_args(Phase))
