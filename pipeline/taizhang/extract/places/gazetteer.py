"""Places: the gazetteer, that is every division with its years, the divisions above it, and its names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from taizhang.cache import table
from taizhang.errors import RuleError
from taizhang.extract.places.shapes import PLACES, PlaceRules, all_forms
from taizhang.records import Level
from taizhang.rules import RuleSet, once

NATION = "100000"
OPEN_END = 9999

# For each code and official name: every form of it, with its kind and rule.
Names = dict[tuple[str, str], list[tuple[str, str, str]]]


class Division(NamedTuple):
    """One division as it was called from ``first`` to ``last`` (years)."""

    code: str
    name: str
    parent: str
    first: int
    last: int

    def in_force(self, year: int, tolerance: int = 0) -> bool:
        """Whether the division was there in a year, give or take ``tolerance`` years."""
        return self.first - tolerance <= year <= self.last + tolerance


class DivisionName(NamedTuple):
    """One division under one of its names; ``kind`` is official, short or alias."""

    division: Division
    kind: str
    rule: str


@lru_cache(maxsize=8192)
def level_of(code: str) -> Level:
    """The level of a six-digit code.

    >>> level_of("530000"), level_of("530100"), level_of("530125"), level_of("100000")
    ('province', 'city', 'county', 'nation')
    """
    if code == NATION:
        return "nation"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


@lru_cache(maxsize=8192)
def stem(code: str) -> str:
    """The digits that every code within a division begins with.

    >>> stem("530000"), stem("530100"), stem("530125"), stem("100000")
    ('53', '5301', '530125', '')
    """
    return {"nation": "", "province": code[:2], "city": code[:4]}.get(level_of(code), code)


def within(code: str, other: str) -> bool:
    """Whether the division of ``code`` is ``other`` or a part of it."""
    return code.startswith(stem(other))


class Gazetteer:
    """All divisions by code and by name. Build it with ``gazetteer(rules)``."""

    def __init__(
        self, divisions: Iterable[Division], rules: PlaceRules, names: Names, towns: dict[str, list[str]]
    ) -> None:
        self.by_code: dict[str, list[Division]] = {}
        self._rows: dict[tuple[str, int | None], Division] = {}
        for division in divisions:
            self.by_code.setdefault(division.code, []).append(division)
        self.names: dict[str, list[DivisionName]] = {}
        self.ordinary = {words.level: frozenset[str]() for words in rules.ordinary}
        for words in rules.ordinary:
            self.ordinary[words.level] |= frozenset(words.forms)
        for rows in self.by_code.values():
            for row in rows:
                for form, kind, rule in names[row.code, row.name]:
                    self.names.setdefault(form, []).append(DivisionName(row, kind, rule))
        for alias in rules.alias:
            row = self._known(alias.code, alias.id)
            for form in alias.forms:
                self.names.setdefault(form, []).append(DivisionName(row, "alias", alias.id))
        self._full_names: dict[tuple[Division, int | None], str] = {}
        self.towns = towns

    def row(self, code: str, year: int | None = None) -> Division:
        """The division of a code as it was in a year: the nearest row in time; without a year the latest."""
        found = self._rows.get((code, year))
        if found is None:
            rows = self.by_code[code]
            if year is None:
                found = max(rows, key=lambda r: (r.last, r.first))
            else:
                found = min(rows, key=lambda r: (max(r.first - year, year - r.last, 0), -r.last))
            self._rows[code, year] = found
        return found

    def path(self, row: Division, year: int | None = None) -> tuple[Division, ...]:
        """The division with those above it, province first."""
        if not row.parent:
            return (row,)
        known = year is not None and row.in_force(year)
        when = year if known else min(row.last, OPEN_END)
        return (*self.path(self.row(row.parent, when), when), row)

    def full_name(self, code: str, year: int | None = None, row: Division | None = None) -> str:
        """The whole official path: 云南省昆明市宜良县 for 530125."""
        key = (row or self.row(code, year), year)
        if key not in self._full_names:
            self._full_names[key] = "".join(d.name for d in self.path(*key))
        return self._full_names[key]

    def _known(self, code: str, rule: str) -> Division:
        if code not in self.by_code:
            raise RuleError(f"{PLACES}: rule {rule} key code: expected a code of the gazetteer, got {code!r}")
        return self.row(code)


def _forms(
    name: str, level: Level, rules: PlaceRules, people: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    """The names of a division: official, with the peoples left out, and short; with the kind and rule of each."""
    yield name, "official", "place.official"
    for suffix in rules.suffix:
        if suffix.level != level:
            continue
        ending = max((s for s in suffix.forms if name.endswith(s)), key=len, default="")
        if not ending or ending == name:
            return
        base = _without_peoples(name[: -len(ending)], people)
        plain = base + ending[-1]
        if plain != name and base != name[: -len(ending)]:
            yield plain, "official", "place.official-short"
        if len(base) > 1:
            yield base, "short", suffix.id
        return


def _without_peoples(name: str, people: tuple[str, ...]) -> str:
    while name.endswith(people):
        ending = max((p for p in people if name.endswith(p) and len(name) - len(p) > 1), key=len, default="")
        if not ending:
            break
        name = name[: -len(ending)]
    return name


@once
def gazetteer(rules: RuleSet) -> Gazetteer:
    """The gazetteer of a rule set, built once.

    Raises:
        RuleError: a row that is no division, or an alias for a code that the table does not have.
    """
    divisions = [_division(row) for row in rules.table("divisions.tsv")]
    shapes = rules.load(PLACES, PlaceRules)
    # Not of all rules: with a user's own, of which few are about places, the tables are the shipped ones.
    made_of = rules.made_of(PLACES, PlaceRules) + rules.digest("divisions.tsv", "townships.tsv")
    people = all_forms(shapes.people)
    names = table(
        "place-names",
        made_of,
        lambda: {(d.code, d.name): list(_forms(d.name, level_of(d.code), shapes, people)) for d in divisions},
    )
    return Gazetteer(divisions, shapes, names, table("towns", made_of, lambda: _towns(rules, people)))


def _towns(rules: RuleSet, people: tuple[str, ...]) -> dict[str, list[str]]:
    """For each name of a town the codes of the counties that have one; 甲苗族乡 is 甲乡, too."""
    counties: dict[str, list[str]] = {}
    rows = [(name, code[:6]) for code, name in rules.table("townships.tsv")]
    for name, county in rows:
        counties.setdefault(name, []).append(county)
    for name, county in rows:
        short = _without_peoples(name[:-1], people) + name[-1]
        if county not in counties.get(short, ()):
            counties.setdefault(short, []).append(county)
    return counties


def _division(row: list[str]) -> Division:
    try:
        code, name, parent, first, last = row
        return Division(code, name, parent, int(first or 0), int(last or OPEN_END))
    except ValueError as error:
        raise RuleError(f"divisions.tsv: expected code, name, parent, first, last; got {row!r}") from error
