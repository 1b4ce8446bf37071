"""Read: the article of a whole HTML page: which of its lines are main text, and what its head says.

The article is the smallest element that holds nearly all of the page's prose, from the title on. Prose is
what a page has nowhere else: lines with punctuation inside that are no links, and the cells of its tables. (Libraries
for this give the text without its place in the source, and on Chinese pages keep the footers.)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from taizhang.align import Aligned, Edit
from taizhang.read.draft import TextWithTables
from taizhang.read.html_scan import MarkupLine, MarkupTree, scan
from taizhang.read.html_tables import data_tables
from taizhang.read.html_text import joined, line_text, references
from taizhang.read.shapes import Head, MainText, Reading

PAGE = re.compile(r"<(?:html|body|head)\b|<!doctype\s+html\b", re.I)
TITLE = re.compile(r"<title\b[^<>]*>(?P<value>[^<>]*)<", re.I)
META = re.compile(r"<meta\b(?P<attributes>[^<>]{1,4096})>", re.I)
ATTRIBUTE = re.compile(
    r"(?P<name>[a-zA-Z:_-]{1,32})\s*+=\s*+(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
SPACES = re.compile(r"\s+")


class Page(NamedTuple):
    """A page's article. ``title`` is empty where the page names none; ``fields``: sense to what is written."""

    title: Aligned
    body: TextWithTables
    fields: dict[str, str]


def looks_like_page(source: str) -> bool:
    """Whether HTML is a whole page and not a fragment of one.

    >>> looks_like_page("<html><p>甲"), looks_like_page("<p>甲</p>")
    (True, False)
    """
    return bool(PAGE.search(source))


def page(source: str, rules: Reading) -> Page:
    """The article of a page, every character aligned to ``source``.

    >>> from taizhang.read.shapes import reading; from taizhang.rules import RuleSet
    >>> page("<html><div><a>首页</a></div><div>改造路灯，共12盏。</div></html>", reading(RuleSet())).body.text.text
    '改造路灯，共12盏。\\n'
    """
    found = scan(source, rules.markup)
    named = _meta(source, rules.head)
    title = _title(source, found, named.pop("title", None), rules.head)
    lines = _main(source, found, rules.main, _squeezed(title.text) if title else "")
    body = joined(source, found, lines)
    return Page(title or Aligned.whole(""), body, {sense: text.text.strip() for sense, text in named.items()})


def _meta(source: str, rule: Head) -> dict[str, Aligned]:
    """What the page's ``meta`` elements say of the article, by sense."""
    senses = {name: sense for sense, names in rule.meta.items() for name in names}
    found: dict[str, Aligned] = {}
    for meta in META.finditer(source):
        spans: dict[str, tuple[int, int]] = {}
        for m in ATTRIBUTE.finditer(source, *meta.span("attributes")):
            group = next(g for g in ("double", "single", "bare") if m[g] is not None)
            spans.setdefault(m["name"].casefold(), m.span(group))
        name = next((source[slice(*spans[key])] for key in ("name", "property") if key in spans), "")
        sense = senses.get(name.strip().casefold())
        if sense and "content" in spans:
            value = _value(source, *spans["content"])
            if value.text.strip():
                found.setdefault(sense, value)
    return found


def _title(source: str, found: MarkupTree, named: Aligned | None, rule: Head) -> Aligned | None:
    """The only top heading, else what the head says, without the site's name."""
    headings = [line for line in found.lines if found.names[line.node] == "h1"]
    if len(headings) == 1 and (text := line_text(source, headings[0])).text.strip():
        return text
    written = TITLE.search(source)
    value = named or (_value(source, *written.span("value")) if written else Aligned.whole(""))
    site = re.search(rule.site_name, value.text)
    title = value.cut(0, site.start()) if site else value
    return title if title.text.strip() else None


def _value(source: str, start: int, end: int) -> Aligned:
    low = start + len(source[start:end]) - len(source[start:end].lstrip())
    part = Aligned.whole(source).cut(low, max(low, low + len(source[low:end].rstrip())))
    edits = [
        *references(part.text),
        *(Edit(*m.span(), " ", "html-space") for m in SPACES.finditer(part.text)),
    ]
    return part.edit(sorted(edits))


def _main(source: str, found: MarkupTree, rule: MainText, title: str) -> list[MarkupLine]:
    """The lines of the article: those of its element, and those between its title and it."""
    texts = ["".join(source[slice(*run)] for run in line.runs).strip() for line in found.lines]
    shown = [i for i, line in enumerate(found.lines) if not _is_link(line, texts[i], rule)]
    tabled = {shown[n] for n in data_tables(source, found, [found.lines[i] for i in shown]).of}
    prose = [0] * len(texts)
    for i in shown:
        if i in tabled or any(mark in texts[i] for mark in rule.prose_marks):
            prose[i] = len(texts[i])
    inside = _inside(found, prose, rule.share)
    own = [i for i in shown if inside[found.lines[i].node]]
    if not own:
        return [found.lines[i] for i in shown]
    first = own[0]
    # The title may open the article's element, or stand before it with the date and the source.
    titles = [i for i in range(own[-1]) if title and _squeezed(texts[i]) == title]
    after = [i for i in titles if i <= first] or titles
    if after and (after[-1] >= first or first - after[-1] <= rule.lines_to_title):
        first = after[-1]
    head = [i for i in shown if first <= i < own[0]]
    return [found.lines[i] for i in (*head, *(i for i in own if i >= first))]


def _is_link(line: MarkupLine, text: str, rule: MainText) -> bool:
    return line.linked > rule.linked * len(text)


def _inside(found: MarkupTree, prose: list[int], share: float) -> list[bool]:
    """For each element, whether it lies in the smallest one that holds ``share`` of the prose."""
    sums = [0] * len(found.names)
    for line, size in zip(found.lines, prose, strict=True):
        sums[line.node] += size
    for node in range(len(sums) - 1, 0, -1):
        sums[found.parents[node]] += sums[node]
    # Parents' numbers are lower, so the last that holds enough is the innermost.
    best = max((node for node, size in enumerate(sums) if size >= share * sums[0]), default=0)
    best = best if sums[0] else 0
    # One line is a paragraph of the article, however long; those beside it belong to it.
    if sum(line.node == best for line in found.lines) <= 1 and best not in found.parents[best + 1 :]:
        best = found.parents[best]
    inside = [False] * len(sums)
    inside[best] = True
    for node in range(best + 1, len(sums)):
        inside[node] = inside[found.parents[node]]
    return inside


def _squeezed(text: str) -> str:
    return SPACES.sub("", text)
