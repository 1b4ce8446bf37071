"""Numbers: figures in a list that says its unit once, at the end: 分别为12、15和8个, 增长3.1、2.2个百分点."""

from __future__ import annotations

from collections.abc import Iterator

from taizhang.extract.candidates import Exclusion
from taizhang.extract.numbers.forms import NumeralSpan, run_at
from taizhang.extract.numbers.lexicon import lexicon
from taizhang.extract.numbers.measure import Measure
from taizhang.records import Quantity
from taizhang.rules import RuleSet

BARE = "name.bare-digits"  # what excludes a figure without a unit where nothing else speaks against it


def share_unit_back(
    found: Measure, quantities: list[Quantity], exclusions: list[Exclusion], rules: RuleSet
) -> None:
    """Give the unit of ``found``, the last of ``quantities``, to the bare figures straight before it in its list.

    They leave ``exclusions``, or are replaced in ``quantities``. Where the last one says a multiple, too (万元), the
    others stay as they are: their own characters do not tell their value. So do two whole figures next to one
    another (3、4米), which are a guess at one size.
    """
    if found.match is None or found.text[found.start - 1 : found.start] not in lexicon(rules).joiners:
        return
    last = _figure(found.text, found.start, rules)
    if last is None or last.value != found.value or found.value_max is not None:
        return
    q, e = len(quantities) - 2, len(exclusions) - 1
    listed: list[NumeralSpan] = []
    for one in _before(found, rules, quantities, exclusions):
        if q >= 0 and quantities[q].start == one.start:
            q -= 1
        else:
            e -= 1
        listed.append(one)
    if not listed or (len(listed) == 1 and not _two(listed[0], last)):
        return
    del exclusions[e + 1 :]
    quantities[q + 1 : -1] = [_measured(one, found).quantity() for one in reversed(listed)]


def _before(
    found: Measure, rules: RuleSet, quantities: list[Quantity], exclusions: list[Exclusion]
) -> Iterator[NumeralSpan]:
    """The bare figures before ``found`` with nothing but a joint between them, the last first."""
    joints = lexicon(rules).joiners
    at, q, e = found.start, len(quantities) - 2, len(exclusions) - 1
    while found.text[at - 1 : at] in joints:
        if q >= 0 and quantities[q].end == at - 1 and quantities[q].rules["unit"] == "unit.none":
            start, q = quantities[q].start, q - 1
        elif e >= 0 and exclusions[e].end == at - 1 and exclusions[e].rule == BARE:
            start, e = exclusions[e].start, e - 1
        else:
            return
        one = _figure(found.text, start, rules)
        led = found.text[start - 1 : start]
        apart = led in joints or "\u4e00" <= led <= "\u9fff"  # in 运-20与6架 it is not
        if one is None or one.end != at - 1 or not apart:
            return
        yield one
        at = start


def _figure(text: str, at: int, rules: RuleSet) -> NumeralSpan | None:
    """The numeral in figures that begins at ``at``, without a word of bound or a multiple before its unit."""
    run = run_at(text, at, rules)
    if run is None or run.start != at or run.rule != "form.plain" or run.value_max is not None:
        return None
    return run if text[run.end - 1].isdigit() else None


def _two(one: NumeralSpan, other: NumeralSpan) -> bool:
    """Whether two figures make a list: whole ones may be a guess (3、4米), or a name and a number (型号300和6个)."""
    assert one.value is not None and other.value is not None
    return one.value % 1 != 0 or (one.value + 1 != other.value and one.value < 100 and other.value < 100)


def _measured(run: NumeralSpan, like: Measure) -> Measure:
    """A bare figure with the unit of another."""
    assert run.value is not None
    return Measure(
        like.text,
        run.start,
        run.end,
        run.value,
        digits=True,
        rule=run.rule,
        unit=like.unit,
        kind=like.kind,
        match=like.match,
        unit_rule=like.unit_rule,
        kind_rule=like.kind_rule,
    )
