"""The network on SimPy: a process a case and a source, a ``Resource`` a station."""

from __future__ import annotations

import random
import time
from collections.abc import Generator
from typing import Any

import simpy

from bench.network.open_network import OpenNetwork, Outcome


class Network:
    """Stations as resources, and what is counted at them."""

    def __init__(self, network: OpenNetwork, warm_up: float, seed: int) -> None:
        self.network = network
        self.warm_up = warm_up
        self.random = random.Random(seed)
        self.environment = simpy.Environment()
        self.stations = [
            [simpy.Resource(self.environment, level.servers) for _ in range(level.stations)] for level in network.levels
        ]
        self.completed = 0
        self.waited = [0.0] * len(network.levels)
        self.begun = [0] * len(network.levels)
        for township in self.stations[0]:
            self.environment.process(self.source(township))

    def source(self, township: simpy.Resource) -> Generator[simpy.Event, Any, None]:
        """Cases that arrive at a township."""
        while True:
            yield self.environment.timeout(self.random.expovariate(1.0 / self.network.gap))
            self.environment.process(self.case(township))

    def case(self, station: simpy.Resource) -> Generator[simpy.Event, Any, None]:
        """A case from its arrival until it leaves."""
        environment = self.environment
        for n, level in enumerate(self.network.levels):
            joined = environment.now
            with station.request() as request:
                yield request
                if environment.now >= self.warm_up:
                    self.waited[n] += environment.now - joined
                    self.begun[n] += 1
                yield environment.timeout(self.random.expovariate(1.0 / level.mean))
            self.completed += 1
            if self.random.random() < self.network.success or n + 1 == len(self.network.levels):
                return
            station = self.stations[n + 1][0]


def run(network: OpenNetwork, until: float, warm_up: float, seed: int) -> Outcome:
    """One run from empty up to the time ``until``."""
    model = Network(network, warm_up, seed)
    started = time.process_time()
    model.environment.run(until=until)
    seconds = time.process_time() - started
    waits = tuple(w / b for w, b in zip(model.waited, model.begun, strict=True))
    return Outcome(model.completed, seconds, waits, simpy.__version__)
