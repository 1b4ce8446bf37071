"""Files that the program is made of, and that are not whole: rule files, packages half loaded, packages missing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from taizhang.errors import RuleError
from taizhang.rules import RuleSet, shipped
from taizhang.segment.shapes import LexiconFile

TOP = Path(__file__).parents[2]
LEXICON = """
[[word]]
id = "my.red"
tag = "v"
forms = ["染红", "涂红"]
examples = ["⟨染红⟩布"]
counter_examples = ["红布"]

[[word]]
id = "my.blue"
tag = "v"
forms = ["染蓝"]
examples = ["⟨染蓝⟩布"]
counter_examples = ["蓝布"]
""".lstrip()


@pytest.fixture
def few_rules(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in the place of the shipped rules, with one file and one table: reading all of them takes longer."""
    folder = tmp_path_factory.mktemp("shipped")
    (folder / "lexicon.toml").write_text(
        LEXICON.partition("\n\n")[0].replace("my.", "their.") + "\n", "utf-8"
    )
    table = (shipped("rules") / "divisions.tsv").read_bytes().splitlines(keepends=True)
    (folder / "divisions.tsv").write_bytes(b"".join(table[:40]))
    monkeypatch.setattr("taizhang.rules.shipped", lambda name: folder)
    return folder


@pytest.mark.fault(
    "Rules and packages",
    "a rule file is half written",
    made="a file of `--rules`, cut after each of its bytes",
    guard="rule_files.py: checked, refuse_half",
)
def test_a_rule_file_that_is_cut_anywhere(
    few_rules: Path, tmp_path: Path, happened: Callable[[str], None]
) -> None:
    whole = LEXICON.encode()
    path = tmp_path / "lexicon.toml"
    path.write_bytes(whole)
    every = {word.id: word for word in RuleSet([tmp_path]).load("lexicon.toml", LexiconFile).word}
    refused = 0
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        try:
            words = RuleSet([tmp_path]).load("lexicon.toml", LexiconFile).word
        except RuleError as error:
            assert str(path) in str(error)
            refused += 1
        else:
            assert whole[:end].endswith(b"\n") or not end, "no line is taken for a shorter one"
            mine = [word for word in words if word.id.startswith("my.")]
            assert all(every[word.id] == word for word in mine), "what is there is as it was written"
    assert refused > len(whole) * 0.9
    happened(
        "an error that names the file; only where the cut leaves whole entries are they taken, as they were written"
    )


@pytest.mark.fault(
    "Rules and packages",
    "a table of places is half written",
    made="`divisions.tsv` of `--rules`, cut after each of its last 300 bytes",
    guard="rules.py: RuleSet.table; rule_files.py: refuse_half",
)
def test_a_table_that_is_cut_anywhere(
    few_rules: Path, tmp_path: Path, happened: Callable[[str], None]
) -> None:
    whole = (few_rules / "divisions.tsv").read_bytes()
    rows = {tuple(row) for row in RuleSet().table("divisions.tsv")}
    path = tmp_path / "divisions.tsv"
    for end in range(len(whole) - 300, len(whole)):
        path.write_bytes(whole[:end])
        rules = RuleSet([tmp_path])
        if whole[:end].endswith(b"\n"):
            assert {tuple(row) for row in rules.table("divisions.tsv")} == rows
        else:
            with pytest.raises(RuleError, match=r"divisions\.tsv"):
                list(rules.table("divisions.tsv"))
    happened("an error that names the file; where the cut leaves whole rows, they are taken")


def test_a_row_with_another_number_of_columns_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "divisions.tsv").write_text("# head\n530100\t某省\n", "utf-8")
    with pytest.raises(RuleError, match=r"divisions\.tsv:2: expected \d+ columns, got 2"):
        list(RuleSet([tmp_path]).table("divisions.tsv"))


def test_a_rule_file_that_changes_after_its_hash_was_taken(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(LEXICON, "utf-8")
    rules = RuleSet([tmp_path])
    assert rules.hash
    path.write_text(LEXICON.replace("染红", "刷红"), "utf-8")
    with pytest.raises(RuleError, match="as it was when the run began"):
        rules.load("lexicon.toml", LexiconFile)


BACKEND = """
import os, time, zipfile
METADATA = "Metadata-Version: 2.1\\nName: taizhang\\nVersion: 0.1\\nRequires-Dist: ink\\nProvides-Extra: dev\\n"
WHEEL = "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
def build_editable(folder, config_settings=None, metadata_directory=None):
    if os.path.exists("wait"):
        open("waiting", "w").close()
        time.sleep(600)
    path = os.path.join(folder, "taizhang-0.1-py3-none-any.whl")
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in (("METADATA", METADATA), ("WHEEL", WHEEL), ("RECORD", "")):
            wheel.writestr("taizhang-0.1.dist-info/" + name, text)
    return os.path.basename(path)
build_wheel = build_editable
"""
PYPROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


def _ink(folder: Path) -> Path:
    """A wheel of a package without content, as a package index would give it."""
    import zipfile  # noqa: PLC0415

    path = folder / "ink-1.0-py3-none-any.whl"
    info = "ink-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("ink.py", "COLOUR = 'black'\n" * 500)
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: ink\nVersion: 1.0\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
    return path


@dataclass(frozen=True)
class InkProject:
    """A project with our Makefile that needs one package, of an index on this machine.

    Attributes:
        wheel: the package, as the index has it.
        environment: in which pip asks that index alone.
    """

    folder: Path
    wheel: Path
    environment: dict[str, str]

    @property
    def stamp(self) -> Path:
        """What says that all is installed."""
        return self.folder / ".venv" / "installed"

    @property
    def words(self) -> list[str]:
        """The command that installs."""
        return ["make", "setup", f"PYTHON={sys.executable}"]

    def make(self) -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        return subprocess.run(
            self.words, check=False, cwd=self.folder, env=self.environment, capture_output=True, text=True
        )

    def kill_at_work(self) -> None:
        """Run it, and kill it while pip is at work."""
        (self.folder / "wait").touch()
        first = subprocess.Popen(
            self.words, cwd=self.folder, env=self.environment, start_new_session=True, stdout=-1, stderr=-2
        )
        until = time.monotonic() + 240
        while not (self.folder / "waiting").exists() and first.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
        os.killpg(first.pid, signal.SIGKILL)
        said = first.communicate()[0].decode()
        assert (self.folder / "waiting").exists(), said
        (self.folder / "wait").unlink()


@pytest.fixture
def ink_project(tmp_path: Path) -> InkProject:
    """It, with nothing installed."""
    index, project = tmp_path / "index", tmp_path / "project"
    index.mkdir()
    project.mkdir()
    shutil.copy(TOP / "Makefile", project)
    (project / "pyproject.toml").write_text(PYPROJECT)
    (project / "backend.py").write_text(BACKEND)
    (project / "constraints.txt").touch()
    apart = {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(index),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_BUILD_ISOLATION": "0",
    }
    return InkProject(project, _ink(index), os.environ | apart)


@pytest.mark.fault(
    "Rules and packages",
    "an installation is broken off",
    made="`make setup` killed while pip is at work, then given a wheel of which only half was loaded",
    guard="Makefile: the stamp `.venv/installed` is made last",
)
def test_an_installation_that_is_broken_off(ink_project: InkProject, happened: Callable[[str], None]) -> None:
    ink_project.kill_at_work()
    assert not ink_project.stamp.exists()

    whole = ink_project.wheel.read_bytes()
    ink_project.wheel.write_bytes(whole[: len(whole) // 2])
    second = ink_project.make()
    assert second.returncode != 0
    assert "ink" in second.stderr + second.stdout
    assert not ink_project.stamp.exists()

    ink_project.wheel.write_bytes(whole)
    third = ink_project.make()
    assert third.returncode == 0, third.stderr
    assert ink_project.stamp.exists()
    python = ink_project.folder / ".venv" / "bin" / "python"
    subprocess.run([python, "-c", "import ink; assert ink.COLOUR == 'black'"], check=True)
    happened(
        "make ends with pip's error and does not take the environment for installed; the next `make` mends it"
    )
