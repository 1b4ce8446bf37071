"""Places: the names of places in a text, and the place and organisation that each quantity belongs to."""

from taizhang.extract.places.agencies import find_agencies
from taizhang.extract.places.mentions import find_places
from taizhang.extract.places.resolve import resolve_places

__all__ = ["find_agencies", "find_places", "resolve_places"]
