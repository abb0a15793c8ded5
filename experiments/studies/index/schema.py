"""What the configuration of an index must look like."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from pydantic.dataclasses import dataclass

from experiments.configuration.schema import Count, ExecutorChoice, Language, Output, Seed
from sim.parameters import STRICT
from sim.scenario import Scenario


@dataclass(config=STRICT)
class IndexConfig(Scenario):
    """``pyramid index``: one scenario, a few replicates, and the tree of an index (``sim.measures.index_reader``).

    ``export`` is a folder for the data; none is written when it is empty.
    """

    index: dict[str, Any] = field(default_factory=dict)
    executor: ExecutorChoice = field(default_factory=ExecutorChoice)
    replicates: Count = 1
    seed: Seed = 0
    output: Output = Output.answer
    language: Language = "en"
    export: str = ""
