"""Parts of features are weighed once and kept; a kept part must weigh what its features weigh, in every name."""

from __future__ import annotations

import pytest

from taizhang.article import Article
from taizhang.judge import Weights
from taizhang.judge.choice import SCALE
from taizhang.rules import RuleSet
from taizhang.stages import run_stages

TEXTS = {
    "a chain": "应整改问题57个，已销号49个，销号率86%，3个因资金不足尚未开工。",
    "members of a list": "水电、风电、太阳能发电量分别占全县的6%、4%和1%。",
    "a bearer said once": "初中招生2.8万人，在校生11万人，毕业生3万人。",
    "both sides": "组建12个工作组走访农户614户，其中脱贫户58户。",
}


RULES = RuleSet()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_name_weighs_what_its_features_weigh(text: str) -> None:
    weight = Weights.of(RULES, "metric").column()
    for _ in range(2):  # the second time all parts are kept ones
        for candidate in run_stages(Article.of(text), RULES).extraction.candidates:
            for option in candidate.choices["metric"].options:
                assert len(set(option.features)) == len(option.features)
                assert option.score == sum(weight.get(f, 0) for f in option.features) / SCALE
