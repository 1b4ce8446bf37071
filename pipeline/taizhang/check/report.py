"""The check room's report: for each check how much it compared, and the faults that it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from taizhang.messages import told

KEPT = 100  # faults of one check that are kept as lines; all are counted


@dataclass(slots=True)
class Check:
    """One thing that must hold of a run.

    Attributes:
        name: what ``--help`` and the report call it.
        about: what must hold, in a few words.
        compared: how many things it was held against.
        count: how many faults there are.
        faults: the first of them, a line each.
        skipped: why it could not be made; empty where it was.
    """

    name: str
    about: str
    compared: int = 0
    count: int = 0
    faults: list[str] = field(default_factory=list)
    skipped: str = ""

    def hold(self, true: bool, where: str, name: str, expected: object, got: object) -> None:
        """Compare once; a fault is told as place, field, expected and got."""
        self.compared += 1
        if not true:
            self.fault(f"{where}: {name}: expected {_shown(expected)}, got {_shown(got)}")

    def equal(self, where: str, name: str, expected: object, got: object) -> None:
        """Compare two values that must be the same."""
        self.hold(expected == got, where, name, expected, got)

    def fault(self, line: str) -> None:
        """Note one fault."""
        self.count += 1
        if self.count <= KEPT:
            self.faults.append(line)


@dataclass(slots=True)
class CheckReport:
    """All checks of one run, by name and in order."""

    checks: Mapping[str, Check]

    def __getitem__(self, name: str) -> Check:
        return self.checks[name]

    @property
    def good(self) -> bool:
        """Whether no check found a fault."""
        return not any(check.count for check in self.checks.values())


def _shown(value: object) -> str:
    """A value for a person: texts that begin like code in quotes, long ones cut."""
    text = told(str(value)) if isinstance(value, Wording) else repr(value)
    return text if len(text) <= 160 else text[:157] + "..."


class Wording(str):
    """Words of a message, shown without quotes, in the user's language."""

    __slots__ = ()
