"""Places: towns, streets and villages, where the county or town that they belong to is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from taizhang.extract.places.gazetteer import Gazetteer, gazetteer, level_of, within
from taizhang.extract.places.shapes import PLACES, PlaceRules, all_forms
from taizhang.extract.places.words import frequencies
from taizhang.records import PlaceMention
from taizhang.rules import RuleSet

LONGEST = 7  # characters of the proper part of a town's or village's name
BARE = 3  # the same where the name stands alone


class Townships:
    """The compiled endings of names below the county."""

    def __init__(self, rules: PlaceRules) -> None:
        ends = {b.level: "|".join(sorted(b.forms, key=lambda f: (-len(f), f))) for b in rules.below}
        bad = "|".join(sorted(all_forms(rules.noname), key=lambda f: (-len(f), f)))
        proper = rf"(?!{bad})[\u4e00-\u9fff]{{1,{LONGEST}}}?"
        self.town = re.compile(rf"{proper}(?:{ends['town']})(?!{ends['town']})")
        self.ends = frozenset(f for b in rules.below for f in b.forms)
        before = "|".join(map(re.escape, all_forms(rules.bare_before)))
        self.bare = re.compile(rf"(?:^|{before})((?!{bad})[\u4e00-\u9fff]{{1,{BARE}}}(?:{ends['town']}))(?!{ends['town']})", re.M)
        self.village = re.compile(rf"{proper}(?:{ends['village']})")
        self.any_town = re.compile(rf"[\u4e00-\u9fff](?:{ends['town']})(?!{ends['town']})")


def add_towns(
    text: str, found: Sequence[PlaceMention], rules: RuleSet, year: int | None
) -> list[PlaceMention]:
    """``found`` with the places below the county put in, in order.

    A town stands straight after its county or city, or is one that the table knows in a county named elsewhere; a
    village only straight after what it belongs to. Either keeps its place when it is named again.
    """
    if "places.townships" not in rules.compiled:
        rules.compiled["places.townships"] = Townships(rules.load(PLACES, PlaceRules))
    endings: Townships = rules.compiled["places.townships"]
    names = gazetteer(rules)
    added = list(_adjacent(text, found, endings, names, year))
    added += _known(text, [*found, *added], endings, names, year)
    added += _bare(text, [*found, *added], endings, names, year)
    taken = sorted([*found, *added], key=lambda m: m.start)
    added += _again(text, added, taken)
    return sorted([*found, *added], key=lambda m: m.start)


def _adjacent(
    text: str, found: Sequence[PlaceMention], endings: Townships, names: Gazetteer, year: int | None
) -> Iterator[PlaceMention]:
    starts = {m.start for m in found}
    for place in found:
        if place.code is None or place.level not in ("county", "city"):
            continue
        for pattern, rule in ((endings.town, "below.town"), (endings.village, "below.village")):
            match = pattern.match(text, place.end)
            if match and not any(s in starts for s in range(match.start(), match.end())):
                yield _town(match.start(), match[0], _county(match[0], place.code, names), names, year, rule)
                break


def _county(town: str, above: str, names: Gazetteer) -> str:
    """The county of a town that is named straight after its city, where the table knows just one."""
    counties = [c for c in names.towns.get(town, ()) if within(c, above)]
    return counties[0] if len(set(counties)) == 1 and counties[0] in names.by_code else above


def _known(
    text: str, found: Sequence[PlaceMention], endings: Townships, names: Gazetteer, year: int | None
) -> Iterator[PlaceMention]:
    """Towns of the table whose county, or whose city, is named in the text."""
    above = [m for m in found if m.code and m.level in ("county", "city")]
    covered = [(m.start, m.end) for m in found]
    for match in endings.any_town.finditer(text) if above else ():
        for start in range(max(0, match.end() - LONGEST - 2), match.start() + 1):
            town = text[start : match.end()]
            county = _nearest([c for c in names.towns.get(town, ()) if c in names.by_code], above, start)
            if county and not any(s < match.end() and start < e for s, e in covered):
                yield _town(start, town, county, names, year, "below.table")
                break


def _bare(
    text: str, found: Sequence[PlaceMention], endings: Townships, names: Gazetteer, year: int | None
) -> Iterator[PlaceMention]:
    """Towns that the table does not have, named alone after their county: no common noun such as 小镇 or 家乡."""
    counties = [m for m in found if m.level == "county"]
    covered = [(m.start, m.end) for m in found]
    freq = frequencies()
    for match in endings.bare.finditer(text) if counties else ():
        start, end = match.span(1)
        nouns = (text[end - 2 : end], text[end - 1 : end + 1], text[start:end], text[start : end - 1])
        before = [m for m in counties if m.end <= start and m.code]
        if before and not any(freq.get(n) for n in nouns if n not in endings.ends) and not _hits(start, end, covered):
            yield _town(start, match[1], before[-1].code or "", names, year, "below.bare")


def _hits(start: int, end: int, covered: Sequence[tuple[int, int]]) -> bool:
    return any(s < end and start < e for s, e in covered)


def _nearest(counties: Sequence[str], above: Sequence[PlaceMention], at: int) -> str:
    """The county of a town: one that is named, the nearest before the town first; else the only one of a city."""
    named = [m for m in above if m.code in counties]
    if named:
        return min(named, key=lambda m: (m.start > at, abs(at - m.start))).code or ""
    inside = {c for c in counties if any(within(c, m.code or "") for m in above if m.level == "city")}
    return inside.pop() if len(inside) == 1 else ""


def _again(text: str, towns: Sequence[PlaceMention], taken: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """The same names once more, further on in the text."""
    covered = [(m.start, m.end) for m in taken]
    for surface, first in {m.surface: m for m in reversed(towns)}.items():
        at = text.find(surface, first.end)
        while at >= 0:
            end = at + len(surface)
            if not any(s < end and at < e for s, e in covered):
                covered.append((at, end))
                yield first.model_copy(update={"start": at, "end": end, "rule": "below.again"})
            at = text.find(surface, end)


def _town(start: int, surface: str, code: str, names: Gazetteer, year: int | None, rule: str) -> PlaceMention:
    return PlaceMention(
        start=start,
        end=start + len(surface),
        surface=surface,
        code=code,
        name=names.full_name(code, year) + surface,
        level="township",
        candidates=(code,),
        rule=rule,
    )


def is_below(mention: PlaceMention) -> bool:
    """Whether a mention names a place below the county."""
    return mention.code is not None and mention.level not in (level_of(mention.code), "")
