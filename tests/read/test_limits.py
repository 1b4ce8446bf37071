"""What is over a limit or broken, by every format: a rejection with its reason, and what can be read is read."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import zstandard
from hostile_files import read, told, word, zipped

from taizhang.read import ReadLimits

TEXT = "青禾县改造路灯\n改造120盏。"
BOMB = word("", '<!DOCTYPE x [<!ENTITY a "1111111111"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>')
NESTED = zipped(("a.txt", TEXT.encode()))
for _ in range(3):
    NESTED = zipped(("a.zip", NESTED))


@pytest.mark.parametrize(
    ("reason", "content", "limits"),
    [
        pytest.param(
            "unpacked-too-large",
            gzip.compress(b"1" * 5000),
            ReadLimits(unpacked_bytes=1000),
            id="a gzip unpacks to too much",
        ),
        pytest.param(
            "unpacked-too-large",
            zipped(("a.txt", b"1" * 5000)),
            ReadLimits(unpacked_bytes=1000),
            id="a zip unpacks to too much",
        ),
        pytest.param(
            "unpacked-too-large",
            zstandard.compress(b"1" * 5000),
            ReadLimits(unpacked_bytes=1000),
            id="a zstandard unpacks to too much",
        ),
        pytest.param(
            "too-large", gzip.compress(b"1" * 5000), ReadLimits(file_bytes=1000), id="a file is too large"
        ),
        pytest.param("too-deep", NESTED, ReadLimits(), id="archives in archives in archives"),
        pytest.param(
            "too-many-members",
            zipped(*((f"{i}.txt", b"1") for i in range(5))),
            ReadLimits(members=4),
            id="too many members in an archive",
        ),
        pytest.param(
            "bad-path", zipped(("../a.txt", TEXT.encode())), ReadLimits(), id="a member lies above the folder"
        ),
        pytest.param(
            "bad-path", zipped(("/a.txt", TEXT.encode())), ReadLimits(), id="a member has an absolute path"
        ),
        pytest.param("xml-entities", BOMB, ReadLimits(), id="a document defines XML entities"),
        pytest.param("bad-docx", word("<w:p>"), ReadLimits(), id="a document's XML is not closed"),
        pytest.param(
            "bad-archive", gzip.compress(TEXT.encode())[:-12], ReadLimits(), id="a gzip is cut short"
        ),
        pytest.param(
            "bad-archive", zipped(("a.txt", TEXT.encode()))[:40], ReadLimits(), id="a zip is cut short"
        ),
        pytest.param(
            "bad-workbook",
            zipped(("[Content_Types].xml", b""), ("xl/workbook.xml", b"")),
            ReadLimits(),
            id="a workbook without a sheet",
        ),
        pytest.param(
            "unsupported-format",
            zipped(("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")),
            ReadLimits(),
            id="slides",
        ),
        pytest.param(
            "not-converted", b"\xd0\xcf\x11\xe0" + b"1" * 99, ReadLimits(), id="an old Word document"
        ),
        pytest.param("bad-pdf", b"%PDF-1.4\n1 0 obj", ReadLimits(), id="a PDF is cut short"),
        pytest.param(
            "row-too-large",
            b'{"text": "' + b"1" * 5000 + b'"}\n{"text": "2"}',
            ReadLimits(row_bytes=1000),
            id="a row of JSON is too large",
        ),
        pytest.param(
            "row-too-large",
            b'text,n\n"' + b"1\n" * 5000,
            ReadLimits(row_bytes=1000),
            id="a row of CSV is too large",
        ),
        pytest.param("bad-json", b'[{"text": ' * 50_000, ReadLimits(), id="JSON nested too deep to read"),
    ],
)
def test_what_is_over_a_limit_or_broken(
    reason: str, content: bytes, limits: ReadLimits, tmp_path: Path
) -> None:
    name = "a.jsonl" if content.startswith(b'{"text') else "a"
    results = read(tmp_path, name, content, limits=limits)
    assert told(results)[0][0] == reason
    assert told(results)[1:] in ([], [("read", "2")])
