"""The messages' language: Chinese where the locale is Chinese, else English."""

from __future__ import annotations

import locale
import sys
from collections.abc import Mapping
from typing import Literal, get_args

Language = Literal["en", "zh"]

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def language(environment: Mapping[str, str]) -> Language:
    """The language of the messages, found as GNU gettext finds it.

    The first of ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that is set is the locale; ``LANGUAGE`` goes before it,
    unless it is C or POSIX.

    >>> language({"LANG": "zh_CN.UTF-8"}), language({"LANG": "en_GB.UTF-8"}), language({})
    ('zh', 'en', 'en')
    >>> language({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:zh_CN:en"}), language({"LC_ALL": "C", "LANGUAGE": "zh"})
    ('zh', 'en')
    """
    found = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    if found.partition(".")[0] in {"C", "POSIX"}:
        return "en"
    if (
        not found and sys.platform == "win32"
    ):  # Windows sets no variable; Python asks it for the locale at its start
        found = "zh" if (locale.getlocale()[0] or "").startswith(("Chinese", "zh")) else ""
    for wanted in [*environment.get("LANGUAGE", "").split(":"), found]:
        for known in get_args(Language):
            if wanted.startswith(known):
                return known  # type: ignore[no-any-return]
    return "en"
