"""What speed the project promises, on one core each and within one run of the bench."""

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
