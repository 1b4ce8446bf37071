"""The indicators' room: which metrics are the same thing said in many ways, by ``rules/indicators.tsv``."""

from taizhang.indicators.find import Indicators
from taizhang.indicators.shapes import Indicator

__all__ = ["Indicator", "Indicators"]
