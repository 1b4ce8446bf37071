"""A table of weights written so that a person can read it and a change is a diff: pruned, rounded, sorted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path


def write(  # noqa: PLR0913, PLR0917 - the file, its columns, its rows, and how they are written
    path: Path,
    labels: Sequence[str],
    weights: Mapping[str, Sequence[float]],
    about: str,
    least: float,
    places: int = 2,
) -> int:
    """Write the features of which a weight is at least ``least``; gives how many there are.

    Args:
        path: of the table.
        labels: the columns.
        weights: for each feature one for each label.
        about: the first line, which says what the table is.
        least: weights that are nearer to 0 in all columns are left out; so are features with a line end in them.
        places: decimals of a weight.
    """
    kept = {f: row for f, row in weights.items() if f.isprintable() and max(map(abs, row)) >= least}
    lines = [f"# {about}", "\t".join(["feature", *labels])]
    lines += ["\t".join([f, *(_plain(w, places) for w in kept[f])]) for f in sorted(kept)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(kept)


def _plain(weight: float, places: int) -> str:
    text = f"{weight:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text.replace("0.", ".", 1) if abs(weight) < 1 else text
