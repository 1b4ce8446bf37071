"""Lexicon: one line of a word table as a checked row, and how the tables of several folders become one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError

from taizhang.cache import table
from taizhang.errors import RuleError
from taizhang.model_faults import found, wanted
from taizhang.records import Phase

COLUMNS = ("form", "class", "sense", "phase", "role", "tag", "source", "rules", "note")
LISTED = 7  # which of them holds rule ids, parted by blanks

Table = Literal["verbs", "nouns", "modifiers", "bodies", "idioms"]


class Entry(NamedTuple):
    """One sense of one word.

    Attributes:
        table: the file's name without its ending: ``verbs``, ``nouns``, ``modifiers``, ``bodies``, ``idioms``.
        form: the word as written.
        word_class: its semantic class, one of ``rules/words/classes.tsv``.
        sense: a gloss, where the form has several senses.
        phase: what a done, affirmative use tells of a number beside it; empty where it tells none.
        role: how it stands in a clause: ``plain``, ``light``, ``reach``, ``change`` …; empty for what is no verb.
        tag: its part of speech in jieba's set.
        source: where it comes from: ``bulk`` (seen beside quantities), ``rules`` (lists of the genre), ``hand``.
        rules: the ids of the rules that list it.
        note: anything else.
    """

    table: str
    form: str
    word_class: str
    sense: str
    phase: Phase | Literal[""]
    role: str
    tag: str
    source: str
    rules: tuple[str, ...]
    note: str


class WordClass(NamedTuple):
    """A class of words: which table it belongs to, the phase that its words mostly tell, and what it means."""

    name: str
    table: str
    phase: Phase | Literal[""]
    meaning: str
    examples: str


_ENTRIES: TypeAdapter[list[Entry]] = TypeAdapter(list[Entry])
_CLASSES: TypeAdapter[list[WordClass]] = TypeAdapter(list[WordClass])

Line = tuple[int, list[str]]  # its number, and its columns


def lines(path: str, text: str, columns: int) -> Iterator[Line]:
    """The rows of a table with their line numbers; lines that begin with ``#`` are its head, empty ones are skipped.

    Raises:
        RuleError: a row has another number of columns.
    """
    for number, line in enumerate(text.split("\n"), 1):
        row = line.removesuffix("\r")
        if not row or row[0] == "#":
            continue
        cells = row.split("\t")
        if len(cells) != columns:
            raise RuleError(f"{path}:{number}: expected {columns} columns parted by tabs, got {len(cells)}")
        yield number, cells


def read_classes(path: str, text: str) -> list[WordClass]:
    """The classes of ``rules/words/classes.tsv``.

    Raises:
        RuleError: a line does not say what it should, named by file, line and column.
    """
    rows = list(lines(path, text, len(WordClass._fields)))
    return _validated(_CLASSES, path, [n for n, _ in rows], [c for _, c in rows], WordClass._fields)


def read_entries(path: str, text: str, name: str, classes: Mapping[str, WordClass]) -> list[Entry]:
    """The entries of one word table.

    Raises:
        RuleError: a line does not say what it should, named by file, line and column.

    >>> known = {"build": WordClass("build", "verbs", "result", "makes a thing", "建成")}
    >>> (entry,) = read_entries("verbs.tsv", "建成\\tbuild\\t\\tresult\\tplain\\tv\\thand\\t\\t\\n", "verbs", known)
    >>> entry.form, entry.word_class, entry.phase
    ('建成', 'build', 'result')
    """
    numbers: list[int] = []
    rows: list[tuple[Any, ...]] = []
    allowed = frozenset(known.name for known in classes.values() if known.table == name)
    for number, cells in lines(path, text, len(COLUMNS)):
        if cells[1] not in allowed or not cells[0] or cells[0] != cells[0].strip():
            _refuse(path, number, cells, name, allowed)
        numbers.append(number)
        rows.append((name, *cells[:LISTED], tuple(cells[LISTED].split()), *cells[LISTED + 1 :]))
    return _validated(_ENTRIES, path, numbers, rows, ("table", *COLUMNS))


def merged(folders: Sequence[Sequence[Entry]]) -> list[Entry]:
    """The entries of all folders: what a later folder says of a form is all that is said of it in that table.

    Lines that only repeat what is there change nothing.
    """
    if len(folders) == 1:
        return sorted(set(folders[0]))
    known: dict[tuple[str, str], list[Entry]] = {}
    for entries in folders:
        own: dict[tuple[str, str], list[Entry]] = {}
        for entry in entries:
            said = own.setdefault((entry.table, entry.form), [])
            if entry not in said:
                said.append(entry)
        for key, said in own.items():
            if not set(said) <= set(known.get(key, ())):
                known[key] = said
    return sorted(entry for said in known.values() for entry in said)


def kept_entries(digest: str, read: Callable[[], list[Entry]]) -> list[Entry]:
    """What ``read`` gives, from disk where it was kept before under ``digest``."""
    rows: list[tuple[Any, ...]] = table("lexicon", digest, lambda: [tuple(entry) for entry in read()])
    return [Entry._make(row) for row in rows]


def kept_forms(digest: str, read: Callable[[], list[Entry]]) -> dict[str, list[str]]:
    """The forms that each rule lists, from disk where they were kept before: all that most texts ask of the tables."""
    return table("lexicon-forms", digest, lambda: forms_by_rule(read()))


def forms_by_rule(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """The forms that each rule lists, in order of their characters."""
    listed: dict[str, set[str]] = {}
    for entry in entries:
        for rule in entry.rules:
            listed.setdefault(rule, set()).add(entry.form)
    return {rule: sorted(forms) for rule, forms in listed.items()}


def _refuse(path: str, number: int, cells: Sequence[str], stem: str, allowed: frozenset[str]) -> None:
    form, name = cells[:2]
    if not form or form != form.strip():
        raise RuleError(
            f"{path}:{number} column form: expected a word without blanks around it, got {form!r}"
        )
    known = ", ".join(sorted(allowed))
    raise RuleError(
        f"{path}:{number} column class: expected a class of {stem} ({known}), got {name!r} for {form}"
    )


def _validated(
    shape: TypeAdapter[Any], path: str, numbers: list[int], rows: list[Any], columns: Sequence[str]
) -> list[Any]:
    """The rows as typed ones; all faults are told, a line each."""
    try:
        made: list[Any] = shape.validate_python(rows)
    except ValidationError as error:
        told = [_told(path, numbers, columns, fault) for fault in error.errors()]
        raise RuleError("\n".join(told)) from error
    return made


def _told(path: str, numbers: Sequence[int], columns: Sequence[str], fault: Any) -> str:
    """One line for one fault: file, line, column, expected, got."""
    row, *within = fault["loc"]
    expected, got = wanted(fault), found(fault)
    detail = f"{path}:{numbers[row]} column {_column(within, columns)}: expected {expected}, got {got}"
    return detail


def _column(location: Sequence[Any], columns: Sequence[str]) -> str:
    first = location[0] if location else ""
    return columns[first] if isinstance(first, int) else str(first)
