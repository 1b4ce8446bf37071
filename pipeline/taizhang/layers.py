"""Rules of several folders as one: what a user's folder says is laid over what ships, wherever in a file it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, get_args

from pydantic import BaseModel

Content = dict[str, Any]

FORMS = "forms"


class Layered:
    """What the folders so far say of one file.

    A rule that only repeats an earlier one changes nothing; one with the id of an earlier one takes its place. Words
    that a later folder's rule lists are taken from the earlier rules that it rivals. Of rules of one rank those of the
    last folder go first.

    Args:
        shape: the file's model.
        listed: the forms that each rule has in the word tables, by its id.
    """

    def __init__(self, shape: type[BaseModel], listed: Mapping[str, Sequence[str]]) -> None:
        self._shape, self._listed = shape, listed
        self._raw: dict[str, Content] = {}
        self._content: Content = {}
        self._layers: dict[str, int] = {}  # how many folders had been read before a rule's own
        self._read = 0

    @property
    def content(self) -> Content:
        """What all folders say, the rules of each table in order: where they stand decides nothing."""
        return {
            name: sorted(value, key=partial(self._place, name)) if is_rules(value) else value
            for name, value in self._content.items()
        }

    def _place(self, name: str, rule: Content) -> tuple[int, int, str]:
        return rule.get("rank", 0), -self._layers.get(f"{name} {rule['id']}", 0), rule["id"]

    def news(self, content: Content) -> Content:
        """A file's content less the rules that only repeat earlier ones, with the forms from the word tables."""
        first = not self._read
        kept: Content = {}
        for name, value in content.items():
            if not is_rules(value):
                kept[name] = value
                continue
            new = [rule for rule in value if self._raw.get(f"{name} {rule.get('id')}") != rule]
            self._raw.update((f"{name} {rule.get('id')}", rule) for rule in new)
            self._layers.update((f"{name} {rule.get('id')}", self._read) for rule in new)
            if new or not value:
                kept[name] = [self._filled(rule, first) for rule in new]
        return kept

    def lay(self, contents: Sequence[Content]) -> None:
        """Add what ``news`` gave for one folder: for its file, or for each part of it."""
        for content in contents:
            for name, value in content.items():
                if is_rules(value) and name in self._content:
                    self._overrule(name, value)
        for content in contents:
            _join(self._content, content)
        self._read += 1

    def _filled(self, rule: Content, first: bool) -> Content:
        """A rule with its forms from the word tables; one of a user's own that lists forms has these alone."""
        listed = self._listed.get(str(rule.get("id")))
        written = rule.get(FORMS)
        if listed is None or not isinstance(written, list | None) or (written is not None and not first):
            return rule
        return {**rule, FORMS: [*listed, *(f for f in written or () if f not in listed)]}

    def _overrule(self, name: str, rules: Sequence[Content]) -> None:
        """Take what ``rules`` list from the rules so far that they rival."""
        (model,) = [a for a in get_args(self._shape.model_fields[name].annotation) if a is not Ellipsis]
        for mine in rules:
            for other in self._content[name]:
                if other["id"] != mine["id"] and model.rivals(mine, other):
                    other[FORMS] = [form for form in other[FORMS] if form not in mine[FORMS]]


def is_rules(value: Any) -> bool:
    """Whether a value of a file in TOML is a table of rules, which have ids."""
    return isinstance(value, list) and all(isinstance(v, dict) and "id" in v for v in value)


def _join(into: Content, new: Content) -> None:
    for key, value in new.items():
        if isinstance(value, list) and isinstance(into.get(key), list):
            own = {v["id"]: v for v in value if isinstance(v, dict) and "id" in v}
            kept = [own.pop(v["id"], v) if isinstance(v, dict) and "id" in v else v for v in into[key]]
            added = [
                v for v in value if (v["id"] in own if isinstance(v, dict) and "id" in v else v not in kept)
            ]
            into[key] = kept + added
        elif isinstance(value, dict) and isinstance(into.get(key), dict):
            _join(into[key], value)
        else:
            into[key] = value
