"""Clean: an article to its clean text and the way back. The second stage's door."""

from taizhang.clean.dropped import dropped
from taizhang.clean.stage import clean

__all__ = ["clean", "dropped"]
