"""Where the rules are and how they are read: TOML and TSV files, checked against typed models, hashed as a set."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, wraps
from inspect import getfile
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from taizhang.cache import table
from taizhang.errors import RuleError
from taizhang.layers import Layered
from taizhang.lexicon.entries import (
    Entry,
    WordClass,
    kept_entries,
    kept_forms,
    merged,
    read_classes,
    read_entries,
)
from taizhang.rule_files import checked, content_of, decoded, parsed, refuse_half
from taizhang.rule_folders import files_of, named, refuse_doubles, refuse_unknown

Shape = TypeVar("Shape", bound=BaseModel)
Built = TypeVar("Built")

_CHECKED = {"checked": True}  # what validates content that was found sound before
_PIECE = re.compile(r"\{[A-Za-z][\w:-]*\}")  # {n}, {year-word:2}; {0,3} repeats


def shipped(name: str) -> Path:
    """A data folder (``rules``, ``schemas``): inside the package in a wheel, at the top level in a checkout."""
    inside = Path(__file__).parent / name
    return inside if inside.is_dir() else Path(__file__).parents[2] / name


class RuleModel(BaseModel):
    """What a rule file says, or a part of it: no keys that nobody reads, no change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(RuleModel):
    """What every rule has: an id, and texts in which it must and must not apply.

    In an example ``⟨`` and ``⟩`` enclose what the rule matches: ``截至⟨9月29日⟩``.
    """

    id: str
    note: str = ""
    rank: int = Field(0, description="of several that fit one place the one with the lowest rank goes first")
    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(min_length=1)

    @field_validator("pattern", "number", "begins", check_fields=False)
    @classmethod
    def _expression(cls, written: str, info: ValidationInfo) -> str:
        """A pattern is a regular expression, in which ``{name}`` stands for a piece that other rules tell."""
        if info.context is _CHECKED:
            return written
        plain = _PIECE.sub("x", written)
        try:
            re.compile(f"[{plain}]" if info.field_name == "begins" else plain)
        except re.error as error:
            raise ValueError(str(error)) from error
        return written

    @classmethod
    def rivals(cls, mine: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Whether a word that a user's rule lists is no longer one of the ``other`` rule's; both as read from TOML."""
        return False


class RuleFile(RuleModel):
    """The shape of one TOML file; each room declares its own."""


class RuleSet:
    """The rule folders in force: the shipped one, then a user's own, whose entries come after and win by id.

    >>> RuleSet().hash == RuleSet().hash
    True
    """

    def __init__(self, extra: Sequence[Path] = ()) -> None:
        self.folders = (shipped("rules"), *map(Path, extra))
        for folder in self.folders:
            if not folder.is_dir():
                raise RuleError(f"{folder}: expected a folder of rule files, got no such folder")
        refuse_unknown(self.folders)
        self._seals: dict[Path, bytes] = {}
        self._parts: dict[str, dict[Path, list[Path]]] = {}  # of each name, by folder
        for folder in self.folders:
            for path in files_of(folder):
                self._seals[path] = hashlib.sha256(content_of(path)).digest()
                self._parts.setdefault(named(path, folder), {}).setdefault(folder, []).append(path)
        self._loaded: dict[tuple[str, type[BaseModel]], Any] = {}
        self.built: dict[Any, Any] = {}  # see once()

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the names of all rule files and the digests of their bytes, in order."""
        digest = hashlib.sha256()
        for path, seal in self._seals.items():
            digest.update(path.name.encode() + b"\0" + seal)
        return digest.hexdigest()

    def load(self, name: str, shape: type[Shape]) -> Shape:
        """``name``'s entries from every folder, as one object of ``shape``: see :class:`Layered`.

        Raises:
            RuleError: the file is missing, is no TOML, or has a key that ``shape`` does not know or accept.
        """
        key = (name, shape)
        if key not in self._loaded:
            if name not in self._parts:
                raise RuleError(f"{name}: expected a rule file in {self.folders[0]}, got none")
            content = table(f"rules-{name}", self.made_of(name, shape), lambda: self._content(name, shape))
            self._loaded[key] = shape.model_validate(content, context=_CHECKED)
        return self._loaded[key]  # type: ignore[no-any-return]

    def _content(self, name: str, shape: type[BaseModel]) -> dict[str, Any]:
        """What all folders say in the file ``name``; each of its parts has been checked."""
        layered = Layered(shape, self.listed)
        for number, paths in enumerate(self._parts[name].values()):
            texts = {path: self.text(path) for path in paths}
            said = {path: parsed(path, text) for path, text in texts.items()}
            refuse_doubles(said)
            whole = number == 0 and len(paths) == 1
            layered.lay(
                [checked(p, texts[p], layered.news(content), shape, whole) for p, content in said.items()]
            )
        return layered.content

    def made_of(self, name: str, shape: type[BaseModel]) -> str:
        """A hash of all that the content of a file depends on: the folders' files, the word tables, its shape."""
        digest = hashlib.sha256(self._digest_of_words.encode())
        for code in (shape, Layered, checked, refuse_doubles):
            digest.update(Path(getfile(code)).read_bytes())
        for paths in self._parts[name].values():
            digest.update(b"folder\0")
            for path in paths:
                digest.update(path.name.encode() + b"\0" + self._seals[path])
        return digest.hexdigest()

    def table(self, name: str) -> Iterator[list[str]]:
        """The rows of a TSV file, of every folder in turn; lines that begin with ``#`` are its head.

        Raises:
            RuleError: a row has more or fewer columns than the first one, or the file is no text.
        """
        columns = 0
        for path in self._paths(name):
            text = self.text(path)
            refuse_half(path, text)
            for number, line in enumerate(text.splitlines(), 1):
                if not line or line[0] == "#":
                    continue
                row = line.split("\t")
                columns = columns or len(row)
                if len(row) != columns:
                    raise RuleError(f"{path}:{number}: expected {columns} columns, got {len(row)}")
                yield row

    def digest(self, *names: str) -> str:
        """SHA-256 over the files of these names, of every folder in turn.

        >>> known = RuleSet()
        >>> known.digest("dates.toml") == known.digest("units.toml")
        False
        """
        digest = hashlib.sha256()
        for name in names:
            for path in self._paths(name):
                digest.update(name.encode() + b"\0" + self._seals[path])
        return digest.hexdigest()

    @cached_property
    def word_classes(self) -> dict[str, WordClass]:
        """The classes of words by name; a later folder's line for a class takes the place of an earlier one's.

        Raises:
            RuleError: a line of ``words/classes.tsv`` does not say what it should.
        """
        found: dict[str, WordClass] = {}
        for path in self._paths("words/classes.tsv"):
            text = self.text(path)
            refuse_half(path, text)
            found.update({c.name: c for c in read_classes(str(path), text)})
        return found

    @cached_property
    def words(self) -> list[Entry]:
        """All lines of the word tables, sorted; what a later folder says of a form is all that is said of it.

        Raises:
            RuleError: a line does not say what it should.
        """
        return kept_entries(self._digest_of_words, self._read_words)

    @cached_property
    def listed(self) -> dict[str, list[str]]:
        """The forms that the word tables give to each rule, by its id.

        Raises:
            RuleError: a line of a table does not say what it should.
        """
        return kept_forms(self._digest_of_words, self._read_words)

    @cached_property
    def own_words(self) -> dict[str, frozenset[str]]:
        """The verbs that a user's folders list, in a table or in ``actions.toml``, each with the phases that they give.

        Raises:
            RuleError: a file does not say what it should.
        """
        if len(self.folders) == 1:
            return {}
        ships = set(RuleSet().words)
        found = [(e.form, e.phase) for e in self.words if e.table == "verbs" and e not in ships]
        for path in [p for folder in self.folders[1:] for p in self.parts("actions.toml", folder)]:
            for rule in parsed(path, self.text(path)).get("action", ()):
                found += [(form, rule.get("phase", "")) for form in rule.get("forms", ())]
        return {form: frozenset(p for f, p in found if f == form and p) for form, _ in found}

    @cached_property
    def _digest_of_words(self) -> str:
        digest = hashlib.sha256()
        for folder in self.folders:
            digest.update(b"folder\0")
            for path, seal in self._seals.items():
                if path.parent == folder / "words":
                    digest.update(path.name.encode() + b"\0" + seal)
        return digest.hexdigest()

    def _read_words(self) -> list[Entry]:
        said: list[list[Entry]] = []
        for folder in self.folders:
            entries: list[Entry] = []
            for path in sorted((folder / "words").glob("*.tsv")):
                text = self.text(path)
                refuse_half(path, text)
                if path.name != "classes.tsv":
                    entries += read_entries(str(path), text, path.stem, self.word_classes)
            said.append(entries)
        return merged(said)

    @property
    def files(self) -> tuple[Path, ...]:
        """All rule files, folder by folder."""
        return tuple(self._seals)

    def parts(self, name: str, folder: Path) -> list[Path]:
        """The files of one folder that together are the rule file ``name``: one, its parts, or none."""
        return self._parts.get(name, {}).get(folder, [])

    def _paths(self, name: str) -> list[Path]:
        """The files of that name, of every folder in turn."""
        return [path for paths in self._parts.get(name, {}).values() for path in paths]

    def text(self, path: Path) -> str:
        """A rule file's text; it is the one that ``hash`` tells of.

        Raises:
            RuleError: it is another by now, or neither UTF-8 nor GB18030.
        """
        content = content_of(path)
        if self._seals.get(path) != hashlib.sha256(content).digest():
            raise RuleError(f"{path}: expected the file as it was when the run began, got another one")
        return decoded(path, content)


def once(build: Callable[[RuleSet], Built]) -> Callable[[RuleSet], Built]:
    """A function that builds something of a rule set (an automaton, a pattern), so that it does so once for each set.

    >>> @once
    ... def words(rules):
    ...     return []
    >>> known = RuleSet()
    >>> words(known) is words(known)
    True
    """

    @wraps(build)
    def built(rules: RuleSet) -> Built:
        found: Built | None = rules.built.get(build)
        if found is None:
            found = rules.built[build] = build(rules)
        return found

    return built
