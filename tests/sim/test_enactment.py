"""How a regime comes into force, by hand."""

from __future__ import annotations

import numpy as np

from sim.agents.village import WATCHED
from sim.ledger import MONTHLY_FIGURES
from tests.neutral import NEUTRAL
from tests.sim.enacted import model_with


def test_alerts_double_patrols_for_their_month_and_are_booked() -> None:
    model = model_with(behaviour=NEUTRAL, platform={"early_warning": 1})
    assert (model.state.villages["has"][:, WATCHED] == 1).all()
    model.run_for(395)  # up to 1 February of the second year
    village = 3
    model.state.villages["usual"], model.state.villages["excess"] = 50, 0
    usual_rate = model.state.grid_workers["rate"][model.state.villages["first_grid_worker"]]
    model.state.villages["reported"][village] = 200
    model.run_for(1)  # the first day of that month
    rate = model.state.grid_workers["rate"][model.state.villages["first_grid_worker"]]
    factors = np.ones(len(rate))
    factors[village] = 2
    np.testing.assert_allclose(rate / usual_rate, factors, rtol=1e-12)
    assert model.ledger().monthly_total("alerts") >= 1
    month = model.ledger().monthly[:, 13, MONTHLY_FIGURES.index("alerts")]
    assert month.sum() == model.state.villages["is_alert"].sum() == 1
