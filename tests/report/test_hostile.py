"""What an article says is text on the page, whatever it says; and what should run all the same cannot."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser import Shown
from folders import result, run_folder

from taizhang.report import write_report

CASES = tomllib.loads((Path(__file__).parent / "cases" / "hostile.toml").read_text("utf-8"))["case"]


def _open(browser: Any, tmp_path: Path, evil: str) -> Shown:
    """A report of an article that says the same in every field that is free text."""
    text = f"{evil}排查12处，第二批{evil}。"
    fields = {
        "id": evil,
        "agency": evil,
        "metric": {"name": evil, "action": evil, "object": evil},
        "place": {
            "name": evil,
            "code": evil,
            "surface": evil,
            "how": "",
            "province": evil,
            "candidates": [evil, "b"],
        },
        "unit": evil,
        "time": evil,
        "rules": {"value": evil, "metric": evil},
        "checks": [evil],
    }
    rejected = {"reason": evil, "detail": evil, "rule": evil}
    about = {"title": evil, "source": evil, "url": evil, "published": evil, "path": evil}
    article = result(text, {"12处": fields, "第二批": rejected}, id=evil, **about)
    return Shown.open(browser, write_report(run_folder(tmp_path / "run", [article]), language="zh").path)


@pytest.mark.fault(
    "Hostile input",
    "an article says HTML and script",
    made="markup, handlers, ends of scripts and template marks in every free field, opened in Chromium",
    guard="report/page.py: the data is JSON with `<` escaped; report/assets: texts are set as text",
)
@pytest.mark.parametrize("case", CASES, ids=[case["proves"] for case in CASES])
def test_what_an_article_says_is_text(
    case: dict[str, str], browser: Any, tmp_path: Path, happened: Callable[[str], None]
) -> None:
    page = _open(browser, tmp_path, case["text"])
    expected = case["shown"]
    assert page.texts("#records td.metric .name") == [expected]
    assert page.texts("#records td.unit") == [expected]
    page.page.locator("#records tbody tr").click()
    assert page.texts("#article .meta .name") == [expected]
    assert page.texts("#article .text") == [f"{expected}排查12处，第二批{expected}。"]
    assert page.texts("#article mark") == ["12处"]
    assert page.texts("#article .evidence .rule")[2] == expected
    for name in ("charts", "review", "rejects", "about"):
        page.view(name)
    page.view("rejects")
    assert page.texts("#rejects td.rule") == [expected]
    assert page.texts("#rejects td.document") == [expected]
    page.page.locator("#rejects-table tbody tr").click()
    assert page.texts("#article mark") == ["第二批"]
    assert page.page.evaluate("window.hacked") is None
    assert page.page.evaluate("Object.prototype.polluted") is None
    assert page.page.locator("script").count() == 4, "the words, the data, the boundaries, the script"
    assert page.page.locator("img, iframe, object, embed, base, form[action]").count() == 0
    assert page.console == []
    assert len(page.requests) == 1
    page.page.close()
    happened("it is shown as it was written; nothing runs, nothing is asked for, the console stays empty")


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("https://news.example/a?b=1&c", True),
        ("http://news.example/", True),
        ("javascript:window.hacked=1", False),
        (" java\nscript:window.hacked=1", False),
        ("JAVASCRIPT:window.hacked=1", False),
        ("data:text/html,<script>window.hacked=1</script>", False),
        ("file:///etc/passwd", False),
        ("没有网址", False),
    ],
)
def test_only_addresses_of_the_web_are_links(
    address: str, followed: bool, browser: Any, tmp_path: Path
) -> None:
    article = result("排查12处。", {"12处": {}}, url=address, source="javascript:window.hacked=1")
    page = Shown.open(browser, write_report(run_folder(tmp_path / "run", [article])).path)
    page.page.locator("#records tbody tr").click()
    links = [a.get_attribute("href") for a in page.page.locator('#article .meta a[target="_blank"]').all()]
    assert links == ([address] if followed else [])
    assert page.page.locator("[href^='javascript' i]").count() == 0
    page.page.close()


INJECTED = {
    "a script": "document.body.append(Object.assign(document.createElement('script'), {text: 'window.hacked = 1'}))",
    "a handler": "document.querySelector('h1').setAttribute('onclick', 'window.hacked = 1'); "
    "document.querySelector('h1').click()",
    "markup": "document.body.innerHTML = '<p>hacked</p>'",
    "a frame": "document.body.append(Object.assign(document.createElement('iframe'), {src: 'https://evil.example/'}))",
    "a style": "document.body.append(Object.assign(document.createElement('style'), {textContent: 'h1{color:red}'}))",
    "a picture from elsewhere": "document.body.append(Object.assign(new Image(), {src: 'https://evil.example/x.png'}))",
    "a request": "fetch('https://evil.example/').catch(() => {})",
    "code from a string": "setTimeout('window.hacked = 1')",
}

LISTEN = """() => {
  window.refused = new Promise((resolve) => {
    addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
    setTimeout(() => resolve(null), 20000);
  });
}"""


@pytest.mark.fault(
    "Hostile input",
    "something is injected into the report all the same",
    made="scripts, handlers, frames, styles, pictures, requests and code from strings put into the open page",
    guard="report/page.py: the content security policy",
)
@pytest.mark.parametrize("what", INJECTED)
def test_what_is_injected_all_the_same_is_refused(
    what: str, browser: Any, run: Path, happened: Callable[[str], None]
) -> None:
    page = Shown.open(browser, run / "report.html")
    colour = page.page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    page.page.evaluate(LISTEN)
    try:
        page.page.evaluate(f"() => {{ {INJECTED[what]}; }}")
    except Exception as error:  # noqa: BLE001 - whatever kind of error the driver makes of the page's refusal
        assert "TrustedHTML" in str(error) or "TrustedScript" in str(error)
    # What is refused is told a moment later. Not wait_for_function: where that has to ask twice, it evaluates
    # a string in the page, which the policy under test refuses it.
    assert page.page.evaluate("() => window.refused") is not None
    assert page.page.evaluate("window.hacked") is None
    assert page.page.evaluate("getComputedStyle(document.querySelector('h1')).color") == colour
    assert page.page.locator("h1").count() == 1
    page.page.close()
    happened("the browser refuses it and tells of the violation")
