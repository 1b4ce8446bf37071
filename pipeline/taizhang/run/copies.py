"""The run room's copies: the same text under another name or address, exactly or nearly, and what it tells again.

An article is a copy of an earlier one of the input, never the other way round, so nothing depends on which worker is
done first. Of a copy's records those are marked that the earlier article tells in the same words, of the same place
and with the same number; what a copy adds counts like any other record. All that is kept lies in a database of its
own on the disk, so that memory does not grow with the input.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from rensa import RMinHash

from taizhang.errors import OutputError
from taizhang.result import Continued

if TYPE_CHECKING:
    from taizhang.records import RectificationItem
    from taizhang.result import Result

LEAST = 40  # letters: a shorter text says too little to be known again
NEAR = (
    0.7  # share of pieces of text that two articles have in common, about, for their records to be compared
)
_PIECE = 5  # letters
_PIECES_AT_ONCE = 10_000
_PERMUTATIONS, _BAND = 64, 4  # digits of a signature, and how many of them must agree for two to be compared
_SEED = 17
_MOST = 50  # articles that one is compared with
_AROUND, _FAR = 10, 40  # letters beside a number that must agree, and characters in which they are looked for
_NO_LETTERS = re.compile(r"[\W_]+")
_TABLES = """
CREATE TABLE text (digest BLOB PRIMARY KEY, number INTEGER) WITHOUT ROWID;
CREATE TABLE band (digest BLOB, number INTEGER, PRIMARY KEY (digest, number)) WITHOUT ROWID;
CREATE TABLE signature (number INTEGER PRIMARY KEY, digits BLOB, written INTEGER NOT NULL DEFAULT 0);
CREATE TABLE told (
  number INTEGER, passage BLOB, nth INTEGER, id TEXT, PRIMARY KEY (number, passage, nth)
) WITHOUT ROWID;
"""


class Copies:
    """The articles of one run so far, by their numbers in its input.

    >>> with Copies() as copies:
    ...     text = "太原市在七月排查隐患十二处，八月又排查隐患四十处，到月底已经全部整改，没有一处拖延或者反弹。"
    ...     copies.original(1, text), copies.original(2, text + "（完）"), copies.original(3, text[:9])
    (None, 1, None)
    """

    def __init__(self) -> None:
        self._seen: dict[bytes, int] = {}  # how often the article at hand has told each passage so far
        self._text = ""

    def __enter__(self) -> Self:
        with _faults():
            self._database = sqlite3.connect(
                ""
            )  # on the disk as far as it is large, and gone with the connection
            self._database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def original(self, number: int, text: str) -> int | None:
        """The number of the earlier article that this one is a copy of; articles must come in the input's order.

        Raises:
            OutputError: the disk is full.
        """
        letters = _NO_LETTERS.sub("", text)
        if len(letters) < LEAST:
            return None
        exact = hashlib.blake2b(letters.encode(), digest_size=16).digest()
        with _faults():
            for (found,) in self._rows("SELECT number FROM text WHERE digest = ?", exact):
                return int(found)
            digits = signature(letters)
            bands = list(_bands(digits))
            near = self._near(digits, bands)
            if near is None:
                self._database.execute(
                    "INSERT INTO signature (number, digits) VALUES (?, ?)", (number, _packed(digits))
                )
                self._database.executemany(
                    "INSERT OR IGNORE INTO band VALUES (?, ?)", [(band, number) for band in bands]
                )
            self._database.execute(
                "INSERT INTO text VALUES (?, ?)", (exact, number if near is None else near)
            )
        return near

    def written(self, number: int) -> bool:
        """Whether the records of an article are known by now."""
        return any(
            written for (written,) in self._rows("SELECT written FROM signature WHERE number = ?", number)
        )

    def told(self, number: int, result: Result, original: int | None) -> Result:
        """The result of an article, or the next part of it; what a copy of ``original`` tells again has the id of the
        earlier record.

        Raises:
            OutputError: the disk is full.
        """
        keeper = number if original is None else original
        if not isinstance(result, Continued):
            self._seen, self._text = {}, result.text
        seen, records = self._seen, []
        with _faults():
            for record in result.records:
                passage = _passage(record, self._text)
                nth = seen[passage] = seen.get(passage, -1) + 1
                earlier = self._earlier(keeper, passage, nth) if original is not None else None
                if earlier is None:
                    row = keeper, passage, nth, record.id
                    self._database.execute("INSERT OR IGNORE INTO told VALUES (?, ?, ?, ?)", row)
                else:
                    record = record.model_copy(update={"duplicate_of": earlier})  # noqa: PLW2901
                records.append(record)
            self._database.execute("UPDATE signature SET written = 1 WHERE number = ?", (number,))
        return result.model_copy(update={"records": tuple(records)}) if original is not None else result

    def _earlier(self, number: int, passage: bytes, nth: int) -> str | None:
        query = "SELECT id FROM told WHERE number = ? AND passage = ? AND nth = ?"
        return next((str(id_) for (id_,) in self._rows(query, number, passage, nth)), None)

    def _near(self, digits: list[int], bands: list[bytes]) -> int | None:
        """The earliest article with nearly the same pieces of text."""
        query = (
            f"SELECT DISTINCT number FROM band WHERE digest IN ({', '.join('?' * len(bands))}) "
            f"ORDER BY number LIMIT {_MOST}"
        )
        for (number,) in list(self._rows(query, *bands)):
            for (packed,) in self._rows("SELECT digits FROM signature WHERE number = ?", number):
                other = struct.unpack(f"<{_PERMUTATIONS}I", packed)
                if sum(a == b for a, b in zip(digits, other, strict=True)) >= NEAR * _PERMUTATIONS:
                    return int(number)
        return None

    def _rows(self, query: str, *values: Any) -> Iterator[Any]:
        return iter(self._database.execute(query, values))


def signature(letters: str) -> list[int]:
    """The MinHash of a text's pieces: two texts agree in about the share of digits that they share of pieces.

    >>> signature("太原市排查隐患") == signature("太原市排查隐患"), len(signature("太原"))
    (True, 64)
    """
    made = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    last = max(1, len(letters) - _PIECE + 1)
    for first in range(0, last, _PIECES_AT_ONCE):
        made.update([letters[at : at + _PIECE] for at in range(first, min(first + _PIECES_AT_ONCE, last))])
    digits: list[int] = made.digest()
    return digits


def _packed(digits: Iterable[int]) -> bytes:
    return struct.pack(f"<{_PERMUTATIONS}I", *digits)


def _bands(digits: list[int]) -> Iterator[bytes]:
    for number, first in enumerate(range(0, _PERMUTATIONS, _BAND)):
        yield struct.pack(f"<B{_BAND}I", number, *digits[first : first + _BAND])


def _passage(record: RectificationItem, text: str) -> bytes:
    """What of a record must be the same: its words, the letters of its sentence around them, number, unit and place."""
    start, end = record.span.start, record.span.end
    first = max(0, text.find(record.sentence, max(0, start - len(record.sentence))))
    last = max(end, first + len(record.sentence))
    before = _NO_LETTERS.sub("", text[max(min(first, start), start - _FAR) : start])[-_AROUND:]
    after = _NO_LETTERS.sub("", text[end : min(last, end + _FAR)])[:_AROUND]
    said = before, record.quote, after, str(record.value), record.unit, record.place.code
    return hashlib.blake2b("\0".join(said).encode("utf-8", "backslashreplace"), digest_size=12).digest()


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(f"expected room on the disk to know copies by, got {error}") from error
