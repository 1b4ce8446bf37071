"""The README's pictures, docs/example/report.png and report.zh-CN.png: `make picture`, with Chromium on the path.

The report of the seeds' ledger, as a reader has it: opened in a browser, filtered for what was found wrong and what was
solved, one record chosen so that its article stands beside it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

TOP = Path(__file__).parents[1]
PICTURES = {"en": TOP / "docs/example/report.png", "zh": TOP / "docs/example/report.zh-CN.png"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZE = {"width": 1280, "height": 760}


def main() -> int:
    """Draw both; 2 where there is no browser."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(
            f"none of {', '.join(BROWSERS)} is on the path (Debian: apt-get install chromium)",
            file=sys.stderr,
        )
        return 2
    program = [sys.executable, "-m", "taizhang.cli"]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        subprocess.run(
            [*program, "run", "seeds", "--out", folder], check=True, cwd=TOP, stdout=subprocess.DEVNULL
        )
        started = play.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for language, path in PICTURES.items():
            subprocess.run(
                [*program, "report", folder, "--language", language], check=True, stdout=subprocess.DEVNULL
            )
            page = started.new_page(viewport=SIZE, color_scheme="light")
            page.goto(f"{Path(folder).as_uri()}/report.html")
            _choose(page)
            page.screenshot(path=path)
            print(path.relative_to(TOP))
        started.close()
    return 0


def _choose(page: Page) -> None:
    """Look for a word and open a record: its article stands beside the list."""
    page.fill("#search", "解决")
    page.wait_for_timeout(500)  # the list follows the typing
    page.get_by_text("4,836", exact=True).first.click()
    page.wait_for_timeout(500)


if __name__ == "__main__":
    sys.exit(main())
