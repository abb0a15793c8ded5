"""Linked disputes: open ones of one cause whose claimants have failed against an organisation or agency."""

from __future__ import annotations

import numpy as np

from sim.agents.dispute import FORUM_COUNT, Forum, Opponent
from sim.causes import count_members
from sim.compilation import compiled
from sim.records import Row
from sim.world import World


@compiled
def link_up(world: World, dispute: Row, today: int) -> None:
    """A claimant who has failed against an organisation or agency is linked with the others of the cause."""
    if dispute.cause >= 0 and dispute.opponent != Opponent.PEER and dispute.is_linked == 0:
        dispute.is_linked = 1
        count_members(world.causes[dispute.cause], 0, 1, today)


@compiled
def has_failed_beyond_talk(dispute: Row) -> bool:
    """Whether a third party has failed the claimant."""
    failed = 0
    for forum in range(Forum.VILLAGE, FORUM_COUNT):
        failed += dispute.failures[forum]
    return failed > 0


@compiled
def leave_group(world: World, dispute: Row, today: int) -> None:
    """The dispute has ended or was given up."""
    if dispute.cause >= 0:
        count_members(world.causes[dispute.cause], -1, -np.int64(dispute.is_linked), today)
        dispute.is_linked = 0


@compiled
def come_back_to_group(world: World, dispute: Row, today: int) -> None:
    """A settlement has broken, or what was given up is taken up again."""
    if dispute.cause >= 0:
        count_members(world.causes[dispute.cause], 1, 0, today)
