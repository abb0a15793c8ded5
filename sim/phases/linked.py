"""Linked disputes: open ones of a township and kind whose claimants have failed against an organisation or agency."""

from __future__ import annotations

from sim.agents.dispute import FORUM_COUNT, Forum, Opponent
from sim.compilation import compiled
from sim.records import Row
from sim.world import World


@compiled
def link_up(world: World, dispute: Row, village: Row) -> None:
    """A claimant who has failed against an organisation or agency is linked with others of the place and kind."""
    if dispute.opponent != Opponent.PEER and dispute.is_linked == 0:
        dispute.is_linked = 1
        world.linked[village.township, dispute.kind] += 1


@compiled
def has_failed_beyond_talk(dispute: Row) -> bool:
    """Whether a third party has failed the claimant."""
    failed = 0
    for forum in range(Forum.VILLAGE, FORUM_COUNT):
        failed += dispute.failures[forum]
    return failed > 0


@compiled
def leave_group(world: World, dispute: Row, village: Row) -> None:
    """The dispute has ended or was given up."""
    if dispute.is_linked != 0:
        dispute.is_linked = 0
        world.linked[village.township, dispute.kind] -= 1
