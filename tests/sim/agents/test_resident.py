"""How a resident decides and learns."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import chisquare, expon, kstest, norm, triang, uniform

from sim import chance
from sim.agents.dispute import Forum, Opponent
from sim.agents.resident import (
    CHOICE_ROWS,
    COURT,
    HIGHER,
    LOCAL,
    MIDDLE,
    NOT_OPEN,
    UTILITY,
    Resident,
    choose,
    circumstances_of,
    constant_of,
    traits_of,
)
from sim.agents.village import Village
from sim.behaviour import Behaviour
from sim.chance import Purpose
from sim.county_profile import COUNTY_PROFILE
from sim.ledger import FORUMS
from sim.parameters import to_record

POINTS = 2_001


def chosen_at(utilities: np.ndarray, nest_scale: float, points: np.ndarray) -> np.ndarray:
    """Forums chosen at some uniform numbers, all by claimants of the same utilities."""
    number = len(points)
    room = number + 7
    choice, u = np.full((CHOICE_ROWS, room), np.nan), np.full(room, np.nan)  # what is only worked in holds anything
    choice[UTILITY : len(FORUMS), :number], u[:number] = np.reshape(utilities, (-1, 1)), points
    chosen = np.full(room, -9)
    choose(choice, nest_scale, u, chosen, number)
    return chosen[:number]


def only(**open_forums: float) -> np.ndarray:
    """Utilities of the forums named; the others are not open."""
    utilities = np.full(len(FORUMS), NOT_OPEN)
    for name, utility in open_forums.items():
        utilities[Forum[name]] = utility
    return utilities


def shares(utilities: np.ndarray, nest_scale: float) -> np.ndarray:
    """Shares of the forums chosen at equally spaced uniform numbers: exact to one point a forum."""
    chosen = chosen_at(utilities, nest_scale, (np.arange(POINTS) + 0.5) / POINTS)
    assert (np.diff(chosen) >= 0).all()  # inversion
    return np.bincount(chosen, minlength=len(FORUMS)) / POINTS


def test_nested_logit_by_hand() -> None:
    """Utilities ½ ln a at the scale ½, so that exp(V / s) is a: sums of nests 4, 9, 4, 1; weights 2, 3, 2, 1 of 8."""
    odds = np.array([1, 3, 4, 5, 0, 4, 1, 0, 0, 0], float)
    with np.errstate(divide="ignore"):
        utilities = 0.5 * np.log(odds)
    expected = [1 / 16, 3 / 16, 1 / 6, 5 / 24, 0, 1 / 4, 1 / 8, 0, 0, 0]
    got = shares(utilities, 0.5)
    np.testing.assert_allclose(got, expected, rtol=0, atol=2 / POINTS)
    assert (got[odds == 0] == 0).all()


def test_nested_logit_at_scale_one_is_the_logit() -> None:
    utilities = np.array([0.0, -0.5, 0.3, -1.0, 0.8, -0.2, 0.1, -0.7, 1.1, -2.0])
    weights = np.exp(utilities)
    np.testing.assert_allclose(shares(utilities, 1.0), weights / weights.sum(), rtol=0, atol=2 / POINTS)


def test_poor_choices_are_shared_by_the_same_odds() -> None:
    """Nothing at e^-6, the court at e^-6 / 3, a petition at e^-6 / 4: of (12 + 4 + 3) in all."""
    utilities = np.full(len(FORUMS), -np.inf)
    utilities[[Forum.NOTHING, Forum.COURT, Forum.PETITION_CITY]] = -6 - np.log([1, 3, 4])
    expected = np.zeros(len(FORUMS))
    expected[[Forum.NOTHING, Forum.COURT, Forum.PETITION_CITY]] = np.array([12, 4, 3]) / 19
    np.testing.assert_allclose(shares(utilities, 0.5), expected, rtol=0, atol=2 / POINTS)


def test_a_number_at_the_edge_goes_to_the_next_forum() -> None:
    halves = only(NOTHING=0, COURT=0)
    assert chosen_at(halves, 0.6, np.array([0.5, np.nextafter(0.5, 0)])).tolist() == [Forum.COURT, Forum.NOTHING]


def test_where_no_forum_is_open_nothing_is_done() -> None:
    assert chosen_at(only(), 0.6, np.array([0.5])).tolist() == [Forum.NOTHING]


def test_only_open_forums_are_chosen_at_the_ends_of_the_unit_interval() -> None:
    last = np.nextafter(1, 0)
    assert chosen_at(only(NOTHING=0, COURT=0), 0.6, np.array([0.0, last])).tolist() == [Forum.NOTHING, Forum.COURT]
    assert chosen_at(only(VILLAGE=-3, COUNTY=2), 0.6, np.array([0.0, last])).tolist() == [Forum.VILLAGE, Forum.COUNTY]


@pytest.mark.parametrize("number", [1, 7, 8, 9, 64])
def test_everybody_of_a_batch_chooses_for_himself(number: int) -> None:
    generator = np.random.default_rng(number)
    utilities, u = generator.normal(size=(len(FORUMS), number)), generator.random(number)
    utilities[generator.random(utilities.shape) < 0.2] = NOT_OPEN
    choice, chosen = np.full((CHOICE_ROWS, 64), np.nan), np.zeros(64, np.int64)
    choice[UTILITY : len(FORUMS), :number] = utilities
    choose(choice, 0.7, np.resize(u, 64), chosen, number)
    alone = [int(chosen_at(utilities[:, n], 0.7, u[n : n + 1])[0]) for n in range(number)]
    assert chosen[:number].tolist() == alone


@pytest.mark.parametrize(
    ("before", "is_success", "gain", "asymmetry", "after"),
    [
        # baseline 0.5
        (10, True, 0.2, 1.5, 18),  # 0.6 + 0.2 · 0.4 = 0.68
        (10, False, 0.2, 1.5, -8),  # 0.6 - 0.3 · 0.6 = 0.42
        (0, True, 0.033, 1.0, 2),  # 0.5165: 1.65 to the nearest
        (0, True, 0.027, 1.0, 1),  # 0.5135: 1.35
        (0, False, 0.033, 1.0, -2),  # 0.4835: -1.65
        (0, False, 0.027, 1.0, -1),  # 0.4865: -1.35
        (0, True, 0.0294, 1.0, 1),  # 0.5147: 1.47
        (0, True, 0.0304, 1.0, 2),  # 0.5152: 1.52
        (0, True, 0.004, 1.0, 0),  # 0.2 of a hundredth
        (0, True, 1.0, 1.0, 50),  # full trust
        (0, False, 0.6, 3.0, -50),  # more than everything: none left, not less than none
        (70, True, 0.3, 1.0, 50),  # what is beyond full trust is cut off first
        (-70, False, 0.3, 1.0, -50),
    ],
)
def test_learning_by_hand(before: int, is_success: bool, gain: float, asymmetry: float, after: int) -> None:
    records = np.zeros(2, Resident.record)
    records["learned"][1, MIDDLE] = before
    Resident(None, records, 1).learn(MIDDLE, 0.5, is_success, gain, asymmetry)
    assert records["learned"].tolist() == [[0, 0, 0, 0], [0, after, 0, 0]]


def test_all_that_can_be_learned() -> None:
    """From a baseline of 0.02 up to full trust, from 0.98 down to none: 98 hundredths; from none to full, 100."""
    records = np.zeros(1, Resident.record)
    learned = []
    for baseline, is_success in ((0.02, True), (0.98, False), (0.0, True), (1.0, False)):
        records["learned"] = 0
        Resident(None, records, 0).learn(COURT, baseline, is_success, 1.0, 1.0)
        learned.append(int(records["learned"][0, COURT]))
    assert learned == [98, -98, 100, -100]


def profile_of(migrant_share: float = 0.15, online_share: float = 0.5, legal: float = 0.0) -> np.void:
    """What sets a county apart, of which nothing else bears on a resident."""
    profile = np.zeros(1, COUNTY_PROFILE)
    profile["migrant_share"], profile["online_share"], profile["legal"] = migrant_share, online_share, legal
    return profile[0]


def traits(behaviour: Behaviour, people: int = 5_000) -> np.ndarray:
    record = to_record(behaviour)[0]
    return np.array([traits_of(5, key, record, profile_of()) for key in range(people)])


def test_traits_have_the_distributions_given() -> None:
    drawn = traits(Behaviour(patience_spread=0.8, trust_mean=0.5, trust_spread=0.1, centralised_share=0.5))
    assert kstest(drawn[:, 0], norm(0, 0.8).cdf).pvalue > 0.001
    assert kstest(drawn[:, 5], triang(0.5).cdf).pvalue > 0.001  # mean of two uniform numbers
    assert kstest(drawn[:, 6], expon.cdf).pvalue > 0.001


def test_the_centralised_trust_higher_bodies_more() -> None:
    gap = 0.3
    drawn = traits(Behaviour(trust_spread=0.05, centralised_share=0.5, centralised_gap=gap))
    local, middle, higher = drawn[:, 1 + LOCAL], drawn[:, 1 + MIDDLE], drawn[:, 1 + HIGHER]
    centralised = higher - local > 0.5 * gap
    np.testing.assert_allclose((higher - local)[centralised], gap, atol=1e-12)
    np.testing.assert_allclose((middle - local)[centralised], 0.3 * gap, atol=1e-12)
    np.testing.assert_allclose((higher - local)[~centralised], 0.0, atol=1e-12)
    assert abs(centralised.mean() - 0.5) < 4 * np.sqrt(0.25 / len(drawn))
    base = local[~centralised]
    assert kstest(base, norm(0.5, 0.05).cdf).pvalue > 0.001


def test_trust_in_the_court_is_half_the_base_and_half_chance() -> None:
    drawn = traits(Behaviour(trust_mean=0.5, trust_spread=0.0, centralised_gap=0.0))
    assert (drawn[:, 1 + LOCAL] == 0.5).all()
    assert kstest((drawn[:, 1 + COURT] - 0.25) * 2, "uniform").pvalue > 0.001


def behaviour_of(**values: float) -> np.void:
    """A record of behaviour in which the fields named have any values."""
    record = to_record(Behaviour())[0]
    for name, value in values.items():
        record[name] = value
    return record


@pytest.mark.parametrize(
    ("mean", "spread", "share", "gap"),
    [(0.5, 0.1, 0.5, 0.3), (0.9, 0.4, 0.5, 0.6), (0.1, 0.4, 0.5, 0.6), (0.5, 5.0, 1.0, 0.5), (0.5, 5.0, 0.0, 0.5)],
)
def test_traits_by_hand(mean: float, spread: float, share: float, gap: float) -> None:
    """Two quads a resident: the normals of patience and trust, centralised or not; the rest in their order."""
    behaviour = behaviour_of(
        patience_spread=0.8, trust_mean=mean, trust_spread=spread, centralised_share=share, centralised_gap=gap
    )
    for key in range(30):
        a, b, c, d = chance.quad(5, int(Purpose.TRAITS), key, 0)
        e, f, g, h = chance.quad(5, int(Purpose.TRAITS), key, 1)
        normals = np.sqrt(-2 * np.log(a)) * np.exp(2j * np.pi * b)
        base = np.clip(mean + spread * normals.imag, 0.02, 0.98)
        lean = gap if c < share else 0
        trusts = np.clip([base - 0.5 * lean, base - 0.2 * lean, base + 0.5 * lean, (base + g) / 2], 0, 1)
        for added in (0.0, 0.4, -0.4):  # to the legal awareness of people in the county
            expected = [0.8 * normals.real, *trusts, np.clip((d + e) / 2 + added, 0, 1), -np.log(1 - f), h]
            assert traits_of(5, key, behaviour, profile_of(legal=added)) == pytest.approx(
                expected, rel=1e-12, abs=1e-12
            )


def test_shares_leave_out_who_stands_right_at_them() -> None:
    c = chance.quad(5, int(Purpose.TRAITS), 3, 0)[2]
    b = chance.quad(5, int(Purpose.CIRCUMSTANCES), 3, 0)[1]
    at = behaviour_of(
        patience_spread=0.0, trust_mean=0.5, trust_spread=0.0, centralised_gap=0.4, centralised_share=c,
        assertiveness=0.0,
    )  # fmt: skip
    usual = profile_of()
    assert traits_of(5, 3, at, usual)[1:4] == (0.5, 0.5, 0.5)
    assert not circumstances_of(5, 3, at, profile_of(migrant_share=b))[1]
    at["centralised_share"] = c + 1e-9
    assert traits_of(5, 3, at, usual)[1:4] == pytest.approx((0.3, 0.42, 0.7), abs=1e-12)
    assert circumstances_of(5, 3, at, profile_of(migrant_share=b + 1e-9))[1]


def test_circumstances_by_hand() -> None:
    behaviour = behaviour_of(assertiveness=0.5)
    for key in range(30):
        a, b, c, d = chance.quad(5, int(Purpose.CIRCUMSTANCES), key, 0)
        got = circumstances_of(5, key, behaviour, profile_of(0.3, 0.4))
        assert got[0] == pytest.approx(0.5 * np.sqrt(12) * (a - 0.5), rel=1e-12)
        assert (got[1], got[2]) == (b < 0.3, np.floor(3 * c))
        assert got[3] == pytest.approx(d / 0.4, rel=1e-12)
    for share, standing in ((0.0, 2.0), (0.05, d / 0.05)):
        assert circumstances_of(5, 29, behaviour, profile_of(0.3, share))[3] == pytest.approx(standing, rel=1e-12)


def test_a_resident_of_a_village_shows_who_they_are() -> None:
    """Villages of 4, 6 and 5 residents in 2, 3 and 5 households; keys are the village's code and the ordinal there."""
    villages = np.zeros(3, Village.record)
    villages["code"] = (620_102_001_001, 620_102_001_002, 620_102_001_003)
    villages["first_resident"], villages["population"], villages["households"] = (0, 4, 10), (4, 6, 5), (2, 3, 5)
    villages["county"] = (0, 1, 1)
    behaviour = Behaviour(trust_mean=0.5, trust_spread=0.1, assertiveness=0.5)
    profiles = np.array([profile_of(0.9, 0.9, 0.9), profile_of(0.2, 0.4, 0.1)])
    model = SimpleNamespace(
        villages=SimpleNamespace(records=villages),
        seed=7,
        behaviour_record=to_record(behaviour),
        state=SimpleNamespace(profiles=profiles),
    )
    records = np.zeros(15, Resident.record)
    everybody = [Resident(model, records, row) for row in range(15)]
    assert [one.village for one in everybody] == [0] * 4 + [1] * 6 + [2] * 5
    assert [one.household for one in everybody] == [0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 0, 1, 2, 3, 4]
    assert [one.key for one in everybody[9:11]] == [620_102_001_002 * 2**22 + 5, 620_102_001_003 * 2**22]
    one = everybody[9]
    patience, *others = traits_of(7, one.key, to_record(behaviour)[0], profiles[1])
    assert list(one.traits.values()) == pytest.approx([np.exp(patience), *others], rel=1e-12)
    assert tuple(one.circumstances.values()) == circumstances_of(7, one.key, to_record(behaviour)[0], profiles[1])
    records["learned"][9] = (10, -20, 5, 100)
    baselines = others[:4]
    expected = [min(1, baseline + change) for baseline, change in zip(baselines, (0.1, -0.2, 0.05, 1), strict=True)]
    levels = (LOCAL, MIDDLE, HIGHER, COURT)
    assert [one.trust(level) for level in levels] == pytest.approx(expected, rel=1e-12)
    assert one.trust(COURT) == 1 and one.trust_local == one.trust(LOCAL)
    records["learned"][9] = -100
    assert [one.trust(level) for level in levels] == [0] * 4


def circumstances(assertiveness: float = 0.5, people: int = 5_000, **profile: float) -> np.ndarray:
    record, of_county = to_record(Behaviour(assertiveness=assertiveness))[0], profile_of(**profile)
    return np.array([circumstances_of(5, key, record, of_county) for key in range(people)], float)


def test_circumstances_have_the_distributions_given() -> None:
    drawn = circumstances(migrant_share=0.2, online_share=0.4)
    assertive, migrant, income, online = drawn.T
    spread = 0.5 * np.sqrt(3)  # uniform with a standard deviation of one half
    assert kstest(assertive, uniform(-spread, 2 * spread).cdf).pvalue > 0.001
    assert abs(migrant.mean() - 0.2) < 4 * np.sqrt(0.2 * 0.8 / len(drawn))
    thirds = np.bincount(income.astype(int), minlength=3)
    assert len(thirds) == 3 and chisquare(thirds).pvalue > 0.001
    assert kstest(online * 0.4, "uniform").pvalue > 0.001
    for reached in (0.25, 0.5, 1.0):  # the online channel reaches this part of those with access
        assert abs((online < reached).mean() - 0.4 * reached) < 4 * np.sqrt(0.25 / len(drawn))
    assert np.abs(np.corrcoef(drawn.T)[np.triu_indices(4, 1)]).max() < 4.5 / np.sqrt(len(drawn))


def test_circumstances_at_the_ends() -> None:
    assert (circumstances(0, 50)[:, 0] == 0).all()
    assert (circumstances(people=500, migrant_share=0)[:, 1] == 0).all()
    assert (circumstances(people=500, online_share=0)[:, 3] > 1).all()
    assert (circumstances(people=500, online_share=1)[:, 3] < 1).all()


CONSTANTS = SimpleNamespace(
    constant_bilateral=1.0,
    constant_village=2.0,
    constant_township=4.0,
    constant_county=8.0,
    constant_court=16.0,
    constant_petition=32.0,
    petition_against_organisation=64.0,
    petition_against_agency=128.0,
    constant_nation=256.0,
)


@pytest.mark.parametrize(
    ("opponent", "petition"),
    [
        (Opponent.PEER, 32),
        (Opponent.ORGANISATION, 96),
        (Opponent.COUNTY_AGENCY, 160),
        (Opponent.COUNTY_GOVERNMENT, 160),
    ],
)
def test_constants(opponent: Opponent, petition: int) -> None:
    got = [constant_of.py_func(forum, opponent, CONSTANTS) for forum in Forum]
    assert got == [0, 1, 2, 4, 8, 16, petition, petition, petition, petition + 256]
