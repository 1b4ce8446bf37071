"""Names to the letter: what a quantity holds itself, its unit, and what other names leave out inside words.

Adverbs, places, dates and ordinals name nothing as a rule; in 集中采购 and 二级公路 they do. A unit may itself be
what is counted (5部门联合印发), unless a noun stands before it (旅客8万人次), and a quantity may take in the verb that
says what was done (每户先交3万元).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.names import Frame
from taizhang.extract.metrics.offer import REACH, MetricCandidate, NameContext
from taizhang.extract.metrics.phrases import JOINTS, SILENT, content, is_noun, joined, leads, spell_all

LETTERED = frozenset({"left", "right", "verb+right", "left+right"})  # makings told to the letter, too
LEADS = LETTERED - {"verb+right"}  # those that may take in what stands before them: nothing is left out there
LED = frozenset({"filler", "number", "date"})  # a place before a name is the place of what it names
UNSPELT = frozenset({"mark", "bracket", "quantity"})
WORDS = 4  # of one side that a unit or a quantity's own words may join


def whole(frame: Frame, cores: Sequence[MetricCandidate]) -> Iterator[MetricCandidate]:
    """Names with the adverbs, places, dates and ordinals inside them or straight before them: 新|设, 二级|公路."""
    beside = [*frame.left[-REACH:], *[*frame.right, *frame.rest][:REACH]]
    row = [a for a in beside if a.kind not in UNSPELT]
    if all(a.kind not in SILENT for a in row):
        return
    index = {a.start: i for i, a in enumerate(row)}
    done: set[tuple[int, int]] = set()
    for core in cores:
        if not core.atoms or core.made not in LETTERED:
            continue
        first, final = index.get(core.atoms[0].start, -1), index.get(core.atoms[-1].start, -1)
        if first < 0 or final < 0 or (first, final) in done:
            continue
        done.add((first, final))
        yield from _told(row, first, final, core)


def _told(row: Sequence[Atom], first: int, final: int, core: MetricCandidate) -> Iterator[MetricCandidate]:
    before = row[first - 1] if first and core.made in LEADS else None
    glued = row[first].kind != "verb" or len(row[first].text) == 1  # 新|设, but 已 is no part of 已|解决
    says = (
        before is not None and before.text[-1].isalnum() and before.tag[:1] != "f"
    )  # not 11.|麦收, 期间|投资
    if before and glued and says and before.kind in LED and before.end == row[first].start:
        yield MetricCandidate(spell_all(row[first - 1 : final + 1]), f"{before.kind}-{core.made}", core.atoms)
    while final > first and (row[final].kind in JOINTS or row[final].kind in SILENT):
        final -= 1
    if any(a.kind in SILENT for a in row[first:final]):
        yield MetricCandidate(spell_all(row[first : final + 1]), f"{core.made}-whole", core.atoms)


def of_unit(place: NameContext) -> Iterator[MetricCandidate]:
    """Names of a number whose unit is the noun: 5部门|联合印发, 下辖|7镇, 有|83户."""
    unit = place.near.unit
    if not unit:
        return
    left, right = place.led.row[-WORDS:], place.right[:WORDS]
    named = [a for a in left if not leads(a)]
    if left and not (named and is_noun(named[-1])):
        for start in range(len(left)):
            yield MetricCandidate(spell_all(left[start:]) + unit, "left+unit", tuple(left[start:]))
    if place.near.people and right and not is_noun(right[0]):
        return  # 30人|在押: who is counted so is told by the verb alone
    for end in range(1, len(right) + 1):
        yield MetricCandidate(unit + spell_all(right[:end]), "unit+right", tuple(right[:end]))


def paired(place: NameContext) -> Iterator[MetricCandidate]:
    """Names of a number that is said of the one that has its place in the row before: 甲5个、乙3个，分别增长1%、2%."""
    other, own, shared = place.near.paired, place.name.text, place.near.shared
    for thing in dict.fromkeys((other.text, other.object)):
        if thing and own and thing not in own:
            yield MetricCandidate(joined(thing, own), "paired+own")
            if shared and shared != own:
                yield MetricCandidate(joined(thing, shared), "paired+shared")


def led(place: NameContext) -> Iterator[MetricCandidate]:
    """What the quantity itself says before its numeral, alone and with what stands on its sides: 每人包|2个|村."""
    if not place.near.lead:
        return
    yield MetricCandidate(place.near.lead, "lead")
    right = place.right[:WORDS]
    for end in range(1, len(right) + 1):
        yield MetricCandidate(place.near.lead + spell_all(right[:end]), "lead+right")
    left = content([a for a in place.frame.left if a.end <= place.near.begins][-REACH:])
    for start in range(max(0, len(left) - WORDS), len(left)):
        yield MetricCandidate(spell_all(left[start:]) + place.near.lead, "left+lead")
