"""Figures look as they did (``tests.experiments.report.pictures`` keeps how), and nothing of them is cut off."""

from __future__ import annotations

import pytest
from matplotlib.testing.compare import compare_images

from experiments.report import theme
from experiments.report.kinds import report_kinds
from experiments.report.page_parts import parts_of
from tests.experiments.report.pictures import FIGURES, FOLDER, PICTURES, Picture, Pictures

TOLERANCE = 4
"""Root mean square of the differences in grey levels, of 255: other versions of a font library stay well below."""


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    return Pictures(tmp_path_factory.mktemp("pictures"))


@pytest.mark.long
@pytest.mark.parametrize("picture", PICTURES, ids=str)
def test_a_figure_looks_as_it_did(pictures, tmp_path, picture):
    now = tmp_path / "now.png"
    now.write_bytes(pictures.png(picture))
    assert compare_images(str(picture.file), str(now), TOLERANCE) is None


@pytest.mark.parametrize("picture", PICTURES, ids=str)
def test_nothing_of_a_figure_is_cut_off(pictures, picture):
    figure = pictures.figure(picture)
    with theme.drawing():
        ink, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
    assert min(ink.x0, ink.y0, width - ink.x1, height - ink.y1) >= 0


def test_a_figure_that_looks_different_is_noticed(pictures, tmp_path):
    now = tmp_path / "now.png"
    now.write_bytes(pictures.png(Picture("compare", "together", "zh")))
    assert compare_images(str(Picture("compare", "together", "en").file), str(now), TOLERANCE)


def test_every_picture_belongs_to_a_figure_and_every_figure_has_one():
    assert set(FOLDER.rglob("*.png")) == {picture.file for picture in PICTURES}
    for kind in report_kinds():
        kept = [figure for made_up, figures in FIGURES.items() if made_up.startswith(kind) for figure in figures]
        assert set(kept) == set(parts_of(kind).figures)
