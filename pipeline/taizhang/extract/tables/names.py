"""Tables: how the names of a caption, a row and a column are joined so that they say what is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from taizhang.extract.tables.shapes import TableWords
from taizhang.lexicon.load import Lexicon
from taizhang.records import Phase
from taizhang.rules import RuleSet, once

LONGEST = 40
LONGEST_VERB = 4
LONG_THING = 16  # characters of a caption's thing from which on a head stands better without it


class Names:
    """Joins names by the words of one rule set."""

    def __init__(self, words: TableWords, lexicon: Lexicon) -> None:
        self.words, self._lexicon = words, lexicon

    @staticmethod
    @once
    def of(rules: RuleSet) -> Names:
        """The joiner of a rule set.

        >>> names = Names.of(RuleSet())
        >>> names.joined(["行政村", "已治理", "治理率"]), names.part("五星级", "星级饭店数")
        ('行政村治理率', '五星级饭店数')
        >>> names.part("公安", "公共安全支出"), names.part("增值税", "一般公共预算收入")
        ('公安支出', '增值税')
        >>> names.with_thing("授权量", "专利授权"), names.with_thing("有效量", "专利授权")
        ('专利授权量', '专利有效量')
        """
        return Names(TableWords.of(rules), Lexicon.of(rules))

    def silent(self, text: str) -> bool:
        """Whether a name says no more than that figures or their sum stand there."""
        return any(self.words.form(c, text) == text for c in ("value", "total", "before"))

    def joined(self, pieces: Sequence[str]) -> str:
        """Heads of several storeys, outermost first, as one name that says nothing twice."""
        made: list[str] = []
        for piece in pieces:
            while made and self._said_again(made[-1], piece):
                made.pop()
            last = "".join(made)
            whole = self._pair(last, piece)
            made = [*made, piece] if whole == last + piece else [whole]
        return "".join(made)

    def _said_again(self, outer: str, inner: str) -> bool:
        """Whether a deed that is done is followed by its own measure: 已治理, 治理率."""
        done = self.words.form("done", outer)
        deed = outer[len(done) :]
        return bool(done) and len(deed) > 1 and inner != deed and inner.startswith(deed)

    def _pair(self, outer: str, inner: str) -> str:
        if not outer or self.silent(outer):
            return inner or outer
        if self.words.form("count_of", inner) == inner and inner and not self.measured(outer):
            return outer + inner  # 行政村: 总数
        if not inner or self.silent(inner):
            return outer
        return self._member(outer, inner) or (
            outer if inner in outer else inner if outer in inner else outer + inner
        )

    def _member(self, outer: str, inner: str) -> str:
        """One of two that a head names together: 运行费, or 购置费, of 公务用车购置及运行费."""
        body, end = inner[:-1], inner[-1:]
        if not body or not outer.endswith(end):
            return ""
        if outer.endswith(inner):
            joint = self.words.joint.search(outer[: -len(inner)])
            stem = outer[: max(0, joint.start() - len(body))] if joint else ""
        else:
            at = outer.find(body)
            joint = self.words.joint.search(outer[: at + len(body) + 1]) if at >= 0 else None
            stem = outer[:at] if joint else ""
        return stem + inner if joint else ""

    def of_thing(self, head: str) -> bool:
        """Whether a head names only which measure is taken of a thing, whatever period it is of: 年度目标任务."""
        rest = head[len(self.words.form("period_begin", head)) :]
        return any(text and self.words.form("aspect", text) == text for text in (head, rest))

    def measured(self, name: str) -> bool:
        """Whether a name ends in what says which measure or which things it is of: 面积, 税, 户."""
        return bool(self.words.told_in(name)) or self.words.has("thing", name)

    def part(self, part: str, whole: str, among: bool = True) -> str:
        """A part's name with what its whole counts, where it says only which part it is.

        ``among``: it is said to be a part, and not only numbered below the whole.
        """
        if not part or not whole or self.silent(whole):
            return part
        merged = _overlapping(part, whole)
        if merged:
            return merged
        verb = self._verb_before(whole)
        if _share(part, whole) or (self.measured(part) and not verb):
            return self._deed(verb, part)
        if verb and not self.measured(whole):
            return self._deed(verb, part)
        if self.measured(part):
            return part
        body = whole[len(self.words.form("all_of", whole)) :]
        tail = body if verb else self._tail(body)
        return part + (tail or (body if among else ""))

    def _tail(self, whole: str) -> str:
        """The end of a name that says what is measured, with its verb: 销售面积."""
        tail = self.words.tail(whole)
        rest = whole[: len(whole) - len(tail)]
        sizes = range(min(LONGEST_VERB, len(rest)), 1, -1)
        verb = next(
            (rest[-n:] for n in sizes if any(e.table == "verbs" for e in self._lexicon.entries(rest[-n:]))),
            "",
        )
        return verb + tail if tail and verb != rest else tail

    def _deed(self, verb: str, part: str) -> str:
        return part if not verb or part.startswith(verb) or self.does(part) else verb + part

    def _is_verb(self, word: str) -> bool:
        """Whether the word tables have a word as the verb of a deed."""
        return any(e.table == "verbs" and e.role == "plain" and e.phase for e in self._lexicon.entries(word))

    def deed(self, name: str) -> Phase | Literal[""]:
        """The phase of the verb that a name is, as the word tables have it: 核销金额 is as 核销; 增值税 is no verb."""
        if self.silent(name) or self.of_thing(name):
            return ""
        verb = name.removesuffix(self.words.form("number_end", name))
        found = (e.phase for e in self._lexicon.entries(verb) if e.table == "verbs" and e.role == "plain")
        return next((phase for phase in found if phase), "")

    def _verb_before(self, name: str) -> str:
        """The verb that a name begins with, unless it says no more than that something was done."""
        sizes = range(min(LONGEST_VERB, len(name) - 1), 1, -1)
        verb = next((name[:n] for n in sizes if self._is_verb(name[:n])), "")
        return "" if self.words.has("light", verb) or self.words.has("light", name) else verb

    def does(self, name: str) -> bool:
        """Whether a name tells a deed: it ends in a verb, or begins with one and is not of those who did it."""
        ends = any(self._is_verb(name[-n:]) for n in range(2, min(LONGEST_VERB, len(name)) + 1))
        return ends or (bool(self._verb_before(name)) and not self.words.has("thing", name))

    def thing(self, caption: str) -> str:
        """What a caption is about, without what was done with it: 专利 of 专利授权."""
        while (end := self.words.form("process", caption)) and len(caption) - len(end) > 1:
            caption = caption[: -len(end)]
        return caption

    def with_thing(self, head: str, caption: str) -> str:
        """A head that names only a measure with the thing of the caption; the head alone where that is long."""
        for size in range(min(len(head), len(caption)), 1, -1):
            if caption.endswith(head[:size]):
                return caption + head[size:]
        thing = self.thing(caption)
        if not thing or len(thing) > LONG_THING or head in thing:
            return thing if thing.endswith(head) else head
        return thing + head

    def beside(self, row: str, column: str) -> str:
        """A row's name and its column's, without what one of them says already: 发电量 and 产量."""
        if column in row:
            return row
        if row in column:
            return column
        measure = self.words.form("amount", column)
        if measure and row[-1] == measure[-1]:
            return row + column[len(measure) :]
        return row + column


def _overlapping(part: str, whole: str) -> str:
    """Both as one, where the part ends as the whole begins: 五星级, 星级饭店数."""
    for size in range(min(len(part), len(whole)) - 1, 1, -1):
        if whole.startswith(part[-size:]):
            return part + whole[size:]
    return ""


def _share(part: str, whole: str) -> bool:
    """Whether both name the same thing: two characters side by side, or the last one."""
    return part[-1] == whole[-1] or any(part[i : i + 2] in whole for i in range(len(part) - 1))


def fitted(name: str) -> str:
    """A name of at most ``LONGEST`` characters: what is over is cut from its middle."""
    half = LONGEST // 2
    return name if len(name) <= LONGEST else name[:half] + name[-half:]
