"""Figures look as they did (``tests.experiments.report.pictures`` keeps how)."""

from __future__ import annotations

import pytest
from matplotlib.testing.compare import compare_images

from tests.experiments.report.pictures import FOLDER, PICTURES, draw, evidence_in, file_of

TOLERANCE = 4
"""Root mean square of the differences in grey levels, of 255: other versions of a font library stay well below."""


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    return evidence_in(tmp_path_factory.mktemp("pictures"))


@pytest.mark.parametrize(("name", "language"), PICTURES)
def test_a_figure_looks_as_it_did(evidence, tmp_path, name, language):
    now = tmp_path / "now.png"
    now.write_bytes(draw(evidence, name, language))
    assert compare_images(str(file_of(name, language)), str(now), TOLERANCE) is None


def test_a_figure_that_looks_different_is_noticed(evidence, tmp_path):
    now = tmp_path / "now.png"
    now.write_bytes(draw(evidence, "together", "zh"))
    assert compare_images(str(file_of("together", "en")), str(now), TOLERANCE)


def test_every_picture_belongs_to_a_figure():
    assert {file.name for file in FOLDER.glob("*.png")} == {file_of(*each).name for each in PICTURES}
