"""The network on Mesa's event scheduling: a station is an agent that schedules its arrivals and completions."""

from __future__ import annotations

import random
import time
from collections import deque

import mesa

from bench.network.open_network import Level, OpenNetwork, Outcome


class Station(mesa.Agent):
    """Servers and the queue before them.

    Attributes:
        onward: the station one level up; ``None`` where cases leave.
    """

    def __init__(self, model: Network, level: Level, onward: Station | None) -> None:
        super().__init__(model)
        self.rate = 1.0 / level.mean
        self.onward = onward
        self.idle = level.servers
        self.joined: deque[float] = deque()
        self.waited = 0.0
        self.begun = 0

    def arrive(self) -> None:
        """A case from outside, and when the next one comes."""
        self.join()
        self.expect()

    def expect(self) -> None:
        """Schedules the next arrival from outside."""
        self.model.schedule_event(self.arrive, after=self.model.luck.expovariate(self.model.rate))

    def join(self) -> None:
        """A case is served at once or waits."""
        if self.idle:
            self.idle -= 1
            self.begin(self.model.time)
        else:
            self.joined.append(self.model.time)

    def begin(self, joined: float) -> None:
        """Begins a service."""
        now = self.model.time
        if now >= self.model.warm_up:
            self.waited += now - joined
            self.begun += 1
        self.model.schedule_event(self.complete, after=self.model.luck.expovariate(self.rate))

    def complete(self) -> None:
        """Ends a service: success or one level up, and the next in the queue."""
        self.model.completed += 1
        if self.model.luck.random() >= self.model.success and self.onward is not None:
            self.onward.join()
        if self.joined:
            self.begin(self.joined.popleft())
        else:
            self.idle += 1


class Network(mesa.Model):
    """All stations, by level."""

    def __init__(self, network: OpenNetwork, warm_up: float, seed: int) -> None:
        super().__init__(rng=seed)
        self.luck = random.Random(seed)
        self.rate = 1.0 / network.gap
        self.success = network.success
        self.warm_up = warm_up
        self.completed = 0
        self.stations: list[list[Station]] = []
        onward = None
        for level in reversed(network.levels):
            self.stations.insert(0, [Station(self, level, onward) for _ in range(level.stations)])
            onward = self.stations[0][0]
        for township in self.stations[0]:
            township.expect()


def run(network: OpenNetwork, until: float, warm_up: float, seed: int) -> Outcome:
    """One run from empty up to the time ``until``."""
    model = Network(network, warm_up, seed)
    started = time.process_time()
    model.run_until(until)
    seconds = time.process_time() - started
    waits = tuple(
        sum(station.waited for station in level) / sum(station.begun for station in level) for level in model.stations
    )
    return Outcome(model.completed, seconds, waits, mesa.__version__)
