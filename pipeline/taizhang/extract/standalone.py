"""Extract: the public functions for plain text: its quantities, dates, places and numerals, by the shipped rules."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from taizhang.align import Aligned
from taizhang.clean.script import simplified
from taizhang.clean.stage import clean_text
from taizhang.extract.dates.find import find_dates
from taizhang.extract.numbers.alone import read_numeral
from taizhang.extract.numbers.find import find_quantities
from taizhang.extract.places.mentions import find_places
from taizhang.records import Date, PlaceMention, Quantity
from taizhang.rules import RuleSet

Found = TypeVar("Found", Date, Quantity)


@lru_cache(maxsize=1)
def _shipped_rules() -> RuleSet:
    return RuleSet()


def _in_source(found: Found, aligned: Aligned, text: str) -> Found:
    """What was found in a cleaned text, with its place in ``text``, which that was cleaned from."""
    start, end = aligned.source_span(found.start, found.end)
    return found.model_copy(update={"start": start, "end": end, "quote": text[start:end]})


def quantities(text: str) -> list[Quantity]:
    """Every quantity of a text, in order, whether or not it would be a record of an article.

    Dates, ordinals, names and idioms are none; thresholds and numbers that point back are.

    Args:
        text: any text, in simplified or traditional characters; digits may be full-width, blanks may set figures apart.

    Returns:
        ``Quantity`` objects with ``start`` and ``end`` (code points, half-open), ``quote``, ``value`` (an exact
        Decimal), ``value_max`` (of a range), ``unit``, ``bound``, ``kind``, and in ``rules`` the id of the rule
        behind each field.

    >>> for q in quantities("2019年投入400余万元，惠及300平方米以下的餐馆近百家。"):
    ...     print(q.quote, q.value, q.unit, q.bound, q.kind)
    400余万元 4000000 元 over money
    300平方米以下 300 平方米 under area
    近百家 100 家 under count
    """
    rules = _shipped_rules()
    aligned, uncertain = clean_text(text, rules)
    found = find_quantities(aligned.text, rules, find_dates(aligned.text, rules))
    sure = (q for q in found if not any(low <= q.end and q.start <= high for low, high in uncertain))
    return [_in_source(q, aligned, text) for q in sure]


def dates(text: str, published: str | None = None) -> list[Date]:
    """Every date, time of day and period of a text, in order.

    Args:
        text: any text.
        published: when the text was written, ISO 8601 (``2019-10-20``, ``2019-10`` or ``2019``). Relative words
            such as 去年 are worked out from it and from no clock; without it their ``value`` is empty.

    Returns:
        ``Date`` objects with ``start`` and ``end`` (code points, half-open), ``quote`` and ``value``: ISO 8601,
        only as precise as the text. ``a/b`` is a period, ``a/..`` one that is open at its end; empty is what the
        text does not tell.

    Raises:
        ValueError: ``published`` is no ISO 8601 date.

    >>> [(d.quote, d.value) for d in dates("去年5月开工，今年前三季度完成", published="2019-10-20")]
    [('去年5月', '2018-05'), ('今年前三季度', '2019-01/2019-09')]
    """
    rules = _shipped_rules()
    aligned, _ = clean_text(text, rules)
    return [_in_source(d, aligned, text) for d in find_dates(aligned.text, rules, published, lengths=True)]


def places(text: str, published: str | None = None) -> list[PlaceMention]:
    """Every name of a Chinese administrative place of a text, in order and without overlap.

    Args:
        text: any text, in simplified or traditional characters.
        published: when the text was written, ISO 8601 (``2019-10-20``, ``2019-10`` or ``2019``): a division is the
            one that bore the name in that year. Without it, the one that bears it today, or else bore it last.

    Returns:
        ``PlaceMention`` objects with ``start`` and ``end`` (code points, half-open), ``surface``, ``code`` (None
        where the text leaves open which of the ``candidates`` is meant), ``name`` (the whole official path),
        ``level``, and ``rule``, the id of the rule behind it.

    Raises:
        ValueError: ``published`` does not begin with a year.

    >>> [(m.surface, m.code, m.name) for m in places("海门区修了桥", published="2024-05-01")]
    [('海门区', '320614', '江苏省南通市海门区')]
    >>> places("鼓楼区开了一家书店")[0].candidates
    ('320106', '320302', '350102', '410204')
    """
    rules = _shipped_rules()
    found = find_places(text, rules, published)
    simple = simplified(text)
    if simple == text:
        return found
    seen = [
        m.model_copy(update={"surface": text[m.start : m.end]}) for m in find_places(simple, rules, published)
    ]
    # A name that is written so in simplified text, too (乾县), is read as it stands.
    kept = [m for m in found if not any(m.start < s.end and s.start < m.end for s in seen)]
    return sorted((*seen, *kept), key=lambda m: m.start)


def numeral(text: str) -> Decimal:
    """The value of a text that is exactly one numeral: Arabic, Chinese, or mixed.

    A share is in per cent where it is written with 百分之 or 成, and a fraction to four places otherwise.

    Raises:
        NumeralError: the text is not one numeral (a range, a bound word, a unit, no possible order).

    >>> numeral("三千二百万"), numeral("1.2万亿"), numeral("三分之二"), numeral("九成五")
    (Decimal('32000000'), Decimal('1200000000000'), Decimal('0.6667'), Decimal('95'))
    """
    return read_numeral(text, _shipped_rules())
