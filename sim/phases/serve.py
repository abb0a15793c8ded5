"""Phase 0: service halls take the day's requests; those refused for good raise grievances in the next phase."""

from __future__ import annotations

from sim.agents.centre import pool_of_centre
from sim.agents.dispute import MEDIATION_KINDS
from sim.agents.service_hall import MINUTES_A_DAY, ServiceHall
from sim.compilation import compiled
from sim.ledger import MONTHLY_FIGURES, WORK_LEVELS
from sim.world import World, county_regime

REQUESTS, MET, BY_CALL, ONLINE, WAITING, TRIPS, LENT = range(MONTHLY_FIGURES.index("minutes_lent") + 1)
AGAIN, LEFT, REFUSED, WORKED = (
    MONTHLY_FIGURES.index(name) for name in ("requests_again", "requests_left", "requests_refused", "clerk_minutes")
)
COUNTY_WORK = WORK_LEVELS.index("county")

_serve = ServiceHall.serve


@compiled
def serve(world: World, today: int, month: int) -> None:
    """Every county's hall, with the mediators of the county's working centre to draw on."""
    for county in range(world.first_county, world.last_county):
        hall = world.halls[county]
        minutes, online = mediator_minutes(world, county), world.profiles[county].online_share
        _serve(hall, today, world.seed, minutes, online, county_regime(world, county), world.behaviour[0])
        figures = world.monthly[county, month]
        figures[REQUESTS] += hall.requests
        figures[MET] += hall.met_today
        figures[BY_CALL] += hall.by_call
        figures[ONLINE] += hall.online
        figures[WAITING] = hall.waiting
        figures[TRIPS] += hall.trips
        figures[LENT] += hall.minutes_lent
        figures[AGAIN] += hall.came_again
        figures[LEFT] += hall.left
        figures[REFUSED] += hall.refused
        figures[WORKED] += hall.clerk_minutes


@compiled
def mediator_minutes(world: World, county: int) -> float:
    """Working minutes a day of the mediators of a county's centre, where it works."""
    centre = world.townships + county
    if world.centres[centre].is_working == 0:
        return 0.0
    mediators = 0
    for kind in range(MEDIATION_KINDS):
        pool = world.pools[pool_of_centre(centre, kind)]
        if pool.level == COUNTY_WORK:
            mediators += pool.mediators
    return MINUTES_A_DAY * mediators
