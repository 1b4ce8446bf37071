"""Read: PDF with a text layer, page after page. Needs the extra ``pdf``."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from taizhang.align import Aligned, Edit
from taizhang.errors import UnreadableInput
from taizhang.read.extras import needed
from taizhang.read.limits import Limits
from taizhang.read.streams import Blob

PAGE_END = "\f"
PAGE_NUMBER = re.compile(r"(?m)^[ \t]*(?:[-—–][ \t]*)?[0-9]{1,4}(?:[ \t]*[-—–])?[ \t]*$\n?")


def pdf_text(file: BinaryIO, blob: Blob, limits: Limits) -> str:
    """The text of a PDF file, the pages parted by form feeds.

    Raises:
        UnreadableInput: ``missing-extra``, ``encrypted``, ``bad-pdf``, ``too-many-pages``, or
            ``no-text-layer``, where the pages are pictures.
    """
    library = needed("pypdf", "pdf")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what matters of a broken file is in the rejection
    try:
        reader = library.PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableInput("encrypted", f"{blob.origin.name}: expected a file without a password")
        text = PAGE_END.join(_pages(reader, blob, limits))
    except UnreadableInput:
        raise
    except Exception as error:  # the library raises whatever a broken file leads it to
        raise UnreadableInput("bad-pdf", f"{blob.origin.name}: {type(error).__name__}: {error}") from error
    if not text.strip():
        raise UnreadableInput("no-text-layer", f"{blob.origin.name}: expected text, got pages of pictures")
    return text


def _pages(reader: Any, blob: Blob, limits: Limits) -> Iterator[str]:
    count = len(reader.pages)
    if count > limits.pages:
        raise UnreadableInput("too-many-pages", f"expected at most {limits.pages} pages, got {count}")
    for page in reader.pages:
        text = page.extract_text()
        blob.budget.spend(len(text))
        yield text


def without_page_numbers(source: str) -> Aligned:
    """The pages as one text, without the numbers that stand alone on the first or last line of each.

    >>> without_page_numbers("改造\\n12盏\\n— 1 —\\f共3处\\n2").text
    '改造\\n12盏\\n共3处'
    """
    edits: list[Edit] = []
    at = 0
    for page in source.split(PAGE_END):
        edges = [m.span() for m in PAGE_NUMBER.finditer(page) if _at_edge(page, *m.span())]
        # A page of nothing but a number is a page, not its number.
        if "".join(_around(page, edges)).strip():
            edits += [Edit(at + start, at + end, "", "page-number") for start, end in edges]
        at += len(page)
        if at < len(source):
            edits.append(Edit(at, at + 1, "" if edges and edges[-1][1] == len(page) else "\n", "page-end"))
        at += 1
    return Aligned.whole(source).edit(edits)


def _at_edge(page: str, start: int, end: int) -> bool:
    return not page[:start].strip() or not page[end:].strip()


def _around(page: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in spans:
        yield page[at:start]
        at = end
    yield page[at:]
