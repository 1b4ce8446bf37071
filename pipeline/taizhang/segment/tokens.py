"""Segment: tokens and parts of speech, by jieba and its dictionary, with the genre's own words from the rules."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from taizhang.rules import RuleSet, once
from taizhang.segment.boundaries import Boundaries
from taizhang.segment.cutting import Cutter
from taizhang.segment.dictionary import Dictionary, Entries, dictionary
from taizhang.segment.layout import Layout
from taizhang.segment.shapes import LexiconFile, TaggedWords


class Token(NamedTuple):
    """One token with its span in characters and its part of speech."""

    start: int
    end: int
    tag: str


class TokenLexicon:
    """The dictionary with the genre's own words: what words are cut by, and the tag of each."""

    def __init__(self, words: tuple[TaggedWords, ...], known: Dictionary) -> None:
        self._known = known
        self._open: dict[str, Entries] = {}  # by first character, those with words of our own first
        self._tags: dict[str, str] = {}  # of the words that texts had
        self.total = known.total
        for form, tag in sorted((form, group.tag) for group in words for form in group.forms):
            self._add(form, tag)
        self._cutter = Cutter(self)

    @staticmethod
    @once
    def of(rules: RuleSet) -> TokenLexicon:
        """The lexicon of a rule set, built once."""
        return TokenLexicon(rules.load("lexicon.toml", LexiconFile).word, dictionary())

    def beginning(self, first: str) -> Entries:
        """The counts and the tags of all words that begin with one character."""
        found = self._open.get(first)
        if found is None:
            found = self._open[first] = self._known.beginning(first)
        return found

    def cut(self, text: str) -> list[str]:
        """The tokens of ``text``, which joined give it back. Unknown words fall apart into characters."""
        return self._cutter.cut(text)

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The tokens of ``text[start:end]`` with their tags."""
        found = []
        known = self._tags.get
        for word in self._cutter.cut(text[start:end]):
            end = start + len(word)
            found.append(Token(start, end, known(word) or self._met(word)))
            start = end
        return found

    def _met(self, word: str) -> str:
        """The tag of a word that no text had before; what the dictionary does not know is not kept."""
        tag = self.tag(word)
        if tag != "x":
            self._tags[word] = tag
        return tag

    def tag(self, word: str) -> str:
        """A word's part of speech in jieba's set; ``x`` for a word that the dictionary does not know."""
        return self.beginning(word[:1])[1].get(word, "x")

    def _add(self, word: str, tag: str) -> None:
        """As jieba adds words: often enough to be cut as one where its parts stand side by side."""
        if self.beginning(word[0]) is self._known.beginning(word[0]):
            counts, tags = self._known.beginning(word[0])
            self._open[word[0]] = dict(counts), dict(tags)
        counts, tags = self._open[word[0]]
        likelihood = 1.0
        for part in Cutter(self).cut(word):
            likelihood *= self.beginning(part[0])[0].get(part, 1) / float(self.total)
        count = max(int(likelihood * self.total) + 1, counts.get(word, 1))
        counts[word], tags[word] = count, tag
        self.total += count
        for end in range(1, len(word)):
            counts.setdefault(word[:end], 0)


class Tokens:
    """The tokens of a text, which they cover without a gap; a clause is cut when one asks for its tokens.

    Only clauses of sentences that may hold a number are cut into words; any other clause is one token.
    """

    def __init__(self, layout: Layout, boundaries: Boundaries, lexicon: TokenLexicon) -> None:
        self._layout, self._numeral, self._lexicon = layout, boundaries.numeral, lexicon
        self._counts: dict[int, bool] = {}  # of each sentence whether it may hold a number

    def within(self, start: int, end: int) -> list[Token]:
        """The tokens of all clauses that begin at ``start`` or later and before ``end``, and what parts these."""
        layout = self._layout
        first, last = bisect_left(layout.clauses, (start,)), bisect_left(layout.clauses, (end,))
        found: list[Token] = []
        done = start
        for clause in layout.clauses[first:last]:
            if clause.start > done:
                found.append(Token(done, clause.start, ""))
            found += self._cut(*clause)
            done = clause.end
        if done < end:
            found.append(Token(done, end, ""))
        return found

    def all(self) -> list[Token]:
        """The tokens of the whole text."""
        return self.within(0, len(self._layout.text))

    def _cut(self, start: int, end: int) -> list[Token]:
        layout = self._layout
        number = layout.sentence_at(start)
        counts = self._counts.get(number)
        if counts is None:
            counts = self._numeral.search(layout.text, *layout.sentences[number]) is not None
            self._counts[number] = counts
        return self._lexicon.tokens(layout.text, start, end) if counts else [Token(start, end, "")]
