"""Read: a date for articles that say none themselves: as the user gives it, from the path, from a file's properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from taizhang.article import Article
from taizhang.read.dates import iso, published
from taizhang.records import Dating, Rejection

IN_PATH = re.compile(
    r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})(?P<a>[-_./\\年]?)(?P<m>0[1-9]|1[0-2]|[1-9](?![0-9]))"
    r"(?:(?P<b>[-_./\\月]?)(?P<d>0[1-9]|[12][0-9]|3[01]|[1-9](?![0-9])))?(?![0-9])"
)
PROPERTY = re.compile(r"(?:D:)?(?P<date>[0-9]{4}-?[0-9]{2}-?[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Fallback:
    """What dates an article that says none: a date, or its path."""

    given: str | None = None
    source: Literal["path"] | None = None

    def over(self, found: Iterable[Article | Rejection]) -> Iterator[Article | Rejection]:
        """The same inputs; an article that has no date yet, or only its file's properties', has this one."""
        for item in found:
            yield self._dated(item) if isinstance(item, Article) else item

    def _dated(self, article: Article) -> Article:
        if article.document.published and article.document.published_by != "properties":
            return article
        from_path = path_date(article.document.path or "") if self.source == "path" else None
        date = from_path or self.given
        return dated(article, date, "path" if from_path else "given") if date else article


def dated(article: Article, date: str, by: Dating) -> Article:
    """An article with another date."""
    document = article.document.model_copy(update={"published": date, "published_by": by})
    return replace(article, document=document)


def path_date(path: str) -> str | None:
    """The last date in a path, as sites file their pages; None where there is none.

    >>> path_date("2024/0620/x.html"), path_date("news/202406/t20240620_17.html"), path_date("a/17.html")
    ('2024-06-20', '2024-06-20', None)
    """
    found = None
    for m in IN_PATH.finditer(path):
        value = iso(int(m["y"]), int(m["m"]), int(m["d"]) if m["d"] else None)
        if value and (found is None or len(value) >= len(found)):
            found = value
    return found


def property_date(text: str) -> str | None:
    """The day of a file's property, as PDF and XML write it.

    >>> property_date("D:20240620093000+08'00'"), property_date("2024-06-20T01:30:00Z"), property_date("")
    ('2024-06-20', '2024-06-20', None)
    """
    m = PROPERTY.match(text)
    return published(m["date"]) if m else None
