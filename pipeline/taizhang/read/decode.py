"""Read: bytes to text. By byte-order mark, else strict UTF-8, else GB18030, else charset-normalizer."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from taizhang.errors import UnreadableInput

# Longest first: the UTF-32 mark begins with the UTF-16 one.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
HAN = re.compile("[\u4e00-\u9fff]")


class Decoded(NamedTuple):
    """A text and the codec that its bytes are in (a byte-order mark is not part of the text)."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text of ``data``.

    Raises:
        UnreadableInput: ``empty``, ``binary`` (no text at all) or ``encoding`` (text in no known encoding).

    >>> decode("共12户".encode("gb18030"))
    Decoded(text='共12户', encoding='gb18030')
    """
    if not data.strip():
        raise UnreadableInput("empty", f"expected text, got {len(data)} bytes of nothing but space")
    for mark, encoding in MARKS:
        if data.startswith(mark):
            decoded = _strict(data[len(mark) :], encoding)
            if decoded is None:
                raise UnreadableInput("encoding", f"expected {encoding} after its byte-order mark")
            return _text(decoded)
    if b"\0" in data:
        raise UnreadableInput("binary", f"expected text, got a NUL byte at offset {data.index(0)}")
    utf8 = _strict(data, "utf-8")
    if utf8 is not None:
        return _text(utf8)
    guess = _strict(data, "gb18030")
    if guess is not None and _reads_as_chinese(guess.text):
        return _text(guess)
    return _text(_normalized(data, guess))


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _reads_as_chinese(text: str) -> bool:
    """Whether GB18030 was the right reading: Big5 bytes often decode, but to rare and private characters."""
    han = HAN.findall(text)
    common = sum(1 for c in han if c.encode("gb18030") >= b"\xb0\xa1" and c.encode("gb18030")[1] >= 0xA1)
    return len(PRIVATE.findall(text)) * 50 <= len(text) and common * 10 >= len(han) * 6


def _normalized(data: bytes, fallback: Decoded | None) -> Decoded:
    from charset_normalizer import from_bytes  # noqa: PLC0415  (slow to import, seldom needed)

    best = from_bytes(data, cp_isolation=["big5", "big5hkscs", "gb18030", "utf_8"]).best()
    if best is not None:
        return Decoded(str(best), best.encoding)
    if fallback is not None:
        return fallback
    raise UnreadableInput(
        "encoding", "expected UTF-8, UTF-16, GB18030 or Big5, got bytes that are none of them"
    )


def _text(decoded: Decoded) -> Decoded:
    """``decoded`` itself, if it is text."""
    text = decoded.text
    if not text.strip("\ufeff \t\r\n\u3000\u00a0"):
        raise UnreadableInput("empty", "expected text, got nothing but space")
    controls = len(CONTROLS.findall(text))
    if controls * 100 > len(text):
        raise UnreadableInput("binary", f"expected text, got {controls} control characters in {len(text)}")
    return decoded
