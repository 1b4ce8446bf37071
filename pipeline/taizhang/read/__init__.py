"""Read: files and rows to articles. The first stage's door."""

from taizhang.read.dates import published
from taizhang.read.files import Limits, articles, read_file

__all__ = ["Limits", "articles", "published", "read_file"]
