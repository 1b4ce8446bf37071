"""Rulebook: a folder of a user's own rules checked: are its files well formed, and do its examples hold."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from taizhang.errors import RuleError
from taizhang.lexicon.load import Lexicon
from taizhang.pipeline import Pipeline
from taizhang.rulebook.examples import Examples, Failure
from taizhang.rulebook.files import SHAPES, rules_of
from taizhang.rulebook.where import senses
from taizhang.rules import RuleSet


class Checked(NamedTuple):
    """What was found in a folder: faults, notes, and how many rules, examples and words were looked at.

    ``idle`` are rules whose examples could not be run, since nothing tells what such a rule did.
    """

    faults: list[str]
    notes: list[str]
    rules: int
    examples: int
    words: int
    idle: int


def check_folder(folder: Path) -> Checked:
    """Load a folder's rules over the shipped ones, and run the examples of each.

    Raises:
        RuleError: the folder is missing, or has a file that no shipped one is named like.
    """
    rules = RuleSet([folder])
    faults = list(_unreadable(rules))
    if faults:
        return Checked(faults, [], 0, 0, 0, 0)
    try:
        pipeline = Pipeline([folder]).prepare()
    except RuleError as error:
        return Checked(str(error).splitlines(), [], 0, 0, 0, 0)
    runner = Examples(pipeline)
    count = run = idle = 0
    for name in SHAPES:
        own = _ids(rules, rules.parts(name, folder))
        for table, rule in rules_of(rules, name):
            if rule.id in own:
                count += 1
                if runner.runs(name, table, rule):
                    run += len(rule.examples) + len(rule.counter_examples)
                else:
                    idle += 1
                faults += map(_told, runner.failures(name, table, rule))
    words, notes = _words(rules, folder)
    return Checked(faults, notes, count, run, words, idle)


def _unreadable(rules: RuleSet) -> Iterator[str]:
    """The faults of files that do not say what they should, of every file.

    Every file asks for the words, so where those are wrong this is all that is told of it.
    """
    try:
        _ = rules.listed
    except RuleError as error:
        yield from str(error).splitlines()
    else:
        yield from _unloaded(rules)
    for table in ("divisions.tsv", "townships.tsv"):
        try:
            list(rules.table(table))
        except RuleError as error:
            yield str(error)


def _unloaded(rules: RuleSet) -> Iterator[str]:
    for name in SHAPES:
        try:
            rules.load(name, SHAPES[name])
        except RuleError as error:
            yield from str(error).splitlines()


def _ids(rules: RuleSet, parts: Sequence[Path]) -> frozenset[str]:
    tables = [table for path in parts for table in tomllib.loads(rules.text(path)).values()]
    held = [rule for table in tables for rule in (table if isinstance(table, list) else [table])]
    return frozenset(str(rule["id"]) for rule in held if isinstance(rule, dict) and "id" in rule)


def _words(rules: RuleSet, folder: Path) -> tuple[int, list[str]]:
    """How many forms the folder's word tables list, and which of them take the place of shipped lines."""
    ships, mine = Lexicon.of(RuleSet()), Lexicon.of(rules)
    notes, forms = [], 0
    for path in sorted((folder / "words").glob("*.tsv")):
        rows = [line.split("\t")[0] for line in rules.text(path).splitlines() if line and line[0] != "#"]
        forms += len(set(rows))
        for form in dict.fromkeys(rows):
            before = [e for e in ships.entries(form) if e.table == path.stem]
            after = [e for e in mine.entries(form) if e.table == path.stem]
            if before and before != after:
                detail = f"{path}: {form} is now {senses(after)}; what ships said {senses(before)}"
                notes.append(detail)
    return forms, notes


def _told(failure: Failure) -> str:
    """A failure in plain words."""
    file, rule, example, marked = failure.file, failure.rule, failure.example, failure.marked
    if failure.counter:
        detail = f"{file} rule {rule}: counter-example {example}: expected the rule to leave it, got {marked} taken"
    elif not marked:
        detail = f"{file} rule {rule}: example {example}: expected ⟨ and ⟩ round what the rule takes, got none in pairs"
    elif failure.got:
        ids = ", ".join(filter(None, failure.got))
        detail = f"{file} rule {rule}: example {example}: expected the rule to take {marked}, got it taken by {ids}"
    else:
        detail = (
            f"{file} rule {rule}: example {example}: expected the rule to take {marked}, got it taken by none"
        )
    return detail
