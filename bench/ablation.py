"""What each group of rules is worth: every group is left out in turn, and the articles with gold are scored again.

``python bench/ablation.py DEV_DIR`` (``make ablation``) writes the figures into bench/results.json and the pages.
DEV_DIR has ``text/*.txt``, ``gold/*.jsonl`` and ``meta.json``. What the lexicon says of the class of a word stays.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TypeVar

from figures import ROOT, fill, save
from pydantic import BaseModel

from taizhang.evaluate import Score, evaluate
from taizhang.pipeline import Pipeline
from taizhang.read import articles
from taizhang.rules import RuleSet

Shape = TypeVar("Shape", bound=BaseModel)

# The name of a group in bench/results.json, and how the ids of its rules begin.
GROUPS = {
    "problems": ("action.problem",),
    "effort": ("action.measure",),
    "results": ("action.result",),
    "effects": ("action.effect",),
    "light": ("action.light", "action.reach", "action.helper"),
    "change": ("action.change",),
    "modifiers": ("action.noun", "action.compound"),
    "adverbs": ("words.filler", "words.pointing", "words.resume"),
    "prepositions": ("words.preposition", "words.patient"),
    "indicators": ("words.indicator",),
    "plans": ("phase.target", "phase.problem", "phase.done"),
    "nouns": ("phase.noun",),
    "kinds": ("phase.override", "phase.attribute"),
    "parts": ("part.",),
    "tokeniser": ("lexicon.",),
}


class Without(RuleSet):
    """The shipped rules without those whose ids begin so."""

    def __init__(self, beginnings: tuple[str, ...]) -> None:
        super().__init__()
        self.beginnings = beginnings

    def load(self, name: str, shape: type[Shape]) -> Shape:
        """As the rule set has it, less what is left out."""
        whole = super().load(name, shape)
        kept = {
            field: type(rules)(r for r in rules if not getattr(r, "id", "").startswith(self.beginnings))
            for field, rules in whole
            if isinstance(rules, list | tuple)
        }
        return whole.model_copy(update=kept)


def scored(rules: RuleSet, inputs: Path, gold: Path) -> Score:
    """The score of the articles in ``inputs`` by these rules."""
    pipeline = Pipeline()
    pipeline.rules = rules
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.jsonl"
        with records.open("w", encoding="utf-8") as lines:
            for article in articles([inputs], rules):
                for record in pipeline.run(article).result.records:
                    lines.write(json.dumps(record.model_dump(mode="json"), ensure_ascii=False) + "\n")
        return evaluate(gold, records)


def levels(score: Score) -> dict[str, float]:
    """The figures of a score, in points of a hundred."""
    shares = {
        "record": score.rate("record").f1,
        "metric": score.share("metric"),
        "phase": score.share("phase"),
        "part_of": score.rate("part_of").f1,
    }
    return {name: 100 * share for name, share in shares.items()}


def lost(score: Score, whole: Score) -> dict[str, float]:
    """By how much each figure is lower than with all rules."""
    before, after = levels(whole), levels(score)
    return {name: round(before[name] - after[name], 1) + 0.0 for name in before}  # never -0.0


def dev_articles(folder: Path, into: Path) -> Path:
    """The articles of a folder with gold as one file."""
    rows = subprocess.run(
        [sys.executable, ROOT / "tests" / "dev_articles.py", folder], check=True, capture_output=True
    )
    target = into / "articles.jsonl"
    target.write_bytes(rows.stdout)
    return target


def main(folder: Path) -> None:
    """Measure on the articles of the folder, and write file and pages."""
    with tempfile.TemporaryDirectory() as made:
        inputs, gold = dev_articles(folder, Path(made)), folder / "gold"
        whole = scored(RuleSet(), inputs, gold)
        without = {}
        for name, beginnings in GROUPS.items():
            without[name] = lost(scored(Without(beginnings), inputs, gold), whole)
            print(name, without[name], flush=True)
    level = {name: round(figure, 1) for name, figure in levels(whole).items()}
    save(ablation={"all": level, "date": date.today().isoformat(), "without": without})
    for page in fill():
        print(page.relative_to(ROOT))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
