"""Read: JSON with its way back: the string values of an object, each aligned to its literal in the source."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from taizhang.align import Aligned, Piece
from taizhang.errors import UnreadableInput

TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]', re.S)
# A run of characters of the basic plane, a surrogate pair, half of one, or one of the short escapes.
ESCAPES = re.compile(
    r"(?:\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4})++"
    r"|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
)
SURROGATE = re.compile("[\ud800-\udfff]")
OBJECT = re.compile(r'\{\s*["}]')
ARRAY = re.compile(r"\[\s*\{")


def looks_like_json(text: str) -> bool:
    """Whether a text begins as a JSON object or an array of objects does.

    >>> looks_like_json('[{"text": "甲"}]'), looks_like_json("[摘要] 甲")
    (True, False)
    """
    text = text.lstrip("\ufeff \t\r\n")
    return bool(OBJECT.match(text) or ARRAY.match(text))


def parsed(source: str, where: str) -> Any:
    """``source`` as JSON.

    Raises:
        UnreadableInput: ``bad-json``, with line and column, or nested too deeply to be an article.
    """
    try:
        return json.loads(source)
    except json.JSONDecodeError as error:
        detail = f"{where}: expected JSON, got {error.msg} at line {error.lineno} column {error.colno}"
        raise UnreadableInput("bad-json", detail) from error
    except RecursionError as error:
        raise UnreadableInput(
            "bad-json", f"{where}: expected an article, got JSON nested too deeply"
        ) from error
    except ValueError as error:  # a number of more digits than Python converts
        raise UnreadableInput("bad-json", f"{where}: {error}") from error


def elements(source: str) -> Iterator[tuple[int, int]]:
    """The half-open offsets of each element of a valid JSON array."""
    depth, start = 0, 0
    for token in TOKEN.finditer(source):
        kind = token.group()
        if kind in "{[":
            depth += 1
            start = token.end() if depth == 1 else start
        elif kind in "}]":
            depth -= 1
        if (kind == "," and depth == 1) or depth == 0:
            if source[start : token.start()].strip():
                yield start, token.start()
            start = token.end()


def strings(source: str) -> dict[str, Aligned]:
    """The string values of a valid JSON object, by key; each knows where in ``source`` it stands.

    >>> strings('{"a": "x\\\\n1", "b": 2}')["a"].source_span(1, 2)
    (8, 10)
    """
    found: dict[str, Aligned] = {}
    depth, key, after_colon = 0, "", False
    for token in TOKEN.finditer(source):
        kind = token.group()
        if kind in "{[":
            depth += 1
            after_colon = False
        elif kind in "}]":
            depth -= 1
        elif kind == ":":
            after_colon = True
        elif kind == ",":
            after_colon = False
        elif depth == 1 and after_colon:
            found[key] = _string(source, token.start() + 1, token.end() - 1)
        elif depth == 1:
            key = str(json.loads(kind))
            found.pop(key, None)  # of a key that comes twice the last value counts, a text or not
    return found


def _string(source: str, start: int, end: int) -> Aligned:
    """What a literal says; a file may have an escape for every character, so that runs of them are one piece."""
    texts: list[str] = []
    pieces: list[Piece] = []
    at, done = 0, start

    def add(text: str, to: int) -> None:
        nonlocal at, done
        if text:
            pieces.append(Piece(at, len(text), done, to - done, (to - done) // len(text)))
            texts.append(text)
        at, done = at + len(text), to

    for escapes in ESCAPES.finditer(source, start, end) if "\\" in source[start:end] else ():
        add(source[done : escapes.start()], escapes.start())
        add(_unescaped(escapes.group()), escapes.end())
    add(source[done:end], end)
    return Aligned("".join(texts), tuple(pieces))


def _unescaped(escapes: str) -> str:
    """The characters that some escapes stand for; half of a surrogate pair stands for none."""
    decoded = str(json.loads(f'"{escapes}"'))
    return "\ufffd" if SURROGATE.match(decoded) else decoded
