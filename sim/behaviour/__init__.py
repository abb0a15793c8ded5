"""Uncertainties: what people, and what happens between them, are like; a mechanism's stand in a file of their own."""

from __future__ import annotations

from sim.behaviour.behaviour import Behaviour
from sim.behaviour.caseloads import Caseloads
from sim.behaviour.causes import Causes
from sim.behaviour.centres import CentreUse
from sim.behaviour.concessions import Concessions
from sim.behaviour.counties import CountyDifferences
from sim.behaviour.kinds import DisputeKinds
from sim.behaviour.past import Past
from sim.behaviour.police import Police
from sim.behaviour.prices import Prices
from sim.behaviour.registers import Registers
from sim.behaviour.satisficing import ChoiceModel, Satisficing
from sim.behaviour.services import ServiceOutcomes
from sim.behaviour.timing import Timing
from sim.behaviour.waiting import Waiting

__all__ = [
    "Behaviour",
    "Caseloads",
    "Causes",
    "CentreUse",
    "ChoiceModel",
    "Concessions",
    "CountyDifferences",
    "DisputeKinds",
    "Past",
    "Police",
    "Prices",
    "Registers",
    "Satisficing",
    "ServiceOutcomes",
    "Timing",
    "Waiting",
]
