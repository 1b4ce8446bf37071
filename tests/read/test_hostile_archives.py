"""Archives and documents made to do harm: each ends in a reason, in bounded memory, and nothing else is read."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hostile_files import MIB, SECRET, found, link, memory, read, told, word, zipped

from taizhang.read import ReadLimits

fault = partial(pytest.mark.fault, "Hostile input")
Happened = Callable[[str], None]


@fault(
    "a bomb of gzip",
    made="256 MiB of zeros in a quarter of one, alone and in a zip",
    guard="read/streams.py: the limits of ReadLimits",
)
@pytest.mark.parametrize(
    "pack", [lambda data: data, lambda data: zipped(("a.txt.gz", data))], ids=["gzip", "zip"]
)
def test_a_bomb_is_put_down_before_it_fills_the_memory(
    pack: Callable[[bytes], bytes], tmp_path: Path, happened: Happened
) -> None:
    bomb = gzip.compress(b"0" * (8 * MIB)) * 32  # 256 MiB in a quarter of one
    limits = ReadLimits(file_bytes=4 * MIB, unpacked_bytes=64 * MIB)
    content = pack(bomb)
    with memory(24 * MIB):
        ((reason, detail),) = told(read(tmp_path, "a", content, limits=limits))
    assert reason == "too-large" and str(4 * MIB) in detail
    happened("the file is rejected as `too-large` with 24 MiB of memory")


@fault(
    "many small bombs in one archive",
    made="20 members of 1 MiB where 5 MiB may be unpacked",
    guard="read/streams.py: unpacked_bytes",
)
def test_many_small_bombs_are_one_large_one(tmp_path: Path, happened: Happened) -> None:
    members = [(f"{number:02}.txt", b"0" * MIB) for number in range(20)]
    results = told(read(tmp_path, "a.zip", zipped(*members), limits=ReadLimits(unpacked_bytes=5 * MIB)))
    assert [reason for reason, _ in results][:4] == ["read"] * 4
    assert results[-1][0] == "unpacked-too-large" and str(5 * MIB) in results[-1][1]
    happened("the members up to the limit are read; the rest is rejected as `unpacked-too-large`")


@fault(
    "an archive lies about a size",
    made="a zip whose directory says 100 bytes of a member of 1 MiB",
    guard="read/containers.py: BadZipFile",
)
def test_an_archive_that_lies_about_a_size(tmp_path: Path, happened: Happened) -> None:
    content = bytearray(zipped(("a.txt", b"0" * MIB)))
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = (100).to_bytes(4, "little")
    ((reason, detail),) = told(read(tmp_path, "a.zip", bytes(content)))
    assert reason == "bad-archive" and "CRC" in detail
    happened("the member is rejected as `bad-archive`")


@fault(
    "a member's name leads out of the archive",
    made="`../`, `..\\`, `/` and drive letters, with the file that they name lying there",
    guard="read/containers.py: bad-path",
)
@pytest.mark.parametrize(
    "name", ["../a.txt", "b/../../a.txt", "/a.txt", "..\\a.txt", "b\\..\\a.txt", "C:\\a.txt", "C:/a.txt"]
)
def test_no_member_is_looked_for_outside_its_archive(name: str, tmp_path: Path, happened: Happened) -> None:
    (tmp_path / "a.txt").write_text(SECRET, "utf-8")
    (tmp_path / "in").mkdir()
    ((reason, detail),) = told(read(tmp_path / "in", "x.zip", zipped((name, "改造12盏。".encode()))))
    assert reason == "bad-path" and "inside the archive" in detail
    happened("the member is rejected as `bad-path`; the file outside is not read")


@fault(
    "a link in an archive",
    made="links to `/etc/passwd`, to a neighbour and to another member",
    guard="read/containers.py: bad-path",
)
@pytest.mark.parametrize("to", ["/etc/passwd", "../a.txt", "b.txt"])
def test_a_link_in_an_archive_is_neither_followed_nor_read(
    to: str, tmp_path: Path, happened: Happened
) -> None:
    results = told(read(tmp_path, "x.zip", zipped(link("a.txt", to), ("b.txt", "改造12盏。".encode()))))
    assert results == [("bad-path", "expected a file, got the link 'a.txt'"), ("read", "改造12盏。")]
    happened("the link is rejected as `bad-path`; the other members are read")


@fault(
    "a folder leads into itself, and a pipe has no writer",
    made="symbolic links in circles, and `mkfifo`",
    guard="read/files.py: files",
)
def test_a_folder_that_leads_into_itself_and_a_pipe_that_nobody_writes_to(
    tmp_path: Path, happened: Happened
) -> None:
    (tmp_path / "a.txt").write_text("改造12盏。", "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "round").symlink_to(tmp_path / "round")
    os.mkfifo(tmp_path / "pipe")
    results = told(found(tmp_path))
    assert [reason for reason, _ in results if reason == "read"] == ["read"]
    assert ("unreadable", f"{tmp_path / 'pipe'}: expected a file, got another thing") in results
    happened("each file is read once; the pipe is rejected as `unreadable`")


@fault(
    "a Word document declares XML entities",
    made="entities of files on disk, and entities of entities",
    guard="read/docx.py: defusedxml",
)
@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file://SECRET">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "file://SECRET"> %p;]>',
        '<!DOCTYPE x SYSTEM "file://SECRET">',
        '<!DOCTYPE x [<!ENTITY a "1111111111"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_a_document_declares_no_entities(entity: str, tmp_path: Path, happened: Happened) -> None:
    (tmp_path / "secret").write_text(SECRET, "utf-8")
    head = entity.replace("SECRET", str(tmp_path / "secret"))
    ((reason, detail),) = told(read(tmp_path, "a.docx", word("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", head)))
    assert reason == "xml-entities" and SECRET not in detail
    happened("the document is rejected as `xml-entities`; the file named is not read")


@pytest.mark.large
@fault(
    "a Word document of nothing but elements",
    made="100,000 empty elements before one paragraph",
    guard="read/docx.py: elements are dropped as they are read",
)
def test_a_document_of_nothing_but_elements_does_not_fill_the_memory(
    tmp_path: Path, happened: Happened
) -> None:
    content = word("<w:r/>" * 100_000 + "<w:p><w:r><w:t>改造12盏。</w:t></w:r></w:p>")
    with memory(5 * MIB):
        ((reason, text),) = told(read(tmp_path, "a.docx", content, limits=ReadLimits(file_bytes=MIB)))
    assert (reason, text) == ("read", "改造12盏。\n")
    happened("the paragraph is read, with 5 MiB of memory")


@fault(
    "a Word document nested without end",
    made="5,000 elements in each other",
    guard="read/docx.py: DEEPEST",
)
def test_a_document_nested_without_end(tmp_path: Path, happened: Happened) -> None:
    ((reason, detail),) = told(read(tmp_path, "a.docx", word("<w:r>" * 5000 + "</w:r>" * 5000)))
    assert reason == "bad-docx" and "elements in each other" in detail
    happened("the document is rejected as `bad-docx`")


@fault(
    "a Word document that unpacks to too much",
    made="a `document.xml` that is larger than `file_bytes`",
    guard="read/docx.py: file_bytes",
)
def test_a_document_that_is_larger_than_a_file_may_be(tmp_path: Path, happened: Happened) -> None:
    content = word("<w:p/>" * 5000)
    ((reason, detail),) = told(read(tmp_path, "a.docx", content, limits=ReadLimits(file_bytes=10_000)))
    assert reason == "too-large" and "word/document.xml" in detail
    happened("the document is rejected as `too-large`")
