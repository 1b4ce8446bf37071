"""Read: the place that is given for articles from outside: by their own field, by their folder, or for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from taizhang.article import Article
from taizhang.extract.places.region import region_of_path
from taizhang.read.files import Found
from taizhang.rules import RuleSet


def placed(found: Iterable[Found], region: str, *, by_path: bool, rules: RuleSet) -> Iterator[Found]:
    """The articles, each with its place: of its own field, else of its folder (``by_path``), else ``region``."""
    for one in found:
        if not isinstance(one, Article) or one.region:
            yield one
            continue
        folder = region_of_path(one.document.path or "", rules) if by_path else ""
        yield replace(one, region=folder or region) if folder or region else one
