"""Read: what reading goes by: the rules, the limits, and the fields as the user names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from taizhang.errors import TaizhangError, UnreadableInput
from taizhang.read.limits import DEFAULT, ReadLimits
from taizhang.read.shapes import Reading, Sense, plain_key


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """``fields``: for a sense, the one field that has it in these inputs; the rules then do not count."""

    rules: Reading
    limits: ReadLimits = DEFAULT
    fields: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for sense in self.fields:
            if sense not in get_args(Sense):
                raise TaizhangError(f"fields: expected one of {', '.join(get_args(Sense))}, got {sense!r}")

    def wanted(self, sense: Sense) -> list[str]:
        """The names of fields that have ``sense``, as names are compared, best first."""
        if sense in self.fields:
            return [plain_key(self.fields[sense])]
        return [plain_key(key) for names in self.rules.field if names.sense == sense for key in names.keys]

    def key(self, values: Mapping[str, Any], sense: Sense) -> str | None:
        """The first key of ``values``, in the order of the names, that has ``sense`` and a value."""
        plain = {plain_key(key): key for key in reversed(list(values))}
        known = (plain[key] for key in self.wanted(sense) if key in plain)
        return next((key for key in known if values[key] not in (None, "")), None)

    def has(self, key: str, sense: Sense) -> bool:
        """Whether the field ``key`` may have ``sense``."""
        return plain_key(key) in self.wanted(sense)

    def require_text(self, names: Sequence[str]) -> None:
        """Raises ``no-text`` where none of the columns ``names`` may have an article's text."""
        if self.key(dict.fromkeys(names, True), "text") is None:
            raise UnreadableInput("no-text", f"expected a text column, got {', '.join(map(repr, names))}")
