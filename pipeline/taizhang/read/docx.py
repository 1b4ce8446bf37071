"""Read: DOCX, its paragraphs a line each and the rows of its tables a line each. Needs the extra ``docx``."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from taizhang.errors import UnreadableInput
from taizhang.read.extras import needed
from taizhang.read.limits import Limits
from taizhang.read.streams import Blob

MAIN_PART = "word/document.xml"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DEEPEST = 1000  # elements in each other; a text has fewer than a hundred
CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def docx_text(archive: zipfile.ZipFile, blob: Blob, limits: Limits) -> str:
    """The text of a DOCX file; deleted text and notes are not part of it.

    Raises:
        UnreadableInput: ``missing-extra``, ``xml-entities``, ``bad-docx``, ``too-large``, ``unpacked-too-large``.
    """
    parser = needed("defusedxml.ElementTree", "docx")
    refused = needed("defusedxml", "docx").DefusedXmlException
    where = blob.origin.name
    try:
        size = archive.getinfo(MAIN_PART).file_size  # the library unpacks no more than that
        if size > limits.file_bytes:
            detail = f"{where}: {MAIN_PART}: expected at most {limits.file_bytes} bytes, got {size}"
            raise UnreadableInput("too-large", detail)
        with archive.open(MAIN_PART) as stream:
            part = blob.inner(cast(BinaryIO, stream), blob.origin)
            events = parser.iterparse(part.stream, events=("start", "end"), forbid_dtd=True)
            return "".join(_text(events))
    except refused as error:
        raise UnreadableInput("xml-entities", f"{where}: expected XML without declarations") from error
    except parser.ParseError as error:
        raise UnreadableInput("bad-docx", f"{where}: {error}") from error


def _text(events: Iterator[tuple[str, Any]]) -> Iterator[str]:
    cells = skipped = 0
    open_: list[Any] = []
    for event, element in events:
        tag = element.tag
        if tag == FALLBACK:  # the same once more, for programs that know no text boxes
            skipped += 1 if event == "start" else -1
        name = tag.removeprefix(WORD).removeprefix(STRICT)
        if name == "tc":
            cells += 1 if event == "start" else -1
        if event == "start":
            open_.append(element)
            if len(open_) > DEEPEST:
                raise UnreadableInput(
                    "bad-docx", f"expected at most {DEEPEST} elements in each other, got more"
                )
            continue
        if not skipped:
            yield _written(name, element.text, cells > 0)
        open_.pop()
        if open_:  # what has been read is kept no longer, or a file of small elements fills the memory
            del open_[-1][:]


def _written(name: str, text: str | None, in_cell: bool) -> str:
    """What an element that has just ended adds to the text."""
    if name == "t":
        return text or ""
    if name == "p":
        return " " if in_cell else "\n"
    if name == "tc":
        return "\t"
    if name == "tr":
        return "\n"
    return CHARACTERS.get(name, "")
