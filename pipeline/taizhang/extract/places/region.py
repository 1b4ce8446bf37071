"""Places: the place that somebody who knows has given for an article: by a code, by a name, by a folder's name."""

from __future__ import annotations

from pathlib import PurePath

from taizhang.extract.places.gazetteer import NATION, gazetteer
from taizhang.extract.places.mentions import find_places
from taizhang.rules import RuleSet


def region_code(region: str, rules: RuleSet) -> str:
    """The six-digit code of a place given by code or by name; empty where the table has no such place.

    >>> region_code("150702", RuleSet()), region_code("昆明市宜良县", RuleSet()), region_code("某地", RuleSet())
    ('150702', '530125', '')
    """
    given = region.strip()
    if given == NATION or given in gazetteer(rules).by_code:
        return given
    named = find_places(given, rules)
    return (named[-1].code or "") if named and named[-1].end == len(given) else ""


def region_of_path(path: str, rules: RuleSet) -> str:
    """The code that the deepest folder of a path with the name or code of a place gives; empty where none does.

    >>> region_of_path("news/150702/2016/7.txt", RuleSet()), region_of_path("news/2016/7.txt", RuleSet())
    ('150702', '')
    """
    folders = reversed(PurePath(path).parts[:-1])
    return next((code for folder in folders if (code := region_code(folder, rules))), "")
