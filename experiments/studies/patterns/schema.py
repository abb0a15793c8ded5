"""What the configuration of a table of patterns must look like."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.configuration.schema import Count, SimulateConfig
from sim.parameters import STRICT


@dataclass(config=STRICT)
class PatternsConfig(SimulateConfig):
    """``pyramid patterns``: one scenario set beside what is reported; ``language`` is that of the table."""

    replicates: Count = 3
    language: Annotated[str, Field(pattern=r"^(en|zh)$")] = "en"
