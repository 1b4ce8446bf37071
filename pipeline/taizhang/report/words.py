"""The report room's words: all that the page says, in Chinese and English."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel

from taizhang.write.fields import fields

FILE = Path(__file__).with_name("words.toml")
LANGUAGES = ("zh", "en")
_FIELDS = ("RectificationItem", "Rejection", "Document", "Place", "Metric", "Span")

Words = dict[str, dict[str, dict[str, str]]]


class PageWord(BaseModel):
    """One thing that the page says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str


class WordFile(RootModel[dict[str, dict[str, PageWord]]]):
    """``words.toml``: part of the page, then what is said, then its texts."""


@cache
def words() -> Words:
    """By part and name, the text in each language; the names of fields are those of the schemas (``fields.toml``)."""
    file = WordFile.model_validate(tomllib.loads(FILE.read_text("utf-8")))
    made = {
        part: {name: said.model_dump() for name, said in texts.items()} for part, texts in file.root.items()
    }
    for model in _FIELDS:
        made[model] = {name: {"zh": text.zh, "en": text.en} for name, text in fields().root[model].items()}
    return made
