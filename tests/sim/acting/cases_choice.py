"""What a choice of forums by satisficing must do."""

from __future__ import annotations

from tests.sim.acting.case import Case
from tests.sim.acting.figures import count

SATISFICING = {"choice_model": "satisficing"}

CHOICE = (
    Case(
        "choice_model",
        "satisficing",
        count("chose_bilateral", less=("first_bilateral",)),
        -1,
        "who has failed in talk goes further, and never back",
    ),
    Case("satisficing.aspiration", 2, count("first_nothing"), +1, "less is good enough", SATISFICING),
    Case(
        "satisficing.aspiration_spread",
        0.1,
        count("first_nothing"),
        -1,
        "nobody asks for much more than others",
        SATISFICING,
    ),
    Case("satisficing.aspiration_failed", 2, count("gave_up"), +1, "the disappointed ask for more", SATISFICING),
)
