"""Asks about known vulnerabilities of every pinned dependency, and says so where nobody could be asked.

Run by `make audit`: python scripts/audit.py constraints.txt, in an environment that has pip-audit.
Exit code: 0 none is known, 1 some are, 2 not all could be asked about.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

VULNERABLE, NOT_ASKED = 1, 2


def main(constraints: Path) -> int:
    """Print what is known, a line each; gives the exit code."""
    pinned = [line for line in constraints.read_text("utf-8").splitlines() if line.strip()]
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--no-deps", "--disable-pip"]
    done = subprocess.run(
        [*command, "--requirement", str(constraints)], check=False, capture_output=True, text=True
    )
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError):
        said = done.stderr.strip().splitlines()[-1:] or [f"pip-audit ended with {done.returncode}"]
        print(f"NOT AUDITED: the vulnerability service could not be asked: {said[0]}", file=sys.stderr)
        return NOT_ASKED
    skipped = [package for package in found if "skip_reason" in package]
    faults = [(package, fault) for package in found for fault in package.get("vulns", ())]
    for package, fault in faults:
        fixed = ", ".join(fault.get("fix_versions", ())) or "no version yet"
        print(f"{package['name']} {package['version']}: {fault['id']}, put right in {fixed}")
    for package in skipped:
        print(f"NOT AUDITED: {package['name']}: {package['skip_reason']}", file=sys.stderr)
    asked = len(found) - len(skipped)
    print(f"{asked} of {len(pinned)} pinned packages asked about, {len(faults)} vulnerabilities known")
    if faults:
        return VULNERABLE
    return 0 if asked == len(pinned) else NOT_ASKED


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
