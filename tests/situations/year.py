"""The shortest world in which all of it can be seen: one year of the tiny province, with a reform in July."""

YEAR = (
    "province=tiny",
    "calendar.start=2018-01-01",
    "calendar.measures=2018-01-01",
    "calendar.reform=2018-07-01",
    "calendar.end=2018-12-31",
)
"""Its overrides."""
