"""The write room's names: what each field and each of its codes is called and means, in Chinese and English."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, RootModel

from taizhang.write.columns import Column

FILE = Path(__file__).with_name("fields.toml")
VALUES_FILE = Path(__file__).with_name("values.toml")


class FieldText(BaseModel):
    """One entry of ``fields.toml``; ``width`` is that of a spreadsheet's column, in characters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str
    about_zh: str
    about_en: str
    width: int = 12

    @property
    def title(self) -> str:
        """Both names, for a schema."""
        return f"{self.zh} / {self.en}"

    @property
    def about(self) -> str:
        """Both descriptions, for a schema."""
        return f"{self.about_zh} / {self.about_en}"


class Fields(RootModel[dict[str, dict[str, FieldText]]]):
    """``fields.toml``: model, then field, then its texts."""

    def of(self, column: Column) -> FieldText:
        """The texts of a column."""
        return self.root[column.owner][column.field]


class ValueText(BaseModel):
    """One entry of ``values.toml``; ``⟨`` and ``⟩`` enclose the number in the example.

    Attributes:
        weight: of a reason: ``important`` where a person may judge otherwise, ``page`` where the number is none of
            the article's text, ``plain`` for the rest.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str
    example: str = ""
    weight: Literal["important", "plain", "page"] = "plain"


class ValueTexts(RootModel[dict[str, dict[str, ValueText]]]):
    """``values.toml``: field, then code, then its texts."""


@lru_cache(maxsize=1)
def values() -> dict[str, dict[str, ValueText]]:
    """The texts of all codes, by field.

    >>> values()["phase"]["problem"].zh
    '问题'
    """
    return ValueTexts.model_validate(tomllib.loads(VALUES_FILE.read_text("utf-8"))).root


@lru_cache(maxsize=1)
def fields() -> Fields:
    """The texts of all fields."""
    return Fields.model_validate(tomllib.loads(FILE.read_text("utf-8")))


def chinese_headers(columns: Iterable[Column]) -> tuple[str, ...]:
    """The Chinese names of some columns.

    >>> from taizhang.write.columns import DOCUMENT_COLUMNS
    >>> chinese_headers(DOCUMENT_COLUMNS[:2])
    ('文章编号', '文章标题')
    """
    return tuple(fields().of(column).zh for column in columns)
