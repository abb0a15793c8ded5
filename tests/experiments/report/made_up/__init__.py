"""Made-up but plausible results of every kind of study, the same every time: what reports are looked at with.

No model runs, so that what is drawn of them changes only with the drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from experiments.results.folder import Results
from tests.experiments.report.conftest import make_results
from tests.experiments.report.made_up.attributions import attribution
from tests.experiments.report.made_up.bottlenecks import bottlenecks
from tests.experiments.report.made_up.calibrations import calibration
from tests.experiments.report.made_up.counterfactuals import counterfactual
from tests.experiments.report.made_up.levers import levers
from tests.experiments.report.made_up.optimisations import optimisation
from tests.experiments.report.made_up.robust import robustness
from tests.experiments.report.made_up.sensitivities import morris, sobol
from tests.experiments.report.made_up.shared_out import parts
from tests.experiments.report.made_up.sweeps import cloud, grid, pilots

POLICIES = ("status_quo", "gansu_2019", "grid_first", "push_down")
PEOPLE = {"name": "people.csv", "members": 5, "sha256": "0", "uncertainties": ["patience"]}


def comparison(folder: Path) -> Results:
    """Four worlds, one of them under a stress, over what people may be like."""
    return make_results(folder, POLICIES, replicates=10, ensemble=PEOPLE, attribution=parts())


MADE_UP: Mapping[str, Callable[[Path], Results]] = {
    "compare": comparison,
    "sweep": grid,
    "sweep_of_a_cloud": cloud,
    "sweep_of_pilots": pilots,
    "sensitivity": sobol,
    "sensitivity_by_morris": morris,
    "levers-at-work": levers,
    "bottlenecks": bottlenecks,
    "attribution": attribution,
    "robustness": robustness,
    "counterfactual": counterfactual,
    "optimise": optimisation,
    "calibrate": calibration,
}
"""Results by name: together they have every figure of every kind."""
