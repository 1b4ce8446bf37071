"""The messages' catalogue: gettext's, and the way back from a finished message to the template it was made by.

Messages are written in English where they arise; ``zh/LC_MESSAGES/taizhang.po`` has them in Chinese. Some travel as
finished text: an error crosses processes, the detail of a rejection stands in ``rejects.jsonl``, which is the same
in every locale. ``told`` finds the template that such a text fits, and fills the fields into its translation.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, lru_cache
from pathlib import Path
from string import Formatter

from taizhang.messages.language import Language

DOMAIN = "taizhang"
FOLDER = Path(__file__).parent
FINISHED = "finished"  # the context of the messages that ``told`` is for; the others are no templates for it


class Catalogue(gettext.GNUTranslations):
    """The compiled catalogue of one language."""

    @cached_property
    def templates(self) -> dict[str, list[tuple[str, str | None]]]:
        """The finished messages that have fields, cut into literal texts, each with the name of the field after it."""
        keys: dict[str, str] = self._catalog  # type: ignore[attr-defined]
        known = (key.removeprefix(f"{FINISHED}\4") for key in keys if key.startswith(f"{FINISHED}\4"))
        return {message: pieces(message) for message in known if "{" in message}


_spoken: ContextVar[Catalogue | None] = ContextVar("spoken", default=None)


def spoken() -> Language:
    """The language that messages are said in."""
    return "zh" if _spoken.get() else "en"


def _(message: str) -> str:
    """``message``, or a template before its fields are filled in, in the language that is spoken.

    >>> with speaking("zh"):
    ...     _("{count} numbers").format(count=3)
    '3 个数字'
    """
    catalogue = _spoken.get()
    return catalogue.gettext(message) if catalogue and message else message


def told(finished: str) -> str:
    """A finished message in the language that is spoken; as it is where the catalogue has nothing that fits.

    >>> with speaking("zh"):
    ...     told("expected a file without a password"), told("the exact words of a library")
    ('应是没有密码的文件', 'the exact words of a library')
    """
    catalogue = _spoken.get()
    if catalogue is None or not finished:
        return finished
    return _told(catalogue, finished)[1]


def _told(catalogue: Catalogue, finished: str) -> tuple[int, str]:
    """A finished message in the catalogue's language, and how many characters of it no message knows."""
    if (known := catalogue.pgettext(FINISHED, finished)) != finished:
        return 0, known
    if "\n" in finished:
        lines = [_told(catalogue, line) for line in finished.split("\n")]
        return sum(left for left, _line in lines), "\n".join(line for _left, line in lines)
    found = [(len(finished), "", finished)]
    for message, cut in catalogue.templates.items():
        fields = fit(cut, finished)
        if fields is None or any(len(field) == len(finished) for field in fields.values()):
            continue
        # What fills a field may itself be a finished message: the words of a library, the place of a rule.
        parts = {name: _told(catalogue, field) for name, field in fields.items()}
        filled = {name: part for name, (_left, part) in parts.items()}
        left = sum(left for left, _part in parts.values())
        found.append((left, message, catalogue.pgettext(FINISHED, message).format(**filled)))
    left, _message, text = min(found)
    return left, text


def pieces(template: str) -> list[tuple[str, str | None]]:
    """A template cut into pairs of literal text and the name of the field after it.

    >>> pieces("{path}: expected text, got {got}")
    [('', 'path'), (': expected text, got ', 'got')]
    """
    return [(literal, name) for literal, name, *_spec in Formatter().parse(template)]


def fit(cut: list[tuple[str, str | None]], finished: str) -> dict[str, str] | None:
    """What the fields of a template hold in a finished message; None where it was made by another template.

    Takes time linear in the message for each piece of literal text.

    >>> fit(pieces("{path}: expected text, got {got}"), "a.txt: expected text, got 3 bytes")
    {'path': 'a.txt', 'got': '3 bytes'}
    """
    fields: dict[str, str] = {}
    position, waiting = 0, ""
    for number, (literal, name) in enumerate(cut):
        if not waiting:
            at = position if finished.startswith(literal, position) else -1
        elif name is None and number == len(cut) - 1:  # the text ends with it
            at = len(finished) - len(literal) if finished.endswith(literal) else -1
        else:
            at = finished.find(literal, position)
        if at < position:
            return None
        if waiting:
            fields[waiting] = finished[position:at]
        position, waiting = at + len(literal), name or ""
    if waiting:
        fields[waiting] = finished[position:]
        return fields
    return fields if position == len(finished) else None


@lru_cache(maxsize=1)
def _chinese() -> Catalogue:
    return gettext.translation(DOMAIN, FOLDER, ["zh"], Catalogue)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Say messages in ``language`` for as long as the block lasts; typer's own words, too."""
    token = _spoken.set(None if language == "en" else _chinese())
    before = gettext.textdomain()
    if language != "en":
        gettext.bindtextdomain(DOMAIN, str(FOLDER))
        gettext.textdomain(DOMAIN)
    try:
        yield
    finally:
        gettext.textdomain(before)
        _spoken.reset(token)


@contextmanager
def in_english() -> Iterator[None]:
    """Say messages in English for as long as the block lasts: what goes into a file."""
    token = _spoken.set(None)
    try:
        yield
    finally:
        _spoken.reset(token)
