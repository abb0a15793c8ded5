"""How the figures of worlds become the parts of groups: over seeds, over a set of behaviours, and where some lack."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from experiments.configuration.command import Invocation
from experiments.configuration.ensemble import Ensemble
from experiments.runs.year_figures import YearFigures
from experiments.studies.attribution.plan import Attribution
from experiments.studies.attribution.schema import AttributionChoice, AttributionConfig
from experiments.studies.attribution.shares import Rows, complete_seeds, rows_of
from experiments.studies.lever_groups import differences, members_of
from sim.policy import GridLevers, NormLevers, Policy
from sim.scenario import ProvinceChoice

PEOPLE = Ensemble("people.csv", ("patience",), ((10.0,), (20.0,), (30.0,), (40.0,)), "0")

type Worth = Callable[[frozenset[str], int], float]


def study(
    ensemble: Ensemble | None = None, members: int = 1, replicates: int = 2, over_time: bool = False
) -> Attribution:
    """Two groups of one lever each, in one year."""
    choice = AttributionChoice(measures=["durable_resolution"], years=[1], over_time=over_time)
    after = Policy(grid=GridLevers(visits_per_day=12), norms=NormLevers(moral_bank=1))
    config = AttributionConfig(study=choice, replicates=replicates, province=ProvinceChoice("tiny"), after=after)
    differing = differences(config.before, config.after)
    groups = members_of({"grid": ["grid.*"], "norms": ["norms.*"]}, [each.lever for each in differing])
    return Attribution(config, Invocation("attribution"), ensemble, members, differing, groups)


def figures(of: Attribution, worth: Worth) -> dict[str, dict[int, YearFigures]]:
    """Figures of all runs; ``worth`` gives durable settlement by the groups inside and the seed."""
    return {
        run.key: {1: YearFigures({"durable_resolution": worth(frozenset(of.inside(coalition)), run.seed)}, {})}
        for coalition, runs in enumerate(of.runs)
        for run in runs
    }


def part(rows: Rows, group: str) -> dict[str, object]:
    return next(row for row in rows if row["group"] == group)


def test_parts_are_paired_by_seed():
    of = study()
    luck = {0: 0.5, 1: 0.7}  # the same in every world: it does not matter
    gains = {0: 0.04, 1: 0.06}

    def worth(inside: frozenset[str], seed: int) -> float:
        return luck[seed] + gains[seed] * ("grid" in inside) + 0.01 * (len(inside) == 2)

    rows = rows_of(of, figures(of, worth))
    grid, norms = part(rows["parts"], "grid"), part(rows["parts"], "norms")
    assert grid["difference"] == pytest.approx(0.05 + 0.005)
    half = 12.706204736 * 0.01  # t(0.975, 1) times the standard error of 0.04 and 0.06
    assert (grid["low"], grid["high"]) == pytest.approx((0.055 - half, 0.055 + half))
    assert norms["difference"] == pytest.approx(0.005) and norms["high"] == pytest.approx(0.005)
    assert (grid["verdict"], grid["pairs"]) == ("unclear", 2) and math.isnan(grid["same_sign"])
    (pair,) = rows["together"]
    assert (pair["group"], pair["other"]) == ("grid", "norms") and pair["difference"] == pytest.approx(0.01)
    (whole,) = rows["whole"]
    assert (whole["before"], whole["after"]) == pytest.approx((0.6, 0.66))
    assert [(row["coalition"], row["groups"], row["seed"]) for row in rows["runs"]] == [
        (0, "", 0), (0, "", 1), (1, "grid", 0), (1, "grid", 1),
        (2, "norms", 0), (2, "norms", 1), (3, "grid, norms", 0), (3, "grid, norms", 1),
    ]  # fmt: skip
    assert [(row["group"], row["lever"], row["before"], row["after"], row["in_places"]) for row in rows["levers"]] == [
        ("grid", "grid.visits_per_day", "8", "12", False),
        ("norms", "norms.moral_bank", "0", "1", False),
    ]


def test_over_behaviours_it_is_the_median_of_members_each_with_the_mean_of_its_seeds():
    of = study(PEOPLE, members=3)
    assert of.seeds == [0, 1, 2, 4, 5, 6]
    gains = {0: 0.02, 1: -0.01, 2: 0.05}

    def worth(inside: frozenset[str], seed: int) -> float:
        return 0.6 + (gains[of.member(seed)] + (0.01 if seed < 4 else -0.01)) * ("grid" in inside)

    rows = rows_of(of, figures(of, worth))
    grid = part(rows["parts"], "grid")
    assert grid["difference"] == pytest.approx(0.02)  # luck of the two seeds of a member cancels out
    assert (grid["low"], grid["high"]) == pytest.approx((-0.01 + 0.05 * 0.03, 0.05 - 0.05 * 0.03))  # quantiles of three
    assert grid["pairs"] == 3 and grid["same_sign"] == pytest.approx(2 / 3) and grid["verdict"] == "unclear"
    assert part(rows["parts"], "norms")["same_sign"] == 1  # none does anything: all agree
    assert part(rows["parts"], "norms")["verdict"] == "little"


def test_a_seed_that_lacks_a_world_is_left_out():
    of = study(replicates=3)
    found = figures(of, lambda inside, seed: 0.5 + 0.1 * seed * len(inside))
    del found[of.runs[2][1].key]  # seed 1 without norms alone
    assert complete_seeds(of, found) == [0, 2]
    rows = rows_of(of, found)
    assert part(rows["parts"], "grid")["difference"] == pytest.approx(0.1)  # of 0 and 0.2
    assert {row["seed"] for row in rows["runs"]} == {0, 2} and rows["whole"][0]["pairs"] == 2


def test_a_measure_without_a_value_in_some_world_leaves_its_seed_out_of_all():
    of = study(replicates=3)
    rows = rows_of(
        of, figures(of, lambda inside, seed: math.nan if seed == 1 and len(inside) == 1 else 0.5 + 0.1 * len(inside))
    )
    assert [row["pairs"] for name in ("whole", "parts", "together") for row in rows[name]] == [2] * 4
    assert rows["whole"][0]["difference"] == pytest.approx(0.2)
    nothing = rows_of(of, figures(of, lambda inside, seed: math.nan))
    assert part(nothing["parts"], "grid")["verdict"] == "unclear"
    assert math.isnan(part(nothing["parts"], "grid")["difference"]) and nothing["whole"][0]["pairs"] == 0


def test_the_smallest_effect_of_interest_decides_what_is_told():
    of = study()
    rows = rows_of(of, figures(of, lambda inside, seed: 0.6 + 0.006 * ("grid" in inside) + 0.004 * ("norms" in inside)))
    assert rows["whole"][0]["smallest"] == 0.005
    assert part(rows["parts"], "grid")["verdict"] == "up" and part(rows["parts"], "norms")["verdict"] == "little"


def test_one_seed_tells_nothing():
    of = study(replicates=1)
    rows = rows_of(of, figures(of, lambda inside, seed: 0.6 + 0.1 * len(inside)))
    assert {row["verdict"] for name in ("whole", "parts", "together") for row in rows[name]} == {"unclear"}
    assert part(rows["parts"], "grid")["difference"] == pytest.approx(0.1)


def over_time(of: Attribution, ago: Callable[[int], float], worth: Worth) -> dict[str, dict[int, YearFigures]]:
    """Figures of all runs; ``ago`` gives durable settlement in the year before the reform by the seed."""
    found = figures(of, worth)
    for runs in of.runs:
        for run in runs:
            found[run.key][0] = YearFigures({"durable_resolution": ago(run.seed)}, {})
    return found


def shares(row: dict[str, object]) -> list[object]:
    return [row[key] for key in ("share", "share_first", "share_last")]


def test_a_change_over_time_is_drift_and_the_parts_of_groups_that_add_up():
    of = study(over_time=True)
    assert of.kept_years == [0, 1] and of.parts == ["grid", "norms", "drift"]
    ago, drift = {0: 0.50, 1: 0.60}, {0: 0.01, 1: 0.03}

    def worth(inside: frozenset[str], seed: int) -> float:
        return ago[seed] + drift[seed] + 0.05 * ("grid" in inside) + 0.03 * ("norms" in inside)

    rows = rows_of(of, over_time(of, lambda seed: ago[seed], worth))
    (whole,) = rows["whole"]
    assert (whole["before"], whole["after"], whole["difference"]) == pytest.approx((0.55, 0.65, 0.10))
    assert whole["relative"] == pytest.approx(0.10 / 0.55)
    grid, norms, rest = (part(rows["parts"], name) for name in ("grid", "norms", "drift"))
    assert [each["difference"] for each in (grid, norms, rest)] == pytest.approx([0.05, 0.03, 0.02])
    assert shares(grid) == pytest.approx([0.5] * 3)  # nothing acts on anything else: all orders are alike
    assert shares(norms) == pytest.approx([0.3] * 3) and shares(rest) == pytest.approx([0.2] * 3)
    half = 12.706204736 * 0.01 / 0.1  # delta method: drift less a fifth of the whole is −0.008 and 0.008, over 0.1
    assert (rest["share_low"], rest["share_high"]) == pytest.approx((0.2 - 0.8 * half, 0.2 + 0.8 * half))
    assert rows["together"][0]["difference"] == pytest.approx(0)


def test_what_belongs_to_both_has_another_share_first_than_last():
    of = study(over_time=True)
    rows = rows_of(of, over_time(of, lambda seed: 0.9, lambda inside, seed: 0.9 - 0.08 * bool(inside)))
    for group in ("grid", "norms"):  # each alone does all of the fall: whose it is nobody can tell
        assert shares(part(rows["parts"], group)) == pytest.approx([0.5, 1, 0])
    assert part(rows["parts"], "grid")["difference"] == pytest.approx(-0.04)
    assert shares(part(rows["parts"], "drift")) == pytest.approx([0] * 3)
    assert rows["together"][0]["difference"] == pytest.approx(0.08)


def test_a_part_that_the_others_work_against_has_more_than_all():
    of = study(over_time=True)
    rows = rows_of(
        of,
        over_time(
            of, lambda seed: 0.6, lambda inside, seed: 0.6 - 0.06 * ("grid" in inside) + 0.02 * ("norms" in inside)
        ),
    )
    assert shares(part(rows["parts"], "grid")) == pytest.approx([1.5] * 3)
    assert shares(part(rows["parts"], "norms")) == pytest.approx([-0.5] * 3)


def test_over_behaviours_a_share_is_the_median_of_members_with_their_range():
    of = study(PEOPLE, members=3, replicates=1, over_time=True)
    reform = {0: 0.0, 1: 0.05, 2: 0.10}  # of a tenth in all: nothing, half, all

    def worth(inside: frozenset[str], seed: int) -> float:
        return 0.5 + reform[seed] * ("grid" in inside) + (0.10 - reform[seed]) * ("norms" in inside)

    rows = rows_of(of, over_time(of, lambda seed: 0.5, worth))
    grid = part(rows["parts"], "grid")
    assert [grid[key] for key in ("share", "share_low", "share_high")] == pytest.approx([0.5, 0.025, 0.975])
    assert rows["whole"][0]["low"] == pytest.approx(rows["whole"][0]["high"])  # however sure the sum is


def test_between_policies_shares_are_of_their_difference_and_nothing_drifts():
    of = study()
    assert of.kept_years == [1] and of.parts == ["grid", "norms"]
    rows = rows_of(
        of, figures(of, lambda inside, seed: 0.6 + 0.1 * seed + 0.03 * ("grid" in inside) + 0.01 * len(inside))
    )
    assert [row["group"] for row in rows["parts"]] == ["grid", "norms"]
    assert shares(part(rows["parts"], "grid")) == pytest.approx([0.8] * 3)
