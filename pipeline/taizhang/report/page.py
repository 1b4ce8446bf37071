"""The report room's page: template, style, script and data put together, so that nothing in an article can run.

What an article says is in the page only as JSON in a script element that no browser runs, with ``<``, ``>`` and ``&``
escaped. The script makes elements of it by their text alone. The page's policy admits the hashes of this script and
this style sheet, no network, and no way from a text to markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from taizhang.report.words import words
from taizhang.write.beside import REPORT_MARK

Language = Literal["zh", "en", ""]

STYLES = ("base.css", "filters.css", "table.css", "article.css", "review.css", "charts.css")
SCRIPTS = (
    "text.js",
    "decimal.js",
    "data.js",
    "words.js",
    "chosen.js",
    "filters.js",
    "facets.js",
    "address.js",
    "table.js",
    "marks.js",
    "review.js",
    "article.js",
    "evidence.js",
    "bars.js",
    "timeline.js",
    "picture.js",
    "sheet.js",
    "records.js",
    "rejects.js",
    "about.js",
    "amounts.js",
    "series.js",
    "map.js",
    "charts.js",
    "main.js",
)
BOUNDARIES = Path(__file__).with_name("boundaries.json")
_MODULE_LINE = re.compile(r"^import [^;]*;\n|^export (?=function |const |class |let )", re.MULTILINE)
# In JSON these may stand as escapes in any place where they may stand as themselves.
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def page(content: Mapping[str, Any], language: Language) -> str:
    """The report as HTML; ``content`` is what ``pack`` gave."""
    style, script = _joined(STYLES), _script()
    loader = PackageLoader("taizhang.report", "assets")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html.jinja").render(
        mark=Markup(REPORT_MARK),
        policy=policy(style, script),
        style=Markup(style),  # our own files, which the policy's hashes pin
        script=Markup(script),
        data=Markup(embedded(content)),
        boundaries=Markup(
            embedded(json.loads(BOUNDARIES.read_text("utf-8")) if BOUNDARIES.is_file() else None)
        ),
        words=Markup(embedded(words())),
        language=language,
        text=words(),
    )


def embedded(value: object) -> str:
    """``value`` as JSON that can stand in a script element: nothing in it ends the element or begins another.

    >>> embedded({"title": "</script>"})
    '{"title":"\\\\u003c/script\\\\u003e"}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


def policy(style: str, script: str) -> str:
    """The content security policy that admits just this style sheet and this script."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


@cache
def _script() -> str:
    """The modules as one script: their names share one scope, so what joined them is left out."""
    return f'(() => {{\n"use strict";\n{_MODULE_LINE.sub("", _joined(SCRIPTS))}\n}})();'


@cache
def _joined(names: tuple[str, ...]) -> str:
    folder = files("taizhang.report") / "assets"
    return "\n".join((folder / name).read_text("utf-8") for name in names)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
