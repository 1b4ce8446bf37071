"""``python -m tune.score FOLDER…``: what share of each field is right in folders with gold, by the weights in force.

Folders as of ``tune.gold``. Of articles that the weights have learnt from it says little.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from taizhang.evaluate import right
from taizhang.rules import RuleSet
from tune.gold import articles, flat, judged

FIELDS = ("metric", "code", "phase", "time")


def score(folder: Path, rules: RuleSet) -> str:
    """One line: how many quantities of gold were found, what share of the program's are gold's, the fields' shares."""
    count: Counter[str] = Counter()
    for read in articles(folder, rules):
        candidates = read.trace.extraction.candidates
        count.update(gold=len(read.gold), said=len(candidates), found=len(read.pairs))
        for i, j in read.pairs:
            told = [name for name in FIELDS if judged(read.gold[i], name)]
            count.update(told)
            count.update(f"{name} right" for name in told if right(name, read.gold[i], flat(candidates[j])))
    shares = "  ".join(f"{name} {count[f'{name} right'] / max(1, count[name]):.3f}" for name in FIELDS)
    found, precise = count["found"] / max(1, count["gold"]), count["found"] / max(1, count["said"])
    return f"{folder.name}: {count['gold']} quantities, found {found:.3f}, precision {precise:.3f}  {shares}"


if __name__ == "__main__":
    for word in sys.argv[1:]:
        print(score(Path(word), RuleSet()), flush=True)
