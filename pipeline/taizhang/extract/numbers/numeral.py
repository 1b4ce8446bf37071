"""Numbers: one numeral, in any writing, as an exact Decimal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from taizhang.errors import NumeralError
from taizhang.extract.numbers.shapes import NumeralRules
from taizhang.rules import RuleSet, once

# Digits in threes, set apart by commas or apostrophes; or by a space or a full-width comma where a word, decimals or
# a sign follow, and no other figure stands before: 5，236人, 1 234.5亿元, 2, 300个.
_GROUPS = r"(?<![\d,'’])\d{1,3}(?:(?:,\d{3})+|(?:['’]\d{3})+)(?![\d,'’])"
_NO_FIGURE = r"(?<![\d.,，:：/-])"
_APART = r"(?<![\d.,，:：/-] )[1-9]\d{0,2}(?:(?:, |[ ，])\d{3}){1,5}(?=(?:\.\d+)? ?[一-鿿%％])"
_DECIMALS = r"(?:\.\d+)?"
_WHOLE_ARABIC = r"\d+(?:\.\d+)?|\d{1,3}(?:(?:, |[ ,，'’])\d{3})+(?:\.\d+)?"
LONGEST = 60  # characters; 10^16 with four decimals, written out in Chinese, takes fewer
_DIGITS = 28  # what a Decimal holds exactly in all that is done with it
_LEAST = 100  # the multiplier after which figures may stand without one of their own
_SEPARATORS = {ord(sign): None for sign in " ,，'’"}
_REMEMBERED = 4096  # numerals whose value is kept


@dataclass(frozen=True)
class Writing:
    """The characters of numerals by their role, with the patterns that are built from them."""

    digits: Mapping[str, Decimal]
    counting: Mapping[str, Decimal]
    tens: Mapping[str, Decimal]
    powers: Mapping[str, Decimal]
    myriads: Mapping[str, Decimal]
    points: str
    formal: Mapping[int, str]
    minus: str
    plus: str
    halves: Mapping[str, Decimal]
    spelt: Mapping[str, Decimal]
    arabic: re.Pattern[str]
    dealt: tuple[str, ...]
    dated: str
    ends: str

    @cached_property
    def han(self) -> str:
        """All characters that an integer may be written with in Chinese."""
        return "".join((*self.digits, *self.tens, *self.powers, *self.myriads))

    @cached_property
    def tenfold(self) -> str:
        """The power that begins a numeral by itself (十五)."""
        return "".join(sign for sign, worth in self.powers.items() if worth == 10)

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """What cn2an reads right: Chinese integers, but for 十 straight after 亿 (一亿十万) and 百 without its one."""
        figures, powers = "".join(self.digits), "".join(self.powers)
        zeros = "".join(sign for sign, worth in self.digits.items() if not worth)
        every = f"{figures}{''.join(self.tens)}{self.scales}"
        most, hundreds = self.myriads_down[0][0], powers.replace(self.tenfold, "")
        return re.compile(f"(?:(?!{most}{self.tenfold}|[{zeros}][{hundreds}])[{every}])++")

    @cached_property
    def figures(self) -> str:
        """The pattern of a number in Arabic digits."""
        widths = sorted({len(word) for word in self.dealt})
        before = ("|".join(re.escape(w) for w in self.dealt if len(w) == width) for width in widths)
        dealt = "".join(f"(?<!{words})" for words in before)
        return rf"(?:{_GROUPS}|{_NO_FIGURE}{dealt}{_APART}|\d+){_DECIMALS}"

    @cached_property
    def whole_figures(self) -> str:
        """The pattern of one without decimals."""
        return f"(?>{self.figures.removesuffix(_DECIMALS)})" + r"(?!\.?\d)"

    @cached_property
    def scales(self) -> str:
        """The characters that multiply what stands before them."""
        return "".join((*self.powers, *self.myriads))

    @cached_property
    def falling(self) -> tuple[tuple[str, Decimal], ...]:
        """The multipliers after which figures may stand without one of their own (3万4000)."""
        return tuple(pair for pair in (*self.myriads_down, *self.powers_down) if pair[1] >= _LEAST)

    @cached_property
    def myriads_down(self) -> tuple[tuple[str, Decimal], ...]:
        """亿 and 万 with their worth, the largest first."""
        return tuple(sorted(self.myriads.items(), key=lambda item: -item[1]))

    @cached_property
    def powers_down(self) -> tuple[tuple[str, Decimal], ...]:
        """千, 百 and 十 with their worth, the largest first."""
        return tuple(sorted(self.powers.items(), key=lambda item: -item[1]))


@once
def writing(rules: RuleSet) -> Writing:
    """The characters of ``numerals.toml``, by role; built once for a rule set."""
    by_role: dict[str, dict[str, Decimal]] = {}
    file = rules.load("numerals.toml", NumeralRules)
    for entry in file.symbol:
        by_role.setdefault(entry.role, {}).update(entry.values)
    return Writing(
        digits=by_role["digit"] | by_role["counting"],
        counting=by_role["counting"],
        tens=by_role["tens"],
        powers=by_role["power"],
        myriads=by_role["myriad"],
        points="".join(by_role["point"]),
        halves=by_role["half"],
        spelt=by_role["spelt"],
        formal=_unformal(by_role),
        minus="".join(by_role["minus"]),
        plus="".join(by_role["plus"]),
        arabic=re.compile(_WHOLE_ARABIC),
        dealt=tuple(form for rule in file.beside if rule.place == "before" for form in rule.forms),
        dated="".join(form for rule in file.beside if rule.place == "after" for form in rule.forms),
        ends="|".join(re.escape(form) for rule in file.beside if rule.place == "ends" for form in rule.forms),
    )


def _unformal(by_role: Mapping[str, Mapping[str, Decimal]]) -> dict[int, str]:
    """Each formal character with the plain one of the same worth."""
    usual = {worth: sign for role in ("myriad", "power", "digit") for sign, worth in by_role[role].items()}
    return {ord(sign): usual[worth] for sign, worth in by_role["formal"].items()}


def read_number(folded: str, rules: RuleSet) -> Decimal:
    """The value of a folded text that is exactly one number and no share.

    Raises:
        NumeralError: the text is none.
    """
    signs = writing(rules)
    folded = folded.translate(signs.formal)
    if not folded:
        raise NumeralError("expected one numeral, got an empty text")
    if len(folded) > 1 and folded[0] in signs.plus:
        folded = folded[1:]
    sign, number = (folded[0], folded[1:]) if folded[0] in signs.minus else ("", folded)
    if number[:1] == "." and number[1:].isdigit():  # -.5
        number = f"0{number}"
    for word, worth in signs.spelt.items():
        if number.endswith(word) and signs.arabic.fullmatch(number.removesuffix(word).rstrip()):
            return tidy(plain(sign + number.removesuffix(word).rstrip(), signs) * worth)
    scaled = len(number) > 1 and number[0] in signs.scales
    return plain(sign + ("1" + number if scaled and number[0] not in signs.tenfold else number), signs)


def plain(text: str, signs: Writing) -> Decimal:
    """The value of a numeral without 分之, 成 and the like.

    Raises:
        NumeralError: it is none.
    """
    if len(text) > LONGEST:
        raise NumeralError(
            f"{text[:8]!r}…: expected a numeral of at most {LONGEST} characters, got {len(text)}"
        )
    if text.isascii() and text.isdigit():
        return tidy(Decimal(text))
    if text in signs.halves:
        return signs.halves[text]
    negative = text[:1] != "" and text[0] in signs.minus
    number = text[negative:]
    if signs.whole.fullmatch(number):
        known = _well_formed(number)
        if known is not None:
            return tidy(Decimal(-known if negative else known))
    try:
        value = _whole(number, signs)
    except KeyError as error:
        raise NumeralError(f"{text!r}: expected one numeral, got {error.args[0]!r} in it") from error
    return tidy(-value if negative else value)


@lru_cache(maxsize=_REMEMBERED)
def _well_formed(text: str) -> int | None:
    """A Chinese integer as cn2an reads it; None where it is not written out in full (一百五, 二〇一九, 两千六)."""
    from cn2an import cn2an  # noqa: PLC0415 - slow to import, and not every run has such a number

    try:
        value = cn2an(text, "strict")
    except ValueError:
        return None
    return value if isinstance(value, int) else None


def tidy(value: Decimal) -> Decimal:
    """The value without an exponent and without noughts behind the point.

    Raises:
        NumeralError: it has more digits than are reckoned with exactly.
    """
    if value.adjusted() >= _DIGITS:
        raise NumeralError(f"expected a number of at most {_DIGITS} digits, got {value.adjusted() + 1}")
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _whole(text: str, signs: Writing) -> Decimal:
    """Split at the last 亿, then 万: what stands left of it is multiplied, what stands right is added."""
    if not text:
        raise NumeralError("expected one numeral, got an empty text")
    if text[0] in signs.digits and not signs.digits[text[0]] and any(c in signs.scales for c in text[1:]):
        if signs.powers.get(text[1], 0) == 10 or text[1] not in signs.scales:
            return _whole(text[1:], signs)  # 零五十, 零十五
        raise NumeralError(f"{text!r}: expected a figure before {text[1]}")
    left, point, right = text.partition(signs.points)
    if point and left and right and all(c in signs.digits or c.isdigit() for c in right):  # 一万点零五
        return _whole(left, signs) + Decimal("0." + positional(right, signs))
    for sign, worth in signs.myriads_down:
        left, found, right = text.rpartition(sign)
        if found:
            if right and (signs.points in left or "." in left):
                raise NumeralError(f"{text!r}: expected nothing behind a decimal's multiplier")  # 1.2万3
            if not left or (len(left) > 1 and all(c in signs.digits and not c.isascii() for c in left)):
                raise NumeralError(f"{text!r}: expected a number before {sign}")  # nobody says 一六万
            return _whole(left, signs) * worth + _rest(right, worth, signs)
    return _section(text, signs)


def _rest(text: str, above: Decimal, signs: Writing) -> Decimal:
    """What follows 百, 千, 万 or 亿: nothing, a smaller number, or one digit of the next power (三万五)."""
    if not text:
        return Decimal(0)
    if text in signs.counting:
        raise NumeralError(
            f"{text!r}: expected a figure after a multiplier, got one that only counts"
        )  # 三十两
    if len(text) == 1 and text in signs.digits and signs.digits[text]:
        return signs.digits[text] * above / 10
    if len(text) == 1 and text.isdigit() and above > 10:  # 13万2
        return Decimal(text) * above / 10
    if text[0] in signs.digits and not signs.digits[text[0]] and len(text) > 1:
        text = text[1:]
    elif len(text) > 1 and all(c in signs.digits for c in text):
        raise NumeralError(
            f"{text!r}: expected figures with their multipliers after a multiplier"
        )  # 一万六七
    value = _whole(text, signs)
    if value >= above:
        raise NumeralError(f"{text!r}: expected less than {above}")
    return value


def _section(text: str, signs: Writing) -> Decimal:
    """A number without 万 and 亿."""
    for sign, worth in signs.powers_down:
        left, found, right = text.partition(sign)
        if found:
            if len(left) > 1 and not left[0].isdigit():
                raise NumeralError(f"{text!r}: expected one digit before {sign}")
            head = _digit(left, signs) if left else Decimal(1)
            if not left and worth > 10:
                raise NumeralError(f"{text!r}: expected a digit before {sign}")
            return head * worth + _rest(right, worth, signs)
    return _digit(text, signs)


def _digit(text: str, signs: Writing) -> Decimal:
    """Arabic digits, one Chinese digit, digits read out one by one (二〇一九), or 廿 and 卅 with a digit."""
    if signs.arabic.fullmatch(text):
        return Decimal(text.translate(_SEPARATORS))
    if text[0] in signs.tens:
        return signs.tens[text[0]] + (signs.digits[text[1:]] if text[1:] else 0)
    return Decimal(positional(text, signs))


def positional(text: str, signs: Writing) -> str:
    """Figures read out one by one, Chinese or not, as ASCII digits.

    Raises:
        NumeralError: a digit that is never read out is among others.
    """
    if len(text) > 1 and any(c in signs.counting for c in text):
        raise NumeralError(f"{text!r}: expected figures that are read out one by one")
    return "".join(c if c.isdigit() else str(signs.digits[c]) for c in text)
