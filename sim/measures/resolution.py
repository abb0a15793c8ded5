"""How well disputes are settled: truly and as recorded, where, and what is left unsettled.

*Durable* settlements hold for twelve months; *nominal* ones are recorded as settled and break within that time.
Recorded success counts both. On-the-spot settlements of grid workers (``settled_on_spot``) are durable ones; those of
the police are either.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sim.ledger import FORUMS, PETITION_LEVELS, Ledger
from sim.measures.measure import Measure, per_1000_a_year, share, total
from sim.measures.reach import reached
from sim.measures.summing import once

GROUP = "resolution"
MEDIATION = ("village", "township", "county")
"""Forums that mediate (a county's cases include those of its city's centre)."""

PETITION = tuple(forum for forum in FORUMS if forum.startswith("petition_"))
THIRD_PARTIES = (*MEDIATION, "court", *PETITION)
TRIED = FORUMS[1:]
CONCEDED = tuple(f"conceded_persons_{level}" for level in PETITION_LEVELS[1:])
"""Matters ended by a concession: neither settled nor left unresolved."""

LEFT = ("lumped", "gave_up")
"""Grievances left unresolved without any try, and after one."""

SETTLED_AT = {
    "self": ("bilateral",),
    "village": ("village",),
    "township": ("township",),
    "county": ("county",),
    "court": ("court",),
    "petition": PETITION,
}
"""Places of settlement and the forums they gather; those at no forum come beside them."""

SETTLED_AT_HOME = {"grid": "settled_on_spot", "police": "police_durable"}
"""Who settles where the claimant is, and the durable settlements that are reached so."""

FIRST_CHOICES = {
    "nothing": ("nothing",),
    "bilateral": ("bilateral",),
    "local": ("village", "township"),
    "government": ("county", *PETITION),
    "court": ("court",),
    "police": ("police",),
}
"""First choices as the dispute pagoda groups them (Michelson 2007), and grievances that the police settle before any,
of which it did not ask."""


@once
def outcomes(ledger: Ledger, outcome: str, forums: tuple[str, ...]) -> int:
    """Work that ended ``durable``, ``nominal`` or ``failed`` at some forums."""
    return total(ledger, (f"{outcome}_{forum}" for forum in forums))


@once
def durable(ledger: Ledger) -> int:
    """Durable settlements of all kinds: between the sides, on the spot, at any forum."""
    return outcomes(ledger, "durable", TRIED) + total(ledger, SETTLED_AT_HOME.values())


def durable_resolution(ledger: Ledger) -> float:
    """Durable settlements per grievance raised: the headline."""
    return share(durable(ledger), ledger.total("raised"))


def durable_total(ledger: Ledger) -> float:
    """Durable settlements a year: windows of different lengths compare."""
    return share(durable(ledger), ledger.years)


def durable_per_10000(ledger: Ledger) -> float:
    """Durable settlements a year per 10,000 residents."""
    return share(10_000 * durable(ledger), ledger.residents * ledger.years)


def helped(ledger: Ledger) -> int:
    """Durable settlements with a third party's help: all but what the two sides settle alone."""
    return durable(ledger) - ledger.total("durable_bilateral")


def durable_reached(ledger: Ledger) -> float:
    """Durable settlements with a third party's help per matter that reached one at all (``reach.reached``)."""
    return share(helped(ledger), reached(ledger))


def concluded(ledger: Ledger, forums: tuple[str, ...]) -> int:
    """Cases that came to an end at some forums, however."""
    return sum(outcomes(ledger, outcome, forums) for outcome in ("durable", "nominal", "failed"))


def recorded_success(ledger: Ledger, forums: tuple[str, ...] = MEDIATION) -> float:
    """Recorded as settled (durable and nominal) among cases concluded."""
    settled = outcomes(ledger, "durable", forums) + outcomes(ledger, "nominal", forums)
    return share(settled, concluded(ledger, forums))


def durable_success(ledger: Ledger, forums: tuple[str, ...] = MEDIATION) -> float:
    """Durably settled among cases concluded."""
    return share(outcomes(ledger, "durable", forums), concluded(ledger, forums))


def settled_share(ledger: Ledger, place: str) -> float:
    """Share of durable settlements reached at a place: a key of ``SETTLED_AT`` or ``SETTLED_AT_HOME``."""
    if place in SETTLED_AT_HOME:
        return share(ledger.total(SETTLED_AT_HOME[place]), durable(ledger))
    return share(outcomes(ledger, "durable", SETTLED_AT[place]), durable(ledger))


def first_choice_share(ledger: Ledger, choice: str) -> float:
    """Share of first choices, by the groups of ``FIRST_CHOICES``."""
    chosen = {name: total(ledger, (f"first_{forum}" for forum in forums)) for name, forums in FIRST_CHOICES.items()}
    return share(chosen[choice], sum(chosen.values()))


def first_petition_share(ledger: Ledger) -> float:
    """Share of first choices that are a petition office of any level."""
    everything = (f"first_{forum}" for forums in FIRST_CHOICES.values() for forum in forums)
    return share(total(ledger, (f"first_{forum}" for forum in PETITION)), total(ledger, everything))


def per_grievance(ledger: Ledger, name: str) -> float:
    """An event per grievance raised."""
    return share(ledger.total(name), ledger.total("raised"))


def unresolved(ledger: Ledger) -> int:
    """Grievances left unresolved less those that faded or were taken up again.

    What norms hide is among them: it is lumped at once.
    """
    return total(ledger, LEFT) - total(ledger, ("faded", "reactivated"))


def unresolved_stock(history: Ledger) -> int:
    """Grievances left unresolved at the end of a whole history, those of before it included."""
    return unresolved(history) + history.total("founded_old")


def open_cases(history: Ledger) -> int:
    """Disputes that are truly open at the end of a whole history.

    Raised, taken up again or come back, less durably settled, left unresolved, ended by a concession and taken over by
    protection. Nominal settlements that have yet to break count as open: they are settled on paper only.
    """
    ended = total(history, (*LEFT, *CONCEDED, "protected"))
    return total(history, ("raised", "reactivated", "returned_late", "founded_standing")) - durable(history) - ended


def nominal_pending(history: Ledger) -> int:
    """Open disputes that the records call settled: nominal settlements that have yet to break."""
    return outcomes(history, "nominal", TRIED) + history.total("police_nominal") - history.total("relapsed")


def consent_share(ledger: Ledger, name: str) -> float:
    """``party_refused`` or ``party_withdrew`` per case that reached a mediator: refused at once, or started."""
    return share(ledger.total(name), total(ledger, ("party_refused", "mediation_started")))


def confirmed_share(ledger: Ledger) -> float:
    """Confirmed by a judge among mediated settlements as recorded (durable and nominal)."""
    settled = outcomes(ledger, "durable", MEDIATION) + outcomes(ledger, "nominal", MEDIATION)
    return share(ledger.total("confirmed"), settled)


def prelitigation_success(ledger: Ledger) -> float:
    """Recorded as settled before a suit was filed among matters that courts sent to mediation first."""
    return share(ledger.total("prelitigation_settled"), ledger.total("prelitigation_started"))


def reactivated_share(ledger: Ledger) -> float:
    """Taken up again per grievance left unresolved in the same window."""
    return share(ledger.total("reactivated"), total(ledger, LEFT))


def _settled(place: str, english: str) -> Measure:
    return Measure(
        f"settled_{place}",
        partial(settled_share, place=place),
        "share",
        "none",
        f"durable settlements reached {english}",
        GROUP,
    )


def _first(choice: str, english: str) -> Measure:
    return Measure(
        f"first_{choice}_share",
        partial(first_choice_share, choice=choice),
        "share",
        "none",
        f"first choices of a grievance: {english}",
        GROUP,
    )


def _success(name: str, forums: tuple[str, ...], english: str) -> tuple[Measure, Measure]:
    ending = f"_{name}" if name else ""
    return (
        Measure(
            f"recorded_success{ending}",
            partial(recorded_success, forums=forums),
            "share",
            "none",
            f"recorded as settled among cases concluded {english}",
            GROUP,
        ),
        Measure(
            f"durable_success{ending}",
            partial(durable_success, forums=forums),
            "share",
            "up",
            f"settled for at least twelve months among cases concluded {english}",
            GROUP,
        ),
    )


def _yearly(name: str, function: Callable[[Ledger], float], better: str, english: str) -> Measure:
    return Measure(
        name,
        lambda ledger: per_1000_a_year(function(ledger), ledger),
        "1/1000/year",
        better,
        f"{english}, per 1,000 residents a year",
        GROUP,
    )


def conceded_share(ledger: Ledger) -> float:
    """Matters ended by a concession per grievance raised."""
    return share(total(ledger, CONCEDED), ledger.total("raised"))


def _of_raised(name: str, event: str, better: str, english: str) -> Measure:
    return Measure(
        name,
        partial(per_grievance, name=event),
        "share",
        better,
        f"{english}, per grievance raised",
        GROUP,
    )


def _stock(name: str, function: Callable[[Ledger], float], unit: str, english: str) -> Measure:
    return Measure(name, function, unit, "down", english, GROUP, is_stock=True)


MEASURES: tuple[Measure, ...] = (
    Measure(
        "durable_resolution",
        durable_resolution,
        "share",
        "up",
        "durable settlements per grievance raised, wherever they were reached",
        GROUP,
    ),
    Measure(
        "durable_total",
        durable_total,
        "settlements/year",
        "none",
        "durable settlements a year, wherever they were reached and however many grievances arise",
        GROUP,
    ),
    Measure(
        "durable_per_10000",
        durable_per_10000,
        "1/10000/year",
        "none",
        "durable settlements per 10,000 residents a year, however many grievances arise",
        GROUP,
    ),
    Measure(
        "durable_reached",
        durable_reached,
        "share",
        "up",
        "settled durably with a third party's help, among matters that reached one (their number is worked out from "
        "choices)",
        GROUP,
    ),
    *_success("", MEDIATION, "at village, township and county"),
    *(
        measure
        for name, forums, english in (
            ("village", ("village",), "in the village"),
            ("township", ("township",), "in the township"),
            ("county", ("county",), "at the county"),
            ("court", ("court",), "at court, its pre-litigation mediation included"),
            ("petition", PETITION, "in the petition system"),
        )
        for measure in _success(name, forums, english)
    ),
    _settled("self", "by the two sides themselves"),
    _settled("grid", "on the spot by a grid worker"),
    _settled("police", "on the spot by the police"),
    _settled("village", "by a village mediator"),
    _settled("township", "in a township's centre"),
    _settled("county", "in a county's centre (or its city's)"),
    _settled("court", "at court"),
    _settled("petition", "by a petition"),
    _first("nothing", "do nothing"),
    _first("bilateral", "talk to the other side"),
    _first("local", "a mediator of village or township"),
    _first("government", "the county or a petition at any level"),
    _first("court", "court"),
    Measure(
        "first_petition_share",
        first_petition_share,
        "share",
        "none",
        "first choices of a grievance: a petition at any level, without the county's centre",
        GROUP,
    ),
    _first("police", "none, the police settled it before"),
    _of_raised("noticed_share", "noticed", "none", "noticed by a grid worker"),
    _of_raised("on_spot_share", "settled_on_spot", "up", "settled on the spot"),
    _of_raised("lumped_share", "lumped", "down", "left without any try"),
    _of_raised("gave_up_share", "gave_up", "down", "given up after a try"),
    Measure(
        "conceded_share",
        conceded_share,
        "share",
        "none",
        "ended by a concession that buys peace, not settled, per grievance raised",
        GROUP,
    ),
    _yearly("grievances", partial(Ledger.total, name="raised"), "down", "grievances raised"),
    _yearly(
        "mediations",
        partial(concluded, forums=MEDIATION),
        "none",
        "mediations concluded at village, township and county",
    ),
    _yearly(
        "suits",
        partial(Ledger.total, name="suit_filed"),
        "none",
        "civil suits born of modelled grievances (the background stream is left out)",
    ),
    _yearly(
        "prelitigation",
        partial(Ledger.total, name="prelitigation_started"),
        "none",
        "matters taken to mediation before litigation",
    ),
    Measure(
        "prelitigation_success",
        prelitigation_success,
        "share",
        "none",
        "recorded as settled among matters that courts sent to mediation before they filed a suit",
        GROUP,
    ),
    _yearly(
        "relapses",
        partial(Ledger.total, name="relapsed"),
        "down",
        "nominal settlements that broke",
    ),
    _yearly(
        "unresolved_added",
        unresolved,
        "down",
        "grievances newly left unresolved, less those that faded or were taken up again",
    ),
    Measure(
        "refused_share",
        partial(consent_share, name="party_refused"),
        "share",
        "none",
        "cases reaching a mediator that the other side refused to mediate",
        GROUP,
    ),
    Measure(
        "withdrawn_share",
        partial(consent_share, name="party_withdrew"),
        "share",
        "none",
        "cases reaching a mediator whose claimant withdrew from mediation",
        GROUP,
    ),
    Measure(
        "confirmed_share",
        confirmed_share,
        "share",
        "none",
        "confirmed by a judge among settlements recorded at village, township and county",
        GROUP,
    ),
    Measure(
        "reactivated_share",
        reactivated_share,
        "share",
        "none",
        "taken up again per grievance left unresolved in the window",
        GROUP,
    ),
    _stock(
        "unresolved_stock",
        unresolved_stock,
        "grievances",
        "grievances left unresolved at the window's end, neither faded nor taken up again",
    ),
    _stock(
        "open_cases",
        open_cases,
        "disputes",
        "disputes truly open at the window's end, nominal settlements yet to break included",
    ),
    _stock(
        "nominal_pending",
        nominal_pending,
        "disputes",
        "open disputes that the records call settled: they will break",
    ),
)
