"""The network on Ciw: its arrivals, services, servers and routing, and the records it keeps of every service."""

from __future__ import annotations

import time

import ciw
import numpy as np

from bench.network.open_network import OpenNetwork, Outcome


def network_of(network: OpenNetwork) -> ciw.network.Network:
    """The network in Ciw's terms, a node a station in the order of levels."""
    level_of = [n for n, level in enumerate(network.levels) for _ in range(level.stations)]
    first = np.searchsorted(level_of, range(len(network.levels))).tolist()
    routing = np.zeros((len(level_of), len(level_of)))
    for node, n in enumerate(level_of[: first[-1]]):
        routing[node, first[n + 1]] = 1.0 - network.success
    levels = [network.levels[n] for n in level_of]
    return ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(1.0 / network.gap) if n == 0 else None for n in level_of],
        service_distributions=[ciw.dists.Exponential(1.0 / level.mean) for level in levels],
        number_of_servers=[level.servers for level in levels],
        routing=routing.tolist(),
    )


def run(network: OpenNetwork, until: float, warm_up: float, seed: int) -> Outcome:
    """One run from empty up to the time ``until``."""
    ciw.seed(seed)
    simulation = ciw.Simulation(network_of(network))
    started = time.process_time()
    simulation.simulate_until_max_time(until)
    seconds = time.process_time() - started
    records = simulation.get_all_records(only=["service"])
    last = np.cumsum([level.stations for level in network.levels])
    level_of = np.searchsorted(last, [record.node for record in records])
    begun = np.array([record.service_start_date for record in records])
    waited = np.array([record.waiting_time for record in records])
    counted = begun >= warm_up
    waits = tuple(float(waited[counted & (level_of == n)].mean()) for n in range(len(last)))
    return Outcome(len(records), seconds, waits, ciw.__version__)
