"""A scenario: province, calendar, the policy before and after the reform, behaviour and stress."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import field, is_dataclass, replace
from datetime import date
from numbers import Integral
from typing import Annotated, Any, Self, cast

import numpy as np
from pydantic import BeforeValidator, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from sim.behaviour import Behaviour
from sim.errors import InputError
from sim.holidays import YEARS
from sim.parameters import STRICT
from sim.policy import REWARD, Policy
from sim.province.builder import places_of
from sim.province.names import codes_of, province_named
from sim.province.nation import CHINA, codes_of_provinces, is_nation
from sim.stress import Stress
from sim.vocabulary import messages_of, unknown_key

YEARS_MAX = 80
"""Longest calendar: ten times what a policy is judged over, and far below what days and draws can count."""


def _place(value: object) -> int | str:
    """A code or a name; anything else is told in one line, where a union would say why it is neither."""
    if isinstance(value, str):
        return value
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    raise ValueError("must be the code or the name of a place")


Place = Annotated[Any, BeforeValidator(_place)]


@dataclass(config=STRICT)
class ProvinceChoice:
    """Which province: one of China's by name or code, ``tiny``, a folder of tables, or ``china``, all of them.

    ``places`` keeps some cities and counties (of the nation, provinces), by code or by name (张掖市, Zhangye); names
    become codes.
    """

    source: str = "gansu"
    places: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.source = CHINA if is_nation(self.source) else province_named(self.source) or self.source
        if any(isinstance(each, str) for each in self.places):
            self.places = (
                [*codes_of_provinces(self.places)]
                if self.source == CHINA
                else [*codes_of(self.places, places_of(self.source), self.source)]
            )

    @property
    def codes(self) -> tuple[int, ...]:
        """The places as codes."""
        return tuple(int(each) for each in self.places)


def _day(value: object) -> object:
    """A day of Python's, NumPy's or pandas' calendar as text; anything else as it is."""
    return str(value).removesuffix(" 00:00:00") if isinstance(value, date | np.datetime64) else value


Day = Annotated[str, BeforeValidator(_day)]


@dataclass(config=STRICT)
class Calendar:
    """First and last day, the reform date, and the first day that is measured (ISO dates, firsts of months).

    Three years of warm-up precede the measures: petition levels of the status quo still rise in years 2 to 4. Three
    years follow the reform, so that its first year and one in which all of it is built stand side by side.
    """

    start: Day = "2015-01-01"
    end: Day = "2021-12-31"
    reform: Day = "2019-01-01"
    measures: Day = "2018-01-01"

    def __post_init__(self) -> None:
        days = {}
        for name in ("start", "end", "reform", "measures"):
            text = getattr(self, name)
            try:
                days[name] = date.fromisoformat(text)
                if days[name].isoformat() != text:  # 20190101 and week dates are dates too, but not ours
                    raise ValueError
            except ValueError:
                raise InputError(f"calendar.{name}={text!r} is not a date like 2019-01-01") from None
        if not days["start"].month == days["start"].day == 1:
            raise InputError(f"calendar.start={self.start} must be a 1 January")
        if not (days["end"].month == 12 and days["end"].day == 31 and days["end"] > days["start"]):
            raise InputError(f"calendar.end={self.end} must be a 31 December after calendar.start={self.start}")
        if days["end"].year - days["start"].year >= YEARS_MAX:
            raise InputError(
                f"calendar.end={self.end} is too far from calendar.start={self.start}: "
                f"a calendar has at most {YEARS_MAX} years"
            )
        for name in ("reform", "measures"):
            if days[name].day != 1 or not days["start"] <= days[name] <= days["end"]:
                raise InputError(
                    f"calendar.{name}={getattr(self, name)} must be the first day of a month "
                    f"between {self.start} and {self.end}"
                )

    def day(self, name: str) -> int:
        """Days from the start to ``"reform"``, ``"measures"`` or ``"end"``."""
        return (date.fromisoformat(getattr(self, name)) - date.fromisoformat(self.start)).days

    @property
    def days(self) -> int:
        """Number of days simulated."""
        return self.day("end") + 1


SEED_MAX = 2**31 - 1
"""The greatest seed."""


def check_seed(seed: object) -> int:
    """A seed as an ``int``; raises ``InputError`` for what is no whole number from 0 to ``SEED_MAX``."""
    if isinstance(seed, bool) or not isinstance(seed, Integral) or not 0 <= int(seed) <= SEED_MAX:
        raise InputError(f"seed={seed} is not allowed: it must be a whole number from 0 to {SEED_MAX:,}")
    return int(seed)


STEEPEST = 0.242
"""Steepest slope of the normal density: where the worth of effort rises faster than its cost, no effort is the best."""


def check_competition(policy: str, reward: float, behaviour: Behaviour) -> None:
    """Raises ``InputError`` where competing governments would have no best effort (Lazear and Rosen 1981)."""
    at_stake = reward * (max(REWARD) - REWARD[-1])
    least = STEEPEST * at_stake / behaviour.assessment_luck**2
    if behaviour.effort_cost <= least:
        raise InputError(
            f"behaviour.effort_cost={behaviour.effort_cost:g}: effort has no best amount under "
            f"{policy}.assessment.reward={reward:g} and behaviour.assessment_luck={behaviour.assessment_luck:g}; "
            f"it must be above {least:.3g} (0.242 times what is at stake, {at_stake:g}, over the square of the luck)"
        )


def check_holidays(calendar: Calendar, closed_days: float) -> None:
    """Raises ``InputError`` where a holiday closes offices in years of which its date is not known."""
    for name in ("start", "end"):
        if closed_days >= 1 and not YEARS[0] <= int(getattr(calendar, name)[:4]) <= YEARS[1]:
            raise InputError(
                f"calendar.{name}={getattr(calendar, name)}: behaviour.timing.closed_days={closed_days:g} needs the "
                f"date of the Spring Festival, which is known from {YEARS[0]} to {YEARS[1]}"
            )


@dataclass(config=STRICT)
class Scenario:
    """One world to simulate; with a seed it determines every number of a run."""

    province: ProvinceChoice = field(default_factory=ProvinceChoice)
    calendar: Calendar = field(default_factory=Calendar)
    before: Policy = field(default_factory=Policy)
    after: Policy = field(default_factory=Policy)
    behaviour: Behaviour = field(default_factory=Behaviour)
    stress: Stress = field(default_factory=Stress)

    def __post_init__(self) -> None:
        self.before = self.before.in_province(self.province.source)
        self.after = self.after.in_province(self.province.source)
        for name in ("before", "after"):
            check_competition(name, getattr(self, name).assessment.reward, self.behaviour)
        check_holidays(self.calendar, self.behaviour.timing.closed_days)

    def in_place(self, code: int, region: str) -> Scenario:
        """The scenario with both policies as they apply to one place.

        Parameters
        ----------
        code : int
            Code of a city, county or township, such as 6201.
        region : str
            The region type of its city, such as ``hexi``.

        Returns
        -------
        Scenario
            The same one where no lever differs by place.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> place = pp.scenario("province=tiny")
        >>> place.in_place(6201, "hexi").before == place.before.in_place(6201, "hexi")
        True
        """
        before, after = self.before.in_place(code, region), self.after.in_place(code, region)
        return self if (before, after) == (self.before, self.after) else replace(self, before=before, after=after)

    def as_dict(self) -> dict:
        """The scenario as plain JSON values, in declared order; the same for equal scenarios.

        Returns
        -------
        dict
            Values by group and key.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> pp.scenario("province=tiny").as_dict()["province"]
        {'source': 'tiny', 'places': []}
        """
        return TypeAdapter(Scenario).dump_python(self, mode="json")

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The scenario of plain values, such as ``as_dict`` gives; what they leave out has its default.

        Parameters
        ----------
        values : mapping of str to Any
            Values by group and key, nested or with dots.

        Returns
        -------
        Scenario
            A new scenario.

        Raises
        ------
        InputError
            Like ``vary``.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> place = pp.scenario("province=tiny")
        >>> pp.Scenario.from_dict(place.as_dict()) == place
        True
        """
        return cls().vary(values)

    def vary(self, changes: Mapping[str, Any]) -> Self:
        """The scenario with other values for some keys; what does not change is shared by both.

        Parameters
        ----------
        changes : mapping of str to Any
            Values by key, with dots as on the command line. A group may be given whole (``{"after": Policy()}``) or in
            part (``{"calendar": {"end": "2020-12-31"}}``); a key within a group that is given whole changes that group.

        Returns
        -------
        Scenario
            A new scenario; it takes some 20 µs.

        Raises
        ------
        InputError
            With a line for each key that there is not (with the nearest ones) and each value that is not allowed.
            Values are checked together: both ends of a calendar may move at once.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> pp.scenario("province=tiny").vary({"behaviour.patience": 20}).behaviour.patience
        20.0
        """
        errors: list[str] = []
        varied = _varied(self, changes.items(), type(self), "", errors)
        if errors:
            raise InputError("\n".join(errors))
        return varied


def _varied[Group](
    group: Group, changes: Iterable[tuple[str, Any]], schema: type, within: str, errors: list[str]
) -> Group:
    """A copy of a group, below the keys ``within`` of a schema, with some changes; what is wrong goes to ``errors``."""
    whole: dict[str, Any] = {}
    inner: dict[str, list[tuple[str, Any]]] = {}
    for key, value in changes:
        name, _, rest = str(key).partition(".")
        part = vars(group).get(name)
        if part is None or (rest and not is_dataclass(part)):
            errors.append(unknown_key(f"{within}{key}", schema))
        elif rest:
            inner.setdefault(name, []).append((rest, value))
        elif is_dataclass(part) and isinstance(value, Mapping):
            inner.setdefault(name, []).extend(value.items())
        else:
            whole[name] = value
    for name, found in inner.items():
        part = whole.get(name, getattr(group, name))
        if is_dataclass(part):
            whole[name] = _varied(part, found, schema, f"{within}{name}.", errors)
    try:
        if len(whole) != 1:
            return cast(Any, replace)(group, **whole)
        varied = copy.copy(group)  # one value is validated in a tenth of the time that its group takes
        for name, value in whole.items():
            setattr(varied, name, value)
        getattr(varied, "__post_init__", lambda: None)()
        return varied
    except ValidationError as error:
        errors += messages_of(error, schema, within=within.rstrip("."))
    except InputError as error:
        errors.append(str(error))
    return group
