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
COMMON = re.compile("[\t\r\n -~\u3000-\u303f\u4e00-\u9fff\uff00-\uff5e\u2010-\u2026]")
SURE, UNSURE = 0.95, 0.6  # shares of common characters in the right byte order, and in the wrong one
LOST = "\ufffd"
MOST_LOST = 0.01  # of the characters; with more gaps it is another codec
HAN = re.compile("[\u4e00-\u9fff]")


class Decoded(NamedTuple):
    """A text and the codec that its bytes are in (a byte-order mark is not part of the text)."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text of ``data``; a few broken bytes become U+FFFD.

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
        wide = _wide(data)
        if wide is None:
            raise UnreadableInput("binary", f"expected text, got a NUL byte at offset {data.index(0)}")
        return _text(wide)
    utf8 = _strict(data, "utf-8")
    if utf8 is not None:
        return _text(utf8)
    guess = _strict(data, "gb18030")
    if guess is not None and _reads_as_chinese(guess.text):
        return _text(guess)
    return _text(_broken(data) or _normalized(data, guess))


def encoding_of(head: bytes) -> tuple[str, int]:
    """The codec of a text that begins with ``head``, which may end inside a character; and the size in bytes
    of its byte-order mark. UTF-8 where nothing tells.

    >>> encoding_of("共12户".encode("gb18030")[:-1])
    ('gb18030', 0)
    """
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    if b"\0" in head:
        wide = _wide(head[: len(head) // 2 * 2])
        return (wide.encoding if wide else "utf-8"), 0
    if _begun(head, "utf-8") is not None:
        return "utf-8", 0
    guess = _begun(head, "gb18030")
    if guess is not None and _reads_as_chinese(guess):
        return "gb18030", 0
    fallback = None if guess is None else Decoded(guess, "gb18030")
    try:
        return _normalized(head, fallback).encoding, 0
    except UnreadableInput:
        return "utf-8", 0


def decoded_head(head: bytes) -> str:
    """What a text begins with, to tell its format by."""
    encoding, mark = encoding_of(head)
    return head[mark:].decode(encoding, "replace")


def _begun(head: bytes, encoding: str) -> str | None:
    """The text of ``head`` up to its last whole character; None where it is in another codec."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return None


def _broken(data: bytes) -> Decoded | None:
    """UTF-8 or GB18030 with a few bytes that are in neither; each gap is U+FFFD, which cleaning marks."""
    readings = [Decoded(data.decode(e, "replace"), e) for e in ("utf-8", "gb18030")]
    best = min(readings, key=lambda reading: reading.text.count(LOST))
    few = best.text.count(LOST) <= MOST_LOST * len(best.text)
    return best if few and HAN.search(best.text) and _reads_as_chinese(best.text.replace(LOST, "")) else None


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a byte-order mark, where one order gives Chinese or Latin text and the other does not."""
    readings = [_strict(data, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    shares = [len(COMMON.findall(r.text)) / len(r.text) if r and r.text else 0.0 for r in readings]
    for this, other in ((0, 1), (1, 0)):
        if shares[this] >= SURE and shares[other] < UNSURE:
            return readings[this]
    return None


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
