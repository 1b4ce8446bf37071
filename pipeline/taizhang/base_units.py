"""Units that compare: a value in the base of its unit, exactly, by the definitions of ``rules/base_units.toml``.

pint works the factors out, as fractions; they are kept between runs, since they change only with the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from pydantic import Field

from taizhang.cache import table
from taizhang.errors import RuleError, UnitError
from taizhang.records import Kind
from taizhang.rules import Rule, RuleFile, RuleSet, once

FILE = "base_units.toml"
DIGITS = 6  # after the point, where a quotient has no end: a 亩 is 2000/3 平方米
_LONG = Context(prec=400)  # no value is rounded here


class BaseRule(Rule):
    """Units of the same thing, and the one that they compare in.

    Attributes:
        unit: the base, as records have it.
        kinds: of quantity that the units come in.
        ucum, qudt: codes of the base.
        definitions: in pint's language; the first defines the base.
        forms: units that are no names in that language, and the names that they stand for.
    """

    unit: str
    kinds: tuple[Kind, ...]
    ucum: str
    qudt: str
    definitions: tuple[str, ...]
    forms: dict[str, str] = Field(default_factory=dict)


class BaseFile(RuleFile):
    """``rules/base_units.toml``."""

    base: tuple[BaseRule, ...]


class BaseValue(NamedTuple):
    """A value in the base of its unit."""

    value: Decimal
    unit: str


class BaseUnits:
    """The units of one rule set.

    >>> from taizhang.pipeline import shipped_pipeline
    >>> units = BaseUnits.of(shipped_pipeline().rules)
    >>> units.based(Decimal("1.5"), "公里", "length")
    BaseValue(value=Decimal('1500'), unit='米')
    >>> units.based(Decimal(2), "亩", "area"), units.based(Decimal(614), "个", "count")
    (BaseValue(value=Decimal('1333.333333'), unit='平方米'), BaseValue(value=Decimal('614'), unit='个'))
    """

    def __init__(self, rules: RuleSet) -> None:
        self.bases = rules.load(FILE, BaseFile).base
        kinds = {base.unit: base.kinds for base in self.bases}
        made_of = repr([base.model_dump() for base in self.bases])
        kept = table("base-units", made_of, lambda: _factors(self.bases))
        self._factors = {form: (base, Fraction(*factor)) for form, (base, *factor) in kept.items()}
        self._kinds = {form: frozenset(kinds[base]) for form, (base, _) in self._factors.items()}

    @staticmethod
    @once
    def of(rules: RuleSet) -> BaseUnits:
        """The units of a rule set, worked out once.

        Raises:
            RuleError: a definition is none of pint's, or a unit has two.
        """
        return BaseUnits(rules)

    def based(self, value: Decimal, unit: str, kind: Kind) -> BaseValue:
        """The value in its unit's base; itself where the unit has none, or is another one in this kind."""
        if kind not in self._kinds.get(unit, ()):
            return BaseValue(value, unit)
        base, factor = self._factors[unit]
        return BaseValue(value if factor == 1 else times(value, factor), base)

    def factor(self, unit: str, into: str) -> Fraction:
        """What a value in ``unit`` is multiplied by to be one in ``into``.

        Raises:
            UnitError: the two do not measure the same.

        >>> from taizhang.pipeline import shipped_pipeline
        >>> BaseUnits.of(shipped_pipeline().rules).factor("平方米", "亩")
        Fraction(3, 2000)
        """
        if unit == into:
            return Fraction(1)
        (base, factor), (other, of_other) = (
            self._factors.get(name, (name, Fraction(1))) for name in (unit, into)
        )
        if base != other:
            same = ", ".join(sorted(form for form, (known, _) in self._factors.items() if known == base))
            if not unit:
                raise UnitError(f"expected no unit, since the number has none, got {into}")
            raise UnitError(f"expected a unit that {unit} converts to ({same or unit}), got {into}")
        return factor / of_other


def times(value: Decimal, factor: Fraction) -> Decimal:
    """The exact product; to ``DIGITS`` after the point where it has no end.

    >>> times(Decimal("0.10"), Fraction(1000)), times(Decimal(1), Fraction(2, 3))
    (Decimal('100'), Decimal('0.666667'))
    """
    if factor == 1:
        return _short(value)
    product = Fraction(value) * factor
    places = _places(product.denominator)
    scaled = round(product * 10 ** (DIGITS if places is None else places))
    sign, digits, _ = Decimal(scaled).as_tuple()
    return Decimal((sign, digits, -(DIGITS if places is None else places)))


def _short(value: Decimal) -> Decimal:
    """The same number without zeros at its end, and without an exponent.

    >>> _short(Decimal("12.500")), _short(Decimal("1E+3"))
    (Decimal('12.5'), Decimal('1000'))
    """
    short = _LONG.normalize(value)
    return _LONG.quantize(short, Decimal(1)) if "E+" in str(short) else short


def _places(denominator: int) -> int | None:
    """How many digits a fraction has after the point; None where it has no end."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def _factors(bases: tuple[BaseRule, ...]) -> dict[str, tuple[str, int, int]]:
    """Each unit with its base and the factor to it."""
    import pint  # noqa: PLC0415 - takes longer to import than all rules to load, and is seldom needed

    registry: Any = pint.UnitRegistry(None, non_int_type=Fraction)
    made: dict[str, tuple[str, int, int]] = {}
    for base in bases:
        try:
            for definition in base.definitions:
                registry.define(definition)
            for form, name in _names(base):
                registry.get_dimensionality(name)  # a name that stands for none is noticed only here
                factor = Fraction(registry.convert(Fraction(1), name, base.definitions[0].split()[0]))
                if form in made:
                    raise RuleError(
                        f"{FILE}: rule {base.id} key definitions: expected {form} once, got it twice"
                    )
                made[form] = base.unit, factor.numerator, factor.denominator
        except (pint.errors.PintError, TypeError, ValueError) as error:
            raise RuleError(
                f"{FILE}: rule {base.id} key definitions: expected units as pint defines them, got {error!r}"
            ) from error
    return made


def _names(base: BaseRule) -> Iterator[tuple[str, str]]:
    for definition in base.definitions:
        name, _, *others = (part.strip() for part in definition.split("="))
        yield from ((form, name) for form in (name, *others))
    yield from base.forms.items()
