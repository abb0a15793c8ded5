"""Kinds of dispute: how frequent they are, whom they are against, whom they concern, and which mediation suits them."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from sim.behaviour.causes import Causes
from sim.behaviour.kinds import DisputeKinds
from sim.ledger import DISPUTE_KINDS


class MediationKind(IntEnum):
    """The six kinds of mediation."""

    PEOPLE = 0
    ADMINISTRATIVE = 1
    JUDICIAL = 2
    PRELITIGATION = 3
    PROFESSIONAL = 4
    PETITION = 5


MEDIATION_KINDS = len(MediationKind)

DEPARTMENTS = (
    "labour",
    "land",
    "housing",
    "health",
    "environment",
    "market",
    "agriculture",
    "civil_affairs",
    "traffic",
    "justice",
)
"""County departments a dispute can concern."""

NO_DEPARTMENT = -1


class ByMediation(NamedTuple):
    """A number for each kind of mediation, in the order of ``MediationKind``."""

    people: float = 0.0
    administrative: float = 0.0
    judicial: float = 0.0
    prelitigation: float = 0.0
    professional: float = 0.0
    petition: float = 0.0


class DisputeKind(NamedTuple):
    """What disputes of one kind are like; every number is assumed (A).

    Attributes:
        rural, urban: usual share of the disputes in villages and in communities, before shares are made to sum to one.
        organisation, agency: share of opponents that are one; the others are peers.
        department: which of ``DEPARTMENTS`` it may concern; none when empty.
        concerns: share that concerns this department.
        court_takes: whether a court takes it.
        shared: usual share of its causes that several claimants share.
        also: which departments it may concern further, in this order.
        further: share of the matters that concern a department which concern another one, and of these again.
        heat: how much of a quarrel they are, 0–1: how readily the police are called.
    """

    rural: float
    urban: float
    organisation: float = 0.0
    agency: float = 0.0
    department: str = ""
    concerns: float = 0.0
    court_takes: bool = True
    shared: float = 0.0
    also: tuple[str, str] = ("justice", "market")
    further: float = 0.1
    heat: float = 0.2


# The order of shares follows people's-mediation statistics (neighbour about a quarter, family a fifth).
_KINDS = {
    "neighbour": DisputeKind(rural=0.26, urban=0.18, heat=1.0),
    "family": DisputeKind(
        rural=0.16,
        urban=0.14,
        department="civil_affairs",
        concerns=0.10,
        also=("justice", "health"),
        further=0.1,
        heat=1.0,
    ),
    "land": DisputeKind(
        rural=0.14,
        urban=0.02,
        organisation=0.10,
        agency=0.15,
        department="land",
        concerns=0.40,
        also=("agriculture", "housing"),
        further=0.3,
    ),
    "housing": DisputeKind(
        rural=0.05,
        urban=0.16,
        organisation=0.50,
        agency=0.10,
        department="housing",
        concerns=0.35,
        also=("market", "justice"),
        further=0.4,
        shared=0.05,
        heat=0.5,
    ),
    "labour": DisputeKind(
        rural=0.08,
        urban=0.12,
        organisation=0.90,
        agency=0.05,
        department="labour",
        concerns=0.50,
        also=("housing", "justice"),
        further=0.4,
        shared=0.05,
        heat=0.5,
    ),
    "debt": DisputeKind(
        rural=0.09,
        urban=0.12,
        organisation=0.30,
        department="market",
        concerns=0.10,
        also=("justice", "housing"),
        further=0.1,
        heat=0.7,
    ),
    "injury": DisputeKind(
        rural=0.07,
        urban=0.07,
        organisation=0.20,
        department="traffic",
        concerns=0.35,
        also=("health", "justice"),
        further=0.2,
        heat=1.0,
    ),
    "medical": DisputeKind(
        rural=0.01,
        urban=0.02,
        organisation=0.95,
        agency=0.05,
        department="health",
        concerns=0.60,
        also=("justice", "market"),
        further=0.2,
    ),
    "environment": DisputeKind(
        rural=0.02,
        urban=0.03,
        organisation=0.60,
        agency=0.20,
        department="environment",
        concerns=0.60,
        also=("health", "agriculture"),
        further=0.6,
        shared=0.15,
    ),
    "land_taking": DisputeKind(
        rural=0.03,
        urban=0.04,
        organisation=0.25,
        agency=0.75,
        department="land",
        concerns=0.70,
        also=("housing", "agriculture"),
        further=0.6,
        shared=0.15,
    ),
    "administration": DisputeKind(
        rural=0.03,
        urban=0.04,
        agency=1,
        department="civil_affairs",
        concerns=0.70,
        court_takes=False,
        also=("justice", "land"),
        further=0.2,
        shared=0.03,
    ),
    "other": DisputeKind(
        rural=0.06,
        urban=0.06,
        organisation=0.15,
        agency=0.05,
        department="agriculture",
        concerns=0.15,
        also=("market", "justice"),
        further=0.1,
    ),
}

# How well each kind of mediation suits, 0–1 (assumed).
_FIT = {
    "neighbour": ByMediation(
        people=0.9, administrative=0.5, judicial=0.6, prelitigation=0.5, professional=0.3, petition=0.4
    ),
    "family": ByMediation(
        people=0.8, administrative=0.4, judicial=0.6, prelitigation=0.7, professional=0.6, petition=0.3
    ),
    "land": ByMediation(
        people=0.7, administrative=0.8, judicial=0.6, prelitigation=0.5, professional=0.5, petition=0.5
    ),
    "housing": ByMediation(
        people=0.6, administrative=0.7, judicial=0.6, prelitigation=0.6, professional=0.7, petition=0.5
    ),
    "labour": ByMediation(
        people=0.5, administrative=0.8, judicial=0.6, prelitigation=0.7, professional=0.8, petition=0.6
    ),
    "debt": ByMediation(
        people=0.6, administrative=0.5, judicial=0.7, prelitigation=0.8, professional=0.6, petition=0.4
    ),
    "injury": ByMediation(
        people=0.6, administrative=0.7, judicial=0.7, prelitigation=0.8, professional=0.8, petition=0.4
    ),
    "medical": ByMediation(
        people=0.3, administrative=0.5, judicial=0.6, prelitigation=0.6, professional=0.9, petition=0.5
    ),
    "environment": ByMediation(
        people=0.4, administrative=0.8, judicial=0.5, prelitigation=0.5, professional=0.7, petition=0.6
    ),
    "land_taking": ByMediation(
        people=0.3, administrative=0.7, judicial=0.6, prelitigation=0.4, professional=0.5, petition=0.8
    ),
    "administration": ByMediation(
        people=0.3, administrative=0.8, judicial=0.5, prelitigation=0.3, professional=0.3, petition=0.8
    ),
    "other": ByMediation(
        people=0.7, administrative=0.6, judicial=0.6, prelitigation=0.6, professional=0.5, petition=0.5
    ),
}

VIOLENT_SHARE = 0.06
"""Family disputes that involve violence (assumed): routed to protection, never counted as a mediation success."""

KIND_TYPE = np.dtype(
    [
        ("share", np.float64, (2,)),  # rural, urban, where counties do not differ
        ("organisation", np.float64),  # share of opponents
        ("agency", np.float64),
        ("severity_rank", np.float64),  # which of four uniform numbers in order, or between which: 5 times the mean
        ("department", np.int64),
        ("concerns", np.float64),  # share that concerns the department
        ("also", np.int64, (2,)),  # departments that it may concern further
        ("further", np.float64),  # share of those that concern another one
        ("heat", np.float64),  # how readily the police are called
        ("court_takes", np.int64),
        ("violent", np.float64),
        ("shared", np.float64),  # usual share of its causes that several claimants share
        ("members", np.float64),  # claimants of a cause, mean
        ("fit", np.float64, (MEDIATION_KINDS,)),  # how well each kind of mediation suits, 0–1
    ],
    align=True,
)


def kinds_of(behaviour: DisputeKinds, causes: Causes) -> np.ndarray:
    """One row per kind of dispute (``ledger.DISPUTE_KINDS``)."""
    table = np.zeros(len(DISPUTE_KINDS), KIND_TYPE)
    for row, name in zip(table, DISPUTE_KINDS, strict=True):
        kind = _KINDS[name]
        frequent = getattr(behaviour, f"share_{name}")
        row["share"] = (frequent * kind.rural, frequent * kind.urban)
        row["severity_rank"] = 5.0 * getattr(behaviour, f"severity_{name}")
        for field in ("organisation", "agency", "concerns", "further", "heat", "court_takes", "shared"):
            row[field] = getattr(kind, field)
        row["department"] = DEPARTMENTS.index(kind.department) if kind.department else NO_DEPARTMENT
        row["also"] = [DEPARTMENTS.index(other) for other in kind.also]
        row["members"] = 1.0 + min(1.0, causes.groups * kind.shared) * (causes.group_size - 1.0)
        row["fit"] = _FIT[name]
        row["violent"] = VIOLENT_SHARE if name == "family" else 0.0
    table["share"] /= table["share"].sum(axis=0)
    return table


KINDS = kinds_of(DisputeKinds(), Causes())
"""Kinds of dispute under the default behaviour; read-only."""

KINDS.setflags(write=False)
