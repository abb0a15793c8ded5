"""Settings of every test: random examples are the same at every run, and a busy machine makes none of them fail."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.long import IS_LONG

settings.register_profile(
    "suite", derandomize=not IS_LONG, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("suite")
