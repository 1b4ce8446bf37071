"""The annotate room's corrections: what a file of them comes to, and how all that is wrong in it is told at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from taizhang.annotate.gold import Gold
from taizhang.errors import UnreadableInput

_SHOWN = 20  # faults that one message names


@dataclass(frozen=True, slots=True)
class AnnotatedGold:
    """What a file of corrections holds: gold by document, and the ids of those that nobody has finished."""

    gold: tuple[Gold, ...]
    open: tuple[str, ...]


def refuse_faults(path: Path, faults: Sequence[str]) -> None:
    """Tell the faults of a file, a line each.

    Raises:
        UnreadableInput: there are any.
    """
    if faults:
        more = f"\n… and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise UnreadableInput("annotation", f"{path}:\n" + "\n".join(faults[:_SHOWN]) + more)
