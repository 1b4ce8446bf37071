"""Read: the format of a file, by its content before its name, and the reader for it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from taizhang.article import Article
from taizhang.errors import UnreadableInput
from taizhang.read.assemble import from_body, from_json, from_text
from taizhang.read.containers import FAULTS, Member, gzipped, warc_records, zip_members, zstandard
from taizhang.read.dated import dated, last_year, property_date
from taizhang.read.decode import decode, decoded_head
from taizhang.read.docx import MAIN_PART, docx_created, docx_text
from taizhang.read.json_text import elements, looks_like_json, parsed
from taizhang.read.legacy import as_docx
from taizhang.read.mail import attached, is_mail, letter, message
from taizhang.read.odt import odt_text
from taizhang.read.origin import Origin
from taizhang.read.parquet import parquet
from taizhang.read.pdf import pdf_text
from taizhang.read.rows import delimiter_of, is_json_lines, json_lines, names_text, table_rows
from taizhang.read.rtf import rtf_text
from taizhang.read.settings import ReadSettings
from taizhang.read.signatures import OLE, UNSUPPORTED, WORD_STREAM, WORKBOOK_STREAMS, picture
from taizhang.read.statistic import statistic
from taizhang.read.streams import Blob
from taizhang.read.workbook import workbook
from taizhang.records import Rejection

PDF_HEAD = 1024  # the signature may stand after other bytes
GZIP, ZSTANDARD, ZIP = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04"
PARQUET, WARC, PDF = b"PAR1", b"WARC/", b"%PDF-"
CONTENT_TYPES = "[Content_Types].xml"  # every Office file has it
WORKBOOKS = {"xl/workbook.xml", "xl/workbook.bin"}
MIMETYPE, OPEN_SHEET = "mimetype", "application/vnd.oasis.opendocument.spreadsheet"
FIGURES = {".csv", ".tsv"}  # what is no list of articles under these names is a table of figures
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
RTF = b"{\\rtf"
OFD = "OFD.xml"
Found = Iterator[Article | Rejection]


def read_blob(blob: Blob, settings: ReadSettings) -> Found:
    """The articles of one file; where it cannot be read, from where on it cannot, a rejection."""
    try:
        if blob.depth > settings.limits.depth:
            raise UnreadableInput(
                "too-deep", f"expected at most {settings.limits.depth} archives in each other"
            )
        yield from _read(blob, settings)
    except UnreadableInput as error:
        yield blob.origin.rejection(error)
    except (*FAULTS, OSError) as error:
        detail = f"{blob.origin.name}: {error or type(error).__name__}"
        yield blob.origin.rejection(UnreadableInput("bad-archive", detail))


def _read(blob: Blob, settings: ReadSettings) -> Found:
    head = blob.head()
    _refuse(head, blob)
    if head.startswith(OLE):
        yield from _old_office(blob, settings)
    elif head.startswith(RTF):
        data = blob.whole(settings.limits)
        source, body = rtf_text(data, blob)
        yield from_body(source, body, _digested(io.BytesIO(data), blob, settings), settings.rules)
    elif is_mail(head, blob.origin.suffix):
        yield from _mail(blob, settings)
    elif head.startswith(GZIP):
        yield from read_blob(gzipped(blob), settings)
    elif head.startswith(ZSTANDARD):
        yield from read_blob(zstandard(blob), settings)
    elif head.startswith(ZIP):
        yield from _zip(blob, settings)
    elif head.startswith(WARC):
        yield from _members(warc_records(blob), settings)
    elif head.startswith(PARQUET):
        yield from parquet(blob, settings)
    elif PDF in head[:PDF_HEAD]:
        yield from _pdf(blob, settings)
    else:
        yield from _text(blob, settings)


def _refuse(head: bytes, blob: Blob) -> None:
    """Call what cannot be read by its name."""
    kind = picture(head)
    if kind:
        detail = f"{blob.origin.name}: {kind}: its text would have to be recognised (OCR) first"
        raise UnreadableInput("picture", detail)
    for signature, name in UNSUPPORTED.items():
        if head.startswith(signature):
            raise UnreadableInput("unsupported-format", f"{blob.origin.name}: {name} cannot be read")


def _old_office(blob: Blob, settings: ReadSettings) -> Found:
    """XLS by the library for workbooks; DOC and WPS by LibreOffice."""
    data = blob.whole(settings.limits)
    file = io.BytesIO(data)
    origin = _digested(file, blob, settings)
    if WORD_STREAM not in data and any(name in data for name in WORKBOOK_STREAMS):
        yield from workbook(file, blob, origin, settings)
        return
    with zipfile.ZipFile(as_docx(data, blob)) as archive:
        source, body = docx_text(archive, blob, settings.limits)
    yield from_body(source, body, origin, settings.rules)


def _mail(blob: Blob, settings: ReadSettings) -> Found:
    data = blob.whole(settings.limits)
    found = message(data)
    origin = _digested(io.BytesIO(data), blob, settings)
    try:
        yield letter(found, origin, settings.rules)
    except UnreadableInput as error:
        yield origin.rejection(error)
    yield from _members(attached(found, blob), settings)


def _zip(blob: Blob, settings: ReadSettings) -> Found:
    file = blob.random_access(settings.limits)
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        if MAIN_PART in names:
            source, body = docx_text(archive, blob, settings.limits)
            article = from_body(source, body, _digested(file, blob, settings), settings.rules)
            yield _by_property(article, docx_created(archive, blob, settings.limits))
        elif _mimetype(archive).startswith(OPEN_TEXT):
            source, body = odt_text(archive, blob, settings.limits)
            yield from_body(source, body, _digested(file, blob, settings), settings.rules)
        elif OFD in names:
            raise UnreadableInput("unsupported-format", f"{blob.origin.name}: an OFD paper cannot be read")
        elif names & WORKBOOKS or _mimetype(archive).startswith(OPEN_SHEET):
            yield from workbook(file, blob, _digested(file, blob, settings), settings)
        elif CONTENT_TYPES in names:
            detail = f"{blob.origin.name}: of Office files only DOCX and XLSX can be read"
            raise UnreadableInput("unsupported-format", detail)
        else:
            yield from _members(zip_members(archive, blob, settings.limits), settings)


def _mimetype(archive: zipfile.ZipFile) -> str:
    """What a file of the open document formats says to be; its first member tells."""
    if MIMETYPE not in archive.namelist():
        return ""
    with archive.open(MIMETYPE) as member:
        return member.read(200).decode("ascii", "replace")


def _members(members: Iterator[tuple[Origin, Member]], settings: ReadSettings) -> Found:
    for origin, member in members:
        if isinstance(member, UnreadableInput):
            yield origin.rejection(member)
        else:
            yield from read_blob(member, settings)


def _pdf(blob: Blob, settings: ReadSettings) -> Found:
    file = io.BytesIO(blob.whole(settings.limits))
    paper = pdf_text(file, blob, settings.limits, settings.rules.paper)
    article = from_body(paper.source, paper.body, _digested(file, blob, settings), settings.rules)
    yield _by_property(article, paper.created)


def _by_property(article: Article, written: str) -> Article:
    """An article with the date of its file's properties, which any date that it says itself replaces.

    A file made from an old template has the template's date: a year in the text that comes later shows it.
    """
    date = property_date(written)
    if not date or article.document.published or last_year(article.text.text) > date[:4]:
        return article
    return dated(article, date, "properties")


def _digested(file: BinaryIO, blob: Blob, settings: ReadSettings) -> Origin:
    """The origin with the digest of the file's bytes."""
    file.seek(0)
    data = file.read(settings.limits.file_bytes + 1)
    if len(data) > settings.limits.file_bytes:
        detail = f"{blob.origin.name}: expected at most {settings.limits.file_bytes} bytes, got more"
        raise UnreadableInput("too-large", detail)
    return replace(blob.origin, sha256=hashlib.sha256(data).hexdigest())


def _text(blob: Blob, settings: ReadSettings) -> Found:
    head = decoded_head(blob.head())
    if is_json_lines(head, blob.origin.suffix):
        yield from json_lines(blob, settings)
        return
    delimiter = delimiter_of(head, blob.origin.suffix, settings)
    figures = blob.origin.suffix in FIGURES and not names_text(head, delimiter or ",", settings)
    if delimiter is not None and not figures and not looks_like_json(head):
        yield from table_rows(blob, delimiter, settings)
        return
    data = blob.whole(settings.limits)
    origin = replace(blob.origin, sha256=hashlib.sha256(data).hexdigest())
    source = decode(data).text
    if figures and not looks_like_json(head):
        yield statistic(source, origin)
    elif not looks_like_json(source):
        yield from_text(source, origin, settings.rules)
    elif source.lstrip("\ufeff \t\r\n").startswith("{"):
        yield from_json(source, origin, settings)
    else:
        parsed(source, origin.name)
        for number, (start, end) in enumerate(elements(source), 1):
            row = origin.at_row(number)
            try:
                yield from_json(source[start:end], row, settings)
            except UnreadableInput as error:
                yield row.rejection(error)
