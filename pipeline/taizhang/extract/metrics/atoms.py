"""A sentence as a row of atoms: quantities, dates, places, quotations, verbs, function words, other words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from taizhang.extract.metrics.lexicon import Grammar, Verb
from taizhang.extract.metrics.shapes import FunctionClass
from taizhang.segment.boundaries import Boundaries
from taizhang.segment.layout import LayoutUnit
from taizhang.segment.tokens import Token

Kind = Literal[
    "quantity", "number", "date", "place", "agency", "quote", "bracket", "verb", "word",
    "filler", "negation", "preposition", "conjunction", "etcetera", "particle", "list", "mark",
]  # fmt: skip

OUTSIDE = frozenset({"place", "agency", "date"})  # what no name holds
NOMINALIZED = 2  # characters of a verb that a suffix makes a noun: 分出|量
COUNTED = "mq"  # the tag of a numeral or a pointing word with its measure word
WITHIN = "f.within"  # the tag of words that say inside what: a kind of the dictionary's words of place (f)


class Atom(NamedTuple):
    """One atom with its span; ``number`` tells which quantity it is, ``tag`` a word's part of speech."""

    start: int
    end: int
    kind: Kind
    text: str
    verb: Verb | None = None
    tag: str = ""
    number: int = -1


class KnownSpan(NamedTuple):
    """A span that other rules have already understood, as one atom."""

    start: int
    end: int
    kind: Kind
    number: int = -1
    said: tuple[int, int] = (0, 0)  # words inside a quantity, between its base and its numeral


class AtomReader:
    """Reads sentences into atoms with one grammar and one set of marks."""

    def __init__(self, grammar: Grammar, marks: Boundaries) -> None:
        self.grammar, self.marks = grammar, marks

    def read(
        self, text: str, unit: LayoutUnit, tokens: Sequence[Token], blocks: Sequence[KnownSpan]
    ) -> list[Atom]:
        """The atoms of ``text[unit.start:unit.end]``, in order and without a gap.

        ``tokens`` cover the unit; ``blocks`` are in order and do not overlap.
        """
        made: list[Atom] = []
        at = unit.start
        verbs = self._verbs(text, unit, tokens, blocks)
        ahead = iter(
            [*sorted([*blocks, *self._enclosed(text, unit, blocks)]), KnownSpan(unit.end, unit.end, "mark")]
        )
        block = next(ahead)
        cursor = 0
        while at < unit.end:
            while block.start < at:
                block = next(ahead)
            if block.start == at and block.end > at:
                if block.kind == "quantity":
                    made += self._words_within(text, block, tokens)
                made.append(Atom(at, block.end, block.kind, text[at : block.end], number=block.number))
            else:
                while tokens[cursor].end <= at:
                    cursor += 1
                self._add_word(made, text, at, block.start, tokens, cursor, verbs)
            at = made[-1].end
        return made

    def _add_word(  # noqa: PLR0913, PLR0917 - where the word stands, and what is known there
        self,
        made: list[Atom],
        text: str,
        at: int,
        limit: int,
        tokens: Sequence[Token],
        cursor: int,
        verbs: Mapping[int, Verb],
    ) -> None:
        """Add the word at ``at``, which ends before ``limit``: an atom of its own, or the end of the one before.

        The token at ``cursor`` covers it.
        """
        if text[at] == "." and made and limit > at + 1 and _inside_name(text, at, made[-1]):  # PM2|.|5
            made[-1] = _longer(made[-1], text, tokens[cursor + 1].end)
            return
        token, verb = tokens[cursor], verbs.get(at)
        end = at + len(verb.form) if verb else _word_end(at, token.end, verbs)
        if end > limit:
            end, verb = limit, None
        word = text[at:end]
        if word in self.grammar.suffixes and made and _is_named(made[-1]):  # 分出|量
            made[-1] = Atom(made[-1].start, end, "word", text[made[-1].start : end], tag="n")
        elif made and made[-1].kind == "number" and word in self.grammar.ordered:
            made.append(Atom(at, end, "filler", word))  # 首|次, 第二|批: the ordinal's own measure word
        else:
            made.append(self._plain(word, at, verb, token))

    def _words_within(self, text: str, block: KnownSpan, tokens: Sequence[Token]) -> Iterator[Atom]:
        """What a quantity's quote says between its base and its numeral: 每天|新增|1.2万户, 每年|租金|400元."""
        quote = text[block.start : block.end]
        every = range(len(quote) + 1)
        verbs = self.grammar.verbs_in(quote, every, every)
        within = tokens if block.said[1] else ()
        begins = {token.start: token for token in within if block.start <= token.start < block.end}
        at, end = 0, block.said[1] - block.start
        first = block.said[0] - block.start
        while at < len(quote):
            verb = verbs.get(at)
            noun = self.grammar.indicator_at(quote, at)
            start = block.start + at
            token = begins.get(start) if first <= at < end else None
            if noun:
                yield Atom(start, start + len(noun), "word", noun, tag="n")
            elif verb and len(verb.form) > 1 and not verb.only("reach"):
                yield Atom(start, start + len(verb.form), "verb", verb.form, verb)
            elif token and not (verb and token.end < start + len(verb.form)):  # 可|达: no word of its own
                word = text[start : token.end]
                yield self._plain(word, start, verb if verb and len(verb.form) == len(word) else None, token)
                at += len(word)
                continue
            at += len(noun) or (len(verb.form) if verb else 1)

    def _plain(self, word: str, start: int, verb: Verb | None, token: Token) -> Atom:
        end = start + len(word)
        known = self.grammar.classes.get(word)
        if known and not (verb and not verb.only("reach")):
            return _function_word(start, word, known, verb)
        if verb:
            return Atom(start, end, "verb", word, verb)
        if token.tag == COUNTED and self.grammar.classes.get(word[0]) == "pointing":
            return Atom(start, end, "filler", word, tag="pointing")  # 这件|展品
        if word in self.marks.list_marks:
            return Atom(start, end, "list", word)
        if not word.isalnum() and not any(map(str.isalnum, word)):
            return Atom(start, end, "mark", word)
        return Atom(start, end, "word", word, tag="person" if self.grammar.is_person(word) else token.tag)

    def _verbs(
        self, text: str, unit: LayoutUnit, tokens: Sequence[Token], blocks: Sequence[KnownSpan]
    ) -> dict[int, Verb]:
        """The verbs of the unit, by where they begin: with a token, or straight behind a block (29人|生还)."""
        behind = {block.end for block in blocks if block.end < unit.end}
        starts = sorted({token.start for token in tokens} | behind)
        starts = [start - unit.start for start in starts]
        ends = [token.end - unit.start for token in tokens]
        found = self.grammar.verbs_in(text[unit.start : unit.end], starts, ends)
        return {start + unit.start: verb for start, verb in found.items()}

    def _enclosed(self, text: str, unit: LayoutUnit, blocks: Sequence[KnownSpan]) -> Iterator[KnownSpan]:
        """Quotations and brackets without a quantity in them, as one block each; blocks inside give way."""
        held = [b.start for b in blocks if b.kind == "quantity"]
        done = unit.start
        for start, end in sorted(self.marks.pairs(text, unit)):
            if start >= done and bisect_left(held, start) == bisect_left(held, end):
                yield KnownSpan(start, end, "quote" if text[start] in self.marks.quotes else "bracket")
                done = end


def _word_end(at: int, end: int, verbs: Mapping[int, Verb]) -> int:
    """Where the word at ``at`` ends: with its token, or before a verb that the token has glued to it."""
    for glued in range(at + 1, end):
        if glued in verbs:
            return glued
    return end


def _is_named(before: Atom) -> bool:
    """Whether a suffix makes a noun that is measured of a word: of a verb of two characters (分出|量, 交付|率)."""
    verbal = before.kind == "verb" or (before.kind == "word" and before.tag[:1] == "v")
    return verbal and len(before.text) == NOMINALIZED


def _longer(atom: Atom, text: str, end: int) -> Atom:
    """An atom with what follows it up to ``end``."""
    return atom._replace(end=end, text=text[atom.start : end])


def _inside_name(text: str, at: int, before: Atom) -> bool:
    """Whether a full stop at ``at`` stands inside a name in Latin letters and digits: PM2.5."""
    around = text[at - 1 : at + 2]
    latin = around.isascii() and len(around) == len("2.5") and around[::2].isalnum()
    return latin and before.kind == "word"


def _function_word(start: int, word: str, known: FunctionClass, verb: Verb | None) -> Atom:
    """An atom of a function word; classes that are kinds of another keep their own name as the tag."""
    end = start + len(word)
    match known:
        case "patient" | "until" | "source":
            return Atom(start, end, "preposition", word, verb, tag=known)
        case "resume" | "aspect" | "pointing":
            return Atom(start, end, "filler", word, verb, tag=known)
        case "within":
            return Atom(start, end, "word", word, verb, tag=WITHIN)
        case kind:
            return Atom(start, end, kind, word, verb)
