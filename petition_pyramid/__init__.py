"""The toolkit from Python: ``import petition_pyramid as pp``.

Every study of the command line is a function here, with the same words; what it gives has its tables as pandas frames,
its answer, its figures and its report.
"""

import os
import runpy

# By its path, for `experiments` may be the very package that is not ours.
_packages = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "experiments", "__init__.py")
runpy.run_path(_packages)

from experiments.report.answer import Answer  # noqa: E402
from petition_pyramid.results import KeptResults, TableResults, open_results  # noqa: E402
from petition_pyramid.simulation import Simulation, scenario  # noqa: E402
from petition_pyramid.studies import (  # noqa: E402
    attribution,
    bottlenecks,
    calibrate,
    compare,
    counterfactual,
    index,
    levers_at_work,
    optimise,
    patterns,
    robustness,
    sensitivity,
    simulate,
    simulate_many,
    sweep,
    verify,
)
from sim.errors import InputError  # noqa: E402
from sim.scenario import Scenario  # noqa: E402

__all__ = [
    "Answer",
    "InputError",
    "KeptResults",
    "Scenario",
    "Simulation",
    "TableResults",
    "attribution",
    "bottlenecks",
    "calibrate",
    "compare",
    "counterfactual",
    "index",
    "levers_at_work",
    "open_results",
    "optimise",
    "patterns",
    "robustness",
    "scenario",
    "sensitivity",
    "simulate",
    "simulate_many",
    "sweep",
    "verify",
]
