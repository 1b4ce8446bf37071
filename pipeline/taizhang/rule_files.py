"""How one rule file is read: decoded, parsed, held against its model; and how its faults are told."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from taizhang.errors import RuleError
from taizhang.model_faults import found, wanted

_NO_EXPRESSION = "Value error, "  # as pydantic tells what Rule's own check of patterns raises


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RuleError(f"{path}: expected a rule file, got {error.strerror}") from error


def decoded(path: Path, content: bytes) -> str:
    """As editors write it: UTF-8, with or without a byte order mark, or GB18030."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            kind = path.suffix[1:].upper()
            raise RuleError(f"{path}: expected {kind} in UTF-8 or GB18030, got {error}") from error


def refuse_half(path: Path, text: str) -> None:
    """A line that is cut off may still parse, as another one."""
    if text and not text.endswith("\n"):
        raise RuleError(f"{path}: expected a line end after the last line, got none: is it half written?")


def parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{path}: expected TOML, got {error}") from error


def checked(
    path: Path, text: str, content: dict[str, Any], shape: type[BaseModel], whole: bool
) -> dict[str, Any]:
    """The file's content; one that adds to another (``whole`` is false) need not have all of its tables."""
    try:
        shape.model_validate(content)
    except ValidationError as error:
        faults = [e for e in error.errors() if whole or e["type"] != "missing" or len(e["loc"]) > 1]
        if faults:
            raise RuleError("\n".join(_explained(path, content, e) for e in faults)) from error
    refuse_half(path, text)
    return content


def _explained(path: Path, content: dict[str, Any], error: Any) -> str:
    """One line for one fault: file, rule, key, expected, got."""
    where: Any = content
    rule = ""
    for step in error["loc"]:
        try:
            where = where[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(where, dict) and "id" in where:
            rule = str(where["id"])
    key = ".".join(map(str, error["loc"]))
    got = found(error)
    detail = f"{path}: rule {rule}" if rule else f"{path}:"
    place = detail
    match error["type"]:
        case "missing":
            detail = f"{place} key {key}: expected this key, which is required, got none"
        case "extra_forbidden":
            detail = (
                f"{place} key {key}: expected no key of this name (Extra inputs are not permitted), got {got}"
            )
        case "value_error" if error["msg"].startswith(_NO_EXPRESSION):
            reason = error["msg"].removeprefix(_NO_EXPRESSION)
            detail = f"{place} key {key}: expected a regular expression, got {got}: {reason}"
        case _:
            expected = wanted(error)
            detail = f"{place} key {key}: expected {expected}, got {got}"
    return detail
