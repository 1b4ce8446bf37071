"""The extract room: a segmented Doc to candidates with every field, and to exclusions with their reasons.

The room has the name of the public function ``taizhang.extract``, and importing it puts the room in the function's
place. So the room can be called, too, and ``taizhang.extract(text)`` works whatever was imported before.
"""

import sys
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    def __call__(self, *args: Any, **named: Any) -> Any:
        from taizhang.pipeline import extract  # noqa: PLC0415 - the pipeline imports this room

        return extract(*args, **named)


sys.modules[__name__].__class__ = _Room
