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
from taizhang.pipeline import shipped_pipeline
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


def main() -> int:
    """Run, tell how many copies there were, and fail where one did."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--parts", type=int, default=100_000)
    options.add_argument("--whole", type=int, default=1_000)
    options.add_argument("--minutes", type=float, default=25.0, help="of processor time")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", type=Path, default=ROOT / "out" / "fuzz")
    asked = options.parse_args()
    pipeline, began = shipped_pipeline(), monotonic()
    pipeline.extract("太原市解决问题614个。")
    done = {"part": 0, "whole": 0}
    slowest = {"part": 0.0, "whole": 0.0}
    faults = 0
    for kind, text in copies(seed_texts(), asked.parts, asked.whole, Random(asked.seed)):
        before = process_time()
        told = ""
        try:
            run(text, pipeline)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            told = f"{type(error).__name__}: {error}"
        took = process_time() - before
        done[kind] += 1
        slowest[kind] = max(slowest[kind], took)
        if took > SLOWEST:
            told += f" took {took:.2f} s"
        if told:
            faults += 1
            asked.out.mkdir(parents=True, exist_ok=True)
            kept = asked.out / f"seeds-{asked.seed}-{done['part'] + done['whole']}.json"
            kept.write_text(json.dumps({"fault": told, "text": text}), "utf-8")
            print(f"{kept}: {told[:300]}", flush=True)
        if process_time() > asked.minutes * 60:
            break
        if sum(done.values()) % 500 == 0:
            print(f"{done} copies, {faults} faults", flush=True)
    print(
        f"{done['part']} copies of parts, {done['whole']} of whole seeds, {faults} faults; slowest copy: "
        f"part {slowest['part']:.2f} s, whole {slowest['whole']:.2f} s; {process_time():.0f} s of processor time, "
        f"{monotonic() - began:.0f} s in all"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
