"""Fitting the two tables of the place: what an article is about, and what each of its figures is about.

    python -m tune.place FOLDER[::REST/MODULUS]... [--write]

A folder is one with gold (``tune.gold``); with ``::2/3`` the articles whose position in the sorted list of ids is 2 by
the modulus 3 are left out. Prints how many codes are right in articles that the weights were not fitted on, by folder;
with ``--write`` fits on all and writes ``rules/weights``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from taizhang.extract.candidates import PlaceChoice
from taizhang.extract.places import about, find_places
from taizhang.extract.places.gazetteer import NATION, gazetteer
from taizhang.extract.places.options import FIELD
from taizhang.extract.places.pointer_rules import pointer_rules
from taizhang.extract.places.resolve import PlaceJudge
from taizhang.extract.places.themes import SAYS
from taizhang.judge import Option, choose, probabilities
from taizhang.judge.choice import SCALE
from taizhang.records import Document, Quantity
from taizhang.rules import RuleSet
from taizhang.segment.boundaries import Boundaries
from tune.gold import OWN, Read, articles, judged, prose
from tune.model import Case, fit_choice
from tune.table import write

FOLDS = 8
PENALTY = 6.0
OF_THEMES = 24.0  # and of what a text speaks of: there are many classes of words, and each tells little
LEAST = 10
LEAST_ARTICLE = 3  # and one of an article
MOST = 16  # records of one article that count in full: a long one does not outweigh the others
WRITTEN = 1.0  # what a case of the project's own counts: each is a contrast, and none is as an article is
FALLBACK = (
    "document",
    "title",
    "deixis",
    "agency",
    "",
)  # how a place is known that the article as a whole decides
PINNED = {  # facts of the grammar that few articles show, set by hand: what is summed, listed, joined, or an example
    "paired": 12.0,
    "parts": 4.0,
    "ruled=sum": 4.0,
    "ruled=listed": 7.0,
    "ruled=seat": 5.0,
    "clause.seat": -2.0,
    "sentence.seat": -2.0,
    "ruled=heading": 2.0,
    "ruled=joined": 2.0,
    "ruled=carried.form": 3.0,
    "ruled=example": 8.0,
    "ruled=open": 4.0,
    "ruled=abroad": 4.0,
    "pointed.misfits": -1.5,
    "ruled=anonymous": 2.0,
    "member.whole": 6.0,
    "route": 5.0,
    "aid.goal": 3.0,
    "beyond.far": -3.0,
    "none.abroad.alone": 4.0,
}
OURS = 0.3  # of a figure of our own articles, beside one of a real page
LABELLED = 0.4  # and of one of the news that we have labelled: there is much of it, and little of it is about one place
TINY = 0.02  # weights that are left out
CASES = Path(__file__).parent.parent / "tests" / "extract" / "cases" / "place_choices.toml"
RULES = Path(__file__).parent.parent / "rules" / "weights"


class PlaceText(NamedTuple):
    """One article: its id, the judge that reads it, and for the start of each figure the codes that are right.

    ``weight`` is what each figure counts, ``whole`` what the article counts for what articles are about.
    """

    id: str
    judge: PlaceJudge
    gold: tuple[tuple[int, frozenset[str]], ...]
    weight: float = 1.0
    whole: float = 1.0


def read(folders: Sequence[str], rules: RuleSet) -> Iterator[PlaceText]:
    """The articles of the folders with gold records."""
    for folder in folders:
        path, _, part = folder.partition("::")
        for article in articles(Path(path), rules, _ids(Path(path), part)):
            if article.pairs:
                yield text_of(prose(article), rules)


def written(path: Path, rules: RuleSet) -> Iterator[PlaceText]:
    """The cases of the project's own table of choices, each a text with one figure in ⟨ ⟩ and the name of its place."""
    for number, case in enumerate(tomllib.loads(path.read_text("utf-8"))["case"]):
        start, end = case["text"].index("⟨"), case["text"].index("⟩") - 1
        text = case["text"].replace("⟨", "").replace("⟩", "")
        published = case.get("published", "2019-12-01")
        document = Document(id="case", published=published, source=case.get("source"))
        layout = Boundaries.of(rules).layout(text, int(case.get("title_end", 0)))
        quantity = Quantity(start=start, end=end, quote=text[start:end], value=1)
        judge = PlaceJudge(layout, [quantity], find_places(text, rules, published), rules, document)
        code = _code(case["name"], int(published[:4]), rules)
        yield PlaceText(f"written/{number}", judge, ((start, frozenset({code})),))


def _code(name: str, year: int, rules: RuleSet) -> str:
    """The code of the smallest division that a name begins with, whatever follows; of no name, none."""
    if name == pointer_rules(rules).nation_name:
        return NATION
    names = gazetteer(rules)
    held = [c for c in names.by_code if name.startswith(names.full_name(c, year))] if name else []
    return max(held, key=lambda c: (len(names.full_name(c, year)), names.row(c, year).last), default="")


def _ids(folder: Path, part: str) -> set[str] | None:
    if not part:
        return None
    rest, modulus = map(int, part.split("/"))
    ids = sorted(entry["id"] for entry in json.loads((folder / "meta.json").read_text("utf-8")))
    return {one for i, one in enumerate(ids) if i % modulus != rest}


def text_of(article: Read, rules: RuleSet) -> PlaceText:
    """An article with gold as what its places teach."""
    found = article.trace.extraction
    quantities = [c.quantity for c in found.candidates]
    judge = PlaceJudge(found.layout, quantities, found.places, rules, found.cleaned.document)
    gold = []
    for line, candidate in article.pairs:
        row = article.gold[line]
        if not judged(row, "code"):
            continue
        codes = [row.get("code"), *row.get("also", {}).get("code", [])]
        gold.append((quantities[candidate].start, frozenset(code or "" for code in codes)))
    labelled = any("start" in row for row in article.gold)
    whole = LABELLED if labelled else 1.0
    return PlaceText(article.id, judge, tuple(gold), OURS if article.has(OWN) else whole, whole)


def article_cases(text: PlaceText) -> Iterator[Case]:
    """What the article, or each item of a digest, is about: right are the places of the figures that it decides."""
    subjects = text.judge.subjects
    every: dict[int, Counter[str]] = defaultdict(Counter)
    decided: dict[int, Counter[str]] = defaultdict(Counter)
    for at, codes in text.gold:
        ruled = text.judge.ruling.choose(at)
        part = subjects.index(at)
        every[part][min(codes)] += 1
        if ruled.place.how in FALLBACK and ruled.rule != "elsewhere":
            decided[part][min(codes)] += 1
    for part, evidence in enumerate(subjects.evidence):
        options = about.options(evidence)
        counts = decided[part] or every[part]
        for code, n in sorted(counts.items()):
            weight = n / sum(counts.values()) * (0.5 if subjects.digest else 1.0)
            features = tuple(o.features for o in options)
            yield Case(features, tuple(o.value == code for o in options), text.id, weight * text.whole)


def record_cases(text: PlaceText, table: Mapping[str, int]) -> Iterator[tuple[Case, list[Option]]]:
    """What each figure is about; ``table`` are article weights that were not fitted on this article."""
    judge = text.judge
    odds = [_odds(about.options(evidence), table) for evidence in judge.subjects.evidence]
    for at, codes in text.gold:
        moment = judge.options.moment(at, odds[judge.subjects.index(at)], judge.ruling.choose(at))
        options = judge.options.offer(moment)
        right = tuple(o.value in codes for o in options)
        weight = WRITTEN if text.id.startswith("written/") else min(1.0, MOST / len(text.gold))
        yield Case(tuple(o.features for o in options), right, text.id, weight * text.weight), options


def _odds(options: Sequence[Option], table: Mapping[str, int]) -> dict[str, float]:
    choice = choose(options, table)
    chances = probabilities([o.score for o in choice.options])
    return {o.value: p for o, p in zip(choice.options, chances, strict=True)}


def _penalty(feature: str) -> float:
    """How much a weight costs that a feature gets."""
    return OF_THEMES if SAYS in feature else PENALTY


def _thousandths(table: Mapping[str, float]) -> dict[str, int]:
    """Weights as the program adds them up."""
    return {feature: round(SCALE * weight) for feature, weight in table.items()}


def _fold(article: str, seed: int) -> int:
    """Which part an article is in: the same every time, whatever other articles there are."""
    return int(hashlib.sha256(f"{seed}{article}".encode()).hexdigest(), 16) % FOLDS


class Prepared(NamedTuple):
    """The cases of both tables, and for each part of the articles the first as fitted on all others.

    In ``records`` the odds of what an article is about come from weights that were fitted on others.
    """

    articles: list[Case]
    records: list[tuple[Case, list[Option]]]
    tables: list[dict[str, int]]


def prepared(texts: Sequence[PlaceText]) -> Prepared:
    """What the articles teach of both tables."""
    found = Prepared(
        [case for text in texts if not text.id.startswith("written/") for case in article_cases(text)], [], []
    )
    for part in range(FOLDS):
        others = [c for c in found.articles if _fold(c.article, 0) != part]
        found.tables.append(_thousandths(fit_choice(others, _penalty, LEAST_ARTICLE)))
        within = [text for text in texts if _fold(text.id, 0) == part]
        found.records.extend(pair for t in within for pair in record_cases(t, found.tables[part]))
    return found


def unseen(
    texts: Sequence[PlaceText], starts: Mapping[str, Sequence[int]]
) -> dict[tuple[str, int], PlaceChoice]:
    """The places of figures by weights that were not fitted on their article.

    Args:
        texts: the articles.
        starts: where the figures begin that are asked for, by the article's id.

    Returns:
        The choice for each figure, by the id of its article and where it begins.
    """
    known = prepared(texts)
    found = {}
    for part in range(FOLDS):
        table = _thousandths(fit_records([c for c, _ in known.records if _fold(c.article, 0) != part]))
        for text in (text for text in texts if text.id in starts and _fold(text.id, 0) == part):
            judge = text.judge
            odds = [_odds(about.options(e), known.tables[part]) for e in judge.subjects.evidence]
            for at in starts[text.id]:
                of_article = odds[judge.subjects.index(at)]
                moment = judge.options.moment(at, of_article, judge.ruling.choose(at))
                found[text.id, at] = judge.weighed(moment, table)
    return found


def fit_records(cases: Sequence[Case]) -> dict[str, float]:
    """The weights of the features of a figure, with those that are set by hand."""
    return fit_choice(cases, _penalty, LEAST) | PINNED


def validated(cases: Sequence[tuple[Case, list[Option]]], seeds: int = 3) -> dict[str, tuple[float, float]]:
    """By folder the share of right codes, and of wrong ones that name a place, in articles not fitted on."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for seed in range(1, seeds + 1):
        for part in range(FOLDS):
            table = _thousandths(fit_records([c for c, _ in cases if _fold(c.article, seed) != part]))
            for case, options in cases:
                if _fold(case.article, seed) == part:
                    folder = case.article.partition("/")[0]
                    winner = choose(options, table).winner
                    hit = case.right[[o.value for o in options].index(winner.value)]
                    total[folder] += 1
                    right[folder] += hit
                    wrong[folder] += not hit and winner.value != ""
    return {folder: (right[folder] / n, wrong[folder] / n) for folder, n in sorted(total.items())}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    rules = RuleSet()
    texts = [*read(arguments.folders, rules), *written(CASES, rules)]
    known = prepared(texts)
    for folder, (right, wrong) in validated(known.records).items():
        print(f"{folder}\tright {right:.4f}\twrong and named {wrong:.4f}")
    if arguments.write:
        _write(about.FIELD, fit_choice(known.articles, _penalty, LEAST_ARTICLE))
        _write(FIELD, fit_records([case for case, _ in known.records]))


def _write(name: str, weights: Mapping[str, float]) -> None:
    what = "What a figure is about" if name == FIELD else "What an article, or an item of a digest, is about"
    rows = {feature: (weight,) for feature, weight in weights.items()}
    write(
        RULES / f"{name}.tsv", ["weight"], rows, f"{what}: fitted by python -m tune.place on open gold.", TINY
    )


if __name__ == "__main__":
    main()
