"""The diff room's comparison: the records that two runs made of one article, matched by where the number stands."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

Row = dict[str, Any]
What = Literal["added", "dropped", "altered"]

# Where the record stands and what it is called by; what is left are the fields that rules fill.
_NOT_COMPARED = {"id", "document", "span", "rules", "part_of"}


class FieldChange(NamedTuple):
    """One field that differs, or that another rule fills; nested names are joined by a point (``place.code``)."""

    field: str
    old: Any
    new: Any
    rule_old: str
    rule_new: str


class Difference(NamedTuple):
    """One number of an article of which two runs did not make the same.

    Attributes:
        reason: of an added or dropped number, why the run without the record refused it; empty if it never met it.
        rule: id of the rule that refused it.
        changes: of an altered record; empty for the others.
    """

    what: What
    document: str
    quote: str
    raw_start: int
    raw_end: int
    metric: str
    reason: str
    rule: str
    changes: tuple[FieldChange, ...]

    def as_json(self) -> dict[str, Any]:
        """The difference as plain values."""
        return self._asdict() | {"changes": [change._asdict() for change in self.changes]}


class ArticleRows(NamedTuple):
    """What one run made of one article: rows of ``records.jsonl`` and of ``rejects.jsonl``."""

    records: Sequence[Row]
    rejects: Sequence[Row]


def compare(old: ArticleRows, new: ArticleRows) -> Iterator[Difference]:
    """How the two differ, in the order of the text.

    A record is matched with the one at the same place of the source text, else with one that overlaps it: the same
    number, of which more or less was taken.
    """
    pairs = _matched(old.records, new.records)
    found = [_altered(a, b) for a, b in pairs if a and b]
    found += [_alone("dropped", a, new.rejects) for a, b in pairs if a and not b]
    found += [_alone("added", b, old.rejects) for a, b in pairs if b and not a]
    kept = [difference for difference in found if difference]
    yield from sorted(
        kept, key=lambda difference: (difference.raw_start, difference.raw_end, difference.what)
    )


def _matched(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    waiting: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in new:
        waiting[_span(row)].append(row)
    pairs: list[tuple[Row | None, Row | None]] = []
    alone = []
    for row in old:
        same = waiting[_span(row)]
        if same:
            pairs.append((row, same.pop(0)))
        else:
            alone.append(row)
    left = sorted((row for rows in waiting.values() for row in rows), key=_span)
    starts = [_span(row)[0] for row in left]
    taken: set[int] = set()
    for row in alone:
        start, end = _span(row)
        near = bisect_left(starts, end) - 1  # the last that begins before this one ends
        overlaps = near >= 0 and near not in taken and _span(left[near])[1] > start
        pairs.append((row, left[near] if overlaps else None))
        taken |= {near} if overlaps else set()
    return pairs + [(None, row) for place, row in enumerate(left) if place not in taken]


def _altered(old: Row, new: Row) -> Difference | None:
    before, after = _fields(old), _fields(new)
    changes = tuple(
        FieldChange(name, before.get(name), after.get(name), _rule(old, name), _rule(new, name))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name) or _rule(old, name) != _rule(new, name)
    )
    return _difference("altered", new, "", "", changes) if changes else None


def _alone(what: What, row: Row | None, rejects: Sequence[Row]) -> Difference | None:
    """A record that one run alone has, with the reason of the other."""
    if row is None:
        return None
    start, end = _span(row)
    for reject in rejects:
        if reject["scope"] == "article" or (_span(reject)[0] < end and start < _span(reject)[1]):
            return _difference(what, row, reject["reason"], reject["rule"], ())
    return _difference(what, row, "", "", ())


def _difference(what: What, row: Row, reason: str, rule: str, changes: tuple[FieldChange, ...]) -> Difference:
    name = row["metric"]["name"]
    return Difference(what, row["document"]["id"], row["quote"], *_span(row), name, reason, rule, changes)


def _span(row: Row) -> tuple[int, int]:
    span = row["span"]
    return span["raw_start"], span["raw_end"]


def _fields(row: Row) -> Row:
    """The fields that rules fill, nested names joined."""
    found: Row = {}
    for name, value in row.items():
        if name in _NOT_COMPARED:
            continue
        if isinstance(value, dict):
            found |= {f"{name}.{inner}": deep for inner, deep in value.items()}
        else:
            found[name] = value
    return found


def _rule(row: Row, field: str) -> str:
    """The id of the rule that filled a field, where the record names one."""
    return str(row["rules"].get(field.partition(".")[0], ""))
