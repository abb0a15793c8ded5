"""What a study answers to its own question, as data: page one, a terminal, a notebook and JSON show the same."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, cast

from experiments.results.folder import finite

LINES = 5
"""Lines of an answer at most."""


@dataclass(frozen=True)
class Quantity:
    """The figure that an answer turns on: a measure, its value and unit (of a difference: that of the measure)."""

    measure: str
    value: float
    unit: str


@dataclass(frozen=True)
class Cost:
    """What the policy of an answer costs.

    Attributes:
        yearly: yuan a year more than under the reference, or in all where there is none.
        per_resident: the same per resident.
        per_settlement: yuan for each additional durable settlement; NaN where there is none more.
        uncosted: names of the levers that the policy moves and that have no price; with any, cost is a lower bound.
    """

    yearly: float
    per_resident: float
    per_settlement: float = math.nan
    uncosted: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, repr=False)
class Answer:
    """What a study answers to its own question; printed, it is its lines.

    Attributes:
        question: as the study asks it, or what its kind asks.
        policy: what the answer names: a policy, a point, an uncertainty; ``None`` where nothing stands out. Never a
            stress.
        text: at most ``LINES`` sentences or short lines, the most important first.
        effect: the figure that the answer turns on; ``None`` where there is none.
        range: where 95 of 100 behaviours lie, or the 95 % interval of chance under one behaviour (``bases`` tells
            which); ``None`` where a single run has none.
        n_of: in how many behaviours (replicates, futures) the answer holds.
        of: out of how many.
        cost: what it costs; ``None`` where the question is not about a policy.
        bases: what the figures rest on, by name.
        caveats: what a reader has to bear in mind, one sentence each.
    """

    question: str = ""
    policy: str | None = None
    text: tuple[str, ...] = ()
    effect: Quantity | None = None
    range: tuple[float, float] | None = None
    n_of: int | None = None
    of: int | None = None
    cost: Cost | None = None
    bases: Mapping[str, Any] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.text) > LINES:
            raise ValueError(f"an answer has at most {LINES} lines, not {len(self.text)}")

    def __str__(self) -> str:
        return "\n".join(self.lines)

    __repr__ = __str__

    @property
    def lines(self) -> list[str]:
        """The text, then the caveats."""
        return [*self.text, *self.caveats]

    def document(self) -> dict[str, Any]:
        """The answer as plain values for JSON.

        Returns
        -------
        dict
            The attributes by name; what is not defined is ``None``.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> answer = pp.simulate("province=tiny", "replicates=2").answer()
        >>> answer.document()["effect"]["measure"]
        'durable_resolution'
        """
        return cast("dict[str, Any]", finite(asdict(self)))
