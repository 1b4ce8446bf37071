"""Builds the boundaries that the report's map draws, from the map files of a public package.

The package is ECharts 4.9.0 (Apache-2.0), the last that had them. The program itself does not need it:

    npm pack echarts@4.9.0                   # tar xzf it into FOLDER
    python scripts/build_boundaries.py FOLDER/package

The coordinates are projected (Albers, equal areas, parallels 25 and 47 north, middle 105 east) and set on a
whole-numbered grid. Two divisions that share a border have the same points there, so on the grid they still share it.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from math import cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "pipeline" / "taizhang" / "report" / "boundaries.json"
SOURCE = "ECharts 4.9.0, Apache-2.0 (https://www.apache.org/licenses/LICENSE-2.0), projected and simplified"
WIDTH = 1000  # of the grid
PASSES, FLAT = 6, 2.5  # of leaving out cells, and how many cells a bend has that stays
LEAST = 4  # cells of a ring that is more than a dot
# Divisions whose code is another one since, and one that is part of another since.
RECODED = {"542400": "540600", "652200": "650500", "371200": "370100"}
ENCODED = 1024  # steps of a degree in the files
NATION = "china.json"
ISLANDS = "lib/coord/geo/fix/nanhai.js"  # the South China Sea, drawn small in a frame of its own
FRAME_LEFT, FRAME_TOP, FRAME_SCALE = 928, 734, 1.1  # where on the grid, and cells of one of its steps
WHOLE = frozenset(
    {"110000", "120000", "310000", "500000", "710000", "810000", "820000"}
)  # not drawn by cities

Point = tuple[float, float]
Cell = tuple[int, int]
Ring = list[Point]


def features(path: Path) -> Iterator[tuple[str, str, list[Ring]]]:
    """Code, name and rings of each division in one file; what has no rings is left out.

    A division without a code has that of the one of the same name that has no rings.
    """
    found = json.loads(path.read_text("utf-8"))["features"]
    codes = {one["properties"]["name"]: str(one["id"]) for one in found if one.get("id")}
    for one in found:
        name, geometry = one["properties"]["name"], one["geometry"]
        rings = list(_rings(geometry["coordinates"], geometry.get("encodeOffsets")))
        if rings and name in codes:
            yield codes[name], name, rings


def _rings(nested: Any, offsets: Any) -> Iterator[Ring]:
    """The rings of a polygon or of several, written as text or as numbers."""
    if isinstance(nested, str):
        yield decoded(nested, *offsets)
    elif nested and isinstance(nested[0][0], float):
        yield [(x, y) for x, y in nested]
    else:
        for n, inner in enumerate(nested):
            yield from _rings(inner, offsets[n] if _written(inner) else None)


def _written(nested: Any) -> bool:
    """Whether the rings in it are texts, which count from an offset."""
    while isinstance(nested, list) and nested:
        nested = nested[0]
    return isinstance(nested, str)


def decoded(ring: str, x: int, y: int) -> Ring:
    """The longitudes and latitudes of a ring, which is written as differences, two characters a point."""
    points = []
    for across, up in zip(ring[::2], ring[1::2], strict=True):
        x, y = x + _signed(ord(across) - 64), y + _signed(ord(up) - 64)
        points.append((x / ENCODED, y / ENCODED))
    return points


def _signed(value: int) -> int:
    return (value >> 1) ^ -(value & 1)


def projected(point: Point) -> Point:
    """Albers' equal-area conic projection on a sphere, down the page."""
    first, second, origin, middle = radians(25), radians(47), radians(36), radians(105)
    n = (sin(first) + sin(second)) / 2
    c = cos(first) ** 2 + 2 * n * sin(first)
    longitude, latitude = map(radians, point)
    reach, at_origin = sqrt(c - 2 * n * sin(latitude)) / n, sqrt(c - 2 * n * sin(origin)) / n
    angle = n * (longitude - middle)
    return reach * sin(angle), reach * cos(angle) - at_origin


class Grid:
    """The whole-numbered grid that all divisions are set on."""

    def __init__(self, points: list[Point]) -> None:
        placed = [projected(point) for point in points]
        self._left, self._top = min(x for x, _ in placed), min(y for _, y in placed)
        self._scale = WIDTH / (max(x for x, _ in placed) - self._left)
        self.height = round((max(y for _, y in placed) - self._top) * self._scale)

    def cells(self, ring: Ring) -> list[Cell]:
        """A ring on the grid, no cell twice in a row; the last is not the first again."""
        cells: list[Cell] = []
        for point in ring:
            x, y = projected(point)
            cell = round((x - self._left) * self._scale), round((y - self._top) * self._scale)
            if not cells or cells[-1] != cell:
                cells.append(cell)
        return cells[:-1] if len(cells) > 1 and cells[0] == cells[-1] else cells


def simplified(rings: list[list[Cell]]) -> list[list[Cell]]:
    """The rings without cells that make hardly a bend, some in each of several passes.

    Whether a cell goes depends on it and its two neighbours alone, which are the same for both divisions that it
    divides; where three meet, it stays. So what shared a border still does.
    """
    for _ in range(PASSES):
        near: dict[Cell, set[Cell]] = defaultdict(set)
        for ring in rings:
            for n, cell in enumerate(ring):
                near[cell] |= {ring[n - 1], ring[(n + 1) % len(ring)]}
        rings = [_thinned(ring, near) for ring in rings]
    return rings


def _thinned(ring: list[Cell], near: dict[Cell, set[Cell]]) -> list[Cell]:
    if len(ring) <= LEAST:
        return ring
    bends = [
        (_bend(ring[n - 1], cell, ring[(n + 1) % len(ring)]), cell)
        if len(near[cell]) <= 2
        else (float("inf"), cell)
        for n, cell in enumerate(ring)
    ]
    return [
        cell
        for n, cell in enumerate(ring)
        if bends[n][0] >= FLAT or bends[n] > min(bends[n - 1], bends[(n + 1) % len(ring)])
    ]


def _bend(a: Cell, b: Cell, c: Cell) -> float:
    """The area of the triangle of three cells, in cells."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])) / 2


def path(rings: list[list[Cell]]) -> str:
    """An SVG path of the rings that are more than a dot; of the largest, where all are no more."""
    kept = [ring for ring in rings if len(ring) >= LEAST] or [max(rings, key=len)]
    return "".join(map(_drawn, kept))


def _drawn(ring: list[Cell]) -> str:
    (x, y), *rest = ring
    said = f"M{x} {y}l"
    steps = []
    for at in rest:
        steps.append(f"{at[0] - x} {at[1] - y}")
        x, y = at
    return said + " ".join(steps).replace(" -", "-") + "z"


def build(folder: Path) -> dict[str, Any]:
    """All that the page needs: the size of the drawing, and code, name and path of each division."""
    maps = folder / "map" / "json"
    provinces = [(code, name, rings) for code, name, rings in features(maps / NATION) if code.isdigit()]
    cities = [
        (code, name, rings)
        for path in sorted((maps / "province").glob("*.json"))
        for code, name, rings in features(path)
        if code.isdigit() and f"{code[:2]}0000" not in WHOLE
    ]
    grid = Grid([point for _, _, rings in provinces for ring in rings for point in ring])
    return {
        "source": SOURCE,
        "width": WIDTH,
        "height": grid.height,
        "provinces": _paths(grid, provinces),
        "cities": _paths(grid, cities),
        "islands": _islands((folder / ISLANDS).read_text("utf-8")),
    }


def _islands(script: str) -> str:
    """The path of the South China Sea in its frame."""
    (points,) = re.findall(r"var points = (\[.*\]);", script)
    place = [
        [(round(FRAME_LEFT + x * FRAME_SCALE), round(FRAME_TOP + y * FRAME_SCALE)) for x, y in ring]
        for ring in json.loads(points)
    ]
    return "".join(map(_drawn, place))


def _paths(grid: Grid, divisions: list[tuple[str, str, list[Ring]]]) -> list[tuple[str, str]]:
    """Code and path of each division, by their codes."""
    owners = [code for code, _, rings in divisions for _ in rings]
    rings = simplified([grid.cells(ring) for _, _, rings in divisions for ring in rings])
    own: dict[str, list[list[Cell]]] = defaultdict(list)
    for code, ring in zip(owners, rings, strict=True):
        own[RECODED.get(code, code)].append(ring)
    return sorted((code, path(found)) for code, found in own.items())


if __name__ == "__main__":
    TARGET.write_text(
        json.dumps(build(Path(sys.argv[1])), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8"
    )
