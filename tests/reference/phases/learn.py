"""Phase 8: trust, reputations and published waits take in the day (ODD 7.19)."""

from __future__ import annotations

from collections import Counter

from sim.agents.dispute import Forum
from tests.reference.village import NEAR


def learn(model) -> None:
    """Until now everybody acted on yesterday's."""
    settled: Counter = Counter()
    tried: Counter = Counter()
    for lesson in model.lessons:
        if lesson.body:
            lesson.claimant.learn(lesson.body, lesson.is_success)
        if lesson.forum not in (None, Forum.NOTHING):
            village = lesson.claimant.village
            where = village if lesson.forum in NEAR else village.township.county.government
            settled[where, lesson.forum] += lesson.is_success
            tried[where, lesson.forum] += 1
    model.lessons.clear()
    for (where, forum), tries in tried.items():
        where.remember(forum, settled[where, forum], tries)
    for village in model.villages:
        village.learn_of_petitions()
    for pool in model.pools:
        pool.publish_wait()
