"""The fuzzing room's mutated seeds: ``python fuzz/seeds.py --parts N --whole N --minutes M``.

Each copy of a part (a few hundred characters) or of a whole seed is changed at random and must keep every property of
``properties.py`` and stay under a second of processor time. A copy that does not is written to ``out/fuzz/``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import monotonic, process_time

from mutate import mutated
from properties import run

from taizhang.article import Article
from taizhang.pipeline import Pipeline, shipped_pipeline
from taizhang.read import articles

ROOT = Path(__file__).parents[1]
SHORTEST, LONGEST = 200, 400  # characters of a part
SLOWEST = 1.0  # seconds of processor time for one copy


def seed_texts() -> list[str]:
    """The texts of the seeds as they were read, and the raw files, markup and all."""
    read = articles([ROOT / "seeds"], shipped_pipeline().rules)
    found = [item for item in read if isinstance(item, Article)]
    return [text for item in found for text in (item.text.text, item.raw)]


def copies(texts: list[str], parts: int, whole: int, random: Random) -> Iterator[tuple[str, str]]:
    """Mutated copies, one of a whole text after every so many of parts; each with what it is of."""
    every = max(1, parts // whole) if whole else parts + 1
    for number in range(1, parts + 1):
        text = random.choice(texts)
        start = random.randint(0, max(0, len(text) - SHORTEST))
        yield "part", mutated(text[start : start + random.randint(SHORTEST, LONGEST)], random)
        if number % every == 0:
            yield "whole", mutated(random.choice(texts), random, most=40)


class Tried:
    """What came of the copies so far."""

    def __init__(self, keep_in: Path, seed: int) -> None:
        self.done = {"part": 0, "whole": 0}
        self.slowest = {"part": 0.0, "whole": 0.0}
        self.faults = 0
        self._folder, self._seed = keep_in, seed

    @property
    def copies(self) -> int:
        """How many there were."""
        return sum(self.done.values())

    def add(self, kind: str, text: str, told: str, took: float) -> None:
        """Count one copy; of one with a fault, or one that was slow, the text is kept."""
        self.done[kind] += 1
        self.slowest[kind] = max(self.slowest[kind], took)
        if took > SLOWEST:
            told += f" took {took:.2f} s"
        if told:
            self.faults += 1
            self._folder.mkdir(parents=True, exist_ok=True)
            kept = self._folder / f"seeds-{self._seed}-{self.copies}.json"
            kept.write_text(json.dumps({"fault": told, "text": text}), "utf-8")
            print(f"{kept}: {told[:300]}", flush=True)

    def __str__(self) -> str:
        return (
            f"{self.done['part']} copies of parts, {self.done['whole']} of whole seeds, {self.faults} faults; "
            f"slowest copy: part {self.slowest['part']:.2f} s, whole {self.slowest['whole']:.2f} s"
        )


def fault_of(text: str, pipeline: Pipeline) -> str:
    """The property that the copy does not keep, or nothing."""
    try:
        run(text, pipeline)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        return f"{type(error).__name__}: {error}"
    return ""


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--parts", type=int, default=100_000)
    options.add_argument("--whole", type=int, default=1_000)
    options.add_argument("--minutes", type=float, default=25.0, help="of processor time")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", type=Path, default=ROOT / "out" / "fuzz")
    return options.parse_args()


def main() -> int:
    """Run, tell how many copies there were, and fail where one did."""
    wanted = asked()
    pipeline, began = shipped_pipeline(), monotonic()
    pipeline.extract("太原市解决问题614个。")
    tried = Tried(wanted.out, wanted.seed)
    for kind, text in copies(seed_texts(), wanted.parts, wanted.whole, Random(wanted.seed)):
        before = process_time()
        told = fault_of(text, pipeline)
        tried.add(kind, text, told, process_time() - before)
        if process_time() > wanted.minutes * 60:
            break
        if tried.copies % 500 == 0:
            print(f"{tried.done} copies, {tried.faults} faults", flush=True)
    print(
        f"{tried}; {process_time():.0f} s of processor time, {monotonic() - began:.0f} s in all",
    )
    return 1 if tried.faults else 0


if __name__ == "__main__":
    sys.exit(main())
