"""The peak memory of a run over a table of many rows against one of few: ``python bench/table_memory.py [FEW MANY]``.

The table is a CSV of invented figures, two in each row, with parts of a total, so that records point at each other.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from memory import peak

FEW, MANY = 1_000, 10_000
LIMIT = 1.25
HEAD = "单位,排查问题（个）,其中：安全类（个）"


def write_table(path: Path, count: int) -> None:
    """A table of ``count`` rows."""
    rows = (f"太原市小店区第{n}村,{100 + n * 7 % 89},{n * 3 % 97}" for n in range(1, count + 1))
    path.write_text("\n".join([HEAD, *rows, ""]), "utf-8")


def main() -> None:
    """Measure both and say whether the second is within ``LIMIT`` times the first."""
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        for count in [int(word) for word in sys.argv[1:3]] or [FEW, MANY]:
            path = Path(folder) / f"{count}.csv"
            write_table(path, count)
            mebibytes, seconds = peak(path)
            print(f"{count} rows: {mebibytes:.0f} MiB at most, {seconds:.0f} s of processor time", flush=True)
            peaks.append(mebibytes)
    ratio = peaks[-1] / peaks[0]
    print(f"{ratio:.2f} times; the aim is {LIMIT} at most")
    raise SystemExit(ratio > LIMIT)


if __name__ == "__main__":
    main()
