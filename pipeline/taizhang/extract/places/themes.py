"""Places: what a stretch of text speaks of, by its words: 社会消费品零售总额 is the nation's, 手机 are nobody's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from taizhang.lexicon.automaton import FormAutomaton
from taizhang.lexicon.load import Lexicon
from taizhang.rules import RuleSet, once

READ = 300  # characters from the beginning of a text that say what it speaks of


class Themes:
    """The words of the lexicon that have more than one character, each with its classes, as one automaton."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._forms = FormAutomaton(
            {form: (form, *_classes(lexicon, form)) for form in lexicon if len(form) > 1}
        )

    @staticmethod
    @once
    def of(rules: RuleSet) -> Themes:
        """The words of a rule set, compiled once."""
        return Themes(Lexicon.of(rules))

    def within(self, text: str, start: int, end: int) -> tuple[str, ...]:
        """The words of ``text[start:end]`` and their classes, each once, in order.

        >>> Themes.of(RuleSet()).within("手机销量", 0, 4)
        ('手机', '+machine', '销量', '+amount')
        """
        found = [told for *_, told in self._forms.longest(text[start:end])]
        return tuple(dict.fromkeys(word for told in found for word in told))


def _classes(lexicon: Lexicon, form: str) -> list[str]:
    """The classes of a word, marked as no words."""
    return [f"+{name}" for name in dict.fromkeys(e.word_class for e in lexicon.entries(form))]


def spoken(name: str, words: Iterable[str]) -> Iterator[str]:
    """What a text speaks of, as features of one option: the nation, or no place."""
    return (f"{name}.says={word}" for word in words)
