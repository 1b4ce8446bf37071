"""The run room's clock: all seconds of a run, each given to what was done in it."""

from __future__ import annotations

from time import perf_counter


class Laps:
    """Gives the time since the last call to a name, so that nothing is left out and nothing counted twice.

    >>> laps = Laps()
    >>> laps.lap("read")
    >>> list(laps.seconds), laps.seconds["read"] >= 0
    (['read'], True)
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, name: str) -> None:
        """What was done since the last call was ``name``."""
        now = perf_counter()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self._last
        self._last = now
