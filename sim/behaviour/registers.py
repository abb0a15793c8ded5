"""Uncertainties about what is written down of what happens; nothing that happens depends on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import field, fields
from typing import Annotated, Any

from pydantic.dataclasses import dataclass

from sim.errors import InputError
from sim.ledger import REGISTERS
from sim.parameters import STRICT, parameter

EXAMPLE = "{register: people, since: 2020-01, own: 2}"


@dataclass(config=STRICT)
class Form:
    """What a register holds from a month on: shares of its own events and of others, each as often as it is written.

    ``left_out`` is the part of failures that is missing from what its printed success is a share of.
    """

    register: str
    since: str
    own: float = 1
    spot: float = 0
    police: float = 0
    advice: float = 0
    handed_on: float = 0
    elsewhere: float = 0
    left_out: float = 0


SHARES = tuple(each.name for each in fields(Form))[2:-1]
"""Names of the shares of a form, of its own events and of others."""


@dataclass(config=STRICT)
class Registers:
    """The forms of registers from the first day on, and in ``forms`` those that come later."""

    written_people: Annotated[
        float, parameter("mediations ended that people's mediation writes down", "share", 0, 3)
    ] = 1
    written_grid: Annotated[float, parameter("settlements on the spot that grids write down", "share", 0, 3)] = 1
    written_centres: Annotated[float, parameter("mediations ended that centres write down", "share", 0, 3)] = 1
    written_courts: Annotated[float, parameter("pre-suit mediations begun that courts write down", "share", 0, 3)] = 1
    written_stations: Annotated[
        float, parameter("settlements on the spot that police stations write down", "share", 0, 3)
    ] = 1
    written_spot: Annotated[
        float, parameter("grid workers' settlements on the spot written down as people's mediation", "share", 0, 1)
    ] = 0
    written_police: Annotated[
        float, parameter("settlements on the spot by the police written down as people's mediation", "share", 0, 1)
    ] = 0
    written_advice: Annotated[
        float, parameter("visits to centres for advice written down as people's mediation", "share", 0, 1)
    ] = 0
    written_handed_on: Annotated[
        float, parameter("matters handed on written down as people's mediation", "share", 0, 1)
    ] = 0
    written_elsewhere: Annotated[
        float, parameter("matters that stand elsewhere as well written down as people's mediation", "share", 0, 1)
    ] = 0
    pay_paper: Annotated[
        float,
        parameter("settlements on the spot that 100 yuan a case have written down as mediation as well", "share", 0, 1),
    ] = 0.3
    failures_left_out: Annotated[
        float, parameter("failed cases left out of what printed success is a share of", "share", 0, 1)
    ] = 0
    forms: Any = field(default_factory=list)
    """Forms that come later (``Form``), as plain values: ``[{register: people, since: 2020-01, own: 2}]``."""

    def __post_init__(self) -> None:
        later = self.later()
        often = Counter((form.register, form.since) for form in later)
        for (register, since), number in often.items():
            if number > 1:
                raise InputError(f"behaviour.registers.forms: register {register} has {number} forms from {since} on")

    def later(self) -> list[Form]:
        """The forms that come later, as given; raises ``InputError`` for one that is none."""
        if not isinstance(self.forms, list | tuple):
            raise _refused(self.forms, f"it must be a list of forms, such as [{EXAMPLE}]")
        return [_form_of(given) for given in self.forms]

    def first(self, register: str) -> Form:
        """The form that a register has from the first day on."""
        further = {name: getattr(self, f"written_{name}") for name in SHARES[1:]} if register == "people" else {}
        return Form(register, "", getattr(self, f"written_{register}"), left_out=self.failures_left_out, **further)


def _refused(given: object, why: str) -> InputError:
    return InputError(f"behaviour.registers.forms: {given!r} is not allowed: {why}")


def _form_of(given: object) -> Form:
    if not isinstance(given, Mapping) or not {"register", "since"} <= set(given):
        raise _refused(given, f"a form is written {EXAMPLE}")
    for name, value in given.items():
        if name == "register" and value not in REGISTERS:
            raise _refused(value, f"a register is one of {', '.join(REGISTERS)}")
        if name == "since" and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", str(value)):
            raise _refused(value, "since is a month, such as 2020-01")
        if name not in Form.__dataclass_fields__:
            raise _refused(name, f"a form has register, since, {', '.join(SHARES)} and left_out")
        if name in (*SHARES, "left_out"):
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if not (is_number and 0 <= value <= (1 if name == "left_out" else float("inf"))):
                raise _refused(f"{name}: {value}", f"it must be {'0 to 1' if name == 'left_out' else '0 or more'}")
    return Form(**given)
