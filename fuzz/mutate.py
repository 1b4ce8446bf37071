"""The fuzzing room's mutations: a text cut, doubled, mixed and damaged, by a random generator that the caller seeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

CONTROLS = "\x00\x01\x07\x08\x0b\x0c\x1b\x7f\x85\u2028\u2029\ufffe"
FORMATS = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202e\u2066\u2069\u061c\u3164\u180e"
SURROGATES = "\ud800\udbff\udc00\udfff"
MARKS = "\u0301\u0489\u20dd\ufe0f\u3099\u3000\u00a0\u2003"
SCRIPTS = "aA１Ａαж한かカ٣५๓٫४፩①⑩Ⅳ㈠㊀²½％‰℃〇零壹贰萬億兩點分之兆卅廿\U0001d7d8\U0001f600\U00020bb7"
PARTS = (
    "第",
    "其中",
    "至",
    "到",
    "百分之",
    "分之",
    "万",
    "亿",
    "多",
    "余",
    "近",
    "约",
    "半",
    "几",
    "点",
    "%",
    "．",
    ".",
    ",",
    "，",
    "、",
    "：",
    "-",
    "～",
    "—",
    "/",
    "（",
    "）",
    "“",
    "”",
    "《",
    "》",
    "\n",
    "\r\n",
    "\t",
    " ",
    "<p>",
    "</td>",
    "&nbsp;",
    "&#49;",
    "(shí)",
    "2019年",
    "3月5日",
    "全市",
    "该县",
    "鼓楼区",
    "每户",
    "人均",
    "增长",
    "元",
    "个百分点",
    "平方米",
    "\ufffd",
)

Mutation = Callable[[str, Random], str]


def cut(text: str, random: Random) -> str:
    """Take a piece out."""
    start, end = _piece(text, random)
    return text[:start] + text[end:]


def double(text: str, random: Random) -> str:
    """Say a piece several times."""
    start, end = _piece(text, random)
    return text[:end] + text[start:end] * random.choice((1, 1, 2, 9)) + text[end:]


def move(text: str, random: Random) -> str:
    """Put a piece elsewhere."""
    start, end = _piece(text, random)
    rest = text[:start] + text[end:]
    at = random.randint(0, len(rest))
    return rest[:at] + text[start:end] + rest[at:]


def turn(text: str, random: Random) -> str:
    """Turn a piece round."""
    start, end = _piece(text, random)
    return text[:start] + text[start:end][::-1] + text[end:]


def space_out(text: str, random: Random) -> str:
    """Put one character between all characters of a piece."""
    start, end = _piece(text, random)
    return text[:start] + random.choice(" \n\u3000\u200b,、").join(text[start:end]) + text[end:]


def _inserting(pieces: Sequence[str]) -> Mutation:
    def insert(text: str, random: Random) -> str:
        at = random.randint(0, len(text))
        return text[:at] + random.choice(pieces) + text[at:]

    return insert


def digits(text: str, random: Random) -> str:
    """Write a number of any length somewhere."""
    at = random.randint(0, len(text))
    signs = random.choice(("0123456789", "0123456789.,", "一二三四五六七八九十百千万亿零〇两", "１２３．％"))
    return text[:at] + "".join(random.choices(signs, k=random.choice((1, 2, 3, 5, 8, 30, 70)))) + text[at:]


MUTATIONS: tuple[Mutation, ...] = (
    cut,
    double,
    move,
    turn,
    space_out,
    digits,
    _inserting(PARTS),
    _inserting(PARTS),
    _inserting(CONTROLS),
    _inserting(FORMATS),
    _inserting(SURROGATES),
    _inserting(MARKS),
    _inserting(SCRIPTS),
)


def mutated(text: str, random: Random, most: int = 6) -> str:
    """``text`` after one to ``most`` mutations."""
    for _ in range(random.randint(1, most)):
        text = random.choice(MUTATIONS)(text, random)
    return text


def _piece(text: str, random: Random) -> tuple[int, int]:
    start = random.randint(0, len(text))
    return start, min(len(text), start + random.choice((1, 1, 2, 3, 5, 8, 20, 60)))
