"""The rules of ``phase_context.toml``: the states that words give to a verb, and the marks of plans and deeds."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from taizhang.rules import Rule, RuleFile

State = Literal["denied", "ended", "to-come", "asked", "left", "under-way", "done", "lacking"]
Mark = Literal["plan", "done", "wrong"]

FILE = "phase_context.toml"


class StateRule(Rule):
    """Classes of words that say whether a verb's deed is done, to come, asked for or denied."""

    state: State
    classes: tuple[str, ...]
    behind: str = ""  # the beginning of a word that says so straight behind the verb


class PhaseMarkRule(Rule):
    """Words that are counted in a stretch of text, by class and by form."""

    mark: Mark
    classes: tuple[str, ...]
    forms: tuple[str, ...] = ()


class Joint(Rule):
    """What stands between the members of a list, and what does not."""

    forms: tuple[str, ...]
    parts: tuple[str, ...]
    longest: int = Field(gt=0, description="characters between two members")

    def lists(self, between: str) -> bool:
        """Whether the words between two numbers join them as members of one list."""
        joined = len(between) <= self.longest and any(form in between for form in self.forms)
        return joined and not any(part in between for part in self.parts)


class ContextFile(RuleFile):
    """``rules/phase_context.toml``."""

    joint: Joint

    state: tuple[StateRule, ...]
    mark: tuple[PhaseMarkRule, ...]
