"""The show room's page: one article with every number marked, and what each stage made of it, in one file.

The page needs no network and no script; its content policy allows nothing but its own style sheet. Every
mark is a link to the card that tells about it, so it works by mouse, by touch and by keyboard alike.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from taizhang.messages import in_english, speaking
from taizhang.records import RectificationItem
from taizhang.run.stage_counts import stage_counts
from taizhang.show.blocks import blocks
from taizhang.show.explain import explain
from taizhang.show.numbers import numbers
from taizhang.show.segments import segments
from taizhang.show.tables import named_in_both, tables
from taizhang.show.words import words

if TYPE_CHECKING:
    from taizhang.stages import Trace


def page(trace: Trace) -> str:
    """The page of one article, as HTML."""
    template, style, policy = _parts()
    found = numbers(trace)
    # A file is the same in every locale: the page has both languages.
    with speaking("zh"):
        chinese = [explain(trace, n) for n in found]
    with in_english():
        english = [explain(trace, n) for n in found]
    kinds = [isinstance(n.outcome, RectificationItem) for n in found]
    return template.render(
        trace=trace,
        document=trace.result.document,
        style=Markup(style),  # our own file, which the policy's hash pins
        policy=policy,
        blocks=blocks(trace.cleaned.tables, segments(trace, found)),
        numbers=list(zip(found, kinds, chinese, english, strict=True)),
        words=words(),
        named=named_in_both,
        counts=stage_counts(trace, len(trace.result.records), len(trace.result.rejects)),
        articles_rejected=[r for r in trace.result.rejects if r.span is None],
        **tables(trace, found),
    )


@cache
def _parts() -> tuple[Template, str, str]:
    """The compiled template, its style sheet, and the content policy that admits just that sheet."""
    loader = PackageLoader("taizhang.show", ".")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = loader.get_source(environment, "page.css")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return environment.get_template("page.html.jinja"), style, policy
