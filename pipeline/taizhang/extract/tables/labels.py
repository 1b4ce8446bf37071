"""Tables: a head of a row or column, or a caption, taken apart: what it names, its place, time and unit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from taizhang.extract.dates.calendar import parse
from taizhang.extract.dates.find import find_dates
from taizhang.extract.places.gazetteer import within
from taizhang.extract.places.topic import PlaceCode
from taizhang.extract.tables.names import Names
from taizhang.extract.tables.shapes import REMEMBERED, TableWords, squeezed
from taizhang.extract.tables.spots import TablePlaces
from taizhang.extract.tables.units import ScaledUnit, UnitReader
from taizhang.records import Date
from taizhang.rules import RuleSet

BRACKET = re.compile(r"[（(\[【〔]([^（）()\[\]【】〔〕]{0,40})[)）\]】〕]")
EMPTY = re.compile(r"[（(\[【〔]\s*[)）\]】〕]")
SEPARATED = re.compile(r"[/／,，、\s](?P<unit>[^\s,，、（）()]{1,10})$")
SEVERAL = re.compile(r"[、,，;；\s]+")
LINE = re.compile(r"(?<!\s)[^\S\n]*+\n\s*+")
HAN_SPACE = re.compile(r"(?<=[\u4e00-\u9fff（）()：、，])[ \u3000\u00a0]+(?=[\u4e00-\u9fff（）()：、，])")
PER_CENT = ("%", "％")
ANY_YEAR = "2000-12-31"  # completes a date only to see that it is one


class Label(NamedTuple):
    """What a head says.

    Attributes:
        words: what it names, without numbering, unit, place and time; may be empty.
        unit: in its brackets or behind it.
        time: ISO 8601, or empty.
        spot: the place that it names in front of its words, or alone.
        among, total: whether it is a part of what stands before, or the sum of what does.
        ratio: whether it is a share or growth by its words.
        before: whether it means the time a year before the table's.
        text: as written, on one line and without blanks between characters.
        level: how deep its numbering stands, from 1: 一、 （一） 1. (1) ①; 0 for none.
        undated: its time where that lacks the year: 1月, 上半年.
    """

    words: str = ""
    unit: ScaledUnit | None = None
    time: str = ""
    spot: PlaceCode | None = None
    among: bool = False
    total: bool = False
    ratio: bool = False
    before: bool = False
    text: str = ""
    level: int = 0
    undated: str = ""


NOTHING = Label()


class Labels:
    """Takes the heads of one article's tables apart; equal texts once."""

    def __init__(self, rules: RuleSet, spots: TablePlaces, published: str | None) -> None:
        self._rules, self.spots, self._published = rules, spots, published
        self.words, self.units, self.names = TableWords.of(rules), UnitReader.of(rules), Names.of(rules)
        self.read = lru_cache(maxsize=REMEMBERED)(self._read)

    def dates(self, text: str, anchor: str | None) -> list[Date]:
        """The dates of a text that it is not compared with."""
        found = find_dates(text, self._rules, anchor or self._published)
        return [d for d in found if d.value and not self.words.base.search(text[: d.start])]

    def _read(self, text: str, anchor: str | None = None) -> Label:
        """A head; ``anchor`` is the date that completes one without a year."""
        line = HAN_SPACE.sub("", LINE.sub("", self.words.untranslated(text)))
        among = bool(self.words.among.match(line))
        rest = self.words.among.sub("", line)
        numbered = self.words.numbering.match(rest)
        if numbered and numbered.end() < len(rest):
            rest = rest[numbered.end() :]
            among = among or bool(self.words.among.match(rest))
            rest = self.words.among.sub("", rest)
        rest = self.words.footnote.sub("", rest.strip())
        rest, unit = self._unit(self.words.index_base.sub("", rest))
        before, rest = self._before(rest)
        rest, time, undated = self._time(rest, anchor)
        whole = self.spots.whole(rest, "") is not None
        spot, rest = self._place(rest)
        words = self._without_period(squeezed(EMPTY.sub("", rest)).strip(self.words.edges))
        total = self.words.has("total", words) or whole
        return Label(
            words=words,
            unit=unit,
            time=time,
            spot=spot,
            among=among,
            total=total,
            ratio=self._is_ratio(words),
            before=before,
            text=line,
            undated=undated,
            level=self.words.level(numbered[0]) if numbered else 0,
        )

    def _without_period(self, words: str) -> str:
        """A growth without the period that it is of, which the time tells: 累计同比."""
        rest = words[len(self.words.form("period_begin", words)) :]
        return rest if rest and self.words.form("generic", rest) == rest else words

    def _before(self, text: str) -> tuple[bool, str]:
        """Whether a head is of the time a year before, and the rest of it where it names more: 上期价格."""
        begins = self.words.form("before_begin", text)
        if self.words.has("before", text) or not begins:
            return self.words.has("before", text), text
        rest = squeezed(text)[len(begins) :]
        return True, rest if len(rest) > 1 else text

    def _is_ratio(self, words: str) -> bool:
        shares = self.words.has("ratio", words) and not self.words.has("no_ratio", words)
        return shares or (words.endswith(PER_CENT) and not words[-2:-1].isdigit())

    def near(self, text: str, anchor: str | None, context: str) -> Label:
        """A head in a table of ``context``: a town of elsewhere is none, since towns far apart bear the same name."""
        label = self.read(text, anchor)
        far = label.spot and label.spot.township and context and not within(label.spot.code, context)
        return label._replace(spot=None, words=label.words or squeezed(text)) if far else label

    def _unit(self, text: str) -> tuple[str, ScaledUnit | None]:
        """A head without its unit, and the unit: in brackets, or behind a stroke, a comma or a blank."""
        for bracket in reversed(list(BRACKET.finditer(text))):
            inner = bracket[1].strip()
            if bracket.end() == len(text) and self.words.has("division", inner):  # 乡镇（街道）
                text = text[: bracket.start()]
                continue
            said = self.words.form("unit_said", inner)
            inner = squeezed(inner)[len(said) :] if said else inner
            unit = self._one_of(inner)
            if unit is None and said:
                unit = self.units.said(inner)
            if unit:
                return text[: bracket.start()] + text[bracket.end() :], unit
        if text.endswith(PER_CENT) and not text[-2:-1].isdigit():  # 增值税50% is a name
            return text.rstrip("%％± "), self.units.read("%")
        separated = SEPARATED.search(text)
        if separated:
            unit = self.units.read(separated["unit"])
            if unit and (unit.kind != "count" or unit.factor > 1 or text[separated.start()] in "/／"):
                return text[: separated.start()], unit
        return text, None

    def _one_of(self, text: str) -> ScaledUnit | None:
        """The unit that brackets hold, alone or first of several: （±%）, （亿元、%）."""
        unit = self.units.read(text) or self.units.scale(text)
        if unit:
            return None if self.words.has("division", text) else unit  # 各县（市）区 is no unit
        found = [self.units.read(part) for part in SEVERAL.split(text) if part]
        return found[0] if found and all(found) else self.units.symbol(text)

    def _time(self, text: str, anchor: str | None) -> tuple[str, str, str]:
        """A head without the time in it, the time, and how it is written if it lacks the year."""
        if self.words.has("ratio", text) and self.words.has("change", text):
            return text, "", ""
        plain = any(self.words.form(c, text) == squeezed(text) for c in ("value", "stage"))
        if plain or self.words.has("before", text):
            return text, "", ""
        rest, point = self._numbered(text)
        if point:
            return rest, point, ""
        for date in self.dates(text, anchor or ANY_YEAR):
            undated = date.quote if self.words.undated.fullmatch(squeezed(date.quote)) else ""
            if not anchor and not undated and date not in self.dates(text, None):
                continue
            left, right = text[: date.start].rstrip(), text[date.end :].lstrip()
            edge = not left.strip("（([【") or not right.strip("）)]】") or left.endswith(("（", "("))
            if edge:
                rest = left + right
                rest = "" if len(rest) == 1 and rest.isascii() else rest  # Y2023年
                return rest, latest(date) if anchor or not undated else "", undated
        if self.words.year.fullmatch(text.strip()):
            return "", text.strip()[:4], ""
        return text, "", ""

    def _numbered(self, text: str) -> tuple[str, str]:
        """The rest of a head and the time that figures alone tell: 2023.05, 20230517, pop2013."""
        point = self.words.month_of(text) or self.words.day_of(text)
        named = None if point else self.words.named_year.fullmatch(text.strip())
        if not named:
            return "", point
        return named["name"] if len(named["name"]) > 1 else "", named["year"]

    def _place(self, text: str) -> tuple[PlaceCode | None, str]:
        """The place that a head begins with, and the rest of it."""
        plain = squeezed(text)
        end = 0
        last = None
        for mention in self.spots.mentions(plain):
            official = self.words.has("division", mention.surface) or mention.end == len(plain)
            if mention.start != end or not mention.code or not official:
                break
            last, end = mention, mention.end
        if last is None or last.code is None:
            return None, text
        below = last.surface if last.level == "township" else ""
        return PlaceCode(last.code, below, plain[:end]), plain[end:]


def latest(date: Date) -> str:
    """What is to be done before a day is done at the latest on it: ISO 8601."""
    return date.value.removeprefix("../")


def year_before(value: str) -> str:
    """An ISO 8601 time a year earlier.

    >>> year_before("2023-01/2023-06"), year_before("2023")
    ('2022-01/2022-06', '2022')
    """
    parts = []
    for part in value.split("/"):
        point = parse(part) if part != ".." else None
        parts.append(f"{point.year - 1:04}{part[4:]}" if point else part)
    return "/".join(parts)
