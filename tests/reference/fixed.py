"""Numbers and tables that act and are no parameters (ODD 7.22 and docs/parameters.md), written down a second time."""

from __future__ import annotations

from sim.agents.dispute import Forum
from sim.agents.dispute_kind import MediationKind

NEVER = 2**30

# Days
DAYS_A_YEAR = 365
LONGEST_PATIENCE = 365
ROUTING_DAYS = 15
CLOSING_DAYS = 60
EXTENSION_DAYS = 30
REVIEW_DAYS = 30
DURABLE_AFTER = 365
PATIENCE_DAYS = 5
MEMORY_DAYS = 30
WAIT_UNIT = 30
FIRST_WAIT = 10

# Months
FIRST_MONTHS = 12
MEMORY_MONTHS = 24

# Hours and minutes
FULL_DAY = 8
WHOLE_VISIT = 60
SHORTEST_VISIT = 15
MINUTES_A_DAY = 480

# Shares and factors
FIRST_MET = 0.5
BIG = 0.5
TWICE = 1.25
COMPLEX_FROM = 1.25
SHORTEST_SERVICE = 0.2
CALL_EFFORT = 0.65
ONLINE_EFFORT = 0.25
LOCKED_DOWN = 4
CROWDING = 0.05
FAVOUR = 0.15
HUNDREDTH = 0.01
GOLDEN = (5**0.5 - 1) / 2
FARTHEST = 10

# Numbers of things
ENOUGH = 5
REPRESENTATIVES = 5
MOST_DOORS = 12
REVIEWS = 2
FIRST_POST = 100
REFERENCE_VILLAGE = 1_400
REFERENCE_SIZE = {"township": 18_000, "county": 290_000, "city": 1_800_000}

PEOPLE, ADMINISTRATIVE, JUDICIAL, PRELITIGATION, PROFESSIONAL, PETITION = MediationKind

OFFICIALS = (ADMINISTRATIVE, JUDICIAL, PETITION)
"""Kinds of mediators who all work full time."""

STAFF_MIX = {
    "township": {PEOPLE: 0.67, ADMINISTRATIVE: 0.33},
    "county": {PEOPLE: 0.40, ADMINISTRATIVE: 0.20, JUDICIAL: 0.15, PROFESSIONAL: 0.25},
    "city": {PEOPLE: 0.30, ADMINISTRATIVE: 0.20, JUDICIAL: 0.10, PROFESSIONAL: 0.25, PETITION: 0.15},
}
"""Shares of the kinds of mediation among a centre's mediators."""

FIRST_REPUTATION = {
    Forum.BILATERAL: 0.70,
    Forum.VILLAGE: 0.60,
    Forum.TOWNSHIP: 0.55,
    Forum.COUNTY: 0.45,
    Forum.COURT: 0.55,
    Forum.PETITION_COUNTY: 0.35,
    Forum.PETITION_CITY: 0.35,
    Forum.PETITION_PROVINCE: 0.40,
    Forum.PETITION_NATION: 0.40,
}

UP = {"city": 0.3, "province": 0.7, "nation": 1.0}
"""How much petitions to a level press the county to give in."""

REWARD = {"ungraded": 0.0, "excellent": 1.0, "good": 0.6, "qualified": 0.2}
"""Rewards by grade, of the highest; before the first grade nothing has been missed."""

VILLAGE_FEATURES = ("womens_teams", "moral_bank", "praise_meetings", "first_contact", "early_warning")
"""What a share of a city's villages has, by lever; the position is the number of the draw."""

POSTS = ("commissars", "judge_contact_points")
"""What a share of a city's townships has, by lever; numbers of the draws from ``FIRST_POST`` on."""

MOST_ADVISED = 0.9
"""Of its mediators' time, what advice takes at a centre at most."""
