"""What the configuration of a table of patterns must look like."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from experiments.configuration.schema import Count, RunConfig
from sim.parameters import STRICT


@dataclass(config=STRICT)
class PatternsConfig(RunConfig):
    """``pyramid patterns``: one scenario set beside what is reported."""

    replicates: Count = 3
    held_out: bool = False
    """Whether what was never fitted is shown and scored, instead of what may be fitted."""
    reported: str = ""
    """Province whose own figures the runs are set beside; without one, those of the province that is run."""
