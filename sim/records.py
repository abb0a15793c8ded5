"""How a record becomes a Mesa agent, and a population of records a Mesa AgentSet.

The compiled day works on NumPy record arrays. Seen from Python, a row is a ``RecordAgent``: a Mesa agent whose
attributes read and write that row, made when looked at. A population is a ``RecordAgentSet``: a Mesa AgentSet over
columns, so that 25 million residents need no 25 million objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any, ClassVar, Self

import mesa
import numpy as np
from mesa.agentset import AbstractAgentSet
from numpy.typing import NDArray

Row = np.record
"""A row of a record array as a compiled rule sees it: its attributes are the fields, and write to the array."""


class RecordAgent(mesa.Agent):
    """A Mesa agent that is one row of a record array.

    Attributes:
        record: the dtype of the population's array; its fields are the agent's attributes.
        unique_id: the row.
    """

    record: ClassVar[np.dtype]

    @classmethod
    def fields(cls) -> tuple[str, ...]:
        """Names of the record's fields."""
        return cls.record.names or ()

    def __init__(self, model: Any, records: NDArray, row: int) -> None:
        # Not registered with the model: the population is the register.
        object.__setattr__(self, "model", model)
        object.__setattr__(self, "unique_id", int(row))
        object.__setattr__(self, "pos", None)
        object.__setattr__(self, "_records", records)

    def __getattr__(self, name: str) -> Any:
        if name in type(self).fields():
            value = self._records[name][self.unique_id]
            return value.item() if np.ndim(value) == 0 else value
        raise AttributeError(
            f"{type(self).__name__} has no attribute {name!r}; its fields are {', '.join(type(self).fields())}"
        )

    def __setattr__(self, name: str, value: Any) -> None:
        if name in type(self).fields():
            self._records[name][self.unique_id] = value
        elif hasattr(type(self), name):
            object.__setattr__(self, name, value)
        else:
            self.__getattr__(name)  # raises, naming the fields

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.unique_id == self.unique_id and other._records is self._records

    def __hash__(self) -> int:
        return hash((type(self).__name__, self.unique_id))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.unique_id})"

    def remove(self) -> None:
        """Agents of the model's own kinds cannot be removed: their number belongs to province and policy."""
        raise TypeError(f"{self!r} belongs to the model and cannot be removed")


class RecordAgentSet(AbstractAgentSet):
    """A Mesa AgentSet over rows of one record array; ``get`` and ``agg`` work on whole columns.

    Args:
        kind: the ``RecordAgent`` class of its members.
        model: the model they belong to.
        records: the array of the whole population.
        rows: which rows are members, int64, shape (n,); ``None`` for all.
        random: generator of ``shuffle``.
    """

    def __init__(
        self,
        kind: type[RecordAgent],
        model: Any,
        records: NDArray,
        rows: NDArray[np.int64] | None = None,
        random: Random | None = None,
    ) -> None:
        self.kind = kind
        self.model = model
        self.records = records
        self.rows = rows
        self.random = random or model.random

    def _some(self, rows: Iterable[int]) -> Self:
        chosen = np.fromiter(rows, np.int64)
        return type(self)(self.kind, self.model, self.records, chosen, self.random)

    def _row_numbers(self) -> NDArray[np.int64]:
        return np.arange(len(self.records)) if self.rows is None else self.rows

    def __len__(self) -> int:
        return len(self.records) if self.rows is None else len(self.rows)

    def __iter__(self) -> Iterator[RecordAgent]:
        rows = range(len(self.records)) if self.rows is None else self.rows
        return (self.kind(self.model, self.records, row) for row in rows)

    def __getitem__(self, index: int | slice) -> Any:
        """The agent at a position, or a list of agents for a slice."""
        if isinstance(index, slice):
            return [self.kind(self.model, self.records, row) for row in self._row_numbers()[index]]
        size = len(self)
        if not -size <= index < size:
            raise IndexError(f"no {self.kind.__name__} at {index}: there are {size}")
        row = index % size if self.rows is None else self.rows[index]
        return self.kind(self.model, self.records, row)

    def __contains__(self, agent: object) -> bool:
        if type(agent) is not self.kind or agent._records is not self.records:
            return False
        return self.rows is None or bool(np.any(self.rows == agent.unique_id))

    def __copy__(self) -> Self:
        return type(self)(self.kind, self.model, self.records, self.rows, self.random)

    def _update(self, agents: Iterable[RecordAgent]) -> Self:
        self.rows = np.fromiter((agent.unique_id for agent in agents), np.int64)
        return self

    def select(
        self,
        filter_func: Callable[[Any], Any] | None = None,
        at_most: int | float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> Self:
        """Members for which ``filter_func`` is true.

        ``filter_func`` is first tried on the columns (the record array itself), so that
        ``mediators.select(lambda m: m["caseload"] > 2)`` is one NumPy expression; a function of one agent, as
        everywhere in Mesa, works too.
        """
        rows = self._row_numbers()
        if agent_type is not None and not issubclass(self.kind, agent_type):
            rows = rows[:0]
        if filter_func is not None:
            columns = self.records if self.rows is None else self.records[rows]
            try:
                mask = np.asarray(filter_func(columns))
                vectorised = mask.shape == rows.shape and mask.dtype == bool
            except (AttributeError, TypeError, ValueError, IndexError):
                vectorised = False
            if not vectorised:
                agents = (self.kind(self.model, self.records, row) for row in rows)
                mask = np.fromiter((bool(filter_func(agent)) for agent in agents), bool, len(rows))
            rows = rows[mask]
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        if at_most < len(rows):
            rows = rows[: int(at_most)]
        if inplace:
            self.rows = rows
            return self
        return self._some(rows)

    def get(self, attr_names: Any, handle_missing: str = "error", default_value: Any = None) -> Any:
        """A column as an array, or several as a list of arrays."""
        if not isinstance(attr_names, str):
            return [self.get(name, handle_missing, default_value) for name in attr_names]
        if attr_names not in self.kind.fields():
            if handle_missing == "default":
                return np.full(len(self), default_value)
            fields = ", ".join(self.kind.fields())
            raise AttributeError(f"{self.kind.__name__} has no attribute {attr_names!r}; its fields are {fields}")
        column = self.records[attr_names]
        return column if self.rows is None else column[self.rows]

    def set(self, attr_name: str, value: Any) -> Self:
        """Writes one value, or one per member, into a column."""
        self.get(attr_name)  # raises for an unknown field
        self.records[attr_name][slice(None) if self.rows is None else self.rows] = value
        return self

    def shuffle(self, inplace: bool = False) -> Self:
        """The members in random order (Mesa's generator; never used by the model itself)."""
        rows = [int(row) for row in self._row_numbers()]
        self.random.shuffle(rows)
        if inplace:
            self.rows = np.array(rows, np.int64)
            return self
        return self._some(rows)

    def sort(self, key: Callable[[Any], Any] | str, ascending: bool = False, inplace: bool = False) -> Self:
        """The members sorted by a field or a function of the agent (stable)."""
        values = np.asarray(self.get(key) if isinstance(key, str) else [key(agent) for agent in self])
        if ascending:
            order = np.argsort(values, kind="stable")
        else:  # the last of the reversed values comes first: equal ones keep their order
            order = len(values) - 1 - np.argsort(values[::-1], kind="stable")[::-1]
        rows = self._row_numbers()[order]
        if inplace:
            self.rows = rows
            return self
        return self._some(rows)

    def map(self, method: str | Callable, *args: Any, **kwargs: Any) -> list[Any]:
        """Calls a method (by name) or a function on every member; gives the results."""
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]

    def do(self, method: str | Callable, *args: Any, **kwargs: Any) -> Self:
        """Calls a method (by name) or a function on every member."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable, *args: Any, **kwargs: Any) -> Self:
        """``do`` in random order."""
        self.shuffle().map(method, *args, **kwargs)
        return self

    def to_list(self) -> list[RecordAgent]:
        """The members as a list of Mesa agents."""
        return list(self)

    def _fixed(self, agent: Any) -> Any:
        raise TypeError(f"the {self.kind.__name__} population belongs to the model: none can be added or removed")

    add = discard = remove = _fixed
