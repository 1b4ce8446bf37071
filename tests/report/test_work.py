"""What the report's address, filters, numbers and searches do: links that show the same, values that narrow."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from browser import Shown
from folders import result, run_folder

from taizhang.records import Document, Place, Rejection
from taizhang.report import pack, write_report
from taizhang.result import Result

Rows = list[dict[str, Any]]


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


@pytest.fixture
def answered(browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Problems, a result that answers them, and a copy of it. The fields are lent to records that do not have them."""
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
    yield page
    assert page.console == []
    page.page.close()


def test_copies_are_left_out_until_they_are_asked_for(answered: Shown) -> None:
    assert answered.shown() == (2, 3)
    answered.page.click("#copies")
    assert answered.shown() == (3, 3)


def test_records_are_filtered_by_indicator(answered: Shown) -> None:
    answered.choose("indicator", "problems.solved")
    assert answered.texts("#records td.value") == ["2,671"]


def test_charts_show_what_answers_what_and_indicators(answered: Shown) -> None:
    answered.view("charts")
    assert answered.texts(".card.solved tbody td") == ["4,836 个", "55.2%", "2,671 个", "55.2%"]
    series = answered.texts('[data-choice="series"] option')
    assert series == ["发现问题 · 个 (1)", "解决问题 · 个 (1)"]
    cells = answered.texts(".card.series :is(thead, tbody) :is(th, td)")
    assert cells == ["地点", "2020", "云南省昆明市", "4,836"]
    assert answered.texts(".card.cross tbody tr th") == ["发现问题 · 个", "解决问题 · 个"]


def test_the_map_is_shaded_by_what_was_solved(answered: Shown) -> None:
    answered.view("charts")
    province = answered.page.locator('.card.map [data-code="530000"]')
    assert province.get_attribute("class").startswith("division shade-")
    answered.page.select_option('[data-choice="mapped"]', "share")
    assert province.locator("title").text_content() == "云南省 55.2%"
