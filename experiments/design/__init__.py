"""Designs: which values of levers, uncertainties, policies and stresses a study tries, and the scenarios they make.

A *factor* is a key with the values it may take; a *design* chooses points among them (grid, Latin hypercube, Sobol);
a *variation* makes of a point the scenario to simulate.
"""

from experiments.design.constraints import Constraint
from experiments.design.factors import Factor, factors_of
from experiments.design.sampling import Design, sample
from experiments.design.variation import Variation

__all__ = ["Constraint", "Design", "Factor", "Variation", "factors_of", "sample"]
