"""The annotate room: records out to people who correct them and models that learn; corrections back as gold."""

from __future__ import annotations

from taizhang.annotate.annotations import read_annotations
from taizhang.annotate.corrected import AnnotatedGold
from taizhang.annotate.gold import Gold, GoldRecord, GoldReject, write_gold
from taizhang.annotate.marks import read_marks
from taizhang.annotate.spacy_docs import write_docs
from taizhang.annotate.tasks import write_tasks

__all__ = [
    "AnnotatedGold",
    "Gold",
    "GoldRecord",
    "GoldReject",
    "read_annotations",
    "read_marks",
    "write_docs",
    "write_gold",
    "write_tasks",
]
