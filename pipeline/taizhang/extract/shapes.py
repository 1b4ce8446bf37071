"""Extract: the shape of ``answers.toml``."""

from __future__ import annotations

from taizhang.records import Phase
from taizhang.rules import Rule, RuleFile


class AnswerRule(Rule):
    """Words of results that answer.

    Attributes:
        found: phases of what they may answer.
        forms: one of them stands in the result's name.
        found_forms: where given, one of them stands in the name of what is answered.
    """

    found: tuple[Phase, ...]
    forms: tuple[str, ...]
    found_forms: tuple[str, ...] = ()


class RateRule(Rule):
    """Words of rates that are the share of an answer in what it answers."""

    forms: tuple[str, ...]


class SilentRule(Rule):
    """Words beside those of doing that name no thing either."""

    forms: tuple[str, ...]


class PendingRule(Rule):
    """Words at the end of a name that make what is done the time of something else: 机组建成后."""

    forms: tuple[str, ...]


class AnswerFile(RuleFile):
    """``rules/answers.toml``."""

    answer: tuple[AnswerRule, ...]
    rate: tuple[RateRule, ...]
    silent: tuple[SilentRule, ...] = ()
    pending: tuple[PendingRule, ...] = ()
