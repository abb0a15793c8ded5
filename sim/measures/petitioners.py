"""Who petitions: after a court has not settled the matter, jointly, and how unevenly petitions fall on claimants.

How often claimants petition is known from the ordinals of their petitions: as many claimants have made at least n as
there are n-th ones.
"""

from __future__ import annotations

from functools import partial

from sim.ledger import CHANNELS, ORDINALS, PETITION_LEVELS, TIERS, Ledger
from sim.measures.measure import Measure, share

GROUP = "petitions"

PRESENTED = ("presented", "repeat_presented")
TENTH = 0.1


def sued_before_share(ledger: Ledger) -> float:
    """Petitions to the nation about matters that a court has failed to settle, among all presented there."""
    presented = ledger.total_of(f"{what}_{channel}_nation" for what in PRESENTED for channel in CHANNELS)
    return share(ledger.total("presented_after_suit_nation"), presented)


def joint_share(ledger: Ledger, level: str) -> float:
    """Visits of five persons or more among all to a level's office, each visit counted once."""
    visits = ledger.total_of(f"{what}_visit_{level}" for what in PRESENTED)
    return share(ledger.total(f"joint_visit_{level}"), visits)


def by_ordinal(ledger: Ledger) -> list[int]:
    """Petitions presented, by how many their claimant then has made; of ``ORDINALS`` the last and all later."""
    return [ledger.total(f"presented_ordinal_{ordinal}") for ordinal in range(1, ORDINALS + 1)]


def top_tenth_share(ledger: Ledger) -> float:
    """Petitions of that tenth of their claimants who made most.

    A tenth of the claimants has made ``min(c_n, c_1 / 10)`` of the n-th petitions. All after the last ordinal count as
    its own, which is right where fewer than a tenth come to it.
    """
    counts = by_ordinal(ledger)
    tenth = TENTH * counts[0]
    return share(sum(min(count, tenth) for count in counts[:-1]) + counts[-1], sum(counts))


def returning_share(ledger: Ledger) -> float:
    """Petitions of claimants who made two or more."""
    counts = by_ordinal(ledger)
    return share(sum(counts) - max(0, counts[0] - counts[1]), sum(counts))


_PLACES = {"county": "the county", "city": "the city", "province": "the province", "nation": "the nation"}

MEASURES: tuple[Measure, ...] = (
    *(
        Measure(
            f"joint_share_{level}",
            partial(joint_share, level=level),
            "share",
            "none",
            f"visits of five persons or more among all visits to {_PLACES[level]}",
            GROUP,
            levels=(level,) if level in TIERS else (),
        )
        for level in PETITION_LEVELS
    ),
    Measure(
        "sued_before_share",
        sued_before_share,
        "share",
        "none",
        "matters that a court has not settled among petitions presented to the nation, with repeats",
        GROUP,
    ),
    Measure(
        "top_tenth_share",
        top_tenth_share,
        "share",
        "none",
        "petitions of the tenth of claimants who make most of them, among all presented",
        GROUP,
    ),
    Measure(
        "returning_share",
        returning_share,
        "share",
        "none",
        "petitions of claimants who make two or more, among all presented",
        GROUP,
    ),
)
