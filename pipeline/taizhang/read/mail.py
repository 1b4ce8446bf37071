"""Read: MHTML, as browsers save pages, and EML: the page or letter, and what is attached to it."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from taizhang.article import Article
from taizhang.errors import UnreadableInput
from taizhang.read.assemble import from_text
from taizhang.read.containers import Member
from taizhang.read.decode import decode
from taizhang.read.origin import Origin
from taizhang.read.shapes import Reading
from taizhang.read.streams import Blob

SUFFIXES = {".eml", ".mht", ".mhtml"}
HEADERS = re.compile(
    rb"(?:From|Received|Return-Path|Subject|Date|MIME-Version|Message-ID|Delivered-To|Snapshot-Content-Location"
    rb"|X-[A-Za-z-]{1,40}):[^\n]*\r?\n(?:[A-Za-z-]{1,60}:|[ \t])",
    re.I,
)
VERSION = re.compile(rb"^MIME-Version:", re.I | re.M)


def is_mail(head: bytes, suffix: str) -> bool:
    """Whether a file is a message: by its headers.

    >>> is_mail(b"From: a\\nMIME-Version: 1.0\\n\\nb", ""), is_mail("来信：甲".encode(), "")
    (True, False)
    """
    return bool(HEADERS.match(head)) and (suffix in SUFFIXES or bool(VERSION.search(head[:20_000])))


def message(data: bytes) -> EmailMessage:
    """A message's parts."""
    found = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(found, EmailMessage)  # what the default policy makes
    return found


def letter(found: EmailMessage, origin: Origin, rules: Reading) -> Article:
    """The article of a message's own text; of the same in two forms the page, which has the tables.

    Raises:
        UnreadableInput: ``bad-mail``, ``empty``.
    """
    body = found.get_body(("html", "plain"))
    if body is None:
        raise UnreadableInput("bad-mail", f"{origin.name}: expected a letter or a page, got none")
    article = from_text(_text(body), replace(origin, url=_url(found) or origin.url), rules)
    said: dict[str, Any] = {}
    if article.document.title is None and found["subject"]:
        said["title"] = str(found["subject"]).strip()
    if article.document.published is None and (sent := _sent(found)):
        said |= {"published": sent, "published_by": "mail"}
    return replace(article, document=article.document.model_copy(update=said)) if said else article


def _text(part: Any) -> str:
    data = part.get_payload(decode=True) or b""
    charset = part.get_content_charset()
    try:
        return str(data.decode(charset)) if charset else decode(data).text
    except (LookupError, UnicodeDecodeError):
        return decode(data).text


def _url(found: EmailMessage) -> str | None:
    return str(found["Snapshot-Content-Location"]) if found["Snapshot-Content-Location"] else None


def _sent(found: EmailMessage) -> str:
    """The day on which a letter was sent; a page that was saved has no such day."""
    if not found["date"] or found["Snapshot-Content-Location"]:
        return ""
    try:
        return parsedate_to_datetime(str(found["date"])).date().isoformat()
    except (TypeError, ValueError):
        return ""


def attached(found: EmailMessage, blob: Blob) -> Iterator[tuple[Origin, Member]]:
    """The files that are attached to a letter, each with its origin."""
    for number, part in enumerate(found.iter_attachments(), 1):
        if part.get_content_maintype() in ("image", "video", "audio") or part.is_multipart():
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and data and part.get_content_disposition() == "attachment":
            origin = blob.origin.member(part.get_filename() or f"attachment-{number}")
            yield origin, blob.inner(io.BytesIO(data), origin)
