"""Read: what lies in compressed files, ZIP archives and WARC files. Nothing is written to disk."""

from __future__ import annotations

import gzip
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from taizhang.errors import UnreadableInput
from taizhang.read.extras import needed
from taizhang.read.limits import ReadLimits
from taizhang.read.origin import Origin
from taizhang.read.signatures import is_leftover
from taizhang.read.streams import Blob

UTF8_NAMES = 0x800
ENCRYPTED = 0x1
# A page that was there, and what a crawl saved as a file or as text.
WARC_TYPES = {"response", "resource", "conversion"}
FAULTS = (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, EOFError, NotImplementedError)

Member = Blob | UnreadableInput


def gzipped(blob: Blob) -> Blob:
    """What a gzip file is the compressed form of."""
    return blob.inner(cast(BinaryIO, gzip.GzipFile(fileobj=blob.stream)), blob.origin.unpacked(), FAULTS)


def zstandard(blob: Blob) -> Blob:
    """What a Zstandard file is the compressed form of.

    Raises:
        UnreadableInput: ``missing-extra``.
    """
    library = needed("zstandard", "zst")
    # So large a window is what the tool's own limit is.
    opened = library.ZstdDecompressor(max_window_size=2**27).stream_reader(
        blob.stream, read_across_frames=True
    )
    return blob.inner(opened, blob.origin.unpacked(), (library.ZstdError,))


def zip_members(archive: zipfile.ZipFile, blob: Blob, limits: ReadLimits) -> Iterator[tuple[Origin, Member]]:
    """The files in an archive by their sorted names, each with its origin; hidden ones not."""
    infos = [(_name(info), info) for info in archive.infolist() if not info.is_dir()]
    if len(infos) > limits.members:
        raise UnreadableInput(
            "too-many-members", f"expected at most {limits.members} files, got {len(infos)}"
        )
    for name, info in sorted(infos, key=lambda pair: (pair[0], pair[1].header_offset)):
        origin = blob.origin.member(name)
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            yield origin, UnreadableInput("bad-path", f"expected a path inside the archive, got {name!r}")
        elif any(part.startswith((".", "__MACOSX")) for part in parts) or is_leftover(parts[-1]):
            continue
        elif stat.S_ISLNK(info.external_attr >> 16):
            yield origin, UnreadableInput("bad-path", f"expected a file, got the link {name!r}")
        elif info.flag_bits & ENCRYPTED:
            yield origin, UnreadableInput("encrypted", "expected a file without a password")
        else:
            with archive.open(info) as stream:
                yield origin, blob.inner(cast(BinaryIO, stream), origin, FAULTS)


def warc_records(blob: Blob) -> Iterator[tuple[Origin, Member]]:
    """What the records of a WARC file saved, each with its origin.

    Raises:
        UnreadableInput: ``missing-extra``, ``bad-warc``.
    """
    iterator = needed("warcio.archiveiterator", "warc").ArchiveIterator
    errors = needed("warcio.exceptions", "warc").ArchiveLoadFailed
    number = 0
    try:
        for record in iterator(blob.stream):
            if record.rec_type not in WARC_TYPES:
                continue
            number += 1
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            origin = replace(blob.origin.at_row(number), suffix="", url=url.strip("<>") or None)
            status = record.http_headers.get_statuscode() if record.http_headers else "200"
            if status != "200":
                detail = f"{url}: expected status 200, got {status}"
                yield origin, UnreadableInput("http-status", detail)
            else:
                yield origin, blob.inner(record.content_stream(), origin)
    except errors as error:
        raise UnreadableInput("bad-warc", f"{blob.origin.name}: {error}") from error


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; without the flag for UTF-8 it is in the codec of whoever packed it."""
    if info.flag_bits & UTF8_NAMES or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename
