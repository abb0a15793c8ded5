"""What sets a county apart: neutral where nothing differs, by hand, and the province's totals stay."""

from __future__ import annotations

from dataclasses import fields, replace
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import kstest, spearmanr

from sim.agents.dispute_kind import KINDS
from sim.behaviour import Behaviour
from sim.behaviour.counties import CountyDifferences
from sim.behaviour.kinds import DisputeKinds
from sim.county_profile import COUNTY_PROFILE, FARTHEST, LINKS, county_profiles, kind_of, ratios
from sim.ledger import DISPUTE_KINDS, event
from sim.model import run
from sim.parameters import declarations
from sim.province import Province, WholeProvince, load_province
from sim.province.province import COVARIATES
from sim.scenario import Calendar, ProvinceChoice, Scenario
from tests.census import ALIKE, MEANS, census, made_up, with_covariates
from tests.neutral import NEUTRAL
from tests.reference.county_profile import profiles as reference_profiles
from tests.reference.luck import Luck

RURAL, URBAN = 0, 1
SEED = 7
NAMES = [each.name for each in fields(CountyDifferences)]
HIGH = {each.name: float(each.high) for each in declarations(CountyDifferences)}
ELASTICITIES = [(kind, name, of) for kind, links in LINKS.items() for name, of in links.items()]
LEDGER = ("counts", "durations", "work", "groups", "monthly", "trust", "survey", "government", "cost")


USUAL = replace(NEUTRAL, counties=ALIKE)
"""Counties differ in nothing."""


def behaviour(**differences: float) -> Behaviour:
    """The neutral one with these differences between counties alone."""
    return replace(USUAL, counties=replace(ALIKE, **differences))


def places(rural: list[int], urban: list[int], **covariates: list[float]) -> Province:
    """What a profile needs of a province: counties 1, 2, … with residents, and what is known of them."""
    codes = np.arange(1, len(rural) + 1)
    unknown = {name: np.full(len(codes), np.nan) for name in COVARIATES}
    known = {name: np.array(values, float) for name, values in covariates.items()}
    whole = WholeProvince(codes, np.array(rural), np.array(urban), unknown | known)
    return SimpleNamespace(whole=whole, counties={"code": codes})  # type: ignore[return-value]


@pytest.fixture(scope="module")
def gansu() -> Province:
    """All of it, with a made-up census."""
    return made_up(load_province("gansu"))


def shares_of(profiles: NDArray, setting: int) -> NDArray[np.float64]:
    """Shares of kinds by county in one setting, shape (counties, kinds)."""
    return np.diff(profiles["cumulative"][:, setting], axis=1, prepend=0.0)


def grievances(province: Province, profiles: NDArray) -> NDArray[np.float64]:
    """Grievances by county and kind, in residents with the usual rate."""
    whole = province.whole
    of_villages = (whole.rural * profiles["rate"][:, RURAL])[:, None] * shares_of(profiles, RURAL)
    return of_villages + (whole.urban * profiles["rate"][:, URBAN])[:, None] * shares_of(profiles, URBAN)


def test_where_nothing_differs_everything_is_usual_to_the_last_bit(gansu: Province) -> None:
    profiles = county_profiles(gansu, USUAL, SEED)
    usual = np.cumsum(KINDS["share"], axis=0)
    usual[-1] = 1.0
    assert profiles.shape == (len(gansu.counties),) and profiles.dtype == COUNTY_PROFILE
    assert (profiles["rate"] == 1.0).all()
    assert (profiles["cumulative"] == usual.T).all()
    assert (profiles["migrant_share"] == USUAL.migrant_share).all()
    assert (profiles["online_share"] == USUAL.online_share).all()
    for name in ("legal", "mediation"):
        assert (profiles[name] == 0.0).all()
    assert (profiles["registration"] == 1.0).all()


def test_where_nothing_is_known_only_luck_differs() -> None:
    province = places([300, 100], [0, 200])
    apart = {name: HIGH[name] for name in NAMES if not name.startswith("spread_")}
    unknown, usual = county_profiles(province, behaviour(**apart), SEED), county_profiles(province, USUAL, SEED)
    assert unknown.tobytes() == usual.tobytes()
    assert (county_profiles(province, behaviour(spread_grievances=0.1), SEED)["rate"] != usual["rate"]).any()


def test_a_run_with_a_census_is_the_same_where_nothing_differs() -> None:
    scenario = Scenario(
        behaviour=USUAL,
        province=ProvinceChoice("tiny"),
        calendar=Calendar("2018-01-01", "2019-12-31", "2019-01-01", "2018-01-01"),
    )
    plain = run(scenario, SEED)
    with census():
        described, apart = run(scenario, SEED), run(scenario.vary({"behaviour.counties.land_movers": 1}), SEED)
    for name in LEDGER:
        assert getattr(plain, name).tobytes() == getattr(described, name).tobytes(), name
    assert plain.counts.tobytes() != apart.counts.tobytes()


def test_ratios_by_hand() -> None:
    """Means among residents whose county is known: (300 · 0.1 + 100 · 0.5) / 400 = 0.2 and so on."""
    province = places(
        [300, 60, 500],
        [0, 40, 0],
        construction=[0.1, 0.5, np.nan],
        mining=[0.0, 0.4, 0.0],
        agriculture=[0.2, 0.6, 0.3],
        movers_within_county=[0.1, 0.2, 0.1],
        movers_within_province=[0.1, 0.1, np.nan],
        movers_from_other_provinces=[0.0, 0.3, 0.1],
    )
    of = ratios(province.whole)
    assert of["construction"] == pytest.approx([0.5, 2.5, 1.0], abs=1e-12)
    assert of["mining"] == pytest.approx([1 / FARTHEST, 0.4 * 900 / 40, 1 / FARTHEST], abs=1e-12)
    assert of["movers"] == pytest.approx([0.2 / 0.3, 0.6 / 0.3, 1.0], abs=1e-12)
    outside = (300 * 0.8 + 100 * 0.4 + 500 * 0.7) / 900
    assert of["outside_farming"] == pytest.approx([0.8 / outside, 0.4 / outside, 0.7 / outside], abs=1e-12)
    assert (of["health"] == 1.0).all()  # known of nobody


def test_no_ratio_is_farther_than_it_may_be() -> None:
    of = ratios(places([10_000, 1], [0, 0], mining=[0.0001, 0.9], cars=[0.0, 0.0]).whole)
    assert of["mining"][1] == FARTHEST and of["mining"][0] == pytest.approx(1.0001 / 1.9, rel=1e-12)
    assert (of["cars"] == 1.0).all()  # nobody has any


def test_the_mix_by_hand() -> None:
    """Trade at 1.6 and 0.4 times its mean: at elasticity 1 debts, 9 in 100 as usual, become 14.4 and 3.6.

    At ½ they go with roots, whose mean is below 1 and which are scaled up so that the sum of both counties stays.
    """
    province = places([100, 100], [0, 0], trade=[0.16, 0.04])
    profiles = county_profiles(province, behaviour(debt_trade=1.0), SEED)
    ratio = np.array([1.6, 0.4])
    debts = 0.09 * ratio
    assert profiles["rate"][:, RURAL] == pytest.approx(0.91 + debts, abs=1e-12)
    shares = shares_of(profiles, RURAL)
    assert shares[:, DISPUTE_KINDS.index("debt")] == pytest.approx(debts / (0.91 + debts), abs=1e-12)
    assert shares[:, DISPUTE_KINDS.index("land")] == pytest.approx(0.14 / (0.91 + debts), abs=1e-12)
    half = county_profiles(province, behaviour(debt_trade=0.5), SEED)
    root = np.sqrt(ratio) * 2 / np.sqrt(ratio).sum()
    assert half["rate"][:, RURAL] == pytest.approx(0.91 + 0.09 * root, abs=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_totals_of_the_province_stay(name: str, gansu: Province) -> None:
    """Grievances of every kind, migrants, people online, taste, legal awareness, and what is written down."""
    usual, profiles = (county_profiles(gansu, behaviour(**given), SEED) for given in ({}, {name: HIGH[name]}))
    assert usual.tobytes() != profiles.tobytes()
    expected = grievances(gansu, usual).sum(axis=0)
    np.testing.assert_allclose(grievances(gansu, profiles).sum(axis=0), expected, rtol=1e-12)
    residents = gansu.whole.rural + gansu.whole.urban
    for field, mean in (
        ("migrant_share", USUAL.migrant_share),
        ("online_share", USUAL.online_share),
        ("legal", 0.0),
        ("mediation", 0.0),
    ):
        assert np.average(profiles[field], weights=residents) == pytest.approx(mean, abs=1e-12)
    assert np.average(np.log(profiles["registration"]), weights=residents) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("name", [*NAMES, "all"])
def test_the_reference_implementation_finds_the_same(name: str) -> None:
    differences = {each: 0.7 * HIGH[each] for each in NAMES if name in (each, "all")}
    province = made_up(load_province("tiny"))
    chosen = replace(behaviour(**differences), kinds=DisputeKinds(share_land=1.7, share_other=0.6))
    model = SimpleNamespace(behaviour=chosen, luck=Luck(SEED))
    theirs = reference_profiles(model, province)  # type: ignore[arg-type]
    for code, ours in zip(province.counties["code"].tolist(), county_profiles(province, chosen, SEED), strict=True):
        assert ours["rate"] == pytest.approx(theirs[code].rate, rel=1e-12)
        assert ours["cumulative"] == pytest.approx(np.array(theirs[code].kinds), rel=1e-12)
        for field in ("unserved", "migrant_share", "online_share", "legal", "mediation", "registration"):
            assert ours[field] == pytest.approx(getattr(theirs[code], field), rel=1e-12, abs=1e-12), field


@pytest.mark.parametrize(("kind", "name", "of"), ELASTICITIES)
def test_more_of_what_there_is_to_dispute_about_is_more_disputes_of_the_kind(
    kind: str, name: str, of: str, gansu: Province
) -> None:
    usual, apart = (grievances(gansu, county_profiles(gansu, behaviour(**given), SEED)) for given in ({}, {name: 0.5}))
    factor = apart / usual
    ratio = ratios(gansu.whole)[of]
    known = ratio[factor[:, DISPUTE_KINDS.index(kind)].argsort()]
    assert (np.diff(known) >= -1e-12).all() and np.ptp(known) > 0.2
    others = np.delete(factor, DISPUTE_KINDS.index(kind), axis=1)
    np.testing.assert_allclose(others, 1.0, rtol=1e-12)


def test_a_county_is_the_same_in_every_selection() -> None:
    apart = behaviour(**{name: HIGH[name] for name in NAMES})
    whole = made_up(load_province("gansu"))
    every = dict(zip(whole.counties["code"].tolist(), county_profiles(whole, apart, SEED), strict=True))
    for selection in ((6207,), (620725,), (6201, 620725)):
        part = made_up(load_province("gansu", selection))
        profiles = county_profiles(part, apart, SEED)
        assert 0 < len(profiles) < len(every)
        for code, profile in zip(part.counties["code"].tolist(), profiles, strict=True):
            assert profile.tobytes() == every[code].tobytes(), code


def test_people_by_hand() -> None:
    """Schooling 12 and 8 among 100 and 300: mean 9; shares 0.5 · r / mean of r; awareness 0.4 ln r less its mean."""
    province = places([100, 300], [0, 0], schooling=[12, 8], aged_65=[0.1, 0.1], movers_within_county=[0.3, 0.1],
                      movers_within_province=[0, 0], movers_from_other_provinces=[0, 0])  # fmt: skip
    apart = behaviour(online_schooling=1, law_schooling=0.4, migrant_movers=1)
    profiles = county_profiles(province, apart, SEED)
    assert profiles["online_share"] == pytest.approx([0.5 * 12 / 9, 0.5 * 8 / 9], abs=1e-12)
    logs = 0.4 * np.log([12 / 9, 8 / 9])
    assert profiles["legal"] == pytest.approx(logs - (logs[0] + 3 * logs[1]) / 4, abs=1e-12)
    assert profiles["migrant_share"] == pytest.approx([0.15 * 2, 0.15 * 2 / 3], abs=1e-12)


def test_a_share_ends_at_one() -> None:
    province = places([1, 99], [0, 0], schooling=[20, 8], aged_65=[0.1, 0.2])
    profiles = county_profiles(province, replace(behaviour(online_schooling=2), online_share=0.9), SEED)
    assert profiles["online_share"][0] == 1.0 and 0.8 < profiles["online_share"][1] < 0.9


def test_age_takes_away_what_schooling_gives() -> None:
    province = places([100, 100], [0, 0], schooling=[10, 5], aged_65=[0.2, 0.1])
    both = county_profiles(
        province, behaviour(online_schooling=0.5, online_aged=0.5, law_schooling=0.2, law_aged=0.2), 1
    )
    assert both["online_share"] == pytest.approx([0.5, 0.5], abs=1e-12)
    assert both["legal"] == pytest.approx([0.0, 0.0], abs=1e-12)


COUNTIES = 40_000
SPREADS = {"spread_grievances": 0.4, "spread_mediation": 0.6, "spread_registration": 0.6}


@pytest.fixture(scope="module")
def lucky() -> NDArray:
    """Profiles of very many equal counties at the widest spreads."""
    return county_profiles(places([100] * COUNTIES, [0] * COUNTIES), behaviour(**SPREADS), SEED)


def test_luck_has_its_law(lucky: NDArray) -> None:
    """Lognormal and normal with the spreads asked for, independent of each other."""
    logs = {
        "spread_grievances": np.log(lucky["rate"][:, RURAL]),
        "spread_mediation": lucky["mediation"],
        "spread_registration": np.log(lucky["registration"]),
    }
    for name, values in logs.items():
        z = (values - values.mean()) / SPREADS[name]
        assert kstest(z, "norm").pvalue > 0.001, name
        assert kstest(1.1 * z, "norm").pvalue < 0.001, name  # the test would notice
    for one, other in (("spread_grievances", "spread_mediation"), ("spread_mediation", "spread_registration"),
                       ("spread_registration", "spread_grievances")):  # fmt: skip
        assert abs(spearmanr(logs[one], logs[other]).statistic) < 4 / np.sqrt(COUNTIES)


def test_rates_vary_as_a_lognormal_does(lucky: NDArray) -> None:
    """The coefficient of variation is √(exp(σ²) − 1), 0.4165 at the widest spread; the mean is exactly one."""
    rates = lucky["rate"][:, RURAL]
    parts = rates.reshape(40, -1)
    observed = parts.std(axis=1) / parts.mean(axis=1)
    known = np.sqrt(np.exp(SPREADS["spread_grievances"] ** 2) - 1)
    assert abs(observed.mean() - known) < 4 * observed.std(ddof=1) / np.sqrt(40) + 0.002
    assert rates.mean() == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("share", [0.42, 0.97])
def test_registers_that_differ_write_down_as_much_on_the_whole(share: float, lucky: NDArray) -> None:
    odds = lucky["registration"] * share / (1 - share)
    written = odds / (1 + odds)
    assert 0 < written.min() < 0.8 * share and written.max() < 1
    assert abs(written.mean() - share) < 0.01


def test_luck_is_the_countys_own_and_the_seeds() -> None:
    two, three = places([100, 100], [0, 0]), places([100, 100, 100], [0, 0, 0])
    spread = behaviour(spread_mediation=0.5)
    few, many, other = (county_profiles(*each)["mediation"] for each in
                        ((two, spread, 1), (three, spread, 1), (two, spread, 2)))  # fmt: skip
    assert few[0] - few[1] == pytest.approx(many[0] - many[1], abs=1e-12)
    assert few[0] - few[1] != pytest.approx(other[0] - other[1], abs=1e-3)


def test_the_kind_is_the_first_whose_cumulated_share_exceeds_the_number() -> None:
    profiles = np.zeros(1, COUNTY_PROFILE)
    profiles["cumulative"] = 1.0
    profiles["cumulative"][0, :, :3] = [[0.25, 0.5, 0.875], [0.5, 0.75, 0.875]]
    numbers = (0.0, 0.25, 0.5, 0.75, 0.875, 1.0)
    assert [kind_of(profiles[0], RURAL, u) for u in numbers] == [0, 1, 2, 2, 3, len(DISPUTE_KINDS) - 1]
    assert [kind_of(profiles[0], URBAN, u) for u in numbers] == [0, 0, 1, 2, 3, len(DISPUTE_KINDS) - 1]


@pytest.mark.parametrize(
    ("setting", "percent"),
    [
        (RURAL, [26, 16, 14, 5, 8, 9, 7, 1, 2, 3, 3, 6]),
        (URBAN, [18, 14, 2, 16, 12, 12, 7, 2, 3, 4, 4, 6]),
    ],
)
def test_shares_of_kinds(setting: int, percent: list[int], gansu: Province) -> None:
    grid = (np.arange(10_000) + 0.5) / 10_000
    profile = county_profiles(gansu, USUAL, SEED)[0]
    counts = np.bincount([kind_of(profile, setting, u) for u in grid], minlength=len(DISPUTE_KINDS))
    np.testing.assert_array_equal(counts, 100 * np.array(percent))


Z = 4.0
"""Standard errors up to which a total counts as the same; set before the first run."""


@pytest.mark.long
def test_construction_makes_labour_disputes_where_it_is_and_not_in_sum() -> None:
    """Half of Tianshui's counties with thrice the construction of the others, over three seeds."""
    scenario = Scenario(
        province=ProvinceChoice("gansu"),
        calendar=Calendar("2018-01-01", "2018-12-31", "2018-01-01", "2018-01-01"),
    ).vary({"province.places": [6205]})
    codes = load_province("gansu", (6205,)).counties["code"]
    full = codes % 2 == 1
    assert 1 < full.sum() < len(full) - 1

    def describe(province: Province) -> Province:
        here = np.isin(province.whole.codes, codes)
        whole = replace(
            province.whole,  # the selection is all there is
            codes=province.whole.codes[here],
            rural=province.whole.rural[here],
            urban=province.whole.urban[here],
            covariates={},
        )
        times = np.where(full, 1.5, 0.5)
        building = {int(code): float(0.1 * each) for code, each in zip(codes, times, strict=True)}
        return with_covariates(replace(province, whole=whole), {"construction": building, "agriculture": {}})

    labour, others = DISPUTE_KINDS.index("labour"), [k for k, kind in enumerate(DISPUTE_KINDS) if kind != "labour"]
    raised = []
    with census(describe):
        for elasticity in (0.0, 0.8):
            world = scenario.vary({"behaviour.counties.labour_construction": elasticity})
            ledgers = [run(world, seed) for seed in (1, 2, 3)]
            raised.append(np.sum([each.counts[..., event("raised")].sum(axis=1) for each in ledgers], axis=0))
    alike, apart = raised
    there, elsewhere = apart[full][:, labour].sum(), apart[~full][:, labour].sum()
    assert there / alike[full][:, labour].sum() > 1.2 and elsewhere / alike[~full][:, labour].sum() < 0.8
    for kinds in ([labour], others):
        before, after = alike[:, kinds].sum(), apart[:, kinds].sum()
        assert abs(after - before) < Z * np.sqrt(before + after)


def test_the_usual_values_of_the_made_up_census_are_those_of_covariates() -> None:
    assert set(MEANS) == set(COVARIATES)
