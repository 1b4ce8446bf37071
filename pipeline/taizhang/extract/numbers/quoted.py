"""Numbers: titles and quotations: which quoted pieces are names, so that their numbers do not count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.extract.candidates import Exclusion
from taizhang.extract.numbers.forms import lone_run
from taizhang.extract.numbers.grammar import turn
from taizhang.extract.numbers.lexicon import lexicon
from taizhang.extract.numbers.shapes import WordRules
from taizhang.extract.numbers.words import words
from taizhang.rules import RuleSet, once

_TITLE = re.compile(r"《[^《》\n]{1,60}》|【[^【】\n]{1,30}】")
_QUOTE = re.compile(r"“([^“”\n]{1,40})”|‘([^‘’\n]{1,30})’|「([^「」\n]{1,30})」|\"([^\"\n]{1,30})\"")
_SENTENCE = re.compile(r"[。！？!?；;：:]|，.*，")
_NAME_LENGTH = 16


def names(text: str, rules: RuleSet) -> Iterator[Exclusion]:
    """The titles and the quotations that are names, in no particular order."""
    for match in _TITLE.finditer(text):
        yield Exclusion(match.start(), match.end(), "name", "quote.title")
    speech, known = _speech(rules), words(rules)
    for match in _QUOTE.finditer(text):
        content = next(part for part in match.groups() if part is not None)
        lead = text[max(0, match.start() - 8) : match.start()]
        if len(content) > _NAME_LENGTH or _SENTENCE.search(content) or content[-1] in "，,、":
            continue
        if speech.search(lead) or _describes(
            content, text[max(0, match.start() - 30) : match.start()], rules
        ):
            continue
        reason, rule = known.of(content) or ("name", "quote.name")
        yield Exclusion(match.start(), match.end(), reason, rule)


def _describes(content: str, lead: str, rules: RuleSet) -> bool:
    """A quotation that counts real things.

    It has a number with a unit after 的, or is nothing but a number with its unit,
    or is what was made or set up.
    """
    units = lexicon(rules)
    for match in turn("quote.description", rules).finditer(content):
        unit = units.unit_at(content, match.end())
        if unit is not None and (match["of"] or unit.end == len(content)):
            return True
    return _made(content, lead, rules)


def _made(content: str, lead: str, rules: RuleSet) -> bool:
    run, units = lone_run(content, rules), lexicon(rules)
    if run is None:
        return False
    unit = units.unit_at(content, run.end)
    if unit is None or unit.entry.kind != "count" or unit.entry.noun or len(content) < unit.end + 2:
        return False
    return units.quoted.search(lead) is not None


@once
def _speech(rules: RuleSet) -> re.Pattern[str]:
    forms = [form for entry in rules.load("names.toml", WordRules).speech for form in entry.forms]
    return re.compile(f"(?:{'|'.join(map(re.escape, forms))})[^，。]{{0,2}}[：:，,]$")
