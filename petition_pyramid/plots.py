"""Figures of the report drawn from results in memory, for notebooks: nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.results.city_tiles import cities_of
from experiments.runs.run import model_version
from sim.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from experiments.results.folder import Results
    from petition_pyramid.api import Result

NAME = "simulated"
"""What the one scenario of a result is called in its tables."""


def study_of(result: Result) -> dict[str, Any]:
    """The study of one scenario, as a results folder would have it."""
    values = result.scenario.as_dict()
    return {
        "name": "simulation",
        "question": {},
        "policies": [NAME],
        "reference": NAME,
        "measures": [],
        "target": [1.0, 2.0, 3.0],
        "replicates": len(result.seeds),
        "seeds": list(result.seeds),
        "province": values["province"],
        "calendar": values["calendar"],
        "stress": values["stress"],
        "cities": cities_of(result.scenario.province),
    }


def manifest_of(result: Result) -> dict[str, Any]:
    """Where the result comes from."""
    return {"study": "simulation", "model_version": model_version(), "seeds": list(result.seeds)}


def results_of(result: Result) -> Results:
    """The result as the report reads it, in memory."""
    from experiments.results.folder import Results

    return Results(
        path=Path("simulation"),
        study=study_of(result),
        manifest=manifest_of(result),
        runs=result.runs(),
        monthly=result.monthly(),
        parameters=[],
    )


def figure_of(result: Result, name: str, language: str) -> Figure:
    """One figure of the report; raises ``InputError`` for a figure or language that is not there."""
    from experiments.report import theme
    from experiments.report.compare.evidence import Evidence
    from experiments.report.compare.figures import FIGURES
    from experiments.report.text import LANGUAGES, Words

    if language not in LANGUAGES:
        raise InputError(f"language={language!r} is not one of {', '.join(LANGUAGES)}")
    evidence = Evidence(results_of(result))
    drawable = [each for each, module in FIGURES.items() if module.available(evidence)]
    if name not in drawable:
        why = "needs more than one scenario" if name in FIGURES else "is no figure of the report"
        raise InputError(f"figure={name!r} {why}; of this result there are: {', '.join(drawable)}")
    with theme.drawing():
        figure = FIGURES[name].draw(evidence, Words(language, frozenset(evidence.stresses)))
        theme.settle(figure)
    return figure
