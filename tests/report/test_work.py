"""What leaves the report, and what comes back: downloads, links that show the same, filters, numbers, searches."""

from __future__ import annotations

import csv
import struct
import xml.etree.ElementTree as ET
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from browser import Shown
from folders import result, run_folder

from taizhang.records import Document, Metric, Place, Rejection
from taizhang.report import pack, write_report
from taizhang.result import Result
from taizhang.write.fields import chinese_headers
from taizhang.write.format import Sheet

Rows = list[dict[str, Any]]
CARDS = ("phases", "balance", "series", "cross", "map", "times")
SVG = "{http://www.w3.org/2000/svg}"


def _saved(shown: Shown, selector: str, folder: Path) -> Path:
    with shown.page.expect_download() as download:
        shown.page.click(selector)
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def _csv(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_filtered_rows_are_saved_as_the_command_writes_them(
    language: str, shown: Shown, run: Path, records: Rows, tmp_path: Path
) -> None:
    shown.page.click(f'.languages [data-language="{language}"]')
    shown.page.click('[data-phase="problem"]')
    shown.page.click('[data-phase="result"]')
    for _ in range(2):
        shown.page.click('#records [data-sort="confidence"]')
    head, *rows = _csv(_saved(shown, "#csv", tmp_path))
    by_id = {row[-1]: row for row in _csv(run / "records.csv")}
    expected = [r for r in records if r["phase"] in {"problem", "result"}]
    expected.sort(key=lambda r: -r["confidence"])
    assert rows == [by_id[r["id"]] for r in expected]
    assert tuple(head) == (chinese_headers(Sheet().columns) if language == "zh" else Sheet().headers)


def test_a_cell_that_would_run_is_guarded(browser: Any, tmp_path: Path) -> None:
    evil = '=1+1,"x"\n2'
    article = result(
        "排查12处。", {"12处": {"metric": Metric(name=evil), "value": Decimal("-2.50"), "unit": "@"}}
    )
    page = Shown.open(browser, write_report(run_folder(tmp_path / "run", [article]), language="en").path)
    _, row = _csv(_saved(page, "#csv", tmp_path))
    assert row[1:4] == [f"'{evil}", "-2.50", "'@"]
    page.page.close()


def test_rejections_are_saved_too(shown: Shown, listed: Rows, tmp_path: Path) -> None:
    shown.view("rejects")
    shown.choose("reason", "ordinal", "date")
    _, *rows = _csv(_saved(shown, "#csv", tmp_path))
    wanted = {
        (r["quote"], r["reason"], r["rule"], r["sentence"])
        for r in listed
        if r["reason"] in {"ordinal", "date"}
    }
    assert {tuple(row[:4]) for row in rows} == wanted


@pytest.mark.parametrize("card", CARDS)
def test_each_chart_is_saved_as_it_is_seen(card: str, shown: Shown, tmp_path: Path) -> None:
    shown.view("charts")
    path = _saved(shown, f'.card.{card} [data-save="SVG"]', tmp_path)
    assert path.name == f"{card}.svg"
    root = ET.parse(path).getroot()
    said = "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    seen = shown.page.locator(f".card.{card}")
    assert seen.locator("h2").text_content() in said
    names = seen.locator("tbody th").all_text_contents()
    assert not [name for name in names if name.replace(" ", "") not in said.replace(" ", "")]
    shapes = sum(1 for one in root.iter() if one.tag in {f"{SVG}{name}" for name in ("rect", "path", "line")})
    assert shapes >= seen.locator("svg :is(rect, path, line)").count()
    assert "SVG" not in said and "PNG" not in said, "what one works with is no part of it"
    picture = _saved(shown, f'.card.{card} [data-save="PNG"]', tmp_path).read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert (width, height) == (2 * int(root.get("width", 0)), 2 * int(root.get("height", 0)))


def _state(shown: Shown) -> dict[str, Any]:
    page = shown.page
    return {
        "count": shown.shown(),
        "view": page.locator('[role="tab"][aria-selected="true"]').get_attribute("data-view"),
        "chips": shown.texts("#chips button"),
        "pressed": [
            b.get_attribute("data-phase") for b in page.locator('.toggle[aria-pressed="true"]').all()
        ],
        "rows": shown.texts("#records:not([hidden]) tbody td"),
        "page": shown.texts("#records:not([hidden]) .pager span"),
        "search": page.input_value("#search"),
        "article": shown.texts("#article-title"),
        "choices": page.locator("#charts select").evaluate_all("(all) => all.map((one) => one.value)"),
        "cards": shown.texts(".card tbody"),
        "exact": page.locator("#exact").get_attribute("aria-pressed"),
    }


def _fresh(browser: Any, address: str) -> tuple[Any, Shown]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    path, _, rest = address.removeprefix("file://").partition("#")
    return context, Shown.open(context, Path(path), f"#{rest}")


def test_a_link_shows_the_same_filters_sort_and_record(browser: Any, shown: Shown) -> None:
    shown.choose("place", "云南省/昆明市", "山西省/太原市")
    shown.choose("kind", "count")
    shown.page.click('[data-phase="result"]')
    shown.page.click('[data-phase="measure"]')
    shown.search("个")
    shown.page.fill("#confidence", "0.6")
    shown.exact()
    shown.page.click('#records [data-sort="value"]')
    shown.page.click('#records [data-sort="value"]')
    shown.page.locator("#records tbody tr").nth(2).click()
    before = _state(shown)
    assert before["count"][0] > 2 and len(before["chips"]) == 3 and before["article"]
    context, fresh = _fresh(browser, shown.page.url)
    assert _state(fresh) == before
    fresh.page.keyboard.press("Escape")
    assert _state(fresh) == before | {"article": before["article"]}
    assert fresh.page.locator("#article").is_hidden()
    assert "record/" not in fresh.page.url and "kind=count" in fresh.page.url
    fresh.page.click("#clear")
    assert "?" not in fresh.page.url.partition("#")[2].replace("exact=1", "").replace(
        "sort=-value", ""
    ).rstrip("?&")
    assert fresh.console == []
    context.close()


def test_a_link_shows_the_same_page_and_charts(browser: Any, shown: Shown) -> None:
    shown.page.click('[data-page="next"]')
    before = _state(shown)
    context, fresh = _fresh(browser, shown.page.url)
    assert _state(fresh) == before
    context.close()
    shown.view("charts")
    shown.page.select_option('[data-choice="level"]', "province")
    shown.page.select_option('[data-choice="measure"]', "count 户")
    shown.page.select_option('[data-choice="maplevel"]', "city")
    shown.page.select_option('[data-choice="mapped"]', "result")
    before = _state(shown)
    context, fresh = _fresh(browser, shown.page.url)
    assert _state(fresh) == before
    context.close()


def test_a_list_of_values_is_searched_counted_and_closed(shown: Shown, records: Rows) -> None:
    shown.page.click('[data-phase="result"]')
    button = shown.page.locator("#facet-place > button")
    button.focus()
    shown.page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    shown.page.keyboard.type("昆明")
    labels = shown.texts("#facet-place .values label")
    count = sum(r["phase"] == "result" and r["place"]["name"].startswith("云南省昆明市") for r in records)
    assert labels[0].strip().endswith(f"昆明市{count}")
    assert len(labels) < len({r["place"]["name"] for r in records})
    shown.page.keyboard.press("Tab")
    shown.page.keyboard.press("Space")
    assert shown.shown()[0] == count
    assert shown.texts("#facet-place .picked") == ["1"]
    shown.page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert button.evaluate("(one) => one === document.activeElement"), "the focus is back"
    shown.page.click("#chips button")
    assert shown.texts("#chips button") == []


FACETS = {
    "unit": lambda r: [r["unit"]],
    "agency": lambda r: [r["agency"] or ""],
    "article": lambda r: [r["document"]["id"]],
    "source": lambda r: [r["document"]["source"] or ""],
    "check": lambda r: r["checks"] or [""],
    "time": lambda r: _years(r["time"]),
}


def _years(time: str | None) -> list[str]:
    if not time:
        return [""]
    first, _, last = time.partition("/")
    end = int((last if last not in {"", ".."} else first)[:4])
    return [str(year) for year in range(int(first[:4]), end + 1)]


@pytest.mark.parametrize("facet", FACETS)
def test_several_values_of_a_filter_are_one_or_the_other(facet: str, shown: Shown, records: Rows) -> None:
    of = FACETS[facet]
    keys = list(dict.fromkeys(key for record in records for key in of(record)))[:2]
    shown.choose(facet, *keys)
    assert shown.shown()[0] == sum(bool(set(of(record)) & set(keys)) for record in records)


NUMBERS = [
    # value, as read in Chinese, whether digits are left out
    ("614", "614", False),
    ("18013", "18,013", False),
    ("99999.5", "99,999.5", False),
    ("150000", "15万", False),
    ("125873000", "1.26亿", True),
    ("120000000", "1.2亿", False),
    ("99999999", "10,000万", True),
    ("1234567890123", "1.23万亿", True),
    ("-250000", "-25万", False),
    ("12345678901234567890.5", "12,345,678.9万亿", True),
]


@pytest.fixture
def numbers(browser: Any, tmp_path: Path) -> Any:
    results = [
        result(
            f"投资{value}元，另有1,103处。",
            {f"{value}元": {"value": Decimal(value), "unit": "元"}},
            id=f"a{n}",
        )
        for n, (value, _, _) in enumerate(NUMBERS)
    ]
    results.append(result("排查1103处。", {"1103处": {"value": Decimal(1103)}}, id="b"))
    page = Shown.open(browser, write_report(run_folder(tmp_path / "run", results), language="zh").path)
    yield page
    assert page.console == []
    page.page.close()


def test_numbers_are_told_as_they_are_read_and_exactly_when_asked(numbers: Shown) -> None:
    cells = numbers.texts("#records td.value")[:-1]
    assert cells == [text for _, text, _ in NUMBERS]
    marked = numbers.page.locator("#records td.value").evaluate_all(
        "(all) => all.map((one) => !!one.querySelector('.rounded'))"
    )
    assert marked[:-1] == [rounded for *_, rounded in NUMBERS]
    assert (
        numbers.page.locator("#records td.value [title]").last.get_attribute("title")
        == "12,345,678,901,234,567,890.5"
    )
    numbers.exact()
    assert numbers.texts("#records td.value")[:-1] == [f"{Decimal(value):,f}" for value, *_ in NUMBERS]
    numbers.exact()
    numbers.page.click('.languages [data-language="en"]')
    assert numbers.texts("#records td.value")[4] == "125,873,000", "no myriads in English"


@pytest.mark.parametrize("text", ["1103", "1,103", "1，103"])
def test_a_search_finds_a_number_with_and_without_separators(text: str, numbers: Shown) -> None:
    numbers.search(text)
    assert numbers.shown()[0] == len(NUMBERS) + 1


def test_articles_that_were_not_read_are_told_apart_and_records_with_checks_marked(
    browser: Any, tmp_path: Path
) -> None:
    read = result(
        "排查12处，整改3处。", {"12处": {"checks": ("no-place",)}, "3处": {}}, id="a", title="整改快讯"
    )
    reject = Rejection(
        scope="article", document=Document(id="b", path="b.txt"), reason="empty", detail="no text"
    )
    unread = Result(document=reject.document, rejects=(reject,))
    page = Shown.open(browser, write_report(run_folder(tmp_path / "run", [read, unread]), language="zh").path)
    assert page.texts("#summary") == ["1 篇文章，2 条记录，0 个数字不成记录，1 篇未读成"]
    assert (
        page.page.locator("#records tbody tr").first.locator(".flag").get_attribute("title")
        == "没有找到行政区划"
    )
    assert page.page.locator("#records .flag").count() == 1
    page.view("about")
    assert page.texts("#about .documents tbody tr td:first-child") == ["整改快讯"]
    assert page.texts("#about .unread tbody td") == ["b.txt", "空文件", "no text"]
    page.page.close()


def test_what_later_records_say_is_shown(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fields are read where a record has them; here they are lent to records that do not."""
    place = Place(name="云南省昆明市", code="530100", level="city", province="云南省", city="昆明市")
    more = {"place": place, "time": "2020-03"}
    quotes = {
        "4836个": {"value": Decimal(4836), "unit": "个", "phase": "problem", **more},
        "2671个": {"value": Decimal(2671), "unit": "个", **more},
        "2672个": {"value": Decimal(2672), "unit": "个", **more},
    }
    article = result("查摆问题4836个，解决2671个，报道作2672个。", quotes)
    found, solved, copy = (record.id for record in article.records)
    for name, said in {
        "indicator": {found: "problems.found", solved: "problems.solved", copy: "problems.solved"},
        "answers": {solved: found},
        "duplicate_of": {copy: "elsewhere"},
    }.items():
        monkeypatch.setitem(pack._CODED, name, lambda record, said=said: said.get(record.id))
    names = {
        "problems.found": {"zh": "发现问题", "en": "Problems found"},
        "problems.solved": {"zh": "解决问题", "en": "Solved"},
    }
    monkeypatch.setattr(pack, "names_of", lambda metrics: names)
    page = Shown.open(browser, write_report(run_folder(tmp_path / "run", [article]), language="zh").path)
    assert page.shown() == (2, 3), "copies are left out"
    page.page.click("#copies")
    assert page.shown() == (3, 3)
    page.page.click("#copies")
    page.choose("indicator", "problems.solved")
    assert page.texts("#records td.value") == ["2,671"]
    page.page.click("#clear")
    page.view("charts")
    assert page.texts(".card.solved tbody td") == ["4,836 个", "55.2%", "2,671 个", "55.2%"]
    assert page.texts('[data-choice="series"] option') == ["发现问题 · 个 (1)", "解决问题 · 个 (1)"]
    assert page.texts(".card.series :is(thead, tbody) :is(th, td)") == [
        "地点",
        "2020",
        "云南省昆明市",
        "4,836",
    ]
    assert page.texts(".card.cross tbody tr th") == ["发现问题 · 个", "解决问题 · 个"]
    assert (
        page.page.locator('.card.map [data-code="530000"]')
        .get_attribute("class")
        .startswith("division shade-")
    )
    page.page.select_option('[data-choice="mapped"]', "share")
    assert page.page.locator('.card.map [data-code="530000"] title').text_content() == "云南省 55.2%"
    assert page.console == []
    page.page.close()
