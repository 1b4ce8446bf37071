"""The report room's indicators: what those in a run are called, where the rules name them."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from taizhang.records import Metric
from taizhang.rules import shipped

TABLE = "indicators.tsv"  # id, Chinese name, English name, and what the page does not need


def names_of(metrics: Iterable[Metric]) -> dict[str, dict[str, str]]:
    """Each indicator that metrics have, with its Chinese and English names; one that no rule names has its id."""
    wanted = dict.fromkeys(filter(None, (getattr(metric, "indicator", None) for metric in metrics)))
    known = _known() if wanted else {}
    return {name: known.get(name, {"zh": name, "en": name}) for name in wanted}


def _known() -> dict[str, dict[str, str]]:
    path = shipped("rules") / TABLE
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(
            (line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        return {row[0]: {"zh": row[1], "en": row[2]} for row in rows if len(row) > 2}
