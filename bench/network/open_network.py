"""What every engine simulates, what it counts, and what theory says of it.

Cases arrive at townships. A service succeeds, or the case goes one level up; after the last level it leaves either way.
Arrivals are Poisson, services exponential, every station serves first come, first served: a Jackson network, in which
every station is M/M/c.
"""

from __future__ import annotations

from dataclasses import dataclass

from experiments.verification.theory import wait_of_servers

LOAD = 0.8
"""Share of time that a server is busy, at every level."""

TOWNSHIPS, GAP, SUCCESS = 15, 0.25, 0.7


@dataclass(frozen=True)
class Level:
    """Equal stations of equal servers; ``mean`` is that of a service, in mean services of a township."""

    name: str
    stations: int
    servers: int
    mean: float


@dataclass(frozen=True)
class OpenNetwork:
    """Levels from the townships up; above these a level is one station.

    Attributes:
        levels: in the order in which a case meets them.
        gap: mean time between two arrivals at one township.
        success: chance that a service is the case's last.
    """

    levels: tuple[Level, ...]
    gap: float
    success: float

    @property
    def reached(self) -> tuple[float, ...]:
        """Services a time unit at every level, of all its stations."""
        first = self.levels[0].stations / self.gap
        return tuple(first * (1.0 - self.success) ** level for level in range(len(self.levels)))

    @property
    def services(self) -> float:
        """Services a time unit in the whole network."""
        return sum(self.reached)

    @property
    def waits(self) -> tuple[float, ...]:
        """Mean wait at every level (Erlang and Jackson)."""
        return tuple(
            wait_of_servers(level.servers, reached / level.stations * level.mean) * level.mean
            for level, reached in zip(self.levels, self.reached, strict=True)
        )


def reduced(load: float = LOAD, servers: tuple[int, int, int] = (5, 20, 40)) -> OpenNetwork:
    """Fifteen townships, a county and a city whose mean services are such that all are equally loaded.

    ``servers`` are taken into account after that: more or fewer of them than given by default change the load.
    """
    arrivals = TOWNSHIPS / GAP
    stations = (TOWNSHIPS, 1, 1)
    usual = (5, 20, 40)
    levels = tuple(
        Level(name, stations[n], servers[n], load * usual[n] * stations[n] / (arrivals * (1.0 - SUCCESS) ** n))
        for n, name in enumerate(("township", "county", "city"))
    )
    return OpenNetwork(levels, GAP, SUCCESS)


@dataclass(frozen=True)
class Outcome:
    """What an engine reports of a run.

    Attributes:
        services: completed up to the end of the run, the warm-up included.
        seconds: of the processor while it ran; imports, compilation and making the network are left out.
        waits: mean wait at every level, over services begun after the warm-up.
        version: of the engine.
    """

    services: int
    seconds: float
    waits: tuple[float, ...]
    version: str

    @property
    def speed(self) -> float:
        """Services completed a second of one core."""
        return self.services / self.seconds
