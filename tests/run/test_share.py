"""How much of the input is done: told where it can be, and not told where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang.article import Article
from taizhang.records import Document, Rejection
from taizhang.run.progress import Pace
from taizhang.run.share import Share

SIZES = {"a.txt": 30, "rows.jsonl": 60, "c.zip": 10}


def _article(path: str, characters: int) -> Article:
    return Article.of("整" * characters, Document(id=path, path=path))


CASES = [
    # what has come, the share after the last of it, what it proves
    ([("a.txt", 10)], 0.3, "the bytes of a text in UTF-8, three a character"),
    (
        [("rows.jsonl#1", 5), ("rows.jsonl#2", 5)],
        0.6,
        "the rows of a file add up, and files before it count whole",
    ),
    ([("a.txt", 1), ("c.zip!b.txt", 1)], 0.93, "a member of an archive"),
    ([("c.zip!b.txt", 1), ("a.txt", 10)], None, "texts that hold more than the file has bytes"),
    ([("c.zip!b.csv#7", 4)], None, "a compressed file holds more than its bytes"),
    ([("elsewhere.txt", 1)], None, "a file that is not among them"),
]


@pytest.mark.parametrize(("came", "share", "proves"), CASES, ids=[case[2] for case in CASES])
def test_share(came: list[tuple[str, int]], share: float | None, proves: str) -> None:
    counted = Share(SIZES)
    shares = [counted.add(_article(path, characters)) for path, characters in came]
    assert shares[-1] == (None if share is None else pytest.approx(share))


def test_an_unreadable_file_is_gone_through_too() -> None:
    counted = Share(SIZES)
    gone = Rejection(scope="article", document=Document(id="g", path="gone.txt"), reason="missing")
    assert counted.add(gone) == 0
    unread = Rejection(scope="article", document=Document(id="r", path="rows.jsonl"), reason="bad-json")
    assert counted.add(unread) == pytest.approx(0.3)


def test_of_a_stream_nobody_knows_the_share(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("整" * 10, "utf-8")
    article = _article(str(tmp_path / "a.txt"), 10)
    assert Share.of([tmp_path / "a.txt"]).add(article) == 1
    assert Share.of([tmp_path / "a.txt", Path("-")]).add(article) is None


def test_pace_tells_the_time_left_only_where_the_share_is_known() -> None:
    pace = Pace()
    pace.add(10, 0.5)
    assert "a second, about 0:00:0" in str(pace)
    pace.add(20, None)
    assert str(pace).endswith(" a second")
