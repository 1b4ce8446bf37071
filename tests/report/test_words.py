"""The words, the script and the colours of the report: nothing unsaid, nothing said twice, all told apart."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest

import taizhang.report as room
from taizhang.records import Bound, How, Kind, Level, Phase
from taizhang.report.page import SCRIPTS, STYLES
from taizhang.report.words import words
from taizhang.rules import RuleSet
from taizhang.validate.checks import CHECKS

ASSETS = Path(room.__file__).parent / "assets"
SCRIPT = {name: (ASSETS / name).read_text("utf-8") for name in SCRIPTS}
TEMPLATE = (ASSETS / "page.html.jinja").read_text("utf-8")
HAN = re.compile(r"[\u4e00-\u9fff]")
CODES = [("phase", Phase), ("kind", Kind), ("bound", Bound), ("level", Level), ("how", How)]


@pytest.mark.parametrize(("part", "type_"), CODES, ids=[part for part, _ in CODES])
def test_every_code_of_a_record_has_its_words(part: str, type_: object) -> None:
    assert set(words()[part]) == {code for code in get_args(type_) if code}


def test_every_check_has_its_words() -> None:
    assert set(words()["check"]) == set(CHECKS)


def test_every_reason_that_rules_give_has_its_words() -> None:
    given = {
        reason
        for path in RuleSet().folders[0].glob("*.toml")
        for reason in re.findall(r'^reason = "([a-z-]+)"', path.read_text("utf-8"), re.MULTILINE)
    }
    assert given and given <= set(words()["reason"])


def test_everything_is_said_in_both_languages() -> None:
    for part, said in words().items():
        for name, texts in said.items():
            assert texts["zh"] and texts["en"], (part, name)
            assert not HAN.search(texts["en"]) or name == "deixis", (part, name)
            assert re.findall(r"\{\w+\}", texts["zh"]) == re.findall(r"\{\w+\}", texts["en"]) or sorted(
                re.findall(r"\{\w+\}", texts["zh"])
            ) == sorted(re.findall(r"\{\w+\}", texts["en"])), (part, name)


def test_what_the_page_says_is_in_the_words_and_nothing_else_is() -> None:
    everything = "\n".join(SCRIPT.values())
    asked = set(re.findall(r'word\("(\w+)", "([\w-]+)"', everything))
    asked |= {tuple(key.split(".")) for key in re.findall(r'data-(?:label|placeholder)="([\w.]+)"', TEMPLATE)}
    asked |= set(re.findall(r'said\("(\w+)", "(\w+)"\)', TEMPLATE))
    known = {(part, name) for part, said in words().items() for name in said}
    assert asked - known == set()
    fixed = {"filter", "article", "page", "charts", "about", "table", "review"}
    names = set(re.findall(r'"([\w-]+)"', everything + TEMPLATE)) | set(
        re.findall(r"text\.\w+\.(\w+)", TEMPLATE)
    )
    names |= {f"{card}_note" for card in re.findall(r'\bcard\("(\w+)"', everything)}
    names |= {f"map_{what}" for what in ("records", "problem", "result", "share")}
    names |= set(re.findall(r"\w+\.(\w+)", " ".join(re.findall(r'"(\w+\.\w+)"', everything))))
    names |= set(re.findall(r"(\w+): ", everything))
    assert {(part, name) for part, name in known if part in fixed and name not in names} == set()


def test_no_name_stands_for_two_things_in_the_one_script() -> None:
    declared = re.compile(
        r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)|^const \[(.+?)\] =", re.MULTILINE
    )
    names = Counter(
        name.strip()
        for text in SCRIPT.values()
        for one, many in declared.findall(text)
        for name in (one or many).split(",")
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_every_import_names_what_its_file_exports() -> None:
    for text in SCRIPT.values():
        for names, source in re.findall(r'^import \{([^}]*)\} from "\./([\w.]+)";', text, re.MULTILINE):
            exported = set(
                re.findall(r"^export (?:function|const|class|let) (\w+)", SCRIPT[source], re.MULTILINE)
            )
            assert {name.strip() for name in names.split(",") if name.strip()} <= exported


def test_the_script_makes_no_markup_of_text() -> None:
    for name, text in SCRIPT.items():
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(|Function\(", text
        ), name


def _colours(scheme: str) -> dict[str, tuple[float, ...]]:
    style = "".join((ASSETS / name).read_text("utf-8") for name in STYLES)
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    found = re.findall(r"--([\w-]+): #([0-9a-f]{3,6})\b", light if scheme == "light" else dark)
    wide = {name: code if len(code) == 6 else "".join(c * 2 for c in code) for name, code in found}
    return {name: tuple(int(code[n : n + 2], 16) / 255 for n in (0, 2, 4)) for name, code in wide.items()}


def _linear(colour: tuple[float, ...]) -> list[float]:
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]


def _contrast(one: tuple[float, ...], two: tuple[float, ...]) -> float:
    weights = (0.2126, 0.7152, 0.0722)
    light, dark = sorted((sum(map(float.__mul__, weights, _linear(c))) for c in (one, two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# What a person without one kind of cones sees, on linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
SEEN_BY = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no long": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no medium": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
}


def _lab(colour: tuple[float, ...], sight: str) -> list[float]:
    linear = [
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, _linear(colour), strict=True))))
        for row in SEEN_BY[sight]
    ]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    xyz = [
        sum(a * b for a, b in zip(row, linear, strict=True)) / w for row, w in zip(to_xyz, white, strict=True)
    ]
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sight", SEEN_BY)
def test_the_phases_are_told_apart_by_their_colours(sight: str, scheme: str) -> None:
    colours = {name: colour for name, colour in _colours(scheme).items() if name in get_args(Phase)}
    assert len(colours) == 6
    near = {}
    for one, two in combinations(colours, 2):
        pair = zip(_lab(colours[one], sight), _lab(colours[two], sight), strict=True)
        near[one, two] = sum((a - b) ** 2 for a, b in pair) ** 0.5
    assert min(near.values()) > 10, min(near, key=lambda pair: near[pair])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_drawing_stands_out_from_what_it_is_on(scheme: str) -> None:
    colours = _colours(scheme)
    for phase in get_args(Phase):
        assert _contrast(colours[phase], colours["sheet"]) >= 3, phase
