"""What stands around a number and bears on its phase: a table of cases, and that it is weighed as all else is."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from taizhang.align import Aligned
from taizhang.article import Article
from taizhang.extract.candidates import Candidate
from taizhang.extract.phases.surroundings import Surroundings
from taizhang.judge import Weights
from taizhang.pipeline import Pipeline, shipped_pipeline
from taizhang.records import Document

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "phase_surroundings.toml").read_text("utf-8")
)["case"]
TEXT = "某县通报\n一、工作成效\n排查隐患8处，整治沟渠5公里。新建泵站3座，计划再建2座。"


def article(text: str) -> Article:
    """Its first line is its title."""
    title = text.partition("\n")[0]
    return Article(Document(id="", title=title), Aligned.whole(text), text, len(title))


def candidates(text: str, pipeline: Pipeline | None = None) -> list[Candidate]:
    return list((pipeline or shipped_pipeline()).run(article(text)).extraction.candidates)


def seen(candidate: Candidate) -> set[str]:
    return set(candidate.choices["phase"].winner.features)


@pytest.mark.parametrize("case", CASES, ids=[case["proves"] for case in CASES])
def test_what_is_seen_around(case: dict[str, Any]) -> None:
    (found,) = [c for c in candidates(case["text"]) if c.quantity.quote == case["quote"]]
    assert set(case["seen"]) <= seen(found)
    assert not set(case["unseen"]) & seen(found)


def test_all_numbers_of_a_sentence_share_what_is_weighed_once() -> None:
    extraction = shipped_pipeline().run(article(TEXT)).extraction
    around = Surroundings(extraction.layout, shipped_pipeline().rules)
    first, second, third, _ = [around.at(c.quantity.start) for c in extraction.candidates]
    assert all(a is b for a, b in zip(first[:4], second[:4], strict=True))
    assert first[2] is third[2] and first[3] is not third[3]


def test_shared_parts_weigh_what_their_features_weigh() -> None:
    weights = Weights.of(shipped_pipeline().rules, "phase")
    extraction = shipped_pipeline().run(article(TEXT)).extraction
    around = Surroundings(extraction.layout, shipped_pipeline().rules)
    for candidate in extraction.candidates:
        for shared in around.at(candidate.quantity.start):
            assert [part.score for part in shared.parts] == list(shared.tally)
            assert weights.tally(shared.parts[0].features) == shared.tally


def test_a_users_verb_is_not_among_the_words_around(tmp_path: Path) -> None:
    (tmp_path / "actions.toml").write_text(
        '[[action]]\nid = "my.verb"\nphase = "measure"\nforms = ["整治"]\nexamples = ["⟨整治⟩沟渠5公里"]\n'
        'counter_examples = ["沟渠5公里"]\n',
        "utf-8",
    )
    shipped, own = candidates(TEXT)[0], candidates(TEXT, Pipeline([tmp_path]))[0]
    assert "sentence-has=整治" in seen(shipped)
    assert not [feature for feature in seen(own) if "整治" in feature]
