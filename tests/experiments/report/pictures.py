"""How the figures of a report should look: ``python -m tests.experiments.report.pictures`` draws all pictures anew.

Look at them before they are committed.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from matplotlib.figure import Figure

from experiments.report import theme
from experiments.report.page_parts import PageParts, parts_of
from experiments.report.text import Words
from tests.experiments.report.made_up import MADE_UP

FOLDER = Path(__file__).parent / "pictures"

FIGURES = {
    "compare": ("together", "ratios", "pyramid", "ternary", "why", "settled", "parts", "forest", "behaviours", "cost",
                   "equity", "places", "satisfaction", "monthly"),
    "sweep": ("ranking", "curves", "heat", "recorded_success"),
    "sweep_of_a_cloud": ("ranking", "surface"),
    "sweep_of_pilots": ("pilots",),
    "sensitivity": ("tornado", "importance", "convergence"),
    "sensitivity_by_morris": ("effects", "importance"),
    "levers-at-work": (),
    "bottlenecks": (),
    "attribution": ("shares",),
    "robustness": ("satisficing", "regrets", "stresses", "failures"),
    "counterfactual": ("flows", "changes"),
    "optimise": ("frontier", "lever_map", "search"),
    "calibrate": ("patterns", "members", "tradeoffs", "excluded"),
}  # fmt: skip
"""Figures that are kept, by the made-up results that they show."""

BOTH = {"together", "settled", "forest", "behaviours", "places", "pilots", "tornado", "satisficing", "failures",
        "flows", "frontier", "members", "shares"}  # fmt: skip
"""Figures that are kept in Chinese, too."""


@dataclass(frozen=True, order=True)
class Picture:
    """One figure of some made-up results in one language."""

    made_up: str
    figure: str
    language: str

    def __str__(self) -> str:
        return f"{self.made_up}-{self.figure}-{self.language}"

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return FOLDER / self.made_up / f"{self.figure}.{self.language}.png"


PICTURES = [
    Picture(made_up, figure, language)
    for made_up, figures in FIGURES.items()
    for figure in figures
    for language in ("en", "zh")
    if language == "en" or figure in BOTH
]


class Pictures:
    """Draws pictures; each of the results is made up once, in a folder."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made up before it is drawn, or drawn twice."""
        self._folder = folder
        self._evidence: dict[str, tuple[PageParts, Any]] = {}
        self._figures: dict[Picture, Figure] = {}

    def figure(self, picture: Picture) -> Figure:
        """The figure, laid out."""
        if picture not in self._figures:
            self._figures[picture] = self._drawn(picture)
        return self._figures[picture]

    def _drawn(self, picture: Picture) -> Figure:
        if picture.made_up not in self._evidence:
            results = MADE_UP[picture.made_up](self._folder / picture.made_up)
            kind = parts_of(results.kind)
            self._evidence[picture.made_up] = kind, kind.evidence(results)
        kind, evidence = self._evidence[picture.made_up]
        with theme.drawing():
            words = Words(picture.language, frozenset(evidence.stresses))
            figure = kind.figures[picture.figure].draw(evidence, words)
            theme.settle_layout(figure)
        return figure

    def png(self, picture: Picture, dpi: int = 45) -> bytes:
        """The figure as a small PNG."""
        buffer = io.BytesIO()
        figure = self.figure(picture)
        with theme.drawing():
            figure.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
        return buffer.getvalue()


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        pictures = Pictures(Path(folder))
        for picture in PICTURES:
            picture.file.parent.mkdir(parents=True, exist_ok=True)
            picture.file.write_bytes(pictures.png(picture))
            print(picture.file)
