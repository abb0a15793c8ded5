"""What speed the project promises, on two cores and within one run of the bench."""

from __future__ import annotations

from bench.report import Target

SERVICES_A_SECOND = Target(10.0)
"""Millions of services a second of the open network on the kernel."""

TIMES_AS_FAST_AS = {
    "ciw": Target(900.0),
    "mesa": Target(200.0),
    "simpy": Target(100.0),
    "cimba_processes": Target(5.0),
    "cimba_events": Target(5.0),
}
"""The kernel on the open network, over each of its peers."""

TIMES_AS_FAST_AS_AGENTS = Target(500.0)
"""The model over the same model as ordinary Mesa agents."""

PROVINCE_SECONDS = Target(0.5, is_ceiling=True)
"""A simulated year of all Gansu over two cores."""

PROVINCE_MEMORY = Target(1500.0, is_ceiling=True)
"""Peak of the same, MB with everything that is imported."""

BRANCH_SECONDS = Target(0.5, is_ceiling=True)
"""A policy branched from a snapshot at the reform, one year of all Gansu over two cores."""

COUNTY_SECONDS = Target(0.003, is_ceiling=True)
"""A simulated year of a county of 290,000, one core."""

COUNTY_RUNS = Target(100.0)
"""Runs of its five years a second over two cores."""

TWO_CORES = Target(1.9)
"""Two threads over one."""

HELP_SECONDS = Target(0.3, is_ceiling=True)
COMMAND_SECONDS = Target(1.5, is_ceiling=True)
"""``pyramid --help``, and all of ``pyramid simulate`` of a county that has been compiled before."""

COMPILATION_SECONDS = Target(30.0, is_ceiling=True)
"""The first run after the sources have changed."""

COMPILATION_CPU = Target(22.0, is_ceiling=True)
COMPILATION_MEMORY = Target(450.0, is_ceiling=True)
COMPILATION_KEPT = Target(5.0, is_ceiling=True)
"""CPU seconds of that run with imports, its memory and what it keeps, MB."""

COMPILED_RUN = Target(1.02, is_ceiling=True)
"""Time of a run over that of one compiled in Numba's ordinary way."""

EVENTS_OFF_LINE = Target(20.0, is_ceiling=True)
"""Per cent by which a place's time is off the straight line in events."""

MORE_FOR_RESIDENTS = Target(5.0, is_ceiling=True)
"""Per cent more time for twice the residents with as many disputes."""
