"""The show room's page: one article with every number marked, and what each stage made of it, in one file.

The page needs no network and no script; its content policy allows nothing but its own style sheet. Every
mark is a link to the card that tells about it, so it works by mouse, by touch and by keyboard alike.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from taizhang.messages import in_english, speaking
from taizhang.records import RectificationItem
from taizhang.run.tally import stage_counts
from taizhang.show.blocks import blocks, edges
from taizhang.show.explain import explain
from taizhang.show.numbers import Number, numbers
from taizhang.show.tables import named_in_both, tables
from taizhang.show.words import words

if TYPE_CHECKING:
    from taizhang.stages import Trace


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the clean text over which the same numbers lie.

    Attributes:
        cls: how to show it: ``record``, ``reject``, ``boilerplate``, ``uncertain`` or nothing.
        top: the number that a click leads to: the shortest of those that lie here.
        begins: the numbers that begin here.
    """

    text: str
    cls: str
    top: Number | None
    begins: tuple[int, ...] = ()

    @property
    def anchors(self) -> list[int]:
        """The numbers that begin here and are not on top, so that no mark of their own stands for them."""
        return [n for n in self.begins if not self.top or n != self.top.n]


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
        counts=stage_counts(trace),
        articles_rejected=[r for r in trace.result.rejects if r.span is None],
        **tables(trace, found),
    )


def segments(trace: Trace, found: Sequence[Number]) -> Iterator[Segment]:
    """The clean text cut wherever a number or a span of another kind begins or ends."""
    text, cleaned = trace.cleaned.text, trace.cleaned
    marked = [n for n in found if n.in_text]
    spans = [(n.span.start, n.span.end) for n in marked] + [*cleaned.uncertain, *cleaned.boilerplate]
    spans += edges(cleaned.tables)
    cuts = sorted({0, len(text), *(edge for span in spans for edge in span)})
    waiting, open_ = marked[::-1], list[Number]()
    ends = {"uncertain": dict(sorted(cleaned.uncertain)), "boilerplate": dict(sorted(cleaned.boilerplate))}
    until = dict.fromkeys(ends, 0)
    for start, end in pairwise(cuts):
        until = {kind: max(until[kind], ends[kind].get(start, 0)) for kind in ends}
        begins = len(open_)
        while waiting and waiting[-1].span.start <= start:
            open_.append(waiting.pop())
        begun = tuple(n.n for n in open_[begins:])
        open_ = [n for n in open_ if n.span.end > start]
        top = min(open_, key=lambda n: (n.span.end - n.span.start, n.n), default=None)
        if top:
            cls = "record" if isinstance(top.outcome, RectificationItem) else "reject"
        else:
            cls = next((kind for kind in ends if until[kind] > start), "")
        yield Segment(text[start:end], cls, top, begun)


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
