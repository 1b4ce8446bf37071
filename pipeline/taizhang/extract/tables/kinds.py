"""Tables: what a cell's text is at first sight: a figure, a year, a date, a telephone number, nothing, or words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Kind = Literal["number", "year", "date", "phone", "code", "none", "text"]

SIGN = "[-−－–+＋±]?"
DIGITS = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.．][0-9]+)?"
PLAIN = re.compile(rf"\s*+(?P<sign>{SIGN})\s*+(?P<digits>{DIGITS})\s*+(?P<percent>[%％‰])?\s*+")
BRACKETED = re.compile(rf"\s*+[（(]\s*+(?P<digits>{DIGITS})\s*+[)）]\s*+")  # a loss, as accounts write it
BOUND = "(?:约|近|超|超过|逾|不足|不到|不少于|不低于|不超过|≥|≤|>|<|＞|＜|达|下降|增长|减少|增加|上升|降低|提高|高|低)?"
LED = re.compile(
    rf"\s*+{BOUND}\s*+[-−－+]?[¥￥$]?\s*+(?:{DIGITS}|[一二三四五六七八九十百千两]+(?=[个家户人条项件名处座所]))"
)
TAIL = re.compile(
    r"(?![.．、)）])\s*+(?:[^\s0-9年月日号时分第，。；、：:（(]{0,6})(?:\s*+[（(][^（）()]{0,20}[)）])?\s*+"
)
RANGE = re.compile(rf"\s*+{DIGITS}\s*+[%％]?\s*+[-~～—–至到]\s*+{DIGITS}\s*+[^\s0-9年月日时]{{0,6}}\s*+")
YEAR = re.compile(r"\s*+(?:19[4-9]|20[0-4])[0-9](?:\s*+年)?\s*+")
DATE = re.compile(
    r"\s*+(?:(?:19|20)[0-9]{2}\s*+[-./年]\s*+[01]?[0-9]\s*+(?:[-./月]\s*+[0-3]?[0-9]\s*+日?|月)?底?前?"
    r"|(?:19|20)[0-9]{2}\s*+年\s*+(?:[0-9]{1,2}\s*+[-~—至]\s*+[0-9]{1,2}\s*+月|(?:上|下)半年|第?[一二三四1-4]季度|底|末|全年|度)前?"
    r"|[01]?[0-9]\s*+月\s*+(?:[0-3]?[0-9]\s*+[日号])?底?前?|[0-9]{1,2}\s*+[-~—至]\s*+[0-9]{1,2}\s*+月|前?[一二三四]季度|(?:上|下)半年)\s*+"
)
PHONE = re.compile(
    r"\s*+(?:0[0-9]{2,3}\s*+[-—－]?\s*+[0-9]{7,8}(?:[-—转][0-9]{1,5})?|1[3-9][0-9]{9}|400-?[0-9]{3}-?[0-9]{4})\s*+"
)
CODE = re.compile(
    r"\s*+(?:0[0-9]{3,}|[0-9]{15}|[0-9]{17}[0-9Xx]|[A-Za-z]{1,8}[-—]?[0-9][-—0-9A-Za-z]*|[0-9A-Z]{18})\s*+"
)
NONE = re.compile(r"[\s\-—–－…./／\\*×√○●、·〃~～]*")
SENTENCE = re.compile(r"[。；;！？]|，")


KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (  # the first that a text is
    ("none", NONE),
    ("year", YEAR),
    ("phone", PHONE),
    ("code", CODE),
    ("number", PLAIN),
    ("number", BRACKETED),
    ("number", RANGE),
    ("date", DATE),
)


@lru_cache(maxsize=65536)
def kind_of(text: str) -> Kind:
    """What a cell's text is.

    >>> [kind_of(t) for t in ("1,234.5", "2023年", "2023-05", "—", "盘龙区", "约120户", "0871-12345678")]
    ['number', 'year', 'date', 'none', 'text', 'number', 'phone']
    """
    for kind, pattern in KINDS:
        if pattern.fullmatch(text):
            return kind
    led = LED.match(text)
    return "number" if led and TAIL.fullmatch(text, led.end()) else "text"


def is_prose(text: str) -> bool:
    """Whether a cell says something in a sentence, and not only names it."""
    return len(text) > 30 or (len(text) > 12 and bool(SENTENCE.search(text))) or "\n" in text.strip()
