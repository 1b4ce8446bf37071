"""Places: estates, buildings and streets of a county that bear the name of another place."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.extract.places.gazetteer import level_of
from taizhang.extract.places.lexicon import NameHit, PlaceLexicon

_GAP = 2  # characters of an estate's name before the place that it holds: 老|山东里


def without_estates(text: str, hits: Sequence[NameHit], lex: PlaceLexicon) -> list[NameHit]:
    """The hits but for short names that are a part of the name of an estate, straight after its county.

    >>> from taizhang import places
    >>> [m.surface for m in places("金水区北京花园")], [m.surface for m in places("金水区，北京花卉")]
    (['金水区'], ['金水区', '北京'])
    """
    counties = {hit.end for hit in hits if hit.kind == "full" and _is_county(hit, lex)}
    return [hit for hit in hits if not (hit.kind == "plain" and _is_estate(text, hit, counties, lex))]


def _is_county(hit: NameHit, lex: PlaceLexicon) -> bool:
    return any(level_of(entry.division.code) == "county" for entry in lex.names.names[hit.form])


def _is_estate(text: str, hit: NameHit, counties: set[int], lex: PlaceLexicon) -> bool:
    if not counties or not lex.estate.match(text, hit.end):
        return False
    gaps = (gap for gap in range(_GAP + 1) if hit.start - gap in counties)
    return any(gap == 0 or text[hit.start - gap : hit.start].isalpha() for gap in gaps)
