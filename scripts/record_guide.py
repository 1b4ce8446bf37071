"""Writes the tables of docs/record.md from the record types and their names: `make schemas` does so, too.

What stands between ``<!-- tables -->`` and ``<!-- end of tables -->`` is made here; the rest is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from taizhang.records import Document, Metric, Model, Place, RectificationItem, Rejection, Span
from taizhang.write.fields import ValueText, fields, values

GUIDE = Path(__file__).parents[1] / "docs" / "record.md"
BEGIN, END = "<!-- tables -->\n", "<!-- end of tables -->\n"
CODES = {
    "phase": "`phase` 阶段",
    "bound": "`bound` 界限",
    "kind": "`kind` 量的种类",
    "level": "`place.level` 区划级别",
    "how": "`place.how` 地点依据",
    "checks": "`checks` 校验提示",
    "reason": "`reason` of a number 数字不成记录的原因",
    "unread": "`reason` of an article 文章未能读入的原因",
}
TYPES: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    Decimal: "exact number",
    Literal: "code",
    tuple: "list of texts",
    dict: "object of texts",
}


def tables() -> str:
    """All tables of the guide, as Markdown."""
    lines: list[str] = []
    for model, prefix in (
        (RectificationItem, ""),
        (Document, "document."),
        (Place, "place."),
        (Metric, "metric."),
        (Span, "span."),
    ):
        lines += _fields(model, prefix)
    lines += _fields(Rejection, "")
    lines += ["## Codes 代码", ""]
    for field, heading in CODES.items():
        lines += _codes(heading, values()[field])
    return "\n".join(lines)


def _fields(model: type[Model], prefix: str) -> Iterator[str]:
    text = fields().root["Model"][model.__name__]
    yield from (f"## {text.en} {text.zh}", "", f"{text.about_en}. {text.about_zh}。", "")
    yield from ("| field | 名称 | type | what it holds 含义 |", "| --- | --- | --- | --- |")
    for name, info in model.model_fields.items():
        about = fields().root[model.__name__][name]
        type_ = _type(info.annotation)
        yield f"| `{prefix}{name}` | {about.zh} | {type_} | {about.about_en}. {about.about_zh}。 |"
    yield ""


def _type(annotation: Any) -> str:
    """A type in words: what a reader of the files has to expect."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(args[0])
    if NoneType in args:
        return f"{_type(next(a for a in args if a is not NoneType))} or null"
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return "object"
    return TYPES[origin or annotation]


def _codes(heading: str, codes: dict[str, ValueText]) -> Iterator[str]:
    examples = any(text.example for text in codes.values())
    yield from (f"### {heading}", "")
    yield "| code | 名称 | what it says |" + (" example |" if examples else "")
    yield "| --- | --- | --- |" + (" --- |" if examples else "")
    for code, text in codes.items():
        yield f"| `{code}` | {text.zh} | {text.en} |" + (f" {text.example} |" if examples else "")
    yield ""


def guide(page: str) -> str:
    """``page`` with its tables made anew."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{tables()}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    GUIDE.write_text(guide(GUIDE.read_text("utf-8")), "utf-8")
