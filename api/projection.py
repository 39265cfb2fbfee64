"""Where a point of the Earth lies on the map of Europe.

Lambert's azimuthal equal-area projection about 52° N 10° E, the one that European statistics use (EPSG:3035), on a
sphere: for a drawing on a screen the ellipsoid makes no difference.
"""

import math

_RADIUS = 6_371_000.0
_NORTH, _EAST = math.radians(52), math.radians(10)
_FALSE_EAST, _FALSE_NORTH = 4_321_000.0, 3_210_000.0
_LEFT, _TOP = 2_550_000.0, 5_450_000.0
"""Corner of the map in metres: Iceland is left of nothing, and the North Cape is at the top."""
UNIT = 4_100.0
"""Metres of one unit of the drawing."""
WIDTH, HEIGHT = 1_000, 1_000
"""Size of the drawing in units."""
_OPPOSITE = 1e-9
_NOWHERE = (-1e5, -1e5)
"""The point on the other side of the Earth has no place of its own: it is put far outside."""


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Units from the left and from the top; outside the drawing they are negative or too large. Angles in degrees."""
    phi, away = math.radians(latitude), math.radians(longitude) - _EAST
    cosine = math.sin(_NORTH) * math.sin(phi) + math.cos(_NORTH) * math.cos(phi) * math.cos(away)
    if 1 + cosine < _OPPOSITE:
        return _NOWHERE
    k = math.sqrt(2 / (1 + cosine))
    x = _RADIUS * k * math.cos(phi) * math.sin(away) + _FALSE_EAST
    y = _RADIUS * k * (math.cos(_NORTH) * math.sin(phi) - math.sin(_NORTH) * math.cos(phi) * math.cos(away))
    return (x - _LEFT) / UNIT, (_TOP - y - _FALSE_NORTH) / UNIT


def on_map(x: float, y: float) -> bool:
    """Whether a point lies in the drawing."""
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT
