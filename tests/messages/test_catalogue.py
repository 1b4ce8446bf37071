"""The Chinese catalogue against the code: every message is in it, nothing else is, and the fields are the same."""

from __future__ import annotations

import importlib.util
import io
import sys
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from taizhang.messages import speaking, told
from taizhang.messages.catalogue import fit, pieces

TOP = Path(__file__).parents[2]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages_script", TOP / "scripts" / "messages.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


SCRIPT = _script()
SAID = SCRIPT.messages()


def _catalogue() -> Catalog:
    with SCRIPT.PO.open("rb") as file:
        return read_po(file, "zh")


CATALOGUE = {(m.context or "", m.id): m.string for m in _catalogue() if m.id}


def _fields(template: str) -> list[str]:
    parts = Formatter().parse(template)
    return sorted(f"{name}:{spec}!{conversion}" for _text, name, spec, conversion in parts if name)


def test_every_message_has_a_translation() -> None:
    missing = sorted(text for context, text in SAID if not CATALOGUE.get((context, text)))
    assert not missing, "run `make messages`, then translate these in taizhang.po:\n" + "\n".join(missing)


def test_every_translation_has_a_message() -> None:
    left_over = sorted(text for context, text in CATALOGUE if (context, text) not in SAID)
    assert not left_over, "nobody says these any more; `make messages` drops them:\n" + "\n".join(left_over)


def test_translations_have_the_fields_of_their_messages() -> None:
    assert {key: text for key, text in CATALOGUE.items() if _fields(key[1]) != _fields(text)} == {}


def test_translations_have_the_paragraphs_of_their_messages() -> None:
    counts = {key: (key[1].count("\n\n"), text.count("\n\n")) for key, text in CATALOGUE.items()}
    assert {key: pair for key, pair in counts.items() if pair[0] != pair[1]} == {}


def test_the_compiled_catalogue_is_that_of_the_texts() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, SCRIPT.collect(_catalogue()))
    assert compiled.getvalue() == SCRIPT.PO.with_suffix(".mo").read_bytes(), "run `make messages`"


SOURCES = [
    # source, the messages in it, what it proves
    (
        'RuleError(f"{path}: expected a {what.kind}, got none")',
        ["{path}: expected a {kind}, got none"],
        "an error",
    ),
    ('OutputError(f"{a}: expected {a}, got {b()}")', ["{a}: expected {a2}, got {b}"], "one name twice"),
    ('detail = "expected text" if x else f"got {n} pages"', ["expected text", "got {n} pages"], "a choice"),
    ('raise RuleError(f"{path}: {error}")', [], "no words of ours"),
    (
        'raise RuleError(f"{{n}} is missing in {where}")',
        ["{{n}} is missing in {where}"],
        "a brace that is text",
    ),
    (
        'detail = other(x) or f"{path}: expected a file"',
        ["{path}: expected a file"],
        "what is told where nothing else is",
    ),
    ('_("time")', ["time"], "a marked text, however short"),
    ('UnreadableInput("bad-json", "expected JSON here")', ["expected JSON here"], "a code is no message"),
    ('raise KeyError("not one of ours")', [], "an error that no user sees"),
]


@pytest.mark.parametrize(("source", "messages", "proves"), SOURCES, ids=[case[2] for case in SOURCES])
def test_messages_are_found_in_a_source(source: str, messages: list[str], proves: str) -> None:
    assert [text for _context, text in SCRIPT.said_in(source)] == messages


TOLD = [
    # a finished message, the same in Chinese, what it proves
    ("a.txt: expected text, got none", "a.txt：应有正文，实际没有", "one field"),
    ("expected a file without a password", "应是没有密码的文件", "no field"),
    (
        "x: y: expected a file, got none",
        "x: y：应是文件，实际是 none",
        "a field with the text around it in it",
    ),
    (
        "a: expected text, got none\nb: expected text, got none",
        "a：应有正文，实际没有\nb：应有正文，实际没有",
        "a line each",
    ),
    (
        "unit: gdp: expected a unit that 个 converts to (个), got 亩",
        "unit：gdp：应为 个 能换算成的单位（个），实为 亩",
        "of two templates that fit, the one that with those of its fields leaves least in English",
    ),
    ("no words of ours", "no words of ours", "what is not known stays"),
    ("3 to 5", "3 to 5", "a text that is said with `_` is no template"),
    ("", "", "nothing"),
]


@pytest.mark.parametrize(("finished", "chinese", "proves"), TOLD, ids=[case[2] for case in TOLD])
def test_a_finished_message_is_told_by_its_template(finished: str, chinese: str, proves: str) -> None:
    with speaking("zh"):
        assert told(finished) == chinese
    assert told(finished) == finished


TEXT = st.text("ab, :{}。", max_size=6)


@given(st.lists(st.tuples(TEXT.filter(bool), TEXT), max_size=4), TEXT)
def test_what_a_template_made_fits_it(parts: list[tuple[str, str]], end: str) -> None:
    cut: list[tuple[str, str | None]] = [(text, f"f{n}") for n, (text, _value) in enumerate(parts)]
    finished = "".join(text + value for text, value in parts) + end
    fields = fit([*cut, (end, None)] if end else cut, finished)
    assert fields is not None
    assert "".join(text + fields[f"f{n}"] for n, (text, _value) in enumerate(parts)) + end == finished


def test_pieces_are_those_of_format() -> None:
    assert pieces("{{n}}: {x!r:>3} end") == [("{", None), ("n}", None), (": ", "x"), (" end", None)]
