"""Choice of a forum by satisficing (part of phase 3), in place of the nested logit: ODD, submodel Satisficing.

Simon (1955): options are looked at one after the other, and the first that is good enough is taken. Forums are looked
at from the nearest to the furthest, which is the order of ``Forum``.
"""

from __future__ import annotations

from numpy.typing import NDArray

from sim.agents.dispute import FORUM_COUNT, Forum, key_of
from sim.chance import Purpose, pairs_of_normals, quads
from sim.compilation import compiled
from sim.world import World

CLAIMANTS = 0
"""Row of ``World.batch_keys`` here: the claimants' keys."""

LEVEL = 2
"""First of the four rows of ``World.draws`` that hold how far an aspiration lies from the usual."""


@compiled
def satisfice(world: World, choosers: NDArray, chosen: NDArray, number: int) -> None:
    """The nearest forum that is worth more than its claimant aspires to, or none; ``World.choice`` has the utilities.

    Aspirations are a trait, drawn by the claimant's key. Who has failed looks no more at where it was nor at what is
    nearer, and aspires to more or less with each failure.

    Args:
        choosers: int64, disputes' rows, of which a ``number`` up to a batch count.
        chosen: int64, takes the forums.
    """
    behaviour, keys, draws = world.behaviour[0], world.batch_keys, world.draws
    for n in range(number):
        dispute = world.disputes[choosers[n]]
        keys[CLAIMANTS, n] = key_of(world.villages[dispute.village].code, dispute.claimant)
    quads(draws, LEVEL, world.seed, Purpose.ASPIRATION, 0, keys, CLAIMANTS, number)
    pairs_of_normals(draws, LEVEL, number)
    for n in range(number):
        failures = world.disputes[choosers[n]].failures
        aspiration = behaviour.aspiration + behaviour.aspiration_spread * draws[LEVEL, n]
        furthest = Forum.NOTHING
        for forum in range(Forum.BILATERAL, FORUM_COUNT):
            if failures[forum] > 0:
                furthest = forum
                aspiration += behaviour.aspiration_failed * failures[forum]
        forum = furthest + 1
        while forum < FORUM_COUNT and world.choice[forum, n] <= aspiration:
            forum += 1
        chosen[n] = forum if forum < FORUM_COUNT else Forum.NOTHING
