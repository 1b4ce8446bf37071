"""Places: the place that each quantity is about: of all that it may be about what the most speaks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from taizhang.extract.candidates import PlaceChoice
from taizhang.extract.places.context import PlaceContext
from taizhang.extract.places.figure import FigureContext
from taizhang.extract.places.lists import paired
from taizhang.extract.places.options import FIELD, Options
from taizhang.extract.places.region import region_code
from taizhang.extract.places.ruling import Ruling
from taizhang.extract.places.sights import OWN, NearbyPlace
from taizhang.extract.places.subjects import Subjects
from taizhang.extract.places.topic import PlaceCode
from taizhang.judge import Choice, Weights, choose, probabilities
from taizhang.records import Document, How, Place, PlaceMention, Quantity
from taizhang.rules import RuleSet
from taizhang.segment.layout import Layout

BY_ARTICLE = ("deixis", "title", "document")  # ways in which the article as a whole gives a figure its place
RIVAL = 0.1  # odds that a place must have to stay a candidate where none is chosen


def resolve_places(  # noqa: PLR0913 - what is given from outside comes last, by its name
    layout: Layout,
    quantities: Sequence[Quantity],
    mentions: Sequence[PlaceMention],
    rules: RuleSet,
    document: Document,
    *,
    region: str = "",
) -> list[PlaceChoice]:
    """For each quantity the most specific administrative place that it is about, and the rule that says so.

    What is named near it, what the article is about, the nation and no place at all are options; what is seen for
    each is weighed (``rules/weights/place.tsv``), and the heaviest wins. What the grammar alone would say
    (``Ruling``) is one more thing that is seen. A place is empty where no place is the likeliest; then the likeliest
    places are its candidates.

    Args:
        region: the code or name of the place that somebody has given for the article; it is what the article is about.
    """
    judge = PlaceJudge(layout, quantities, mentions, rules, document, region=region)
    return [judge.choose(q.start) for q in quantities]


class PlaceJudge:
    """One article, asked for the place of one figure after the other."""

    def __init__(  # noqa: PLR0913
        self,
        layout: Layout,
        quantities: Sequence[Quantity],
        mentions: Sequence[PlaceMention],
        rules: RuleSet,
        document: Document,
        *,
        region: str = "",
    ) -> None:
        given = region_code(region, rules) if region else ""
        starts = [q.start for q in quantities]
        context = PlaceContext(layout, mentions, rules, document, starts, given=given)
        self.subjects = Subjects(context, rules, document)
        self.pairs = paired(layout, mentions, [(q.start, q.end) for q in quantities], context.words)
        self.options = Options(context, context.found, self.pairs)
        self.ruling = Ruling(context)
        self._table = Weights.of(rules, FIELD).column()

    def moment(self, at: int) -> FigureContext:
        """What bears on the figure that begins at an offset."""
        return self.options.moment(at, self.subjects.odds(at), self.ruling.choose(at))

    def choose(self, at: int) -> PlaceChoice:
        """The place of the figure that begins at an offset."""
        return self.weighed(self.moment(at), self._table)

    def weighed(self, moment: FigureContext, table: Mapping[str, int]) -> PlaceChoice:
        """The place of a figure by any weights, in thousandths."""
        choice = choose(self.options.offer(moment), table)
        chosen = self._chosen(moment, choice)._replace(sure=choice.sure)
        place = chosen.place
        if place.code and place.code == self.ruling.context.given and place.how in BY_ARTICLE:
            return chosen._replace(place=place.model_copy(update={"how": "given"}), rule="given")
        return chosen

    def _chosen(self, moment: FigureContext, choice: Choice) -> PlaceChoice:
        """The winner as a place: as it stands beside the figure, or as what the article is about."""
        code, ruled = choice.winner.value, moment.ruled
        if code == ruled.place.code:
            return ruled if code else self._open(moment, choice)
        if not code:
            return self._open(moment, choice)
        pair = self.pairs.get(moment.at)
        if pair is not None and pair.code == code:
            below = pair.surface if pair.level == "township" else ""
            return self.ruling.place(
                PlaceCode(code, below, pair.surface, pair.candidates), "sentence", "paired"
            )
        seen = next((s for s in moment.near if s.place.spot.code == code), None)
        if seen is not None:
            return self.ruling.place(seen.place.spot, _how(seen), seen.place.rule)
        if code == self.options.whole(moment):
            return self.ruling.place(PlaceCode(code), "sentence", "member")
        return self.ruling.place(PlaceCode(code), "document", "article")

    def _open(self, moment: FigureContext, choice: Choice) -> PlaceChoice:
        """No place, with those that it may be: what an open name may mean, or else the likeliest."""
        odds = probabilities([o.score for o in choice.options])
        likely = tuple(o.value for o, p in zip(choice.options, odds, strict=True) if p >= RIVAL and o.value)
        ruled = moment.ruled
        rule = "open" if ruled.place.code else ruled.rule
        return PlaceChoice(Place(candidates=ruled.place.candidates or likely), rule)


def _how(seen: NearbyPlace) -> How:
    """How the place that stands beside a figure came to be its place."""
    if seen.zone in OWN[:2] or seen.zone in (
        "after",
        "rest",
        "gives",
        "gives.before",
        "goes",
        "goes.later",
        "aside",
    ):
        return seen.place.how
    return "heading" if seen.zone == "heading" else "carried"
