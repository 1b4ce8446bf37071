"""Tables kept on disk save time and change nothing: whatever befalls the folder, the table is what build() gives."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from taizhang.cache import VARIABLE, table

MADE = {"整改": (1, 2.5), "路": b"\x00"}
PROGRAM = "import sys, taizhang; print(taizhang.extract('云南省昆明市修路5公里，建桥三座，惠及千家万户。'))"


class Build:
    """Gives the table and counts how often it had to."""

    def __init__(self) -> None:
        self.calls = 0

    def make(self) -> dict[str, object]:
        self.calls += 1
        return dict(MADE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "tables"
    monkeypatch.setenv(VARIABLE, str(found))
    return found


def calls(build: Build, made_of: str = "1") -> int:
    """How many calls it takes by then to get the table."""
    assert table("t", made_of, build.make) == MADE
    return build.calls


def test_a_table_is_made_once(folder: Path) -> None:
    build = Build()
    assert [calls(build), calls(build)] == [1, 1]
    assert [path.stat().st_mode & 0o077 for path in (folder, *folder.iterdir())] == [0, 0]


def test_a_table_of_other_things_is_another(folder: Path) -> None:
    build = Build()
    assert [calls(build, "1"), calls(build, "2")] == [1, 2]


def test_few_old_tables_are_left(folder: Path) -> None:
    build = Build()
    for number in range(8):
        calls(build, str(number))
    table("t-other", "1", build.make)
    assert len(list(folder.glob("t-*"))) == 4 + 1
    assert calls(build, "7") == 9  # the newest was left


def test_what_is_used_outlasts_what_was_made_once(folder: Path) -> None:
    build = Build()
    for number in range(8):
        calls(build, "shipped")
        calls(build, str(number))
    assert calls(build, "shipped") == 9


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [truncate, flip, lambda path: path.write_bytes(b"")])
def test_a_damaged_table_is_made_anew(folder: Path, damage: Callable[[Path], object]) -> None:
    build = Build()
    calls(build)
    (path,) = folder.iterdir()
    damage(path)
    assert [calls(build), calls(build)] == [2, 2]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("who", ["folder", "file"])
def test_what_others_may_write_is_not_read(folder: Path, who: str) -> None:
    build = Build()
    calls(build)
    path = folder if who == "folder" else next(folder.iterdir())
    path.chmod(path.stat().st_mode | stat.S_IWOTH)
    assert calls(build) == 2


@pytest.mark.skipif(not hasattr(os, "chown") or os.getuid() != 0, reason="only root can give a file away")
def test_what_another_user_owns_is_not_read(folder: Path) -> None:
    build = Build()
    calls(build)
    os.chown(next(folder.iterdir()), 65534, -1)
    assert calls(build) == 2


def test_a_folder_that_cannot_be_made_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file" / "tables"))
    build = Build()
    assert [calls(build), calls(build)] == [1, 2]


def test_a_full_disk_leaves_nothing_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert calls(Build()) == 1
    assert list(folder.iterdir()) == []


def test_it_can_be_switched_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "off")
    build = Build()
    assert [calls(build), calls(build)] == [1, 2]
    assert not folder.exists()


def test_results_do_not_depend_on_it(tmp_path: Path) -> None:
    def said(cache: str) -> str:
        environment = {**os.environ, VARIABLE: cache}
        return subprocess.run(
            [sys.executable, "-c", PROGRAM], env=environment, check=True, capture_output=True, text=True
        ).stdout

    kept = tmp_path / "tables"
    without = said(str(kept))  # there is none yet: each table is made
    assert "昆明市" in without
    tables = {path.name: path.stat().st_ino for path in kept.iterdir()}
    assert tables
    assert said(str(kept)) == without
    assert {path.name: path.stat().st_ino for path in kept.iterdir()} == tables, "none was made anew"
