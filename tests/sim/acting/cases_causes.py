"""What every uncertainty about causes that several claimants share must do."""

from __future__ import annotations

from tests.sim.acting.case import Case
from tests.sim.acting.figures import count, events, share

SHARED = {"groups": 1}

TOGETHER = {
    "grievances": 90,
    "groups": 3,
    "constant_petition": -1.5,
    "constant_bilateral": -3,
    "representatives_kept": 0,
}
"""Many who share a cause and petition."""

WARNED = TOGETHER | {
    "group_size": 8,
    "constant_petition": -3.39,
    "constant_township": 0,
    "early_warning": 1,
    "warning_threshold": 2,
}
"""And whose villages are watched."""

PETITIONS = count(*events("presented"))
PERSONS = count(*(f"presented_persons_{level}" for level in ("county", "city", "province", "nation")))
FAR = share(count("presented_persons_province", "presented_persons_nation"), PERSONS)

CAUSES = (
    Case("causes.groups", 3, count("cause_members"), +1, "more causes are shared"),
    Case("causes.groups", 3, count("raised"), 0, "others' causes, as many grievances"),
    Case("causes.group_size", 60, share(count("cause_members"), count("causes")), +1, "as given", SHARED, 60),
    Case("causes.group_size", 60, count("raised"), 0, "fewer causes of more claimants", SHARED),
    Case("causes.group_likeness", 0, share(count("lumped"), count("raised")), 0, "severity is as severe", SHARED),
    Case("causes.group_courage", 1.5, PETITIONS, +1, "numbers give courage", TOGETHER | {"join": 0}),
    Case("causes.group_pooling", 0.5, FAR, +1, "who shares the way goes further", TOGETHER | {"join": 0}),
    Case("causes.join", 1, count("joined"), +1, "more come along", TOGETHER),
    Case("causes.representatives_kept", 1, PERSONS, -1, "five are sent", TOGETHER | {"join": 1}),
    Case("causes.source_found", 1, count("settled_at_source"), +1, "sources are found", WARNED | {"source_found": 0}),
    Case("causes.alert_hours", 80, count("noticed"), -1, "hours are lost to false alerts", {"early_warning": 1}),
)
