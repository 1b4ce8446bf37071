"""What the program is made of: every dependency justified, bounded and pinned; an audit that cannot pass unasked."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest
from own_process import environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from taizhang.read.limits import DEFAULT

TOP = Path(__file__).parents[2]
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
OWN = "taizhang"
PINS = dict(line.split("==") for line in (TOP / "constraints.txt").read_text("utf-8").split())
PINNED = {canonicalize_name(name): Version(number) for name, number in PINS.items()}


def _named(lines: list[str]) -> list[Requirement]:
    return [named for named in map(Requirement, lines) if named.name != OWN]


ALWAYS = _named(PROJECT["project"]["dependencies"])
EXTRAS = {extra: _named(lines) for extra, lines in PROJECT["project"]["optional-dependencies"].items()}
EVERY = [*ALWAYS, *(named for extra in EXTRAS.values() for named in extra)]
EVERY += _named(PROJECT["build-system"]["requires"])


def _justified(heading: str) -> dict[str, list[str]]:
    """The rows of one section of docs/dependencies.md by package: the other cells."""
    page = (TOP / "docs" / "dependencies.md").read_text("utf-8")
    section = re.split(r"^## ", page, flags=re.M)
    (body,) = [part for part in section if part.startswith(heading)]
    rows = [row.strip("| ").split(" | ") for row in body.splitlines() if row.startswith("| ")]
    return {cells[0]: cells[1:] for cells in rows if cells[0] not in {"package", "---"}}


def test_every_dependency_is_justified() -> None:
    always, extra, dev = map(_justified, ("Always installed", "With an extra", "For development"))
    assert sorted(always) == sorted(named.name for named in ALWAYS)
    assert sorted(dev) == sorted(named.name for named in EXTRAS["dev"])
    extras: dict[str, list[str]] = {}
    for name in sorted(EXTRAS.keys() - {"all", "dev"}):
        for named in EXTRAS[name]:
            extras.setdefault(named.name, []).append(name)
    assert {name: cells[0] for name, cells in extra.items()} == {
        name: ", ".join(names) for name, names in extras.items()
    }
    assert all(len(cells[-1]) > 10 for rows in (always, extra, dev) for cells in rows.values())


@pytest.mark.parametrize("named", EVERY, ids=str)
def test_every_bound_is_the_major_version_after_the_tested_one(named: Requirement) -> None:
    tested = PINNED[canonicalize_name(named.name)]
    bounds = {clause.operator: Version(clause.version) for clause in named.specifier}
    assert bounds.keys() == {">=", "<"}
    assert bounds["<"] == Version(str(tested.major + 1))
    assert tested in named.specifier


def _needed(names: Iterator[tuple[str, frozenset[str]]]) -> set[str]:
    """The names of all packages that are needed, with what those need, here and on this Python."""
    waiting, seen = list(names), set[tuple[str, frozenset[str]]]()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            lines = requires(name) or ()
        except PackageNotFoundError:
            continue  # one for building alone
        for named in map(Requirement, lines):
            if named.marker is None or any(
                named.marker.evaluate({"extra": extra}) for extra in (*extras, "")
            ):
                waiting.append((canonicalize_name(named.name), frozenset(named.extras)))
    return {name for name, _ in seen}


def test_every_package_that_is_needed_is_pinned_and_the_tested_one() -> None:
    named = ((canonicalize_name(named.name), frozenset(named.extras)) for named in EVERY)
    needed = _needed(named) - {OWN}
    assert len(needed) > 50
    assert sorted(needed - PINNED.keys() - {"pip"}) == [], "pip comes with the environment"
    # hatchling comes and goes with the build; up to Python 3.11 an environment has a setuptools from the start.
    installed = {name: Version(version(name)) for name in needed - {"hatchling", "pip", "setuptools"}}
    other = {name: number for name, number in installed.items() if number != PINNED[name]}
    assert other == {}, "another version is installed here than the one that is pinned"


def test_pins_name_no_address_and_stand_in_order() -> None:
    lines = (TOP / "constraints.txt").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
    assert len(PINNED) == len(lines)


def test_the_limits_that_security_names_are_those_that_ship() -> None:
    page = (TOP / "SECURITY.md").read_text("utf-8")
    told = re.findall(r"\| ([\d ]+(?: [MG]iB)?) \| `--limits (\w+)=N` \|", page)
    units = {"MiB": 1 << 20, "GiB": 1 << 30}
    amounts = {name: re.fullmatch(r"([\d ]+?)(?: ([MG]iB))?", text).groups() for text, name in told}
    shown = {name: int(n.replace(" ", "")) * units.get(unit, 1) for name, (n, unit) in amounts.items()}
    assert shown == DEFAULT.model_dump()


CLEAN = [{"name": name, "version": number, "vulns": []} for name, number in PINS.items()]
FAULTY = [*CLEAN[1:], CLEAN[0] | {"vulns": [{"id": "X-1", "fix_versions": ["9.9"]}]}]
SKIPPED = [*CLEAN[1:], {"name": CLEAN[0]["name"], "skip_reason": "not found"}]
AUDITS = [
    # what pip-audit does, the exit code, what must be said, what it proves
    (f"print({json.dumps({'dependencies': CLEAN})!r})", 0, "0 vulnerabilities known", "none is known"),
    (
        f"print({json.dumps({'dependencies': FAULTY})!r}); sys.exit(1)",
        1,
        "X-1, put right in 9.9",
        "one is known",
    ),
    (
        f"print({json.dumps({'dependencies': SKIPPED})!r})",
        2,
        "NOT AUDITED",
        "one is not known to the service",
    ),
    (
        f"print({json.dumps({'dependencies': CLEAN[1:]})!r})",
        2,
        "pinned packages asked about",
        "one is left out",
    ),
    (
        "sys.exit('ConnectionError: no route')",
        2,
        "could not be asked: ConnectionError",
        "the service is not there",
    ),
    ("sys.exit(0)", 2, "NOT AUDITED", "it ends well and says nothing"),
]


@pytest.mark.parametrize(("does", "code", "told", "proves"), AUDITS, ids=[case[3] for case in AUDITS])
def test_an_audit_that_could_not_ask_does_not_pass(
    does: str, code: int, told: str, proves: str, tmp_path: Path
) -> None:
    (tmp_path / "pip_audit.py").write_text(f"import sys\n{does}\n")
    script = [sys.executable, str(TOP / "scripts" / "audit.py"), str(TOP / "constraints.txt")]
    done = subprocess.run(
        script, check=False, capture_output=True, text=True, env=environment(PYTHONPATH=str(tmp_path))
    )
    assert done.returncode == code, done.stderr
    assert told in done.stdout + done.stderr
