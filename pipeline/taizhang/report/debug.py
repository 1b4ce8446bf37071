"""The report room's links to the stage dumps: which article's page is in which folder of ``debug/``."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from urllib.parse import quote

from taizhang.records import CleanText, Rejection
from taizhang.show.dump import FolderNames


def debug_pages(
    folder: Path, texts: Sequence[CleanText], rejects: Iterable[Rejection], seen_from: Path
) -> dict[int, str]:
    """The links, from a file in ``seen_from``, to the pages in ``debug/``, by each article's place in the run.

    A page that a run before left there is no page of this one: only those are linked whose dump has the article's
    text to the letter.

    Raises:
        OSError: a dump cannot be read.
    """
    root = folder / "debug"
    if not root.is_dir():
        return {}
    failed = {(r.document.id, r.document.path) for r in rejects if r.scope == "article"}
    names, found = FolderNames(), dict[int, str]()
    for number, text in enumerate(texts):
        if (text.document.id, text.document.path) in failed:
            continue
        dump = root / names.of(text.document.id)
        link = _link(dump / "index.html", seen_from)
        if link and (dump / "index.html").is_file() and _text(dump / "1-clean.json") == text.text:
            found[number] = link
    return found


def _text(path: Path) -> str | None:
    """The text in a dump of the first stage; none where it is no such file."""
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_bytes())
    except ValueError:
        return None
    return content.get("text") if isinstance(content, dict) else None


def _link(page: Path, seen_from: Path) -> str:
    """The page's address relative to a folder; empty where there is none, as between two drives."""
    try:
        relative = os.path.relpath(page.resolve(), seen_from.resolve())
    except ValueError:
        return ""
    return quote(PurePath(relative).as_posix())
