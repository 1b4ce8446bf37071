"""Tables: the shape of ``tables.toml``, and its words ready to be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pydantic import Field

from taizhang.records import Kind, Phase
from taizhang.rules import Rule, RuleFile, RuleSet, once

Class = Literal[
    "serial", "phone", "code", "date", "period", "unit", "remark", "place", "agency", "deadline", "entity",
    "indicator", "generic", "value", "before", "running", "total", "whole", "among", "ratio", "change",
    "caption_tail", "caption_place", "note", "unit_said", "filed_by", "time_said", "source_said",
    "problem", "plan", "outcome", "none", "per_head", "sorting", "nation", "unit_or_body", "division", "town",
    "no_ratio", "no_tail", "grade", "moved", "before_begin", "month_alone", "period_begin", "stage", "aspect", "light",
    "done", "count_of", "thing", "all_of", "process", "amount", "product", "content", "planned", "until", "executed",
    "number_end", "less", "site", "ranked", "back", "of_the_year",
]  # fmt: skip
CellKind = Literal["number", "year", "date", "phone", "code", "none", "text"]
Match = Literal["whole", "begin", "end", "within"]
REMEMBERED = (
    4096  # texts of each sort whose reading is kept: those of a row come back, those of a long table do not
)
BLANK = re.compile(r"\s+")
HAN = re.compile("[\u4e00-\u9fff]")


class LabelWordRule(Rule):
    """Words of one class, and how a text must hold one of them."""

    word_class: Class = Field(alias="class")
    match: Match
    forms: tuple[str, ...]


class HeadPhaseRule(Rule):
    """Words of a head that say which phase its figures have; those of the highest ``rank`` decide, then the longest.

    ``light``: of a thing that has a phase of its own they say no other."""

    phase: Phase
    rank: int
    match: Match
    forms: tuple[str, ...]
    light: bool = False


class CellRule(Rule):
    """What a cell holds whose whole text has the ``pattern``, in which ``{forms}`` are the rule's own words."""

    kind: CellKind
    pattern: str
    forms: tuple[str, ...] = ()


class WholeRule(Rule):
    """What the name of a place ends in of which a word means the whole, by the character of the word that says so."""

    endings: dict[str, tuple[str, ...]]


class LabelMarkRule(Rule):
    """Patterns of what stands beside the words of a label, and the multipliers of units that no list holds.

    ``edges`` and ``columns`` are characters."""

    numbering: str
    footnote: str
    caption: str
    lead: str
    joint: str
    levels: tuple[str, ...]
    among: str
    base: str
    edges: str
    unit_said: str
    year: str
    undated: str
    month: str
    day: str
    named_year: str
    gloss: str
    index_base: str
    own_name: str
    columns: str
    scales: dict[str, Decimal]


class KindRule(Rule):
    """Ends of names that are told in units of one kind, where a table has several."""

    kind: Kind
    forms: tuple[str, ...]


class CountedRule(Rule):
    """Units in which a name may end, alone or before ``number``: 户数, 人次; ``head`` is what 人均 counts.

    ``named``: ends of names with the one unit that they are told in; ``alone``: with that of a bare multiplier."""

    forms: tuple[str, ...]
    number: str
    head: str
    named: dict[str, str]
    alone: dict[str, str]


class MadeRule(Rule):
    """What a caption's last word says is told of goods: of 生产 the 产量."""

    endings: dict[str, str]


class TableRules(RuleFile):
    """``rules/tables.toml``."""

    word: tuple[LabelWordRule, ...]
    cell: tuple[CellRule, ...]
    wholes: WholeRule
    made: MadeRule
    kind: tuple[KindRule, ...]
    counted: CountedRule
    state: tuple[HeadPhaseRule, ...]
    caption_state: tuple[HeadPhaseRule, ...]
    marks: LabelMarkRule


def squeezed(text: str) -> str:
    """A text without blanks, as heads are compared.

    >>> squeezed("合　计")
    '合计'
    """
    return BLANK.sub("", text)


def held(rule: LabelWordRule | HeadPhaseRule, text: str) -> str:
    """The longest form of a rule that ``text`` holds as the rule says; empty where it holds none."""
    found: Sequence[str] = ()
    if rule.match == "whole":
        return text if text in rule.forms else ""
    if rule.match == "begin":
        if text.startswith(rule.forms):
            found = [form for form in rule.forms if text.startswith(form)]
    elif rule.match == "end":
        if text.endswith(rule.forms):
            found = [form for form in rule.forms if text.endswith(form)]
    else:
        found = [form for form in rule.forms if form in text]
    return max(found, key=len, default="")


class TableWords:
    """The compiled words of one rule set."""

    def __init__(self, rules: TableRules) -> None:
        self._rules: dict[str, list[LabelWordRule]] = {}
        for rule in rules.word:
            self._rules.setdefault(rule.word_class, []).append(rule)
        self._states, self._captions, self._kinds = rules.state, rules.caption_state, rules.kind
        self.counted = tuple(sorted(rules.counted.forms, key=len, reverse=True))
        self.named, self.alone = rules.counted.named, rules.counted.alone
        self.number, self.head = rules.counted.number, rules.counted.head
        self.wholes, self.made = rules.wholes.endings, rules.made.endings
        self.numbering = re.compile(rules.marks.numbering)
        self.footnote = re.compile(rules.marks.footnote)
        self.caption = re.compile(rules.marks.caption)
        self.levels = [re.compile(form) for form in rules.marks.levels]
        self.joint = re.compile(rules.marks.joint)
        self.lead = re.compile(rules.marks.lead)
        self.among = re.compile(rules.marks.among)
        self.base = re.compile(rules.marks.base)
        self.unit_said = re.compile(rules.marks.unit_said)
        self.year = re.compile(rules.marks.year)
        self.undated = re.compile(rules.marks.undated)
        self.month, self.day = re.compile(rules.marks.month), re.compile(rules.marks.day)
        self.named_year = re.compile(rules.marks.named_year)
        self.gloss, self.index_base = re.compile(rules.marks.gloss), re.compile(rules.marks.index_base)
        self.own_name = re.compile(rules.marks.own_name)
        self.edges, self.columns = rules.marks.edges, rules.marks.columns
        self.scales = sorted(rules.marks.scales.items(), key=lambda item: -len(item[0]))
        self.form = lru_cache(maxsize=2 * REMEMBERED)(self._form)
        self.state = lru_cache(maxsize=4096)(self._state)

    @staticmethod
    @once
    def of(rules: RuleSet) -> TableWords:
        """The words of a rule set, compiled once."""
        return TableWords(rules.load("tables.toml", TableRules))

    def has(self, word_class: Class, text: str) -> bool:
        """Whether a text, compared without blanks, has a word of a class as the rules say."""
        return bool(self.form(word_class, text))

    def untranslated(self, text: str) -> str:
        """A text without the translation behind it: 乡政府 township governments."""
        return self.gloss.sub("", text.strip()).rstrip()

    def changes(self, text: str) -> bool:
        """Whether a head only says that something grew or which share it is, and not of what."""
        return self.form("change", text) != "" and self.form("generic", text) == text

    def month_of(self, text: str) -> str:
        """The month that a number can be, ISO 8601; empty where it can be none.

        >>> from taizhang.rules import RuleSet
        >>> TableWords.of(RuleSet()).month_of("2023.5"), TableWords.of(RuleSet()).month_of("2023.13")
        ('2023-05', '')
        """
        m = self.month.fullmatch(squeezed(text))
        return f"{m['year']}-{int(m['one'] or m['two']):02}" if m else ""

    def day_of(self, text: str) -> str:
        """The day that a number can be, ISO 8601; empty where it can be none.

        >>> from taizhang.rules import RuleSet
        >>> TableWords.of(RuleSet()).day_of("20230517"), TableWords.of(RuleSet()).day_of("20231350")
        ('2023-05-17', '')
        """
        m = self.day.fullmatch(squeezed(text))
        return f"{m['year']}-{m['month']}-{m['day']}" if m else ""

    def level(self, numbering: str) -> int:
        """How deep a numbering stands: the number of its form among those of the rules, from 1; 0 for none of them."""
        return next((i for i, form in enumerate(self.levels, 1) if form.fullmatch(numbering)), 0)

    def told_in(self, name: str) -> tuple[Kind, ...]:
        """The kinds of unit of what a name ends in, the longest end first."""
        name = squeezed(name)
        found = [(len(form), rule.kind) for rule in self._kinds for form in rule.forms if form in name]
        return tuple(kind for _, kind in sorted(found, key=lambda pair: -pair[0]))

    def tail(self, name: str) -> str:
        """The longest word at the end of a name that is told in units of one kind; empty where there is none."""
        found = [form for rule in self._kinds for form in rule.forms if name.endswith(form)]
        tail = max(found, key=len, default="")
        return "" if self.has("no_tail", tail) else tail

    def _form(self, word_class: Class, text: str) -> str:
        text = squeezed(text)
        return max((held(rule, text) for rule in self._rules.get(word_class, ())), key=len, default="")

    def _state(self, text: str) -> HeadPhaseRule | None:
        """The rule for the phase by the rank of its words, then by their length, then by the end, where the noun is.

        交办件数 is as 交办件, 支出合计 as 支出.
        """
        text = squeezed(text)
        texts = {
            text,
            text.removesuffix(self.number),
            text.removesuffix(self.form("number_end", text)),
            text.removesuffix(self.form("total", text)),
        }
        found = [
            (r.rank, len(form), r.match == "end", r.id, r)
            for r in self._states
            for t in texts
            if (form := held(r, t))
        ]
        return max(found, key=lambda item: item[:4])[4] if found else None

    def caption_state(self, text: str) -> HeadPhaseRule | None:
        """The rule for the phase that a caption says all figures have, where their heads say no other."""
        found = [(r.rank, len(form), r) for r in self._captions if (form := held(r, squeezed(text)))]
        return max(found, key=lambda item: item[:2])[2] if found else None

    def said_of(self, text: str) -> str:
        """What the word of a head that decides its phase is said of: 投资, of 累计完成投资."""
        text = squeezed(text)
        rule = self.state(text)
        form = held(rule, text) if rule else ""
        if not rule or not form:
            return ""
        return text[len(form) :] if rule.match == "begin" else text[: len(text) - len(form)]
