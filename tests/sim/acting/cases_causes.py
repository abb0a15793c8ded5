"""What every uncertainty about causes that several claimants share must do."""

from __future__ import annotations

from tests.sim.acting.case import Case
from tests.sim.acting.figures import count, share

SHARED = {"groups": 1}

CAUSES = (
    Case("causes.groups", 3, count("cause_members"), +1, "more causes are shared"),
    Case("causes.groups", 3, count("raised"), 0, "others' causes, as many grievances"),
    Case("causes.group_size", 60, share(count("cause_members"), count("causes")), +1, "as given", SHARED, 60),
    Case("causes.group_size", 60, count("raised"), 0, "fewer causes of more claimants", SHARED),
    Case("causes.group_likeness", 0, share(count("lumped"), count("raised")), 0, "severity is as severe", SHARED),
)
