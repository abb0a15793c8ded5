"""What happened and what was written down about it, counted by county, month, kind of dispute and event.

Every event of the model falls into exactly one cell of ``counts``. What is *true* (``durable_*``, ``nominal_*``,
``presented_*``, ``lapsed`` …) and what is *recorded* (``registered_*``; recorded success = durable + nominal) are
separate events, so no measure can mix them up unseen. All counts are integers: sums do not depend on order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

FORUMS = (
    "nothing",
    "bilateral",
    "village",
    "township",
    "county",
    "court",
    "petition_county",
    "petition_city",
    "petition_province",
    "petition_nation",
)
"""Where a resident may take a grievance, in the order of the choice (``Forum`` in ``agents/dispute.py``)."""

PETITION_LEVELS = ("county", "city", "province", "nation")
TIERS = PETITION_LEVELS[:2]
"""Levels on which some places have no government."""

CHANNELS = ("visit", "letter", "online")
"""How a petition is presented."""

WORK_LEVELS = ("village", "township", "county", "city", "prelitigation", "petition", "court")
"""Where work is done: by mediators in villages and centres, by the courts' pre-litigation mediators, by petition
handlers, and by the courts, whose slots are the suits they can conclude (background suits included)."""

CENTRE_LEVELS = ("township", "county", "city")
"""Levels of governance centres, in the order of ``agents/centre.py`` (tested)."""

CENTRE_WORK = tuple(WORK_LEVELS.index(level) for level in CENTRE_LEVELS)
"""Where in ``WORK_LEVELS`` the work of governance centres stands, one after the other."""

ORIGINS = ("claimant", "township", "court", "petition", "police")
"""Who brings a matter to a centre: its claimant (with a grid worker's help or without), a township, a court before it
files, the petition reception inside, or the police (``Origin`` in ``agents/dispute.py``, tested)."""

ORDINALS = 12
"""Petitions of one claimant that are told apart by their number, the last of them and all later ones as one."""

REGISTERS = ("people", "grid", "centres", "courts", "stations")
"""Registers beside those of petitions: of people's mediation, grids, centres, pre-suit mediation of courts, and police
stations."""

DISPUTE_KINDS = (
    "neighbour",
    "family",
    "land",
    "housing",
    "labour",
    "debt",
    "injury",
    "medical",
    "environment",
    "land_taking",
    "administration",
    "other",
)


def _events() -> tuple[str, ...]:
    names = ["raised", "violent", "noticed", "settled_on_spot", "referred", "referral_forgotten"]
    names += ["lumped", "gave_up", "faded", "reactivated", "relapsed", "protected"]
    names += ["prevented_by_norms", "hidden_by_norms", "violence_hidden", "prevented_by_contact", "prevented_by_alert"]
    names += [f"first_{forum}" for forum in FORUMS]  # the first choice of a grievance
    names += [f"chose_{forum}" for forum in FORUMS]  # every choice
    names += ["handed_off", "handed_up", "duplicate_merged", "duplicate_recorded"]
    names += ["answer_stationed", "whistle_called", "whistle_answered", "answer_unaided", "answer_missing"]
    names += ["whistle_escalated", "escalation_answered"]
    names += [
        "mediation_started",
        "party_refused",
        "party_withdrew",
        "confirmed",
        "prelitigation_started",
        "prelitigation_settled",
        "suit_filed",
    ]
    for outcome in ("durable", "nominal", "failed"):  # how work at a forum ended
        names += [f"{outcome}_{forum}" for forum in FORUMS[1:]]
    for what in ("presented", "registered", "repeat_presented", "repeat_registered"):
        names += [f"{what}_{channel}_{level}" for level in PETITION_LEVELS for channel in CHANNELS]
    for what in ("pushed_down", "repeat_pushed_down"):  # recorded at the county instead of where it was presented
        names += [f"{what}_{channel}_county" for channel in CHANNELS]
    for what in ("recorded_twice", "repeat_recorded_twice"):  # a petition to a higher level, recorded here as well
        names += [f"{what}_{channel}_{level}" for level in PETITION_LEVELS[:3] for channel in CHANNELS]
    names += [f"skip_level_{level}" for level in PETITION_LEVELS]  # presented where it was not eligible
    names += [f"accepted_{level}" for level in PETITION_LEVELS]
    names += [f"not_accepted_{level}" for level in PETITION_LEVELS]
    names += [f"handed_down_to_{level}" for level in PETITION_LEVELS[:3]]
    names += ["returned_to_legal_channel", "petition_reviewed", "petition_terminated"]
    names += ["petition_closed_in_time", "petition_closed_late"]
    names += ["offence", "joint_visit_person", "mass_incident"]
    names += [f"joint_visit_{level}" for level in PETITION_LEVELS]
    names += ["doors", "trips", "closed_cases", "reporting_minutes"]
    names += [f"left_queue_{level}" for level in WORK_LEVELS[:5]]
    names += [f"presented_while_waiting_{level}" for level in PETITION_LEVELS]
    names += ["relapsed_late", "returned_late"]  # durable settlements that broke after all; matters back from them
    names += ["petition_answered"]  # a level above the county has obtained the department's answer to a petition
    names += ["causes", "cause_members"]  # causes that several claimants share, and all of these
    names += ["joined"]  # claimants whose matter another one of their cause takes to a petition office
    names += ["settled_at_source"]  # matters of causes that an alert has found
    for what in ("presented", "registered", "repeat_presented", "repeat_registered"):  # people who come in person
        names += [f"{what}_persons_{level}" for level in PETITION_LEVELS]
    names += ["founded_old", "founded_standing"]  # unresolved grievances and petitioners of before the first day
    names += [f"closed_door_{level}" for level in ("township", "county")]  # a visit to a nameplate that met nobody
    names += ["mediation_offered", "mediation_taken"]  # to petitioners, before anything is presented
    names += ["referred_up"]
    names += [f"accepted_from_{origin}_{level}" for origin in ORIGINS for level in CENTRE_LEVELS]  # by working centres
    names += ["raised_by_service"]  # of those raised: by a request refused for good
    names += ["reached_office"]  # matters, when they do so first
    names += ["rushed"]  # cases begun with fewer hours than they ask for, and hurried
    # Months and days
    names += [f"campaign_{what}" for what in ("taken_up", "durable", "nominal")]  # old matters
    # concessions to petitions above the county, and claimants whose matters they close
    for what in ("conceded", "conceded_persons"):
        names += [f"{what}_{level}" for level in PETITION_LEVELS[1:]]
    # The police, called to a grievance: settled on the spot as recorded, that in truth or nominally, or passed on to a
    # township's centre; of those settled, grievances that had not come to a first choice
    names += ["police_called", "police_settled", "police_durable", "police_nominal", "police_passed", "first_police"]
    # Petitions by those who have failed at court, and all of them by how many their claimant then has made
    names += [f"presented_after_suit_{level}" for level in PETITION_LEVELS]
    names += [f"presented_ordinal_{ordinal}" for ordinal in range(1, ORDINALS + 1)]
    for first in ("", "repeat_"):  # persons of visits that are on a register without having been made there
        names += [f"{first}pushed_down_persons_county"]
        names += [f"{first}recorded_twice_persons_{level}" for level in PETITION_LEVELS[:3]]
    return tuple(names)


EVENTS = _events()
"""Names of the events, in the order of the last axis of ``Ledger.counts``."""

EVENT_INDEX = {name: index for index, name in enumerate(EVENTS)}

DURATION_EDGES = np.unique(
    np.concatenate(
        [np.arange(0, 60), np.arange(60, 120, 4), [91], np.arange(120, 360, 15), [366], np.arange(360, 1801, 60)]
    )
).astype(np.int32)
"""Left edges (days) of the bins that days-to-close are counted in; days 90 and 365 end one; the last bin is open."""

DURATION_CLOCKS = ("grievance", "intake")
"""What days-to-close are counted from: the day the grievance arose, or the one on which it first reached an office."""

DURATION_OUTCOMES = ("durable", "nominal", "given_up", "conceded", "open")
"""How a clock stopped: settled in truth, recorded as settled only, given up, ended by a concession; or it ran when the
ledger was read."""

WORK_FIGURES = (
    "slot_days",
    "busy_days",
    "wait_days",
    "started",
    "queued",
    "queue_days",
    "left_days",
    "minutes_wanted",
    "minutes_there",
    "waited_long",
)
"""Per work level: slot-days staffed and busy, days waited by cases started, cases started, queue at month end, the
queue summed over days (at a day's end; of courts, whole suits), days waited by cases that left the queue, the minutes
that cases started ask for, and those that mediators have (none of courts), cases started that had waited for more than
``LONG_WAIT`` days (none of courts)."""

LONG_WAIT = 30
"""Days; a wait above it counts as long."""

TRUST_LEVELS = ("local", "middle", "higher", "court")

GROUPS = (
    "urban",
    "rural",
    "near",
    "far",
    "income_low",
    "income_middle",
    "income_high",
    "migrant",
    "native",
    "against_peer",
    "against_organisation",
    "against_agency",
)
"""Groups of claimants, by place, by distance (more or less than an hour to the county), by income third, by origin and
by whom the grievance is against; every grievance is in one group of each five divisions."""

DIVISIONS = (("urban", "rural"), ("near", "far"), GROUPS[4:7], ("migrant", "native"), GROUPS[9:12])
"""Groups that together are everybody."""

GROUP_FIGURES = ("raised", "durable", "unresolved", "helped", "days", "trips")
"""Per group: grievances raised, settled durably anywhere, lumped or given up (less those taken up again), settled
durably by a third party, and the days since they arose and the trips of these last."""

MONTHLY_FIGURES = (
    "requests",
    "requests_met",
    "requests_by_call",
    "requests_online",
    "requests_waiting",
    "service_trips",
    "minutes_lent",
    "alerts",
    "alert_true",
    "alert_false",
    *[f"{figure}_{level}" for figure in ("served", "received", "advice_minutes") for level in CENTRE_LEVELS],
    "requests_again",
    "requests_left",
    "requests_refused",
    "clerk_minutes",
    "grid_workers",
    "visits",
    "visit_minutes",
    "village_mediators",
    "concession_yuan",
    "case_pay",
    "case_pay_yuan",
    "register_trivial",
    *[f"{figure}_{register}" for figure in ("register", "printed_settled", "printed_failed") for register in REGISTERS],
    "police_background",
)
"""Of a county's service hall: requests made, met, by call, online, waiting at the month's end, trips made for them,
minutes lent by mediators; villages on alert in the month, with a cause behind it and without one; by level of working
centres the residents of their places, visits to them for whatever reason, and minutes of advice (a city's are booked on
its first county); of the requests made, those by people who came again, of the unmet, those who left after a long wait
and those refused for good; minutes that clerks worked. Of grids: workers, and the visits and minutes of visiting that
one day of the month has of them while they have nothing else to do. Mediators of villages. Yuan spent on concessions to
petitioners. What a case pays, a mean over village mediators, and yuan paid so. Of people's mediation the entries that
are settlements on the spot; of registers (``sim.registers``) their entries, and what they print as settled and as
failed. Calls to the police about quarrels that are no grievance of the model."""

GOVERNMENT_FIGURES = ("effort", "concealment", "score", "grade", "vetoed", "reward")
SURVEY_FIGURES = ("content", "surveyed")
"""Content residents in truth and as a survey finds them, shares."""


def levels_missing(city_tier: NDArray[np.bool_], county_tier: NDArray[np.bool_]) -> tuple[str, ...]:
    """Of ``TIERS``, those on which none of some cities has a government (its own, and its counties': shapes (Y,))."""
    tiers = {"county": county_tier, "city": city_tier}
    return tuple(level for level in TIERS if not tiers[level].any())


def event(name: str) -> int:
    """Index of an event on the last axis of ``Ledger.counts``; raises ``KeyError`` for an unknown name."""
    return EVENT_INDEX[name]


@dataclass(frozen=True)
class Ledger:
    """Everything a run counted; measures read this and nothing else.

    Attributes:
        months: first day of each month, ``datetime64[M]``, shape (M,).
        county_codes / county_city / city_codes: the places, shapes (C,), (C,) row of the city, (Y,).
        city_tier / county_tier: whether a government, and so an office, stands on the level of the city itself, and of
            its counties, by city, bool, shape (Y,).
        county_population / county_urban_population: residents per county, shape (C,).
        counts: events, int32, shape (C, M, kinds, events).
        durations: matters by the month in which their clock started, by clock (``DURATION_CLOCKS``), how it stopped
            first (``DURATION_OUTCOMES``) and after how many days (``DURATION_EDGES``), int32, shape
            (C, M, clocks, outcomes, bins); followed to the end of the run, whatever the window.
        work: ``WORK_FIGURES`` per work level, int64, shape (C, M, levels, figures). City-level staff is booked on
            the first county of its city.
        groups: ``GROUP_FIGURES`` per group of claimants, int64, shape (C, M, groups, figures).
        monthly: ``MONTHLY_FIGURES``, float64, shape (C, M, figures).
        trust: mean learned change in trust at each year end, float64, shape (C, years, 4) (``TRUST_LEVELS``).
        survey: ``SURVEY_FIGURES`` at each year end, float64, shape (C, years, 2).
        government: ``GOVERNMENT_FIGURES`` per city and year end, float64, shape (Y, years, figures).
        cost: yuan spent per county and month, concessions included, float64, shape (C, M).
    """

    months: NDArray[np.datetime64]
    county_codes: NDArray[np.int64]
    county_city: NDArray[np.int32]
    city_codes: NDArray[np.int64]
    city_tier: NDArray[np.bool_]
    county_tier: NDArray[np.bool_]
    county_population: NDArray[np.int64]
    county_urban_population: NDArray[np.int64]
    counts: NDArray[np.int32]
    durations: NDArray[np.int32]
    work: NDArray[np.int64]
    groups: NDArray[np.int64]
    monthly: NDArray[np.float64]
    trust: NDArray[np.float64]
    survey: NDArray[np.float64]
    government: NDArray[np.float64]
    cost: NDArray[np.float64]

    @cached_property
    def totals(self) -> NDArray[np.int64]:
        """Every event summed over places, months and kinds, shape (events,): summed once, for all measures.

        Later changes of ``counts`` are not seen.
        """
        return self.counts.sum(axis=(0, 1, 2), dtype=np.int64)

    def total(self, name: str) -> int:
        """Sum of one event over all places, months and kinds."""
        return int(self.totals[event(name)])

    def total_of(self, names: Iterable[str]) -> int:
        """Sum of several events over all places, months and kinds."""
        return sum(map(self.total, names))

    def by_month(self, name: str) -> NDArray[np.int64]:
        """One event summed over places and kinds, shape (M,)."""
        return self.counts[..., event(name)].sum(axis=(0, 2), dtype=np.int64)

    def group_total(self, group: str, figure: str) -> int:
        """Sum of a figure (``GROUP_FIGURES``) of a group (``GROUPS``) over places and months."""
        return int(self.groups[:, :, GROUPS.index(group), GROUP_FIGURES.index(figure)].sum())

    def monthly_total(self, figure: str) -> float:
        """Sum of one of ``MONTHLY_FIGURES`` over places and months."""
        return float(self.monthly[..., MONTHLY_FIGURES.index(figure)].sum())

    def by_county(self, name: str) -> NDArray[np.int64]:
        """One event summed over months and kinds, shape (C,)."""
        return self.counts[..., event(name)].sum(axis=(1, 2), dtype=np.int64)

    @cached_property
    def missing_levels(self) -> tuple[str, ...]:
        """Of ``TIERS``, those on which no place of the ledger has a government."""
        return levels_missing(self.city_tier, self.county_tier)

    @property
    def residents(self) -> int:
        """Residents of all counties of the ledger."""
        return int(self.county_population.sum())

    @property
    def years(self) -> float:
        """Length of the window in years (months / 12)."""
        return len(self.months) / 12

    def window(self, first: str, last: str) -> Ledger:
        """The same ledger from month ``first`` to month ``last`` inclusive, given as ``"2019-01"``.

        Yearly figures (``trust``, ``government``) keep the years whose December lies in the window.
        Raises ``ValueError`` when the window holds no month of the ledger.
        """
        start, stop = np.datetime64(first, "M"), np.datetime64(last, "M")
        kept = (self.months >= start) & (self.months <= stop)
        if not kept.any():
            raise ValueError(f"no month of the ledger lies between {first} and {last}")
        december = np.flatnonzero((self.months.astype(np.int64) % 12) == 11)
        years = kept[december]
        return replace(
            self,
            months=self.months[kept],
            counts=self.counts[:, kept],
            durations=self.durations[:, kept],
            work=self.work[:, kept],
            groups=self.groups[:, kept],
            monthly=self.monthly[:, kept],
            cost=self.cost[:, kept],
            trust=self.trust[:, years],
            survey=self.survey[:, years],
            government=self.government[:, years],
        )

    def year(self, year: int) -> Ledger:
        """The ledger of one calendar year."""
        return self.window(f"{year}-01", f"{year}-12")

    def of_counties(self, rows: ArrayLike) -> Ledger:
        """The same ledger for some counties alone, given by row (or as a mask), in that order; of cities, theirs.

        The staff and centre of a city are booked on its first county, and ``government`` is of the whole city: take
        a city's counties together to have all of a city. Raises ``ValueError`` for no county or one twice, and
        ``IndexError`` for a row that the ledger does not have.
        """
        given = np.atleast_1d(np.asarray(rows))
        chosen = np.arange(len(self.county_codes))[given if given.size else given.astype(int)]
        if not chosen.size or len(np.unique(chosen)) < len(chosen):
            raise ValueError(f"counties must be given once each and at least one of them, not {rows!r}")
        cities, county_city = np.unique(self.county_city[chosen], return_inverse=True)
        return replace(
            self,
            county_codes=self.county_codes[chosen],
            county_city=county_city.astype(self.county_city.dtype),
            city_codes=self.city_codes[cities],
            city_tier=self.city_tier[cities],
            county_tier=self.county_tier[cities],
            county_population=self.county_population[chosen],
            county_urban_population=self.county_urban_population[chosen],
            counts=self.counts[chosen],
            durations=self.durations[chosen],
            work=self.work[chosen],
            groups=self.groups[chosen],
            monthly=self.monthly[chosen],
            trust=self.trust[chosen],
            survey=self.survey[chosen],
            government=self.government[cities],
            cost=self.cost[chosen],
        )
