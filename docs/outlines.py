"""Write `api/outlines.json`, the outlines of countries on the map of practices.

Run it with `python -m docs.outlines countries-50m.json` in the root of the repository. The file comes from the npm
package `world-atlas` 2.0.2, which carries Natural Earth's country boundaries 1:50 million (public domain) as TopoJSON.
Outlines are projected, cut at the frame and simplified arc by arc, so that neighbours keep one common border.
"""

import json
import sys
from collections.abc import Iterable
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycountry

from api.projection import HEIGHT, WIDTH, project

TARGET = Path(__file__).parents[1] / "api" / "outlines.json"
SOURCE = "Natural Earth, country boundaries 1:50 million, version 4.1 (public domain), simplified"

_TOLERANCE = 0.9
"""How far a simplified line may stray, in units of the drawing."""
_SMALLEST = 4.0
"""Area of islands that are left out, in square units; a country keeps its largest part whatever its size."""
_MARGIN = 30
_NAMED = {"Kosovo": "XK", "N. Cyprus": "CY"}
"""Parts without a code of ISO 3166: the whole island belongs to the Member State Cyprus."""

_CRIMEA, _ACROSS = (45.3, 34.3), 60
"""Its middle, and how many units its shores lie from there. The boundaries in the file are those that are held by
force; in the law of the Union Crimea is Ukraine's."""

Point = tuple[float, float]
Line = list[Point]


def arcs(topology: dict[str, Any]) -> list[Line]:
    """All lines, decoded from their steps, projected, kept near the frame and simplified."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    return [_simplified(_drawn(arc, scale, shift)) for arc in topology["arcs"]]


def _drawn(arc: Iterable[list[int]], scale: list[float], shift: list[float]) -> Line:
    line, x, y = [], 0, 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        line.append(_near(*project(y * scale[1] + shift[1], x * scale[0] + shift[0])))
    return line


def _near(x: float, y: float) -> Point:
    return min(max(x, -_MARGIN), WIDTH + _MARGIN), min(max(y, -_MARGIN), HEIGHT + _MARGIN)


def _simplified(line: Line) -> Line:
    """Douglas and Peucker's way; a ring is cut in two at the point farthest from its beginning."""
    if len(line) > 2 and line[0] == line[-1]:
        far = max(range(len(line)), key=lambda i: _distance(line[i], line[0], line[0]))
        return [*_reduced(line[: far + 1])[:-1], *_reduced(line[far:])]
    return _reduced(line)


def _reduced(line: Line) -> Line:
    if len(line) < 3:
        return line
    worst = max(range(1, len(line) - 1), key=lambda i: _distance(line[i], line[0], line[-1]))
    if _distance(line[worst], line[0], line[-1]) <= _TOLERANCE:
        return [line[0], line[-1]]
    return [*_reduced(line[: worst + 1])[:-1], *_reduced(line[worst:])]


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a stretch of line."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    t = min(1.0, max(0.0, ((px - ax) * dx + (py - ay) * dy) / length)) if length else 0.0
    return float(((px - ax - t * dx) ** 2 + (py - ay - t * dy) ** 2) ** 0.5)


def rings(geometry: dict[str, Any], lines: list[Line]) -> list[Line]:
    """Rings of a country; an arc with a negative number runs backwards."""
    polygons = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}[geometry["type"]]
    return [_ring(indices, lines) for polygon in polygons for indices in polygon]


def _ring(indices: list[int], lines: list[Line]) -> Line:
    parts = (lines[i] if i >= 0 else lines[~i][::-1] for i in indices)
    return reduce(lambda ring, part: [*ring[:-1], *part], parts, [])


def area(ring: Line) -> float:
    """Area of a ring in square units."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def path(found: list[Line]) -> str:
    """Rings as the data of an SVG path, in whole units by steps; empty where nothing lies in the frame."""
    inside = [ring for ring in found if any(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in ring)]
    large = sorted(inside, key=area, reverse=True)
    return "".join(_steps(ring) for ring in [*large[:1], *(ring for ring in large[1:] if area(ring) >= _SMALLEST)])


def _steps(ring: Line) -> str:
    points = [(round(x), round(y)) for x, y in ring]
    kept = [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
    moves = [f"{b[0] - a[0]},{b[1] - a[1]}" for a, b in pairwise(kept)]
    return f"M{kept[0][0]},{kept[0][1]}l{' '.join(moves)}z" if moves else ""


def outlines(topology: dict[str, Any]) -> dict[str, str]:
    """Paths by country code."""
    lines = arcs(topology)
    found: dict[str, list[Line]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = _code(geometry)
        for ring in rings(geometry, lines) if code else ():
            found.setdefault("UA" if code == "RU" and _in_crimea(ring) else str(code), []).append(ring)
    return {code: drawn for code in sorted(found) if (drawn := path(found[code]))}


def _in_crimea(ring: Line) -> bool:
    middle = project(*_CRIMEA)
    return all(_distance(point, middle, middle) <= _ACROSS for point in ring)


def _code(geometry: dict[str, Any]) -> str | None:
    country = pycountry.countries.get(numeric=geometry["id"]) if geometry.get("id") else None
    return country.alpha_2 if country else _NAMED.get(geometry["properties"]["name"])


def main() -> None:
    """Write the file from the one that is named on the command line."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    data = {"source": SOURCE, "paths": outlines(topology)}
    TARGET.write_text(json.dumps(data, indent=0) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(data['paths'])} countries, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
