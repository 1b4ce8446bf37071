"""Read: files and rows to articles. The first stage's door."""

import sys

from taizhang.called_room import CalledRoom
from taizhang.read.dates import published
from taizhang.read.files import articles, files, read_file
from taizhang.read.limits import ReadLimits

__all__ = ["ReadLimits", "articles", "files", "published", "read_file"]

FUNCTION = "taizhang.reading:read"  # taizhang.read, which this room has the name of

sys.modules[__name__].__class__ = CalledRoom
