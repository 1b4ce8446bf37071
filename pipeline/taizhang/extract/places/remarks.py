"""Places: what the sentence of a figure says of where it is: that it counts provinces, that it points back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from taizhang.extract.places.context import PlaceContext
from taizhang.extract.places.figure import FigureContext
from taizhang.extract.places.gazetteer import NATION
from taizhang.extract.places.sights import OWN
from taizhang.extract.places.topic import common


class Remarks(NamedTuple):
    """What is said around one figure.

    ``signs``: that it counts provinces, that its sentence points back at what has been told (这家企业) or tells what
    somebody says, with the nearest part of the text that names a place. ``carried``: the last place of its section,
    where its paragraph names none. ``both``: what holds the places that a word such as 两地 means.
    """

    signs: tuple[str, ...]
    carried: str
    both: str

    def seen(self, code: str) -> Iterator[str]:
        """What is seen of one option: of the place that is carried on, of the nation, of none."""
        if code in ("", NATION):
            option = "nation" if code else "none"
            yield from (f"{sign}.{option}" for sign in self.signs)
        if code and code == self.carried:
            yield from (f"carried.{sign}" for sign in self.signs)


def remarks(context: PlaceContext, moment: FigureContext) -> Remarks:
    """What is said around one figure of an article."""
    nearest = next((s for s in moment.near if s.zone in (*OWN, "section", "heading")), None)
    signs = tuple(_signs(context, moment, nearest.zone if nearest else "nowhere"))
    own = any(s.zone in OWN for s in moment.near)
    carried = "" if own else next((s.place.spot.code for s in moment.near if s.zone == "section"), "")
    return Remarks(signs, carried, _both(context, moment))


def _signs(context: PlaceContext, moment: FigureContext, zone: str) -> Iterator[str]:
    words, text, low = context.words, context.layout.text, moment.units.sentence.start
    if words.counted.match(text, moment.at):
        yield "provinces"
    if words.back.search(text, low, moment.at):
        yield f"back.{zone}"
    if words.speech.search(text, low, moment.at):
        yield f"told.{zone}"


def _both(context: PlaceContext, moment: FigureContext) -> str:
    """What holds the places that were named last before a word such as 两地 in the sentence."""
    words, text = context.words, context.layout.text
    said = list(words.both.finditer(text, moment.units.sentence.start, moment.at))
    named = [p for p in context.between(0, said[-1].start()) if p.kind in ("names", "group")] if said else []
    if not named:
        return ""
    last, count = named[-1], words.together[said[-1].group()]
    if last.kind == "group" or not last.single:
        return last.spot.code
    codes = list(dict.fromkeys(p.spot.code for p in reversed(named)))[:count]
    return common(codes) if len(codes) == count else ""
