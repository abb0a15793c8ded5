"""One row of a table: what a parameter must do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.sim.acting.figures import Figure


@dataclass(frozen=True)
class Case:
    """Moving the parameter ``name`` to ``to`` moves ``figure`` in the direction ``sign``, because ``why``.

    ``given``: other parameters, by leaf name, that have to be set for it to matter. ``equals``: the value that theory
    gives the figure after the move, two-sided. A ``sign`` of 0 says that the figure's mean must not move.
    """

    name: str
    to: Any
    figure: Figure
    sign: int
    why: str
    given: Mapping[str, Any] = field(default_factory=dict)
    equals: float | None = None

    @property
    def leaf(self) -> str:
        """The parameter's name within its group."""
        return self.name.rpartition(".")[2]
