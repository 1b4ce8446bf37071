"""The show room's words: what the page of an article says, in both languages, from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel

FILE = Path(__file__).with_name("words.toml")


class BilingualText(BaseModel):
    """One of them; as a text it is both."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} {self.en}"


class _ShownWords(RootModel[dict[str, BilingualText]]):
    """The file."""


@cache
def words() -> dict[str, BilingualText]:
    """Each word by its name.

    >>> str(words()["clean"])
    '1 清洗 1 clean'
    """
    return _ShownWords.model_validate(tomllib.loads(FILE.read_text("utf-8"))).root
