"""The lines of a user's GeoJSON: what is read, and what is said of every file that cannot be."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest

from experiments.report.maps import outline as outlines
from experiments.report.maps.outline import read_outline
from sim.errors import InputError

SQUARE = [[100, 30], [110, 30], [110, 40], [100, 40], [100, 30]]


def written(tmp_path, content):
    file = tmp_path / "lines.geojson"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return file


def polygon(ring):
    return {"type": "Polygon", "coordinates": [ring]}


def test_all_lines_of_polygons_and_lines_are_read(tmp_path):
    shapes = [
        {"type": "Feature", "properties": {"name": "甲"}, "geometry": polygon(SQUARE)},
        {"type": "Feature", "properties": None, "geometry": None},
        {
            "type": "GeometryCollection",
            "geometries": [{"type": "LineString", "coordinates": [[1, 2, 500], [3, 4.00004]]}],
        },
        {"type": "MultiPolygon", "coordinates": [[SQUARE, SQUARE], [SQUARE]]},
        {"type": "Point", "coordinates": [0, 0]},
    ]
    file = written(tmp_path, {"type": "FeatureCollection", "features": shapes})
    found = read_outline(file)
    assert [len(line) for line in found.lines] == [5, 2, 5, 5, 5]
    assert np.array_equal(found.lines[0], np.array(SQUARE, float))
    assert found.lines[1].tolist() == [[1, 2], [3, 4]]  # heights are left out, degrees rounded
    assert found.as_dict() == {"name": "lines.geojson", "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}


def test_a_byte_order_mark_is_none_of_the_text(tmp_path):
    assert len(read_outline(written(tmp_path, b"\xef\xbb\xbf" + json.dumps(polygon(SQUARE)).encode())).lines) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is damaged: Expecting value"),
        (b"PK\x03\x04\xff", "is damaged: 'utf-8' codec"),
        (b"[1, 2]", "is damaged: the file is no GeoJSON object"),
        (b'{"type": "Polygon", "coordinates": [[[NaN, 1], [2, 3]]]}', "NaN is no number"),
        (b'{"a":' * 20_000, "is damaged"),
        ({"type": "Topology"}, "type=Topology is none of GeoJSON's"),
        ({"type": "FeatureCollection"}, "the file has no list features"),
        ({"type": "FeatureCollection", "features": []}, "it has no Polygon, MultiPolygon, LineString"),
        ({"type": "Point", "coordinates": [1, 2]}, "it has no Polygon, MultiPolygon, LineString"),
        (polygon("here"), "Polygon: coordinates=here must be a list"),
        (polygon([[True, 2], [3, 4]]), "Polygon: [True, 2] is no position: it must be [longitude, latitude]"),
        (polygon([[1], [2]]), "Polygon: [1] is no position"),
        (polygon([[11_500_000, 4_300_000], [0, 0]]), "is no longitude from −180 to 180 with a latitude from −90 to 90"),
        (polygon([[30, 110], [40, 120]]), "Polygon: [30, 110] is no longitude"),
        (
            {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": polygon([[0, 91]])}]},
            "feature 1, Polygon: [0, 91]",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(tmp_path, content, said):
    with pytest.raises(InputError) as refused:
        read_outline(written(tmp_path, content))
    message = str(refused.value)
    assert said in message and "lines.geojson" in message and "\n" not in message


def test_files_that_are_none_or_too_large_are_refused(tmp_path, monkeypatch):
    for missing in (tmp_path / "no.geojson", tmp_path):
        with pytest.raises(InputError, match=r"is no file: give a GeoJSON file"):
            read_outline(missing)
    file = written(tmp_path, polygon(SQUARE))
    monkeypatch.setattr(outlines, "LARGEST", 50)
    size = file.stat().st_size
    with pytest.raises(InputError, match=f"has {size} bytes, at most 50 are read: simplify its lines"):
        read_outline(file)


def test_lines_that_hold_no_place_are_refused(tmp_path):
    found = read_outline(written(tmp_path, polygon(SQUARE)))
    found.check_near([(0.0, 0.0), (35.0, 105.0)])
    found.check_near([])
    with pytest.raises(InputError, match=r"none of the places lies in it: it reaches from 100\.0 to 110\.0 degrees of"):
        found.check_near([(20.0, 105.0)])
    turned = [[latitude, longitude] for longitude, latitude in [[85, 30], [89, 30], [89, 40]]]
    exchanged = read_outline(written(tmp_path, polygon(turned)))
    with pytest.raises(InputError, match="GeoJSON has the longitude first"):
        exchanged.check_near([(35.0, 87.0)])
