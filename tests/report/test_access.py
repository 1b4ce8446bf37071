"""The report for everyone: by keyboard alone, in either language, narrow and wide, light and dark, by axe's rules."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from browser import Shown

from taizhang.report import write_report

Rows = list[dict[str, Any]]
HAN = re.compile(r"[\u4e00-\u9fff]")
VIEWS = ("records", "charts", "review", "rejects", "about")
FOCUSED = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  return {
    name: at.id || at.dataset.sort || at.dataset.page || at.dataset.phase || at.className || at.tagName,
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""
REACHABLE = """(root) => [...root.querySelectorAll("a[href], button, input, select, [tabindex='0']")]
  .filter((one) => !one.disabled && one.tabIndex >= 0 && one.checkVisibility() && !one.closest("dialog:not([open])"))
  .length"""


def _tab_through(shown: Shown, most: int = 200) -> list[dict[str, Any]]:
    """Where the focus goes from the top of the page until it leaves it."""
    shown.page.evaluate("() => { document.body.tabIndex = -1; document.body.focus(); }")
    shown.page.evaluate("() => document.body.removeAttribute('tabindex')")
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        shown.page.keyboard.press("Tab")
        stop = shown.page.evaluate(FOCUSED)
        if stop["name"] == "BODY":
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize("view", VIEWS)
def test_the_keyboard_reaches_everything_and_the_focus_is_seen(view: str, shown: Shown) -> None:
    shown.view(view)
    wanted = shown.page.locator("body").evaluate(REACHABLE)
    stops = _tab_through(shown)
    assert stops[0]["name"] == "skip"
    assert len(stops) == wanted
    assert [stop["name"] for stop in stops if not (stop["outline"] and stop["seen"])] == []


def test_a_record_is_read_by_keyboard_alone(shown: Shown, records: Rows) -> None:
    keys = shown.page.keyboard
    keys.press("Tab")
    keys.press("Enter")
    assert shown.page.evaluate("document.activeElement.id") == "view", "the first stop skips to the content"
    keys.press("Tab")
    assert shown.page.evaluate("document.activeElement.id") == "search"
    keys.type("昆明")
    shown.settled()
    found = [r for r in records if "昆明" in str(r)]
    assert shown.shown()[0] == len(found)
    while "open" not in shown.page.evaluate("document.activeElement.className"):
        keys.press("Tab")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "End", "Home", "ArrowDown"):
        keys.press(key)
    keys.press("Enter")
    shown.page.wait_for_selector("#article-title:focus")
    assert shown.marked() == (found[1]["quote"], found[1]["span"]["start"])
    keys.press("Escape")
    assert shown.page.locator("#article").is_hidden()
    focused = shown.page.evaluate("document.activeElement.closest('tr').getAttribute('aria-rowindex')")
    assert focused == "3", "the focus is back on the row: the second one after the head"


def test_the_arrow_keys_change_the_view(shown: Shown) -> None:
    shown.page.focus("#tab-records")
    for view in (*VIEWS[1:], VIEWS[0]):
        shown.page.keyboard.press("ArrowRight")
        assert shown.page.evaluate("document.activeElement.id") == f"tab-{view}"
        assert shown.page.locator(f"#tab-{view}").get_attribute("aria-selected") == "true"
        assert shown.page.locator(f"#{view}").is_visible()
        assert shown.page.locator("#view").get_attribute("aria-labelledby") == f"tab-{view}"


def test_on_a_narrow_page_the_article_keeps_the_focus(browser: Any, run: Path) -> None:
    page = _sized(browser, run, 360, "zh-CN", "light")
    page.page.locator("#records tbody tr").first.click()
    for _ in range(40):
        page.page.keyboard.press("Tab")
        assert page.page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.page.keyboard.press("Escape")
    assert page.page.locator("#article").is_hidden()
    page.page.context.close()


@pytest.mark.parametrize(
    ("asked", "locale", "language"),
    [
        ("", "zh-CN", "zh-CN"),
        ("", "en-GB", "en"),
        ("", "fr", "en"),
        ("zh", "en-US", "zh-CN"),
        ("en", "zh-CN", "en"),
    ],
)
def test_the_language_is_the_one_asked_for_or_the_browsers(  # noqa: PLR0913, PLR0917 - three of them are the case
    asked: Any, locale: str, language: str, browser: Any, run: Path, tmp_path: Path
) -> None:
    path = write_report(run, tmp_path / "report.html", language=asked).path
    context = browser.new_context(locale=locale)
    page = Shown.open(context, path)
    assert page.page.locator("html").get_attribute("lang") == language
    context.close()


OWN_WORDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const said = [];
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement;
    if (at.closest("script, style, noscript, [lang^=zh], #place, #rejects td, .points, [data-choice]")) continue;
    if (at.checkVisibility()) said.push(walker.currentNode.textContent);
  }
  for (const one of document.querySelectorAll("input[placeholder]")) said.push(one.placeholder);
  for (const one of document.querySelectorAll("[role], nav, form")) {
    if (one.checkVisibility()) said.push(one.getAttribute("aria-label") ?? "");
  }
  return said;
}"""


def test_in_english_the_page_itself_says_nothing_in_chinese(shown: Shown) -> None:
    shown.page.click('.languages [data-language="en"]')
    assert shown.page.locator("html").get_attribute("lang") == "en"
    assert shown.texts("#tab-rejects")[0].startswith("Rejections")
    for view in VIEWS:
        shown.view(view)
        said = shown.page.evaluate(OWN_WORDS)
        assert [text for text in said if HAN.search(text)] == [], view
    shown.view("records")
    shown.page.locator("#records tbody tr").first.click()
    heads = shown.texts("#article .evidence th[scope]")
    assert not [text for text in heads if HAN.search(text)]
    shown.page.click('.languages [data-language="zh"]')
    assert HAN.search(shown.texts("#article .evidence th[scope]")[0]), "an open article changes with the page"
    assert shown.texts("#tab-rejects")[0].startswith("未成记录")


def _sized(browser: Any, run: Path, width: int, locale: str, scheme: str) -> Shown:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale=locale, color_scheme=scheme, reduced_motion="reduce"
    )
    return Shown.open(context, run / "report.html")


@pytest.mark.parametrize(("width", "locale"), list(product((360, 1440), ("zh-CN", "en-US"))))
def test_nothing_is_wider_than_the_page(width: int, locale: str, browser: Any, run: Path) -> None:
    page = _sized(browser, run, width, locale, "light")
    wide = "document.documentElement.scrollWidth"
    for view in VIEWS:
        page.view(view)
        assert page.page.evaluate(wide) <= width, view
    page.view("records")
    page.page.locator("#records tbody tr").first.click()
    assert page.page.evaluate(wide) <= width
    dialog = page.page.locator("#article")
    assert dialog.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    page.page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_axe_finds_nothing_to_change(width: int, scheme: str, browser: Any, run: Path) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    page = _sized(browser, run, width, "zh-CN", scheme)

    def faults(where: str) -> list[str]:
        found = axe.Axe().run(page.page, options={"resultTypes": ["violations"]}).response["violations"]
        return [
            f"{where}: {f['id']}: {f['nodes'][0]['failureSummary']} {f['nodes'][0]['html'][:200]}"
            for f in found
        ]

    found = []
    for view in VIEWS:
        page.view(view)
        found += faults(view)
    page.view("records")
    page.page.locator("#records tbody tr").first.click()
    found += faults("article")
    assert found == []
    page.page.context.close()


def test_nothing_moves(shown: Shown) -> None:
    moving = shown.page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => {
          const style = getComputedStyle(one);
          return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0
            || style.scrollBehavior === "smooth";
        }).length"""
    )
    assert moving == 0


@pytest.mark.parametrize("width", [360, 1440])
def test_a_row_of_the_table_is_a_row_for_those_who_hear_it(width: int, browser: Any, run: Path) -> None:
    page = _sized(browser, run, width, "en-US", "light")
    table = page.page.get_by_role("table", name="Records, a quantity in each row")
    assert table.get_by_role("row").count() == 101, "the head and a page of rows"
    cells = table.get_by_role("row").last.get_by_role("cell")
    assert cells.count() >= 5
    assert re.match(
        r"Open the article of .+ \d", cells.first.get_by_role("button").get_attribute("aria-label")
    )
    page.page.context.close()
