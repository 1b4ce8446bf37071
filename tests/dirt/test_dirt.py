"""What dirt may cost: the record F1 of the seeds in each kind of dirt, against that of their clean text."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from measure import KINDS, clean_texts, record_f1

from taizhang.article import Article

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
FLOORS = dict.fromkeys(KINDS, 0.98) | {"mirror": 0.93}


@pytest.fixture(scope="module")
def texts() -> dict[str, Article]:
    return clean_texts(ROOT / "seeds")


@pytest.fixture(scope="module")
def base(texts: dict[str, Article]) -> float:
    return record_f1("clean", texts, GOLD)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "clean"])
def test_a_dirty_copy_gives_the_records_of_the_clean_one(
    kind: str, texts: dict[str, Article], base: float
) -> None:
    assert base > 0.9
    assert record_f1(kind, texts, GOLD) >= FLOORS[kind] * base
