"""Places: what a text speaks of, by the classes of its words: an economy is a nation's, a machine is nobody's."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from taizhang.lexicon.automaton import FormAutomaton
from taizhang.lexicon.load import Lexicon
from taizhang.rules import RuleSet, once

SAYS = ".says="  # in the name of a feature of what a text speaks of
READ = 300  # characters from the beginning of a text that say what it speaks of


class Themes:
    """The words of the lexicon that have more than one character, each with its classes, as one automaton."""

    def __init__(self, lexicon: Lexicon) -> None:
        told = {form: lexicon.entries(form) for form in lexicon if len(form) > 1}
        self._forms = FormAutomaton(
            {form: tuple(e.word_class for e in found) for form, found in told.items()}
        )

    @staticmethod
    @once
    def of(rules: RuleSet) -> Themes:
        """The words of a rule set, compiled once."""
        return Themes(Lexicon.of(rules))

    def within(self, text: str, start: int, end: int) -> tuple[str, ...]:
        """The classes of the words of ``text[start:end]``, each once, in order.

        >>> Themes.of(RuleSet()).within("手机销量", 0, 4)
        ('machine', 'product', 'amount')
        """
        return tuple(dict.fromkeys(chain.from_iterable(self._forms.meanings(text[start:end]))))


def spoken(name: str, classes: Iterable[str]) -> tuple[str, ...]:
    """What a text speaks of, as features of one option: the nation, or no place."""
    return tuple([f"{name}{SAYS}{word_class}" for word_class in classes])
