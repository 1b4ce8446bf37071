"""Runs the seeds under several Pythons and compares the bytes of the ledgers.

Run by `make test-pythons PYTHONS="python3.12 python3.13"`. Each Python gets an environment of its own under
out/pythons, with the pinned dependencies. `manifest.json` names Python's version, so it differs by design; so do
`timings.json` and `ledger.duckdb`.
Exit code: 0 the same bytes everywhere, 1 not the same, 2 a Python could not be tried.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[1]
FORMATS = "jsonl,csv,parquet,xlsx,sqlite,duckdb"
DIFFER = {"manifest.json", "timings.json", "ledger.duckdb"}


def digests(python: str, folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of the seeds' ledger, made under ``python`` in an environment in ``folder``.

    Raises:
        subprocess.CalledProcessError, OSError: there is no such Python, or a dependency is not to be had for it.
    """
    own = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "venv", "--clear", str(folder / "venv")], check=True)
    install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-c",
        str(TOP / "constraints.txt"),
    ]
    subprocess.run([own, *install, f"{TOP}[all]"], check=True)
    out = folder / "ledger"
    command = ["-m", "taizhang.cli", "run", "seeds", "--out", str(out), "--format", FORMATS, "--workers", "1"]
    subprocess.run([own, *command], check=True, cwd=TOP, stdout=subprocess.DEVNULL)
    files = sorted(path for path in out.iterdir() if path.name not in DIFFER)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main(pythons: list[str]) -> int:
    """Print a line for each Python; gives the exit code."""
    first, same, tried = None, True, True
    for number, python in enumerate(pythons):
        try:
            found = digests(python, TOP / "out" / "pythons" / str(number))
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{python}: NOT TRIED: {error}", file=sys.stderr)
            tried = False
            continue
        first = first or found
        other = [name for name in found if found[name] != first.get(name)]
        same = same and not other
        print(
            f"{python}: {len(found)} files, "
            + (f"other bytes in {', '.join(other)}" if other else "the same bytes")
        )
    return 2 if not tried else int(not same)


if __name__ == "__main__":
    sys.exit(main([sys.executable, *sys.argv[1:]]))
