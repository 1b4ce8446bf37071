"""The report room's indicators: what those in a run are called, where the rules name them."""

from __future__ import annotations

from collections.abc import Iterable

from taizhang.indicators.shapes import known
from taizhang.records import Metric
from taizhang.rules import RuleSet


def names_of(metrics: Iterable[Metric]) -> dict[str, dict[str, str]]:
    """Each indicator that metrics have, with its Chinese and English names; one that no rule names has its id."""
    wanted = dict.fromkeys(filter(None, (getattr(metric, "indicator", None) for metric in metrics)))
    named = known(RuleSet()) if wanted else {}
    return {
        name: {"zh": named[name].zh, "en": named[name].en} if name in named else {"zh": name, "en": name}
        for name in wanted
    }
