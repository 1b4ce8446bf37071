"""Kept candidates: each comes back as it was, of a table as of prose, and a number in every digit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from taizhang.article import Article
from taizhang.extract.candidates import Candidate
from taizhang.extract.kept import KeptCandidates
from taizhang.pipeline import shipped_pipeline
from taizhang.read.assemble import body_of
from taizhang.read.shapes import reading
from taizhang.records import Document

TABLE = "县区|问题数（个）|整改率（%）\n-|-|-\n小店区|40|99.50\n迎泽区|0.10|－3\n合计|40.1|\n"
PROSE = "太原市排查隐患12处，整改10处，其中消防类3至5处。"


def of(text: str) -> tuple[str, list[Candidate]]:
    body = body_of(text, reading(shipped_pipeline().rules))
    article = Article(Document(id="a"), body.text, text, tables=body.tables)
    extraction = shipped_pipeline().run(article).extraction
    return extraction.cleaned.text, list(extraction.candidates)


@pytest.mark.parametrize("text", [TABLE, PROSE, TABLE + "\n" + PROSE])
def test_each_comes_back_as_it_was(text: str) -> None:
    clean, candidates = of(text)
    kept = KeptCandidates(clean, candidates)
    assert list(kept) == candidates
    assert [kept[-1], *kept[:-1]] == [candidates[-1], *candidates[:-1]]
    assert [c.quantity.value.as_tuple() for c in kept] == [c.quantity.value.as_tuple() for c in candidates]


NUMBERS = ("0.10", "-0", "0.00", "1E+3", "-7.25", "9" * 18, "9" * 19, "1" * 40, "1E-200", "1E+120")


@pytest.mark.parametrize("number", NUMBERS)
def test_every_digit_of_a_number_is_kept(number: str) -> None:
    clean, (first, *_) = of(PROSE)
    quantity = first.quantity.model_copy(update={"value": Decimal(number), "value_max": Decimal(number)})
    plain = replace(first, choices={}, place_sure=1.0, quantity=quantity)
    (back,) = KeptCandidates(clean, [plain])
    assert (str(back.quantity.value), str(back.quantity.value_max)) == (str(Decimal(number)),) * 2


def test_another_may_be_put_in_its_place() -> None:
    clean, candidates = of(TABLE)
    kept = KeptCandidates(clean, candidates)
    kept[1] = changed = replace(candidates[1], part_of=0, rules={"metric": "other"}, phase="target")
    assert list(kept) == [candidates[0], changed, *candidates[2:]]
