"""The page of one article: self-contained, escaped, every number marked and reachable, the text unchanged."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from taizhang.messages import speaking
from taizhang.records import Span
from taizhang.show.numbers import numbers
from taizhang.show.page import page
from taizhang.show.segments import segments


class Page(HTMLParser):
    """The parts of a page that the tests ask for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.style, self.text = "", ""
        self._in: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "style" or dict(attrs).get("class") == "text":
            self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._in and self._in[-1] == tag:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if self._in == ["style"]:
            self.style += data
        elif self._in == ["p"]:
            self.text += data

    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.tags if attrs.get("id")]


def test_the_article_stands_on_the_page_unchanged(trace: object) -> None:
    assert Page(page(trace)).text == trace.cleaned.text


def test_every_number_has_a_mark_and_a_card_that_lead_to_each_other(trace: object) -> None:
    shown = Page(page(trace))
    assert sorted(shown.ids()) == sorted([f"{kind}{n}" for kind in "mn" for n in (1, 2, 3)])
    links = [attrs["href"] for tag, attrs in shown.tags if tag == "a"]
    assert sorted(links) == sorted(f"#{name}" for name in shown.ids())
    marks = [attrs["class"] for tag, attrs in shown.tags if tag == "a" and "class" in attrs]
    assert marks == ["reject", "record", "record"]


def test_a_mark_tells_the_main_fields_when_pointed_at(trace: object) -> None:
    tips = [attrs["title"] for tag, attrs in Page(page(trace)).tags if tag == "a" and "title" in attrs]
    assert tips == [
        "序数 ordinal, ordinal.di",
        "15000 处, 排查隐患, 某省某市, 问题 problem, 没有时间 no time",
        "3 处, 校园隐患, 某省某市, 问题 problem, 没有时间 no time",
    ]


def test_the_page_needs_nothing_from_elsewhere(trace: object) -> None:
    html = page(trace)
    shown = Page(html)
    assert not {tag for tag, _ in shown.tags} & {"script", "img", "link", "iframe", "object", "form"}
    assert not re.search(r"url\(|@import|https?://", html)
    assert not [a for _, attrs in shown.tags for a in attrs if a.startswith("on") or a in ("src", "style")]


def test_the_content_policy_admits_just_the_style_sheet(trace: object) -> None:
    shown = Page(page(trace))
    (policy,) = [a["content"] for _, a in shown.tags if a.get("http-equiv") == "Content-Security-Policy"]
    digest = base64.b64encode(hashlib.sha256(shown.style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_what_the_article_says_is_text_and_never_markup(trace: object) -> None:
    evil = "<script>alert(1)</script>\"'><b>"
    document = trace.result.document.model_copy(update={"title": evil, "id": evil, "source": evil})
    rejects = tuple(r.model_copy(update={"reason": evil, "detail": evil}) for r in trace.result.rejects)
    trace.result = trace.result.model_copy(update={"document": document, "rejects": rejects})
    shown = Page(page(trace))
    assert not {tag for tag, _ in shown.tags} & {"script", "b"}
    assert f"{evil}, ordinal.di" in [attrs.get("title") for _, attrs in shown.tags]


@pytest.mark.parametrize(
    ("first", "second", "tops", "proves"),
    [
        ((0, 4), (1, 2), [1, 2, 1, None], "one inside another: the shorter is on top where both lie"),
        ((0, 3), (2, 5), [1, 1, 2, None], "two that overlap: the earlier keeps the shared part"),
        ((0, 2), (0, 2), [1, None], "two in the same place: the first is on top"),
        ((0, 2), (2, 4), [1, 2, None], "two that touch"),
    ],
)
def test_overlapping_numbers_are_all_reachable(
    first: tuple[int, int], second: tuple[int, int], tops: list[int | None], proves: str, trace: object
) -> None:
    records = tuple(
        record.model_copy(update={"span": Span(start=low, end=high, raw_start=low, raw_end=high)})
        for record, (low, high) in zip(trace.result.records, (first, second), strict=True)
    )
    trace.result = trace.result.model_copy(update={"records": records, "rejects": ()})
    trace.cleaned = type(trace.cleaned)(trace.cleaned.document, trace.cleaned.aligned, trace.cleaned.raw)
    cut = list(segments(trace, numbers(trace)))
    assert [s.top.n if s.top else None for s in cut] == tops, proves
    assert "".join(s.text for s in cut) == trace.cleaned.text
    shown = Page(page(trace))
    assert {"m1", "m2", "n1", "n2"} <= set(shown.ids())


def test_a_number_of_the_source_only_has_a_card_and_no_mark(trace: object) -> None:
    span = Span(start=0, end=0, raw_start=1, raw_end=4)
    reject = trace.result.rejects[0].model_copy(update={"span": span})
    trace.result = trace.result.model_copy(update={"rejects": (reject,)})
    shown = Page(page(trace))
    assert sorted(shown.ids()) == ["m1", "m2", "n1", "n2", "n3"]
    assert shown.text == trace.cleaned.text


def test_uncertain_and_page_text_are_marked_apart(trace: object) -> None:
    kinds = {s.cls: s.text for s in segments(trace, numbers(trace)) if s.cls in ("uncertain", "boilerplate")}
    assert kinds == {"uncertain": "青禾镇", "boilerplate": "<快讯>"}


def test_an_article_without_numbers_says_so(trace: object) -> None:
    trace.result = trace.result.model_copy(update={"records": (), "rejects": ()})
    html = page(trace)
    assert "This article has no numbers." in html and "这篇文章没有数字。" in html


def test_the_page_is_in_both_languages_and_shows_one(trace: object) -> None:
    html = page(trace)
    shown = Page(html)
    chosen = [attrs for tag, attrs in shown.tags if tag == "input" and "checked" in attrs]
    assert [attrs["class"] for attrs in chosen] == ["choose-zh"]
    assert (
        ":root:has(.choose-zh:checked) .en, :root:has(.choose-en:checked) .zh { display: none; }"
        in shown.style
    )
    words = [(tag, a.get("class"), a.get("lang")) for tag, a in shown.tags if a.get("class") in ("zh", "en")]
    assert all(name == language for _, name, language in words)
    counts = Counter(name for _, name, _ in words)
    assert counts["zh"] == counts["en"] > 20
    assert "阶段" in html and "phase" in html


def test_the_page_is_the_same_in_every_language(trace: object) -> None:
    english = page(trace)
    with speaking("zh"):
        assert page(trace) == english
