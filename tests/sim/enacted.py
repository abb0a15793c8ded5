"""The tiny province with levers in force on both sides of the reform, or from the first day under a stress."""

from __future__ import annotations

from dataclasses import replace

from sim.behaviour import Behaviour
from sim.model import GovernanceModel
from sim.policy import Policy
from sim.scenario import ProvinceChoice, Scenario
from sim.stress import Stress


def model_with(
    stress: Stress | None = None, behaviour: Behaviour | None = None, **groups: dict[str, float]
) -> GovernanceModel:
    """The model after its first day."""
    policy = Policy()
    for group, levers in groups.items():
        policy = replace(policy, **{group: replace(getattr(policy, group), **levers)})
    scenario = Scenario(province=ProvinceChoice("tiny"), before=policy, after=policy, stress=stress or Stress())
    if behaviour:
        scenario = replace(scenario, behaviour=behaviour)
    if stress:
        scenario = replace(scenario, calendar=replace(scenario.calendar, reform=scenario.calendar.start))
    model = GovernanceModel(scenario, seed=1)
    model.run_for(1)
    return model
