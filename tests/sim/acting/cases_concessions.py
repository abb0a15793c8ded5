"""What concessions must do: buy peace, and teach others to ask for it."""

from __future__ import annotations

from tests.sim.acting.case import Case
from tests.sim.acting.figures import count, events

ABOVE = ("city", "province", "nation")
PRESENTED_ABOVE = count(*events("presented", *ABOVE), *events("repeat_presented", *ABOVE))
"""Petitions above the county, repeats included."""

CONCEDED = count(*(f"conceded_{level}" for level in ABOVE))

PRESSED = {"weight_recorded": 2, "pass_through": 1, "concession": 1, "constant_petition": -2}
"""Counties under full pressure that would give in, and people who petition."""

GENEROUS = {**PRESSED, "stability_fund": 5, "cost_concession": 5_000}

CONCESSIONS = (
    Case("petition.stability_fund", 5, CONCEDED, +1, "there is money to give in with", PRESSED),
    Case("concessions.concession", 0.2, CONCEDED, -1, "a county gives in less often", GENEROUS),
    Case("concessions.weight_lesson", 6, PRESENTED_ABOVE, +1, "what others got is worth a try", GENEROUS),
    Case("prices.cost_concession", 50_000, CONCEDED, -1, "the fund is enough for fewer", GENEROUS),
)
