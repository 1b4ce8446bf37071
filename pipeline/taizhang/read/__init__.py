"""Read: files and rows to articles. The first stage's door.

The room has the name of the public function ``taizhang.read``, and importing it puts the room in the function's place.
So the room can be called, too, and ``taizhang.read(path)`` works whatever was imported before.
"""

import sys
from types import ModuleType
from typing import Any

from taizhang.read.dates import published
from taizhang.read.files import articles, files, read_file
from taizhang.read.limits import ReadLimits

__all__ = ["ReadLimits", "articles", "files", "published", "read_file"]


class _Room(ModuleType):
    def __call__(self, *args: Any, **named: Any) -> Any:
        from taizhang.reading import read  # noqa: PLC0415 - what it is made of imports this room

        return read(*args, **named)


sys.modules[__name__].__class__ = _Room
