"""A real browser for the tests of the report: Chromium without a window, its network closed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--no-sandbox",  # tests may run as root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser; where it, or what drives it, is not installed, the tests are skipped."""
    driver = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed (pip install '.[dev]')"
    )
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(
            f"no browser is installed: none of {', '.join(NAMES)} is on the path (apt-get install chromium)"
        )
    with driver.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Shown:
    """One report in the browser, with all that its console said and all that it asked the network for."""

    page: Any
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, context: Any, path: Path, address: str = "") -> Shown:
        """The report at ``path``, ready."""
        shown = cls(context.new_page())
        shown.page.on("console", lambda message: shown.console.append(f"{message.type}: {message.text}"))
        shown.page.on("pageerror", lambda error: shown.console.append(f"error: {error}"))
        shown.page.on(
            "dialog", lambda dialog: (shown.console.append(f"dialog: {dialog.message}"), dialog.dismiss())
        )
        shown.page.on("request", lambda request: shown.requests.append(request.url))
        shown.page.goto(path.as_uri() + address)
        shown.page.wait_for_selector("html[data-ready]")
        return shown

    def view(self, name: str) -> None:
        """Choose a tab."""
        self.page.click(f"#tab-{name}")

    def texts(self, selector: str) -> list[str]:
        """The text of each element, as the page has it."""
        return self.page.locator(selector).all_text_contents()  # type: ignore[no-any-return]

    def shown(self) -> tuple[int, int]:
        """How many entries pass the filters, and of how many."""
        few, all_ = (
            self.page.locator("#shown").text_content().replace(" 条", "").replace(" of ", " / ").split(" / ")
        )
        return int(few.replace(",", "")), int(all_.replace(",", ""))

    def choose(self, facet: str, *keys: str) -> None:
        """Choose values of a filter with a list."""
        self.page.click(f"#facet-{facet} > button")
        for key in keys:
            boxes = self.page.locator(f"#facet-{facet} .values input")
            boxes.evaluate_all("(all, key) => all.find((one) => one.value === key).click()", key)
        self.page.keyboard.press("Escape")

    def exact(self) -> None:
        """Show every digit."""
        self.page.click("#exact")

    def search(self, text: str) -> None:
        """Type into the search box and wait until it has been acted on."""
        self.page.fill("#search", text)
        self.settled()

    def settled(self) -> None:
        """Wait until what was typed into the search box has been acted on."""
        self.page.wait_for_selector("#shown:not([aria-busy])")

    def marked(self) -> tuple[str, int]:
        """The number that is marked in the open article, and how many characters stand before it."""
        self.page.locator("#article .text mark").wait_for()
        quote, before = self.page.evaluate(
            """() => {
              const mark = document.querySelector("#article .text mark");
              const range = document.createRange();
              range.setStart(document.querySelector("#article .text"), 0);
              range.setEndBefore(mark);
              return [mark.textContent, Array.from(range.toString()).length];
            }"""
        )
        return quote, before
