"""The work grows with the text and no faster: lines run are counted, so that no clock and no machine matters."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from taizhang.article import Article
from taizhang.clean import clean
from taizhang.pipeline import shipped_pipeline
from taizhang.read import read_file

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))
from worst import SHAPES  # it lies in fuzz/

SEEDS = Path(__file__).parents[1] / "seeds"
TIMES = 5
WITHIN_TIMES = 0.07  # a fiftieth of the work that grows with the square of the text would be seen
WITHIN = 0.15
# Characters of the worst texts. In the first, what is looked at round a number has reached its bound (60 words, 64
# places: some 1,000 characters of one sentence); what each next holds more must take its share and no more.
SIZES = (1200, 2400, 4800)
SLACK = 0.02  # of the work on the first text: what a run differs by where nothing is to be found


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of Python ``work`` runs; a loop or a comprehension counts once for each turn."""
    count = 0

    def inside(frame: FrameType, event: str, argument: object) -> object:
        nonlocal count
        count += event == "line"
        return inside

    before = sys.gettrace()
    sys.settrace(inside)  # type: ignore[arg-type]
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", ["001_86cdf578ecf215b0.txt", "004_534a1ddb16063af9.txt"])
def test_five_times_the_text_takes_five_times_the_work(name: str) -> None:
    pipeline = shipped_pipeline()
    (article,) = (found for found in read_file(SEEDS / name, pipeline.rules) if isinstance(found, Article))
    text = clean(article, pipeline.rules).text.rstrip("\n") + "\n"
    once, often = Article.of(text), Article.of(text * TIMES)
    pipeline.run(often)  # what is compiled or remembered on first use is no part of the work
    ratio = lines_run(lambda: pipeline.run(often)) / lines_run(lambda: pipeline.run(once))
    assert abs(ratio / TIMES - 1) <= WITHIN_TIMES


def test_the_count_shows_work_that_grows_faster() -> None:
    def pairs(size: int) -> list[int]:
        return [a * b for a in range(size) for b in range(size)]

    ratio = lines_run(lambda: pairs(100 * TIMES)) / lines_run(lambda: pairs(100))
    assert ratio > TIMES * (1 + WITHIN_TIMES)


# Runs of one mark, openings without an end, lists, one endless line: what was slow once or is likely to be.
WORST = (
    *(
        "commas only",
        "commas of ASCII",
        "semicolons",
        "colons",
        "full stops",
        "list commas",
        "dashes",
        "spaces",
    ),
    *(
        "quotes in each other",
        "brackets only",
        "numbers in brackets",
        "numbers in brackets in each other",
        "book titles",
        "markup without end",
        "comments without end",
        "entities",
    ),
    *(
        "zero widths",
        "directions",
        "page numbers",
        "one endless line",
        "a list",
        "headings",
        "tables",
        "sections",
    ),
    *(
        "digits only",
        "thousands",
        "chains of ranges",
        "百分之",
        "几十",
        "第一",
        "其中 with numbers",
        "dates",
        "years",
    ),
    *("tables of bars without a frame", "tables of single blanks", "tables of a cell a line"),
    *("ambiguous places with numbers", "a long agency", "traditional", "doubled words", "from and to"),
)


@pytest.mark.fault(
    "Time",
    "the worst text that one can think of",
    made="runs of one mark, openings without an end, lists, digits, dates, 其中, traditional with readings",
    guard="each stage goes over a text once",
)
@pytest.mark.parametrize("name", WORST)
def test_twice_as_much_more_of_the_worst_text_takes_twice_as_much_more_work(
    name: str, happened: Callable[[str], None]
) -> None:
    pipeline, shape = shipped_pipeline(), SHAPES[name]
    texts = [shape(size) for size in SIZES]
    pipeline.extract(texts[-1])
    short, middle, long = (lines_run(lambda text=text: pipeline.extract(text)) for text in texts)  # type: ignore[misc]
    assert long - middle <= 2 * (1 + WITHIN) * max(middle - short, SLACK * short)
    happened("twice as much more text takes twice as many more lines of code; seconds by `make bench-worst`")
