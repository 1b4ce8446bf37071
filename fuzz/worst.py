"""The fuzzing room's worst texts: shapes of text that make work, and what each stage takes for 100 KB of them.

``python fuzz/worst.py`` prints the seconds of processor time by stage; ``make bench-worst`` runs it. A run over all of
them writes what it measured into ``bench/results.json`` and from there into the pages.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from taizhang.article import Article
from taizhang.pipeline import Pipeline, shipped_pipeline
from taizhang.stages import STAGES

Shape = Callable[[int], str]

BYTES = 100_000
LIMIT = 2.0  # seconds of processor time in one stage


def repeated(unit: str, head: str = "", tail: str = "") -> Shape:
    """A text of about so many bytes in UTF-8 that repeats one unit."""

    def text(size: int) -> str:
        left = size - len((head + tail).encode())
        return head + unit * (left // len(unit.encode())) + tail

    return text


def nested(opening: str, closing: str, core: str) -> Shape:
    """Half of it openings, half of it closings, with something in the middle."""

    def text(size: int) -> str:
        times = (size - len(core.encode())) // len((opening + closing).encode())
        return opening * times + core + closing * times

    return text


SHAPES: dict[str, Shape] = {
    "digits only": repeated("7"),
    "digits and points": repeated("1."),
    "digits and commas": repeated("1,"),
    "thousands": repeated(",123", "1"),
    "digits and dashes": repeated("1-"),
    "digits and tildes": repeated("1～"),
    "digits and colons": repeated("1："),
    "digits and slashes": repeated("1/"),
    "per cent": repeated("1%"),
    "brackets only": repeated("（"),
    "brackets closed": repeated("）"),
    "brackets in each other": nested("（", "）", "共3处"),
    "numbers in brackets": repeated("甲处（乙户3个）"),
    "numbers in brackets in each other": nested("（甲3个", "）", "共3处"),
    "quotes only": repeated("“"),
    "quotes in each other": nested("“", "”", "共3处"),
    "straight quotes": repeated('"'),
    "book titles": nested("《", "》", "共3处"),
    "其中": repeated("其中"),
    "其中 with numbers": repeated("其中3个，"),
    "第": repeated("第"),
    "第一": repeated("第一"),
    "第 with digits": repeated("第1"),
    "numerals 一": repeated("一"),
    "万": repeated("万"),
    "百": repeated("百"),
    "一万": repeated("一万"),
    "万亿": repeated("1万亿"),
    "points 点": repeated("一点"),
    "几": repeated("几"),
    "几十": repeated("几十"),
    "半": repeated("半"),
    "多": repeated("十多"),
    "分之": repeated("分之"),
    "百分之": repeated("百分之"),
    "三分之": repeated("三分之"),
    "one endless line": repeated("太原市修路5公里惠及群众300人"),
    "clauses without end": repeated("太原市修路5公里，"),
    "sentences": repeated("太原市修路5公里。"),
    "lines": repeated("太原市修路5公里\n"),
    "sections": repeated("一、修路\n修路5公里。\n"),
    "headings": repeated("太原：\n"),
    "a list": repeated("修路5公里、"),
    "a list of names": repeated("太原、"),
    "places": repeated("太原市"),
    "ambiguous places": repeated("朝阳区"),
    "ambiguous places with numbers": repeated("鼓楼区修路5公里，"),
    "towns": repeated("青禾镇3户，"),
    "pointers": repeated("全市该县当地3户，"),
    "agencies": repeated("市公安局办案3件，"),
    "a long agency": repeated("市公安", tail="局办案3件。"),
    "dates": repeated("2019年3月5日"),
    "dates with commas": repeated("2019年3月5日，"),
    "dates without years": repeated("3月5日"),
    "dates of weeks": repeated("每周一"),
    "relative dates": repeated("去年今年"),
    "until": repeated("截至2019年"),
    "years": repeated("2019"),
    "years in signs": repeated("二〇一九年"),
    "commas only": repeated("，"),
    "commas of ASCII": repeated(","),
    "full stops": repeated("。"),
    "semicolons": repeated("；"),
    "colons": repeated("："),
    "list commas": repeated("、"),
    "dashes": repeated("—"),
    "hyphens": repeated("-"),
    "points of ASCII": repeated("."),
    "spaces": repeated(" "),
    "ideographic spaces": repeated("　"),
    "spaces and digits": repeated("1 "),
    "spaces and Chinese": repeated("共 "),
    "line ends": repeated("\n"),
    "carriage returns": repeated("\r\n"),
    "tabs": repeated("\t"),
    "tables": repeated("青禾镇\t12\t30\n"),
    "tables of bars": repeated("| 3 | 5 |\n"),
    "tables of bars without a frame": repeated("甲 |\n乙 | 3 |\n", "项目 | 户数 |\n"),
    "tables of single blanks": repeated("甲乙 3 5\n丙 3\n", "项目 2019 2020\n"),
    "tables of a cell a line": repeated("甲乙 |\n35 |\n", "项目 |\n户数 |\n"),
    "ordinals": repeated("一是二是三是"),
    "circled ordinals": repeated("①"),
    "roman numerals": repeated("Ⅱ"),
    "letters": repeated("a"),
    "letters and digits": repeated("a1"),
    "addresses": repeated("http://a.cn/1?b=2&"),
    "addresses without slashes": repeated("www."),
    "mail": repeated("a@a."),
    "traditional with readings": repeated("務(wù)實(shí)開(kāi)展3個(gè)"),
    "traditional": repeated("務實開展3個問題"),
    "readings without end": repeated("實(shí"),
    "readings alone": repeated("(wù)"),
    "doubled words": repeated("问题问题"),
    "one character": repeated("的"),
    "rare characters": repeated("\U00020000"),
    "surrogate halves": repeated("\ufffd1"),
    "replacement characters": repeated("\ufffd"),
    "zero widths": repeated("\u200b"),
    "zero widths and digits": repeated("1\u200b"),
    "directions": repeated("\u202e1"),
    "combining marks": repeated("\u0301", "共"),
    "ideographic composition": repeated("⿰"),
    "full-width digits": repeated("１２"),
    "full-width letters": repeated("Ａ"),
    "circles for zero": repeated("○"),
    "circles and digits": repeated("2○1"),
    "letters for digits": repeated("l0O"),
    "entities": repeated("&amp;"),
    "entities cut off": repeated("&#"),
    "markup": nested("<div>", "</div>", "共3处"),
    "markup without end": repeated("<div>共3处"),
    "a tag without end": repeated("<a b='c' "),
    "comments without end": repeated("<!--"),
    "escapes": repeated("\\u0031"),
    "boilerplate": repeated("来源：新华社 "),
    "bylines": repeated("（记者 张三）"),
    "read counts": repeated("阅读次数：3次\n"),
    "page numbers": repeated("— 3 —\n"),
    "copyright": repeated("版权所有 "),
    "increases": repeated("增长5%，下降3%，"),
    "from and to": repeated("从3个增加到5个，"),
    "from without to": repeated("由3个"),
    "targets": repeated("到2020年底力争3个，"),
    "solved and found": repeated("查摆问题3个，解决2个，"),
    "verbs": repeated("解决"),
    "verbs and objects": repeated("解决问题"),
    "nouns before a number": repeated("问题整改", tail="3个。"),
    "words after a number": repeated("好的建设", "修路5公里"),
    "numbers side by side": repeated("5户6人"),
    "ranges": repeated("3至5个"),
    "chains of ranges": repeated("3至"),
    "chains of 到": repeated("3个到"),
    "bounds": repeated("约"),
    "bounds with numbers": repeated("约近3个以上左右"),
    "each": repeated("每"),
    "each with numbers": repeated("每户每年3元"),
    "units": repeated("元"),
    "compound units": repeated("3元/"),
    "money": repeated("3元5角2分"),
    "names in quotes": repeated("“三供一业”"),
    "document numbers": repeated("〔2019〕5号"),
    "idioms": repeated("千家万户"),
    "and so on": repeated("“入园难”等3个"),
    "first": repeated("首批"),
}


def seconds_by_stage(text: str, pipeline: Pipeline) -> Iterator[tuple[str, float]]:
    """What each stage takes for one text, in seconds of this process's processor time."""
    value: object = Article.of(text)
    for stage in STAGES:
        began = process_time()
        value = stage(value, pipeline.rules)
        yield stage.__name__, process_time() - began


def section(measured: dict[str, dict[str, float]], over: int, load: float) -> dict[str, object]:
    """What ``bench/results.json`` keeps: the seconds of ``extract`` by text, and the most of any other stage."""
    others = {
        f"{stage} {name}": took
        for name, spent in measured.items()
        for stage, took in spent.items()
        if stage != "extract"
    }
    dearest = max(others, key=others.__getitem__)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "load_before": round(load, 1),
        "texts": len(measured),
        "over": over,
        "limit": LIMIT,
        "extract": {name: round(spent["extract"], 2) for name, spent in measured.items()},
        "others": {"most": round(others[dearest], 2), "of": dearest},
    }


def main() -> int:
    """Print a line for each shape, and say which are over the limit."""
    pipeline = shipped_pipeline()
    pipeline.extract("太原市解决问题614个。")  # what is built on first use is no part of it
    names = sys.argv[1:] or list(SHAPES)
    load = os.getloadavg()[0]
    over, measured = [], {}
    for name in names:
        measured[name] = spent = dict(seconds_by_stage(SHAPES[name](BYTES), pipeline))
        over += [name] * (max(spent.values()) > LIMIT)
        print(f"{name:32}", *(f"{stage} {took:6.2f}" for stage, took in spent.items()), flush=True)
    if not sys.argv[1:]:
        sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
        import figures  # noqa: PLC0415 - tests take the texts from here, and no figures

        figures.save(worst=section(measured, len(over), load))
        figures.fill()
    print(f"{len(names)} texts of {BYTES} bytes, {len(over)} with a stage over {LIMIT} s: {', '.join(over)}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
