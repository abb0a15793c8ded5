"""What the configuration of an index must look like."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from pydantic.dataclasses import dataclass

from experiments.configuration.schema import RunConfig
from sim.parameters import STRICT


@dataclass(config=STRICT)
class IndexConfig(RunConfig):
    """``pyramid index``: one scenario, a few replicates, and the tree of an index (``sim.measures.index_reader``).

    ``export`` is a folder for the data; none is written when it is empty.
    """

    index: dict[str, Any] = field(default_factory=dict)
    export: str = ""
