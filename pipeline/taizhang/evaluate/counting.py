"""The evaluate room's counting: one document's records and rejections against its gold, added to the score."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.evaluate.aligned import align, numeral
from taizhang.evaluate.fields import FIELDS, right
from taizhang.evaluate.lines import Row
from taizhang.evaluate.score import Score


def score_records(score: Score, name: str, gold: Sequence[Row], program: Sequence[Row]) -> None:
    pairs = align(gold, program, _fields_right)
    score.counts.update(gold=len(gold), program=len(program), found=len(pairs))
    for rows, side in ((gold, "part_of gold"), (program, "part_of program")):
        score.counts[side] += sum(bool(row.get("part_of")) for row in rows)
    for i, j in pairs:
        expected, got = gold[i], program[j]
        fields = {f for f in FIELDS if right(f, expected, got)}
        score.right.update(fields)
        score.counts["quantity"] += fields >= {"value", "unit"}
        score.counts["record"] += fields >= {"value", "unit", "metric", "code"}
        if expected.get("part_of") and got.get("part_of"):
            score.counts["part_of"] += numeral(expected["part_of"]) == numeral(got["part_of"])
        score.faults += [
            f"{name} {expected['quote']}  {f}: gold {_shown(expected, f)}  program {got.get(f)!r}"
            for f in FIELDS
            if f not in fields
        ]
    found, made = {i for i, _ in pairs}, {j for _, j in pairs}
    score.faults += [
        f"{name} missed {r['quote']} {r['metric']}" for i, r in enumerate(gold) if i not in found
    ]
    score.faults += [
        f"{name} extra {r.get('quote')} {r.get('metric')}" for j, r in enumerate(program) if j not in made
    ]


def score_rejects(score: Score, name: str, gold: Sequence[Row], program: Sequence[Row]) -> None:
    pairs = align(gold, program, lambda g, p: int(g.get("reason") == p.get("reason")))
    score.counts.update({"rejected gold": len(gold), "rejected": len(pairs)})
    for i, j in pairs:
        expected, got = gold[i], program[j]
        same = expected.get("reason") == got.get("reason")
        score.counts["rejected reason"] += same
        if not same:
            reasons = f"gold {expected.get('reason')}  program {got.get('reason')}"
            score.faults.append(f"{name} {expected['quote']}  rejected: {reasons}")
    found = {i for i, _ in pairs}
    score.faults += [
        f"{name} {r['quote']}  not rejected: gold {r['reason']}" for i, r in enumerate(gold) if i not in found
    ]


def _fields_right(gold: Row, program: Row) -> int:
    return sum(right(name, gold, program) for name in FIELDS)


def _shown(gold: Row, name: str) -> str:
    heads = f" heads {gold['heads']}" if name == "metric" else ""
    return f"{gold.get(name)!r}{heads}"
