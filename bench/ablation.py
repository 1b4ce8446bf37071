"""What each group of rules is worth: every group is left out in turn, and the articles with gold are scored again.

``python bench/ablation.py [DEV_DIR]`` prints a Markdown table; ``docs/accuracy.md`` holds what it printed last.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from taizhang.evaluate import Score, evaluate
from taizhang.pipeline import Pipeline
from taizhang.read import articles
from taizhang.rules import RuleSet

Shape = TypeVar("Shape", bound=BaseModel)
ROOT = Path(__file__).parents[1]

# The name of a group, and how the ids of its rules begin.
GROUPS = {
    "verbs of problems": ("action.problem",),
    "verbs of effort": ("action.measure",),
    "verbs of results": ("action.result",),
    "verbs of effects": ("action.effect",),
    "light, reaching and helping verbs": ("action.light", "action.reach", "action.helper"),
    "verbs of growth and fall": ("action.change",),
    "verbs that are also modifiers": ("action.noun", "action.compound"),
    "adverbs and pointing words": ("words.filler", "words.pointing", "words.resume"),
    "prepositions": ("words.preposition", "words.patient"),
    "names of indicators": ("words.indicator",),
    "plan and negation": ("phase.target", "phase.problem", "phase.done"),
    "nouns that decide the phase": ("phase.noun",),
    "kinds and leads that decide the phase": ("phase.override", "phase.attribute"),
    "parts and totals": ("part.",),
    "the genre's words for the tokeniser": ("lexicon.",),
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


def row(name: str, score: Score, whole: Score) -> str:
    """One line of the table: what the group adds, in points of a hundred."""
    figures = [100 * (whole.rate("record").f1 - score.rate("record").f1)]
    figures += [100 * (whole.share(field) - score.share(field)) for field in ("metric", "phase")]
    part = 100 * (whole.rate("part_of").f1 - score.rate("part_of").f1)
    return f"| {name} | " + " | ".join(f"{figure:.1f}" for figure in (*figures, part)) + " |"


def dev_articles(folder: Path, into: Path) -> Path:
    """The articles of a folder with gold as one file."""
    rows = subprocess.run(
        [sys.executable, ROOT / "tests" / "dev_articles.py", folder], check=True, capture_output=True
    )
    target = into / "articles.jsonl"
    target.write_bytes(rows.stdout)
    return target


def main() -> None:
    """Print the table for the seeds, or for the folder that is named."""
    with tempfile.TemporaryDirectory() as made:
        inputs, gold = ROOT / "seeds", ROOT / "tests" / "gold"
        if len(sys.argv) > 1:
            folder = Path(sys.argv[1])
            inputs, gold = dev_articles(folder, Path(made)), folder / "gold"
        whole = scored(RuleSet(), inputs, gold)
        print("| without | record F1 | metric | phase | part_of F1 |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for name, beginnings in GROUPS.items():
            print(row(name, scored(Without(beginnings), inputs, gold), whole), flush=True)
        levels = [
            whole.rate("record").f1,
            whole.share("metric"),
            whole.share("phase"),
            whole.rate("part_of").f1,
        ]
        print("| *all rules* | " + " | ".join(f"{100 * level:.1f}" for level in levels) + " |")


if __name__ == "__main__":
    main()
