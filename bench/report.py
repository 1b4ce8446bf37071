"""How quick the report is with 20,000 records: `PYTHONPATH=tests/report python bench/report.py RUN_DIR`.

The run's articles are taken many times over under other names; the page is opened in Chromium, and the times are those
that the page itself measures, the best of five.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import process_time

from browser import Shown, chromium
from folders import many

from taizhang.report import write_report
from taizhang.run.folder import RunFolder

RECORDS = 20_000
TIMED = """async (act) => {
  const spent = [];
  for (let n = 0; n < 5; n += 1) {
    const began = performance.now();
    act === "sort" ? document.querySelector("#records [data-sort=metric]").click() : null;
    act === "filter" ? document.querySelector("[data-phase=result]").click() : null;
    act === "chart" ? document.getElementById(n % 2 ? "tab-records" : "tab-charts").click() : null;
    document.body.offsetHeight;
    if (act !== "chart" || n % 2 === 0) spent.push(performance.now() - began);
  }
  return Math.min(...spent);
}"""


def main(run: Path) -> None:
    """Print what it takes to write, to open, to filter and to sort."""
    times = -(-RECORDS // sum(1 for _ in RunFolder.open(run).records()))
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        folder = many(run, Path(scratch) / "many", times)
        began = process_time()
        written = write_report(folder)
        print(f"records    {written.records}, rejections {written.rejects}, {written.size / 1e6:.1f} MB")
        print(f"to write   {process_time() - began:.1f} s")
        opened = []
        for _ in range(5):
            page = Shown.open(browser, written.path)
            opened.append(page.page.evaluate("performance.getEntriesByName('ready')[0].startTime"))
            page.page.close()
        print(f"to open    {min(opened):.0f} ms")
        page = Shown.open(browser, written.path)
        for act in ("filter", "sort", "chart"):
            print(f"to {act:<8}{page.page.evaluate(TIMED, act):.0f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
