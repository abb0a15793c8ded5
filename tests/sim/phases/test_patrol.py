"""What a grid worker does with a dispute that was noticed."""

import pytest

from sim.agents.dispute import Opponent, Stage
from sim.behaviour import Behaviour
from sim.compilation import compiled_once
from sim.ledger import event
from sim.phases.patrol import notice
from tests.sim.phases.worlds import first_day, open_disputes


@compiled_once
def _notice(world, d):
    notice(world, d, 1, 0)


@pytest.mark.parametrize(
    ("power", "success", "is_settled"),
    [
        (1.0, 1.0, True),
        (0.0, 1.0, False),  # beyond the worker's power
        (1.0, 0.0, False),  # tried, and failed
    ],
)
def test_a_try_on_the_spot_leaves_all_later_luck_as_it_is(power: float, success: float, is_settled: bool) -> None:
    """Severity a hundredth; on the spot settled with probability 0.99 · ``success``. One draw: that of the referral."""
    behaviour = Behaviour(spot_success=success, referral_consent=0.0, bilateral_success=0.5)
    world = first_day(behaviour, settling_power=power)
    open_disputes(world, 1, kind=0, opponent=Opponent.PEER, severity=0.01, claim_on=30, stage=Stage.LATENT)
    _notice(world, 0)
    assert world.counts[:, 0, 0, event("settled_on_spot")].sum() == is_settled
    dispute = world.disputes[0]
    if is_settled:
        assert dispute["stage"] == Stage.FREE
    else:
        assert (dispute["stage"], dispute["due"], dispute["entries"]) == (Stage.LATENT, 30, 1)
