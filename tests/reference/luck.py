"""The one thing both implementations share besides parameters: keyed chance (ODD 7.23, ``sim/chance.py``)."""

from __future__ import annotations

from sim import chance
from sim.chance import Purpose


class Luck:
    """Draws by purpose, whose they are and how many-eth, under one seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def one(self, purpose: Purpose, who: int, number: int) -> float:
        """A uniform draw."""
        return chance.uniform(self.seed, int(purpose), who, number)

    def four(self, purpose: Purpose, who: int, number: int) -> tuple[float, float, float, float]:
        """Four uniform draws."""
        return chance.quad(self.seed, int(purpose), who, number)

    def erlang(self, purpose: Purpose, who: int, number: int, shape: int) -> float:
        """An Erlang draw of mean 1."""
        return chance.erlang(self.seed, int(purpose), who, number, shape)
