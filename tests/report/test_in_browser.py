"""The report in a real browser: what people do with it, checked against the files of the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from browser import Shown
from folders import many

from taizhang.report import write_report
from taizhang.write.fields import values

Rows = list[dict[str, Any]]


def test_it_opens_alone_and_says_what_the_run_gave(
    shown: Shown, run: Path, records: Rows, rejects: Rows
) -> None:
    assert shown.requests == [(run / "report.html").as_uri()]
    assert shown.texts("#summary") == [f"5 篇文章，{len(records)} 条记录，{len(rejects)} 个数字不成记录"]
    assert shown.shown() == (len(records), len(records))
    assert len(shown.texts("#records tbody tr")) == 100
    assert shown.texts("#records .pager span") == [f"第 1–100 条，共 {len(records)} 条"]


def test_every_record_opens_its_article_with_its_own_number_marked(
    shown: Shown, records: Rows, listed: Rows, texts: dict[str, str]
) -> None:
    found = shown.page.evaluate(
        """async (addresses) => {
          const found = [];
          for (const address of addresses) {
            const followed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
            location.hash = address;
            await followed;
            const mark = document.querySelector("#article .text mark");
            const text = document.querySelector("#article .text");
            const range = document.createRange();
            range.setStart(text, 0);
            if (mark) range.setEndBefore(mark);
            const before = mark ? Array.from(range.toString()).length : null;
            const sentence = [...text.querySelectorAll(".sentence")].map((one) => one.textContent).join("");
            found.push([mark?.textContent ?? null, before, sentence, text.textContent]);
          }
          return found;
        }""",
        [f"record/{r['id']}" for r in records] + [f"reject/{n}" for n in range(len(listed))],
    )
    for row, (quote, start, sentence, text) in zip(records + listed, found, strict=True):
        assert text == texts[row["document"]["id"]]
        assert (quote, start) == (row["quote"], row["span"]["start"])
        assert sentence == row["sentence"]


def test_a_click_on_a_row_opens_it_with_its_evidence(shown: Shown, records: Rows) -> None:
    number = next(n for n, r in enumerate(records) if r["quote"] == "614个" and not r["duplicate_of"])
    record = records[number]
    shown.page.locator("#records tbody tr").nth(number).locator("td.metric").click()
    assert shown.marked() == ("614个", record["span"]["start"])
    assert shown.page.locator("#article mark").evaluate(
        """(mark) => {
          const [box, frame] = [mark.getBoundingClientRect(), mark.closest(".source").getBoundingClientRect()];
          return box.top >= frame.top && box.bottom <= frame.bottom;
        }"""
    ), "the number is in sight"
    evidence = {
        row.locator("th").text_content(): row.locator("td").all_text_contents()
        for row in shown.page.locator("#article .evidence tbody tr").all()
    }
    rules = record["rules"]
    span = record["span"]
    assert evidence["数值"] == ["614", rules["value"]]
    assert evidence["单位"] == ["个", rules["unit"]]
    assert evidence["界限"] == ["确数", rules["bound"]]
    assert evidence["量的种类"] == ["计数", rules["kind"]]
    metric = record["metric"]
    parts = f"{metric['name']}动作 {metric['action']}对象 {metric['object']}"
    assert evidence["指标"] == [parts, rules["metric"]]
    assert evidence["阶段"] == ["成果", rules["phase"]]
    assert evidence["地点"][0].startswith("云南省昆明市宜良县 530125")
    assert evidence["地点"][1] == rules["place"]
    assert evidence["时间"] == ["无", rules["time"]]
    assert evidence["置信度"] == [f"{record['confidence']:.2f}", ""]
    offsets = f"清洗后 {span['start']}–{span['end']} · 源文 {span['raw_start']}–{span['raw_end']}"
    assert evidence["原文数量"] == [f"614个{offsets}", ""]
    assert evidence["原句"][0].startswith(record["sentence"])
    assert shown.page.url.endswith(f"#record/{record['id']}")


def test_a_part_leads_to_its_total(shown: Shown, records: Rows) -> None:
    part = next(r for r in records if r["part_of"])
    total = next(r for r in records if r["id"] == part["part_of"])
    shown.page.evaluate("(address) => { location.hash = address; }", f"record/{part['id']}")
    shown.page.click(f'#article .evidence a[href="#record/{total["id"]}"]')
    shown.page.wait_for_url(f"**#record/{total['id']}")
    shown.page.wait_for_selector(f'#article .text mark:text-is("{total["quote"]}")')
    assert shown.marked() == (total["quote"], total["span"]["start"])


def test_neighbours_are_those_of_the_filtered_rows(shown: Shown, records: Rows) -> None:
    shown.page.click('.toggle[data-phase="problem"]')
    problems = [r for r in records if r["phase"] == "problem"]
    shown.page.locator("#records tbody tr").first.click()
    for record in problems[1:]:
        shown.page.click('#article [data-step="next"]')
        assert shown.marked() == (record["quote"], record["span"]["start"])
    assert shown.page.locator('#article [data-step="next"]').is_disabled()


def test_an_address_opens_its_record(browser: Any, run: Path, records: Rows) -> None:
    page = Shown.open(browser, run / "report.html", f"#record/{records[7]['id']}")
    assert page.marked() == (records[7]["quote"], records[7]["span"]["start"])
    page.page.close()


def _said(record: dict[str, Any]) -> str:
    """All that a search looks in, from the record itself."""
    document, place, metric = record["document"], record["place"], record["metric"]
    said = [record["quote"], record["sentence"], record["unit"], record["agency"] or "", record["id"]]
    said += [document["title"], document["id"], place["name"], place["surface"], metric["name"]]
    return "\n".join([*said, *record["rules"].values()]).lower()


@pytest.mark.parametrize(
    "text", ["调研组", "app", "云南 问题", "unit.households", "太原市城管局", "没有这样的话", "  "]
)
def test_search(text: str, shown: Shown, records: Rows) -> None:
    expected = [r for r in records if all(word in _said(r) for word in text.lower().split())]
    shown.search(text)
    assert shown.shown() == (len(expected), len(records))
    assert len(shown.texts("#records tbody tr")) == min(100, len(expected))
    assert shown.page.locator("#records .nothing").count() == (not expected)


FILTERS: list[tuple[str, Callable[[Shown], object], Callable[[dict[str, Any]], bool]]] = [
    (
        "a city has its counties' records too",
        lambda s: s.choose("place", "云南省/昆明市"),
        lambda r: r["place"]["name"].startswith("云南省昆明市"),
    ),
    (
        "a district of a municipality",
        lambda s: s.choose("place", "重庆市/北碚区"),
        lambda r: r["place"]["name"] == "重庆市北碚区",
    ),
    ("kind", lambda s: s.choose("kind", "money"), lambda r: r["kind"] == "money"),
    ("one phase", lambda s: s.page.click('[data-phase="effect"]'), lambda r: r["phase"] == "effect"),
    (
        "two phases",
        lambda s: [s.page.click(f'[data-phase="{phase}"]') for phase in ("problem", "target")],
        lambda r: r["phase"] in {"problem", "target"},
    ),
    ("confidence", lambda s: s.page.fill("#confidence", "0.9"), lambda r: r["confidence"] >= 0.9),
    (
        "all at once",
        lambda s: [
            s.choose("kind", "count"),
            s.page.click('[data-phase="result"]'),
            s.search("解决"),
        ],
        lambda r: r["kind"] == "count" and r["phase"] == "result" and "解决" in _said(r),
    ),
]


@pytest.mark.parametrize(("proves", "act", "passes"), FILTERS, ids=[f[0] for f in FILTERS])
def test_filters(
    proves: str,
    act: Callable[[Shown], object],
    passes: Callable[[dict[str, Any]], bool],
    shown: Shown,
    records: Rows,
) -> None:
    expected = [r for r in records if passes(r)]
    assert 0 < len(expected) < len(records)
    act(shown)
    assert shown.shown() == (len(expected), len(records)), proves
    shown.page.click("#clear")
    assert shown.shown() == (len(records), len(records))


def test_the_buttons_of_the_phases_say_how_many_each_would_show(shown: Shown, records: Rows) -> None:
    shown.choose("kind", "count")
    shown.page.click('[data-phase="measure"]')
    counts = Counter(r["phase"] for r in records if r["kind"] == "count")
    for phase, count in counts.items():
        assert shown.texts(f'[data-phase="{phase}"] .count') == [str(count)]


SORTS: list[tuple[str, Callable[[dict[str, Any]], Any], Callable[[str], Any]]] = [
    (
        "value",
        lambda r: Decimal(str(r["value"])),
        lambda t: Decimal(t.strip("≈<>").split("–")[0].replace(",", "")),
    ),
    ("metric", lambda r: r["metric"]["name"], lambda t: t),
    ("confidence", lambda r: f"{r['confidence']:.2f}", lambda t: t),
    ("phase", lambda r: ["问题", "目标", "措施", "成果", "成效", "背景"][_RANK[r["phase"]]], lambda t: t),
]
_RANK = {phase: n for n, phase in enumerate(("problem", "target", "measure", "result", "effect", "context"))}


@pytest.mark.parametrize(("column", "of_record", "of_cell"), SORTS, ids=[s[0] for s in SORTS])
def test_sort(
    column: str,
    of_record: Callable[[dict[str, Any]], Any],
    of_cell: Callable[[str], Any],
    shown: Shown,
    records: Rows,
) -> None:
    shown.exact()
    key = (lambda r: _RANK[r["phase"]]) if column == "phase" else of_record
    cells = f"#records tbody td.{column}" + (" .name" if column == "metric" else "")
    button = shown.page.locator(f'#records [data-sort="{column}"]')
    for way, order in (
        ("ascending", sorted(records, key=key)),
        ("descending", sorted(records, key=key, reverse=True)),
    ):
        button.click()
        assert shown.page.locator(f"#records th.{column}").get_attribute("aria-sort") == way
        assert [of_cell(text) for text in shown.texts(cells)] == [of_record(r) for r in order[:100]]
    button.click()
    assert [of_cell(text) for text in shown.texts(cells)] == [of_record(r) for r in records[:100]]


def test_pages_have_all_records_in_order(shown: Shown, records: Rows) -> None:
    names = shown.texts("#records td.metric .name")
    shown.page.click('[data-page="next"]')
    names += shown.texts("#records td.metric .name")
    assert names == [r["metric"]["name"] for r in records]
    assert shown.page.locator('[data-page="last"]').is_disabled()


def test_rejections_are_shown_with_their_reasons_the_important_ones_first(
    shown: Shown, rejects: Rows, listed: Rows
) -> None:
    shown.view("rejects")
    counts = Counter(r["reason"] for r in listed)
    assert shown.shown() == (len(listed), len(listed))
    weights = {reason: values()["reason"][reason].weight for reason in counts}
    order = sorted(counts, key=lambda r: (["important", "plain", "page"].index(weights[r]), -counts[r]))
    assert [int(text) for text in shown.texts("#reasons td:last-child")] == [
        counts[reason] for reason in order
    ]
    first = [r for r in listed if weights[r["reason"]] == "important"]
    assert shown.texts("#rejects td.quote")[: len(first)] == [r["quote"] for r in first][:100]
    assert f"页面文字 {len(rejects) - len(listed)}" in shown.texts(".counted-alone")[0]
    shown.choose("reason", "ordinal")
    expected = [r for r in listed if r["reason"] == "ordinal"]
    assert shown.texts("#rejects td.quote") == [r["quote"] for r in expected]
    assert shown.texts("#rejects td.rule") == [r["rule"] for r in expected]
    shown.page.locator("#rejects tbody tr button.open").first.click()
    assert shown.marked() == (expected[0]["quote"], expected[0]["span"]["start"])
    assert shown.texts("#article .evidence .rule")[2:] == [expected[0]["rule"]]


def test_the_stage_dumps_are_linked(shown: Shown, run: Path, records: Rows) -> None:
    shown.page.locator("#records tbody tr").first.click()
    link = shown.page.locator("#article a.debug").get_attribute("href")
    assert (run / link).is_file()
    assert records[0]["document"]["id"] in link
    shown.view("about")
    links = [a.get_attribute("href") for a in shown.page.locator("#about .documents a").all()]
    assert len(links) == 5
    assert all((run / link).is_file() for link in links)


def test_twenty_thousand_records_are_a_page_of_rows(browser: Any, seed_ledger: Path, tmp_path: Path) -> None:
    folder = many(seed_ledger, tmp_path / "many", 120)
    written = write_report(folder)
    assert written.records >= 20_000
    page = Shown.open(browser, written.path)
    assert page.shown() == (written.records, written.records)
    assert page.page.locator("tbody tr").count() == 100
    assert page.page.locator("*").count() < 4_000
    page.search("现场解决问题614个")
    one = sum("现场解决问题614个" in line for line in (seed_ledger / "records.jsonl").open(encoding="utf-8"))
    assert page.shown() == (120 * one, written.records)
    page.page.click("#clear")
    page.page.click('#records [data-page="last"]')
    page.page.locator("#records tbody tr").last.click()
    page.page.locator("#article mark").wait_for()
    assert page.page.locator("#article mark").count() == 1
    page.view("charts")
    page.view("rejects")
    assert page.page.locator("#rejects tbody tr").count() < 120
    assert page.console == []
    page.page.close()
