import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import projection
from api.projection import HEIGHT, UNIT, WIDTH, on_map, project
from api.views.atlas import outlines
from corpus.vocab import EU27
from docs import outlines as writer


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(64.1, -21.9), (71.1, 25.8), (35.2, 33.4), (38.7, -9.1), (35.9, 14.5), (50.45, 30.5)],
    ids=["Reykjavik", "North Cape", "Nicosia", "Lisbon", "Valletta", "Kyiv"],
)
def test_the_corners_of_europe_are_on_the_map(latitude: float, longitude: float) -> None:
    assert on_map(*project(latitude, longitude))


def test_points_lie_where_the_official_projection_puts_them() -> None:
    # EPSG:3035 of 52 N 10 E is (4321000, 3210000); the centre of the projection has no distortion.
    x, y = project(52, 10)
    east, north = x * UNIT + projection._LEFT, projection._TOP - y * UNIT
    assert (round(east), round(north)) == (4_321_000, 3_210_000)


def test_far_islands_are_not_on_the_map() -> None:
    assert not on_map(*project(28.1, -15.4))
    assert not on_map(*project(-52, -170))


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_of_the_earth_has_a_place_in_or_outside(latitude: float, longitude: float) -> None:
    x, y = project(latitude, longitude)
    assert math.isfinite(x)
    assert math.isfinite(y)


def test_every_member_state_is_drawn_and_the_file_is_small() -> None:
    drawn = outlines()
    assert set(drawn.paths) >= EU27
    assert "Natural Earth" in drawn.source
    path = Path(writer.TARGET)
    assert path.stat().st_size < 60_000
    assert set(json.loads(path.read_text(encoding="utf-8"))) == {"source", "paths"}


def test_outlines_are_cut_out_of_a_topology() -> None:
    square = [[0, 0], [500, 0], [0, 500], [-500, 0], [0, -500]]
    topology = {
        "transform": {"scale": [0.01, 0.01], "translate": [10, 48]},
        "arcs": [square],
        "objects": {
            "countries": {
                "geometries": [
                    {"id": "276", "type": "Polygon", "arcs": [[0]], "properties": {"name": "Germany"}},
                    {"id": "250", "type": "MultiPolygon", "arcs": [[[-1]]], "properties": {"name": "France"}},
                    {"type": "Polygon", "arcs": [[0]], "properties": {"name": "Nowhere"}},
                ]
            }
        },
    }
    paths = writer.outlines(topology)
    assert set(paths) == {"DE", "FR"}
    assert paths["DE"].startswith("M")
    assert paths["DE"].endswith("z")


def test_a_line_keeps_its_ends_and_loses_what_is_not_seen() -> None:
    line = [(0.0, 0.0), (10.0, 0.1), (20.0, 0.0), (20.0, 30.0)]
    assert writer._simplified(line) == [(0.0, 0.0), (20.0, 0.0), (20.0, 30.0)]
    assert WIDTH == HEIGHT
