"""Rulebook: whether the word tables are in order: sorted, without doubles, and with no line that says nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, get_args

from taizhang.align import Aligned
from taizhang.article import Article
from taizhang.clean import clean
from taizhang.extract.metrics.shapes import FunctionClass, GrammarFile
from taizhang.lexicon.entries import COLUMNS, LISTED, Line, lines
from taizhang.lexicon.load import Lexicon
from taizhang.records import Document
from taizhang.rulebook.files import SHAPES, rules_of
from taizhang.rules import RuleSet

SEEN = frozenset({"bulk", "dictionary"})  # sources that are texts themselves, though none that ship
TEXTS = frozenset({".txt", ".toml", ".jsonl", ".json", ".py", ".html", ".md", ".tsv"})


class Fault(NamedTuple):
    """One fault of a table: where, and what is wrong."""

    path: str
    line: int
    detail: str


class Lint:
    """The tables of one rule set, and the texts that use their words.

    Args:
        rules: the rule set.
        texts: files and folders of texts, tests and examples; without any, use is not asked for.
    """

    def __init__(self, rules: RuleSet, texts: tuple[Path, ...] = ()) -> None:
        self.rules, self.texts = rules, texts

    def faults(self) -> Iterator[Fault]:
        """All faults, file by file.

        Raises:
            RuleError: a file does not say what it should.
        """
        for path in self.rules.files:
            if path.parent.name == "words":
                rows = [row for row in lines(str(path), self.rules.text(path), self._columns(path))]
                for check in self._checks(path):
                    yield from (Fault(str(path), line, detail) for line, detail in check(rows))

    def _columns(self, path: Path) -> int:
        return 5 if path.name == "classes.tsv" else len(COLUMNS)

    def _checks(self, path: Path) -> tuple[Callable[[list[Line]], Iterator[tuple[int, str]]], ...]:
        if path.name == "classes.tsv":
            return unsorted, doubled, self._empty
        return unsorted, doubled, self._unreachable, self._unused

    def _empty(self, rows: list[Line]) -> Iterator[tuple[int, str]]:
        used = {entry.word_class for entry in self.rules.words}
        for number, cells in rows:
            if cells[0] not in used:
                detail = f"expected words of class {cells[0]}, got none"
                yield number, detail

    def _unreachable(self, rows: list[Line]) -> Iterator[tuple[int, str]]:
        """Lines whose rule is none, or whose form another line or the cleaning keeps from ever being met."""
        said = Counter((cells[0], cells[1], cells[3]) for _, cells in rows)
        changed = self._changed({cells[0] for _, cells in rows})
        for number, cells in rows:
            form, ids = cells[0], cells[LISTED].split()
            for name in ids:
                if name not in self.rule_ids:
                    detail = f"expected the id of a rule for {form}, got {name!r}"
                    yield number, detail
            if said[form, cells[1], cells[3]] > 1:
                detail = f"expected one line for {form} as {cells[1]}, got another that says the same"
                yield number, detail
            if form in changed:
                yield (
                    number,
                    f"expected {form} as a clean text has it, got what cleaning makes {changed[form]}",
                )
            layers = {self.layer[name] for name in self._all(form) if name in self.layer}
            if len(layers) > 1:
                told = ", ".join(sorted(layers))
                detail = f"expected {form} in one class of function words, got {told}"
                yield number, detail

    def _unused(self, rows: list[Line]) -> Iterator[tuple[int, str]]:
        """Words that no text, test or example ever used."""
        if self.texts:
            for number, cells in rows:
                if cells[6] not in SEEN and cells[0] not in self.used:
                    detail = f"expected a text, test or example that uses {cells[0]}, got none"
                    yield number, detail

    @cached_property
    def rule_ids(self) -> frozenset[str]:
        """The ids of all rules."""
        return frozenset(rule.id for name in SHAPES for _, rule in rules_of(self.rules, name))

    @cached_property
    def layer(self) -> Mapping[str, str]:
        """The class of each rule of function words of which a word can have but one."""
        words = self.rules.load("function_words.toml", GrammarFile).word
        return {word.id: word.word_class for word in words if word.word_class in get_args(FunctionClass)}

    @cached_property
    def used(self) -> str:
        """All texts, tests and examples as one."""
        files = [f for t in self.texts for f in (sorted(t.rglob("*")) if t.is_dir() else [t])]
        read = [f.read_text("utf-8", errors="ignore") for f in files if f.suffix in TEXTS and f.is_file()]
        rules = (rule for name in SHAPES for _, rule in rules_of(self.rules, name))
        examples = [text for rule in rules for text in (*rule.examples, *rule.counter_examples)]
        marks = str.maketrans("", "", "⟨⟩")
        return "\n".join([*read, *(example.translate(marks) for example in examples)])

    def _all(self, form: str) -> Iterator[str]:
        for entry in Lexicon.of(self.rules).entries(form):
            yield from entry.rules

    def _changed(self, forms: set[str]) -> dict[str, str]:
        """The forms that cleaning would make others of, each with what it becomes."""
        text = "".join(f"甲{form}乙。\n" for form in sorted(forms))
        cleaned = clean(Article(Document(id="words"), Aligned.whole(text), text, 0), self.rules).text
        if cleaned == text:
            return {}
        pairs = zip(sorted(forms), cleaned.split("\n"), strict=False)
        return {form: line[1:-2] for form, line in pairs if line != f"甲{form}乙。"}


def unsorted(rows: list[Line]) -> Iterator[tuple[int, str]]:
    """Lines that stand behind one that should come after them."""
    for (_, before), (number, cells) in pairwise(rows):
        if cells < before:
            detail = f"expected {cells[0]} before {before[0]}, got it behind: tables are sorted"
            yield number, detail


def doubled(rows: list[Line]) -> Iterator[tuple[int, str]]:
    """Lines that stand twice."""
    seen: set[tuple[str, ...]] = set()
    for number, cells in rows:
        if tuple(cells) in seen:
            detail = f"expected {cells[0]} once, got the same line again"
            yield number, detail
        seen.add(tuple(cells))
