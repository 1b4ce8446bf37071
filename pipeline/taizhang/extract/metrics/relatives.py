"""Numbers inside a relative clause: what they say of the thing behind 的, as a clause of its own would say it.

重达800公斤的铜鼎 is read as 铜鼎重达800公斤, 由90名委员组成的委员会 as 委员会: 90名委员, 来自30个国家的选手 as
选手来自30个国家. What is told of the thing after that is no word of the number's name.
"""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.leading import reaches
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.names import Frame
from taizhang.extract.metrics.phrases import SILENT, content, governing, is_noun, spell

NEAR = 8  # words behind a number in which its relative clause ends
THING = 8  # words of a thing's name
_INSIDE = frozenset({"word", "quote", "number", "place", "agency"})
_TOLD = frozenset({"v", "d", "t", "p", "u", "f"})  # tags of words that begin what is told of a thing
_QUALIFIES = frozenset("nbaxjv")  # tags of words that may stand before the name of what is measured: 总|规模


def turned(frame: Frame, quantity: Atom, grammar: Grammar) -> Frame:
    """The frame of a number as its relative clause would have it were it a sentence; as it is where there is none.

    What is moved to its left stands there as if it were written straight before the number, the ``quantity``.
    """
    made = _composed(frame, grammar) or _from_where(frame, grammar)
    share = any(sign in quantity.text for sign in grammar.sharing)  # 人口|2/3以上|的收入: a part of it
    if not made and not share:
        made = _measured(frame, grammar)
    return Frame(_moved(made.left, quantity.start), made.right) if made else frame


def of_next(left: Sequence[Atom], between: Sequence[Atom], grammar: Grammar) -> bool:
    """Whether what stands between two numbers says of what the second is: 3个县|的|20个乡镇; but 督查组发现的.

    ``left``: what stands before the first of them.
    """
    if not any(a.kind == "particle" for a in between):
        return False
    words = content(between)
    if len(words) < 2 or words[-1].kind != "particle":
        return False
    return is_noun(words[-2]) or comes_from(left, grammar) >= 0


def comes_from(left: Sequence[Atom], grammar: Grammar) -> int:
    """How many words of a left side stand before its verb of origin; -1 where none leads to its end."""
    row = left[-NEAR:]
    at = max((i for i, a in enumerate(row) if a.text in grammar.origins), default=-1)
    plain = at >= 0 and all(a.kind in SILENT or is_noun(a) for a in row[at + 1 :])  # 来自|全国
    return len(left) - len(row) + at if plain else -1


def _measured(frame: Frame, grammar: Grammar) -> Frame | None:
    """What is measured of the thing behind 的: 总投资5亿元的项目, 12厘米厚的钢板."""
    words = frame.right[:NEAR]
    of = next((i for i, a in enumerate(words) if a.kind == "particle"), -1)
    if of == 0:
        start = _measure(frame.left, grammar)
        measure = frame.left[start:] if start >= 0 else ()
    elif of > 0 and words[of - 1].text in grammar.dimensions and of <= 2:
        measure = words[:of]
    else:
        return None
    acted = of == 0 and bool(
        governing(frame.left[:start])
    )  # 开展|为期两年的整治提升行动: nothing is told of an object
    thing = _thing(frame.right[of + 1 :], acted) if measure else []
    if not thing:
        return None
    return Frame((*thing, *measure))


def _measure(left: Sequence[Atom], grammar: Grammar) -> int:
    """Where at the end of a left side the name of what is measured begins; -1 where it ends in no such name."""
    end = len(left)
    while end and (left[end - 1].kind in SILENT or reaches(left[end - 1])):
        if left[end - 1].text in grammar.measures:
            return end - 1
        end -= 1
    if not end:
        return -1
    if left[end - 1].text in grammar.measures:
        return end - 1
    start = end
    while start and left[start - 1].kind == "word" and left[start - 1].tag[:1] in _QUALIFIES:
        start -= 1
    words = spell(left[start:end])
    return start if words and (words in grammar.dimensions or grammar.is_indicator(words)) else -1


def _composed(frame: Frame, grammar: Grammar) -> Frame | None:
    """What something is made up of: 由90名委员组成的委员会, 代表团由70人组成."""
    at = next((i for i, a in enumerate(frame.right[:NEAR]) if a.text in grammar.composing), -1)
    left = [i for i, a in enumerate(frame.left) if a.kind not in SILENT]
    if at < 0 or not left or frame.left[left[-1]].tag != "source":
        return None
    whole: Sequence[Atom] = frame.left[: left[-1]]
    after = frame.right[at + 1 : at + 2]
    if after and after[0].kind == "particle":
        whole = _thing(frame.right[at + 2 :])
    elif any(a.kind not in SILENT for a in frame.right[at + 1 :]):
        return None
    return Frame(tuple(whole), frame.right[:at]) if whole else None


def _from_where(frame: Frame, grammar: Grammar) -> Frame | None:
    """Where what is behind 的 comes from: 来自30个国家的选手."""
    verb = comes_from(frame.left, grammar)
    of = next((i for i, a in enumerate(frame.right) if a.kind == "particle"), -1)
    if verb < 0 or of < 1:
        return None
    thing = _thing([*frame.right[of + 1 :], *frame.rest])
    return Frame((*thing, frame.left[verb]), frame.right[:of])


def _thing(row: Sequence[Atom], acted: bool = False) -> list[Atom]:
    """The name of a thing that a row begins with, up to what is told of it; of one that is acted on nothing is."""
    words: list[Atom] = []
    mark = next((i for i, a in enumerate(row[: 2 * THING]) if a.kind == "etcetera"), -1)
    listed = {a.kind for a in row[: max(mark, 0)]}
    if "list" in listed and listed.isdisjoint({"filler", "preposition", "negation"}):
        row = row[mark + 1 :]  # 为期两年的|培训、检查等|服务
    verbs = [] if acted else governing(row[: 2 * THING])[:1]
    for i, atom in enumerate(row[: 2 * THING]):
        ordinal = atom.kind == "filler" and i > 0 and row[i - 1].kind == "number"  # 第三|届
        if (atom.kind == "quantity" and not words) or ordinal:
            continue
        told = (
            atom.tag == "v" and len(atom.text) > 1 and words and is_noun(words[-1])
        )  # 选手|展现, but 执行|委员会
        if (
            i in verbs
            or (told and not acted)
            or not (atom.kind in _INSIDE or (acted and atom.kind == "verb"))
        ):
            break
        words.append(atom)
    stopped = len(words) < len(row)
    named = list(words)
    while named and not acted and named[-1].kind == "word" and named[-1].tag[:2] in _TOLD:
        named.pop()
    if not named or not (acted or is_noun(named[-1])):  # 为期3天的|年|会|将举行
        named = words if stopped else []
    return named[-THING:]


def _moved(words: Sequence[Atom], before: int) -> tuple[Atom, ...]:
    """Words as if they stood straight before a place in the text."""
    first = before - len(words)
    return tuple([a._replace(start=first + i, end=first + i + 1) for i, a in enumerate(words)])
