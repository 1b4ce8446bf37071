"""What was made of the text that was asked for last: several stages look at one text, and each would make it anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Latest(Generic[Made]):
    """Keeps what was made of one text. Safe between threads: text and what was made of it are kept as one.

    >>> letters = Latest(list)
    >>> text = "一二"
    >>> letters.of(text) is letters.of(text)
    True
    """

    def __init__(self, make: Callable[[str], Made]) -> None:
        self._make = make
        self._kept: tuple[str, Made] | None = None

    def of(self, text: str) -> Made:
        """What is made of a text; the same object as long as no other text is asked for."""
        kept = self._kept
        if kept is None or kept[0] is not text:
            kept = self._kept = (text, self._make(text))
        return kept[1]
