"""A room that has the name of a public function, and can be called like it.

Importing the room ``taizhang.extract`` puts it in the place of the function ``taizhang.extract``, and so with ``read``.
Such a room is made one of these and names its function, so that ``taizhang.extract(text)`` works whatever was imported
before.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any


class CalledRoom(ModuleType):
    """A module that calls the function that ``FUNCTION`` names: its module, a colon, its name."""

    FUNCTION: str

    def __call__(self, *args: Any, **named: Any) -> Any:
        """What the function gives; its module is imported now, since it is made of what is in the room."""
        home, name = self.FUNCTION.split(":")
        return getattr(import_module(home), name)(*args, **named)
