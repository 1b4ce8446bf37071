"""Numbers: reading numerals of a text: plain ones, and the other forms (三分之二, 几十万, 三四百, 5：1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from taizhang.errors import NumeralError
from taizhang.extract.numbers.numeral import Writing, plain, tidy, writing
from taizhang.extract.numbers.scanner import FoundNumeral, Scanner, scanner
from taizhang.extract.numbers.shapes import Form
from taizhang.records import Bound
from taizhang.rules import RuleSet

_PLACES = Decimal("0.0001")
_TRILLION = 10**12
_SHARES = {"percent", "fraction", "tithe", "tenths", "mixed", "trillions"}


class NumeralSpan(NamedTuple):
    """One numeral of a text. ``value`` is None where its characters make no number together."""

    start: int
    end: int
    value: Decimal | None
    value_max: Decimal | None = None
    unit: str | None = None
    bound: Bound | None = None
    rule: str = "form.plain"
    digits: bool = False


def next_run(text: str, at: int, rules: RuleSet) -> NumeralSpan | None:
    """The first numeral that begins at ``at`` or later."""
    scan = scanner(rules)
    return _run(text, scan.next(text, at), scan)


def lone_run(text: str, rules: RuleSet) -> NumeralSpan | None:
    """The numeral that a short text begins with, if it has no other.

    >>> known = RuleSet()
    >>> [run and run.value for run in (lone_run(text, known) for text in ("12件实事", "两不愁三保障", "帮10户"))]
    [Decimal('12'), None, None]
    """
    scan = scanner(rules)
    run = _run(text, scan.at(text, 0), scan)
    return None if run is None or any(scan.scan.over(text, run.end)) else run


def _run(text: str, found: FoundNumeral | None, scan: Scanner) -> NumeralSpan | None:
    if found is None:
        return None
    if found.form == len(scan.forms):
        return _plain_run(text, found, scan.signs)
    form, pattern = scan.forms[found.form]
    parts = pattern.compiled.match(text, found.start)
    if parts is None:
        return NumeralSpan(found.start, found.end, None, rule=form.id)
    return _read(form, parts, scan.signs)


def run_at(text: str, start: int, rules: RuleSet) -> NumeralSpan | None:
    """The plain numeral that begins at ``start``; other forms take no part in ranges."""
    scan = scanner(rules)
    found = scan.at(text, start)
    return _plain_run(text, found, scan.signs) if found and found.form == len(scan.forms) else None


def share_at(text: str, start: int, rules: RuleSet) -> NumeralSpan | None:
    """The percentage or fraction that begins at ``start``."""
    run = next_run(text, start, rules)
    return run if run is not None and run.start == start and run.unit is not None else None


def single(text: str, rules: RuleSet) -> Decimal | None:
    """The value of a text that is one percentage, fraction or share; None where it is of no such form."""
    signs = writing(rules)
    for form, pattern in scanner(rules).forms:
        match = pattern.compiled.fullmatch(text) if form.reading in _SHARES else None
        if match:
            return _read(form, match, signs).value
    return None


def _plain_run(text: str, found: FoundNumeral, signs: Writing) -> NumeralSpan:
    start, end, _ = found
    written = text[start:end]
    whole = _plain_text(start, written, signs)
    longer = whole.value is None and end - start > 1
    if longer and (written[-1] in signs.counting or _goes_on(written, signs)):
        whole = _plain_text(start, written[:-1], signs)
    return _scales_alone(start, end, written, signs) if whole.value is None else whole


def _goes_on(text: str, signs: Writing) -> bool:
    """Whether the last character begins a word of its own: 1200万百姓. So does the measure in 三十两."""
    return text[-1] in signs.powers and text[-2] in signs.myriads


def _plain_text(start: int, text: str, signs: Writing) -> NumeralSpan:
    try:
        return NumeralSpan(start, start + len(text), plain(text, signs), digits=text[0].isdigit())
    except NumeralError:
        return NumeralSpan(start, start + len(text), None, rule="form.unreadable")


def _scales_alone(start: int, end: int, text: str, signs: Writing) -> NumeralSpan:
    """百, 千万: a number only with a bound word (上百, 近千万), told by its rule."""
    if text[0] in signs.scales:
        try:
            return NumeralSpan(start, end, plain("1" + text, signs), rule="form.scale")
        except NumeralError:
            pass
    return NumeralSpan(start, end, None, rule="form.unreadable")


def _read(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    try:
        run = _READERS[form.reading](form, match, signs)
    except (NumeralError, ArithmeticError):  # 3/0, 0/0
        run = NumeralSpan(match.start(), match.end(), None)
    return run._replace(rule=form.id)


def _percent(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    return NumeralSpan(*match.span(), _unsaid(match["a"] or match["b"] or match["c"], signs), unit=form.unit)


def _fraction(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    over, under = plain(match["a"], signs), _unsaid(match["b"], signs)
    exact = under.normalize().as_tuple().digits == (1,)  # of 千分之, 百万分之 no digit is lost
    value = over / under if exact else (over / under).quantize(_PLACES)
    return NumeralSpan(*match.span(), value.normalize(), unit=form.unit)


def _unsaid(text: str, signs: Writing) -> Decimal:
    """万分之五 and 百分之百 leave the one before the multiplier unsaid."""
    try:
        return plain(text, signs)
    except NumeralError:
        return plain("1" + text, signs)


def _mixed(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    run = _fraction(form, match, signs)
    return run._replace(value=plain(match["w"], signs) + (run.value or 0))


def _discount(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    return NumeralSpan(
        *match.span(), plain(match["a"], signs) + plain(match["b"], signs) / 10, unit=form.unit
    )


def _fold(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    times = Decimal(2) ** int(plain(match["a"], signs))
    return NumeralSpan(*match.span(), times, unit=form.unit, bound=form.bound)


def _tithe(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    rest = plain(match["b"], signs)
    rest = rest * 10 if match["b"] in signs.halves else rest
    return NumeralSpan(*match.span(), tidy(plain(match["a"], signs) * 10 + rest), unit=form.unit)


def _tenths(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    return NumeralSpan(*match.span(), plain(match["a"], signs) * 10, unit=form.unit)


def _half(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    return NumeralSpan(*match.span(), Decimal("0.5"), unit=form.unit, bound=form.bound)


def _ratio(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    return NumeralSpan(*match.span(), Decimal(match["a"]), unit=form.unit, digits=True)


def _vague(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    parts = match.groupdict()
    text = next(parts[name] for name in "abc" if parts.get(name))
    scale, least = parts.get("p"), parts.get("least")
    times = plain("1" + scale, signs) if scale else 1
    value = _unsaid(text, signs) + (plain("1" + least, signs) if least else 0)
    return NumeralSpan(*match.span(), value * times, unit=form.unit or None, bound=form.bound)


def _rising(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    low, high = (plain(match[part] + match["p"], signs) for part in "ab")
    if low >= high:
        raise NumeralError(f"{match[0]!r}: expected the smaller ten first")
    return NumeralSpan(*match.span(), low, high, bound=form.bound)


def _counted(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    return NumeralSpan(*match.span(), tidy(plain(match["a"], signs) * plain("1" + match["p"], signs)))


def _trillions(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    return NumeralSpan(*match.span(), plain(match["a"], signs) * _TRILLION + plain(match["b"], signs))


def _adjacent(form: Form, match: re.Match[str], signs: Writing) -> NumeralSpan:
    step = plain(match["b"], signs) - plain(match["a"], signs)
    if step != form.step:
        raise NumeralError(f"{match[0]!r}: expected neighbouring digits")
    low, high = (plain(match["t"] + match[part] + match["p"], signs) for part in "ab")
    return NumeralSpan(*match.span(), low, high, unit=form.unit or None, bound=form.bound)


_READERS: dict[str, Callable[[Form, re.Match[str], Writing], NumeralSpan]] = {
    "percent": _percent,
    "fraction": _fraction,
    "mixed": _mixed,
    "discount": _discount,
    "fold": _fold,
    "tithe": _tithe,
    "tenths": _tenths,
    "half": _half,
    "ratio": _ratio,
    "vague": _vague,
    "adjacent": _adjacent,
    "counted": _counted,
    "rising": _rising,
    "trillions": _trillions,
}
