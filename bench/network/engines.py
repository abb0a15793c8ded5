"""The engines by name: how each is run, how long, and whether it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec

from bench.network import cimba_engine
from bench.network.open_network import OpenNetwork, Outcome


@dataclass(frozen=True)
class Engine:
    """An engine.

    Attributes:
        title: as in the table.
        until: time at which its run ends, long enough for a second or so of work.
        run: one run from empty: (network, until, warm_up, seed).
        needs: what has to be installed for it; empty when it always is there.
        is_installed: whether it is.
    """

    title: str
    until: float
    run: Callable[[OpenNetwork, float, float, int], Outcome]
    needs: str = ""
    is_installed: Callable[[], bool] = lambda: True


def _run_module(name: str, network: OpenNetwork, until: float, warm_up: float, seed: int) -> Outcome:
    """Runs ``bench.network.NAME``, imported when it is run: what it needs may not be installed."""
    return import_module(f"bench.network.{name}").run(network, until, warm_up, seed)


def _has(package: str) -> Callable[[], bool]:
    return lambda: find_spec(package) is not None


def _cimba(style: str, until: float) -> Engine:
    return Engine(
        f"Cimba, {style}",
        until,
        partial(cimba_engine.run_style, style),
        "Cimba (see bench/network/cimba_engine.py)",
        lambda: cimba_engine.prefix() is not None,
    )


ENGINES = {
    "kernel": Engine("this project's kernel", 200_000.0, partial(_run_module, "kernel")),
    "ciw": Engine("Ciw", 400.0, partial(_run_module, "ciw_engine"), "ciw", _has("ciw")),
    "mesa": Engine("Mesa, events", 1_000.0, partial(_run_module, "mesa_engine"), "mesa", _has("mesa")),
    "simpy": Engine("SimPy", 1_500.0, partial(_run_module, "simpy_engine"), "simpy", _has("simpy")),
    "cimba_processes": _cimba("processes", 40_000.0),
    "cimba_events": _cimba("events", 60_000.0),
}
"""The kernel first; the others are its peers."""

WARM_UP = 100.0
"""Time after which waits are counted: five times what the slowest station takes to forget that it began empty."""
