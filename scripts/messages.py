"""Collects what the command says into zh/LC_MESSAGES/taizhang.po, and compiles it: `make messages`.

A message is the argument of ``_``; the text of an exception of ours, of ``typer.BadParameter`` or of ``say``; a value
of ``detail``; a help text of the commands. Texts with fields (f-strings) become templates: ``{path}: expected text``.
New messages come without a translation, which tests/messages refuses; translations that no message has are dropped.
"""

from __future__ import annotations

import ast
import builtins
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from taizhang import errors
from taizhang.check import CHECKS
from taizhang.cli import app
from taizhang.messages.catalogue import FINISHED

PACKAGE = Path(__file__).parents[1] / "pipeline" / "taizhang"
PO = PACKAGE / "messages" / "zh" / "LC_MESSAGES" / "taizhang.po"

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes whenever it is compiled
RAISED = {name for name in vars(errors) if name.endswith(("Error", "Input"))} | {"BadParameter"}
CALLS = RAISED | {"say", "_fail", "fault", "Wording"}  # called with a message
SAVED = "detail"  # the name of variables, keywords and fields that hold a message
# What typer says by itself: first what it asks gettext for, then what it says finished (release 0.29).
TYPER = (
    "Arguments",
    "Options",
    "Commands",
    "Aborted.",
    "Show this message and exit.",
    "default: {default}",
    "required",
    "Usage: ",
    "Missing command.",
    "No such command {name!r}.",
)
TYPER_FINISHED = (
    "Usage: {usage}",
    "Example: {command}",
    "Missing argument {argument}.",
    "Missing option {option}.",
    "{message}. Did you mean {suggestions}?",
    "No such option: {option}",
    "{message} (Possible options: {options})",
    "Option {option} requires an argument.",
    "Option {option} does not take a value.",
    "Got unexpected extra argument(s) ({arguments})",
    "Invalid value: {message}",
    "Invalid value for {parameter}: {message}",
    "Value error, {value} is not one of {choices}.",
    "Input should be greater than or equal to {limit}",
    "Input should be less than or equal to {limit}",
    "Input should be a valid integer, unable to parse string as an integer",
    "Input should be a valid number, unable to parse string as a number",
    "file {path} is a directory.",
    "file {path} does not exist.",
    "dir {path} is a file.",
    "dir {path} does not exist.",
)
# What Python, the system and pydantic say inside messages of ours, as far as a user is likely to meet it.
LIBRARIES = (
    "[Errno {number}] {reason}: {path}",
    "[Errno {number}] {reason}",
    "No such file or directory",
    "Permission denied",
    "Is a directory",
    "Not a directory",
    "File exists",
    "File name too long",
    "No space left on device",
    "Read-only file system",
    "File is not a zip file",
    "File too large",
    "{fault}: line {line} column {column} (char {character})",
    "{fault} (at line {line}, column {column})",
    "Expecting value",
    "Expecting {sign} delimiter",
    "Expecting property name enclosed in double quotes",
    "Extra data",
    "Unterminated string starting at",
    "Invalid JSON: {fault}",
    "{fault} at line {line} column {column}",
    "EOF while parsing {what}",
    "expected value",
    "Input should be {expected}",
    "Value error, {fault}",
    "a valid string",
    "a valid integer",
    "a valid number",
    "a valid decimal",
    "a valid boolean",
    "a valid list",
    "a valid tuple",
    "a valid array",
    "a valid dictionary",
    "a valid dictionary or instance of {model}",
    "a valid integer, unable to parse string as an integer",
    "a valid number, unable to parse string as a number",
    "an object",
    "a value",
    "a list",
    "a string",
    "greater than {limit}",
    "a list with at least {least} item after validation, not {got}",
    "a tuple with at least {least} item after validation, not {got}",
    "a string with at least {least} character",
    "a string with at most {most} characters",
    "a string of pattern {pattern}",
)

Message = tuple[str, str]  # its context, and the message or template


def messages() -> dict[Message, set[str]]:
    """Every message with the files that it stands in."""
    found: dict[Message, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for message in said_in(path.read_text("utf-8")):
            found.setdefault(message, set()).add(path.relative_to(PACKAGE).as_posix())
    for name, texts in (("check/checks.py", [*CHECKS, *CHECKS.values()]), ("errors.py", [errors.ALL_FAILED])):
        for text in texts:
            found.setdefault(("", text), set()).add(name)
    for text in help_texts():
        found.setdefault(("", text), set()).add("help")
    for name, context, texts in (
        ("typer", "", TYPER),
        ("typer", FINISHED, TYPER_FINISHED),
        ("libraries", FINISHED, LIBRARIES),
    ):
        for text in texts:
            found.setdefault((context, text), set()).add(name)
    return found


def help_texts() -> Iterator[str]:
    """The help of all commands, arguments and options."""
    waiting: list[Any] = [typer.main.get_command(app)]
    while waiting:
        command = waiting.pop()
        waiting += getattr(command, "commands", {}).values()
        texts = [command.help, *(getattr(p, "help", "") for p in command.params)]
        yield from filter(None, texts)


def said_in(source: str) -> Iterator[Message]:
    """The messages in the source of a module, those with fields as templates."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) == "_":
            yield from (("", text) for text in _templates(node.args[0]))
        elif isinstance(node, ast.Call) and _name(node.func) in CALLS:
            yield from _finished(node.args)
        elif (isinstance(node, ast.keyword) and node.arg == SAVED) or (
            isinstance(node, ast.Assign) and _name(node.targets[0]) == SAVED
        ):
            yield from _finished([node.value])


def _finished(nodes: list[ast.expr]) -> Iterator[Message]:
    return ((FINISHED, text) for node in nodes for text in _templates(node) if _tells(text))


def _tells(template: str) -> bool:
    """Whether there are words in it; a code and a bare ``{path}: {error}`` have nothing to translate."""
    return bool(re.search(r"[a-z]{2,}", re.sub(r"\{\w*\}", "", template))) and " " in template


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _templates(node: ast.expr) -> Iterator[str]:
    """The text of an expression, with a field for each part of it that is no text."""
    if isinstance(node, ast.IfExp):
        yield from _templates(node.body)
        yield from _templates(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _templates(value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield _joined(node)


def _joined(node: ast.JoinedStr) -> str:
    """An f-string as a template."""
    parts: list[str] = []
    taken: set[str] = set()
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value).replace("{", "{{").replace("}", "}}"))
        else:
            assert isinstance(part, ast.FormattedValue)
            name = base = _field(part.value)
            while name in taken:
                name = f"{base}{len(taken) + 1}"
            taken.add(name)
            parts.append(f"{{{name}}}")
    return "".join(parts)


def _field(node: ast.expr) -> str:
    """A name for a field, after the expression in it."""
    names = [_name(n) for n in ast.walk(node) if isinstance(n, ast.Name | ast.Attribute)]
    return next((name for name in names if name and name not in vars(builtins)), "value")


def collect(known: Catalog) -> Catalog:
    """The catalogue of what the command says now, with the translations that are known of it."""
    made = Catalog("zh", domain="taizhang", project="taizhang", fuzzy=False)
    made.creation_date = made.revision_date = EPOCH
    for (context, text), files in sorted(messages().items()):
        before = known.get(text, context or None)
        locations: list[Any] = [(name, None) for name in sorted(files)]
        made.add(text, before.string if before else "", locations, context=context or None)
    return made


def main() -> int:
    """Write the catalogue and its compiled form; 1 where a message has no translation."""
    with PO.open("rb") as file:
        made = collect(read_po(file, "zh"))
    with PO.open("wb") as file:
        write_po(file, made, width=0, omit_header=True, include_lineno=False)
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, made)
    missing = [message.id for message in made if message.id and not message.string]
    for text in missing:
        print(f"no translation yet: {text!r}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
