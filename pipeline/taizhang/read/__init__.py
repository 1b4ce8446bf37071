"""Read: files and rows to articles. The first stage's door."""

from taizhang.read.dates import published
from taizhang.read.files import articles, files, read_file
from taizhang.read.limits import Limits

__all__ = ["Limits", "articles", "files", "published", "read_file"]
