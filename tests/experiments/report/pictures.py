"""How the figures of a report should look: ``python -m tests.experiments.report.pictures`` draws all pictures anew.

Look at them before they are committed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from experiments.report import theme
from experiments.report.evidence import Evidence
from experiments.report.figures import FIGURES
from experiments.report.text import Words
from tests.experiments.report.conftest import make_results

FOLDER = Path(__file__).parent / "pictures"

BOTH = ("together", "settled", "forest", "behaviours", "cities")
"""Figures that are kept in Chinese, too."""

PICTURES = [(name, language) for name in FIGURES for language in ("en", "zh") if language == "en" or name in BOTH]

POLICIES = ("status_quo", "gansu_2019", "grid_first", "push_down")
PEOPLE = {"name": "people.csv", "members": 5, "sha256": "0", "uncertainties": ["patience"]}


def file_of(name: str, language: str) -> Path:
    """Where the picture of a figure is kept."""
    return FOLDER / f"{name}.{language}.png"


def draw(evidence: Evidence, name: str, language: str) -> bytes:
    """A figure as a small PNG, 45 dots an inch."""
    with theme.drawing():
        figure = FIGURES[name].draw(evidence, Words(language, frozenset(evidence.stresses)))
        theme.settle(figure)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=45, metadata={"Software": None})
    return buffer.getvalue()


def evidence_in(folder: Path) -> Evidence:
    """The made-up results that all pictures show."""
    return Evidence(make_results(folder / "results", POLICIES, replicates=10, ensemble=PEOPLE))


def drawn() -> Iterator[tuple[Path, bytes]]:
    """Every picture with its file."""
    with TemporaryDirectory() as folder:
        evidence = evidence_in(Path(folder))
        for name, language in PICTURES:
            yield file_of(name, language), draw(evidence, name, language)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, picture in drawn():
        file.write_bytes(picture)
        print(file)
