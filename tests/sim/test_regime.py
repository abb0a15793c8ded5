"""The policy in force: roll-out, ramp, switched rules, stress."""

from dataclasses import replace

import numpy as np
import pytest

from sim.behaviour import Behaviour, Timing
from sim.ledger import FORUMS
from sim.parameters import declarations, flat
from sim.policy import Acceptance, Intake, Policy, RollOutLevers
from sim.regime import campaign_of, era_of, in_force, roll_out_share, rule_left
from sim.scenario import Scenario
from sim.stress import Stress

REFORM_DAY = 1461


def policy(ramp: float = 10) -> Policy:
    base = Policy()
    return replace(
        base,
        roll_out=RollOutLevers(batch_1_start=0, batch_2_start=6, ramp=ramp),
        centre=replace(
            base.centre,
            coverage_township=0.8,
            intake=Intake.unified,
            whistle_response=0.9,
            whistle_deadline=5,
            whistle_escalation=0.6,
        ),
        staff=replace(base.staff, mediators_county=18),
        petition=replace(base.petition, acceptance=Acceptance.strict, registration_county=1.0),
        norms=replace(base.norms, moral_bank=0.8),
        assessment=replace(base.assessment, weight_resolution=0.7, veto=True),
    )


def before() -> Policy:
    base = Policy()
    return replace(
        base,
        centre=replace(
            base.centre, coverage_township=0.3, intake=Intake.windows, whistle_response=0.4, whistle_deadline=30
        ),
        staff=replace(base.staff, mediators_county=8),
        petition=replace(base.petition, acceptance=Acceptance.loose, registration_county=0.6),
    )


BEHAVIOUR = Behaviour(
    rate_headroom=1.6,
    loose_acceptance=0.8,
    strict_refusal=0.9,
    strict_refusal_nation=0.75,
)


def scenario(stress: Stress | None = None, after: Policy | None = None) -> Scenario:
    return Scenario(before=before(), after=after or policy(), behaviour=BEHAVIOUR, stress=stress or Stress())


def regime(world: Scenario, months: int, batch: int = 1) -> np.void:
    record = in_force(world, batch, True, True, months, REFORM_DAY)
    assert record.shape == (1,)
    return record[0]


@pytest.mark.parametrize(
    ("batch", "months", "share"),
    [(1, 0, 0.1), (1, 4, 0.5), (1, 9, 1.0), (1, 30, 1.0), (0, 0, 0.1), (2, 0, 0), (2, 5, 0), (2, 6, 0.1), (3, 15, 1.0)],
)
def test_roll_out_share(batch: int, months: int, share: float) -> None:
    assert roll_out_share(policy(), batch, months) == pytest.approx(share, abs=1e-12)


def test_without_a_ramp_a_city_has_everything_at_its_start() -> None:
    assert [roll_out_share(policy(ramp=0), 2, months) for months in (5, 6, 7)] == [0.0, 1.0, 1.0]


def test_ramped_levers_build_up() -> None:
    got = [regime(scenario(), months) for months in (-1, 0, 4, 9, 20)]
    np.testing.assert_allclose([r["coverage_township"] for r in got], [0.3, 0.35, 0.55, 0.8, 0.8], rtol=1e-12)
    np.testing.assert_allclose([r["mediators_county"] for r in got], [8, 9, 13, 18, 18], rtol=1e-12)
    np.testing.assert_allclose([r["moral_bank"] for r in got], [0, 0.08, 0.4, 0.8, 0.8], rtol=1e-12)


def test_switched_levers_are_in_force_from_the_start_of_a_city() -> None:
    for batch, start in ((1, 0), (2, 6)):
        for months in range(-2, 12):
            now = regime(scenario(), months, batch)
            new = months >= start
            assert now["intake"] == list(Intake).index(Intake.unified if new else Intake.windows)
            assert now["whistle_response"] == (0.9 if new else 0.4)
            assert now["whistle_deadline"] == (5 if new else 30)
            assert now["whistle_escalation"] == (0.6 if new else 0)


def test_petition_rules_and_assessment_apply_everywhere_at_once() -> None:
    old, new = regime(scenario(), -1, batch=2), regime(scenario(), 0, batch=2)
    assert new["coverage_township"] == 0.3  # its centres come six months later
    assert (old["registration_county"], new["registration_county"]) == (0.6, 1.0)
    assert new["weight_resolution"] == 0.7 != old["weight_resolution"]
    assert (old["veto"], new["veto"]) == (0, 1)
    np.testing.assert_allclose(old["acceptance_ineligible"], [0.8] * 4, rtol=1e-12)
    np.testing.assert_allclose(new["acceptance_ineligible"], [0.1, 0.1, 0.1, 0.25], rtol=1e-12)
    np.testing.assert_allclose(new["acceptance_known"], [0.8] * 4, rtol=1e-12)  # what people still believe
    assert new["rule_changed_on"] == REFORM_DAY


def test_before_the_reform_nothing_of_after_or_stress_is_read() -> None:
    stress = Stress(**{declared.name: min(declared.high, 0.5) for declared in declarations(Stress)})
    plain = in_force(Scenario(before=before(), after=before(), behaviour=BEHAVIOUR), 1, True, True, -1, REFORM_DAY)
    for months in (-1, -12):
        got = in_force(scenario(stress), 1, True, True, months, REFORM_DAY)
        assert got.tobytes() == plain.tobytes()
    for name, value in flat(before()).items():
        assert plain[name][0] == value, name


def test_after_the_roll_out_every_lever_is_the_new_one() -> None:
    now = regime(scenario(), 40, batch=2)
    for name, value in flat(policy()).items():
        assert now[name] == pytest.approx(value, abs=1e-12), name


def test_stresses_by_hand() -> None:
    stress = Stress(
        non_registration=0.5,
        discouragement=3,
        provincial_door_closed=0.25,
        city_door_closed=0.5,
        push_down=0.3,
        double_counting=1.5,
        demand_shock=0.2,
        staff_lost=0.4,
    )
    now = regime(scenario(stress), 0)
    levers = Policy().petition
    registered = (1.0, levers.registration_city, levers.registration_province, levers.registration_nation)
    open_door = np.array([1.0, 0.5, 0.75, 1.0])
    np.testing.assert_allclose(now["registration"], 0.5 * np.array(registered) * open_door, rtol=1e-12)
    np.testing.assert_allclose(now["open_door"], open_door, rtol=1e-12)
    assert (now["push_down"], now["double_counting"]) == (0.3, 1.5)
    discouraged = dict(zip(FORUMS, now["discouragement"].tolist(), strict=True))
    above = {"petition_city", "petition_province", "petition_nation"}
    assert discouraged == {forum: 3.0 if forum in above else 0.0 for forum in FORUMS}
    # A closed door is no rule of acceptance.
    np.testing.assert_allclose(
        now["acceptance_ineligible"], [0.1, 0.1, 0.1, 0.25], rtol=1e-12
    )  # a closed door is no rule
    assert now["arise_share"] == pytest.approx(1.2 / 1.6, abs=1e-12)
    assert now["staff_kept"] == pytest.approx(0.6, abs=1e-12)


@pytest.mark.parametrize("start", [0, 5])
def test_a_lockdown_lasts_a_quarter(start: int) -> None:
    world = scenario(Stress(lockdown=0.75, lockdown_start=start))
    strength = [regime(world, months)["lockdown"] for months in range(-3, 12)]
    assert strength == [0.75 if start <= months < start + 3 else 0.0 for months in range(-3, 12)]


@pytest.mark.parametrize(("subsystems", "minutes"), [(1, 40), (10, 50), (100, 60), (1000, 70)])
def test_every_ten_times_as_many_subsystems_add_a_quarter_of_reporting(subsystems: float, minutes: float) -> None:
    after = replace(
        before(),
        grid=replace(before().grid, reporting_minutes=40),
        platform=replace(before().platform, subsystems=subsystems),
    )
    world = replace(scenario(after=after), behaviour=replace(BEHAVIOUR, subsystem_burden=0.25))
    assert regime(world, 40)["reporting"] == pytest.approx(minutes, abs=1e-12)


@pytest.mark.parametrize("clerks", [0, 100])
def test_services_act_through_the_hall_and_not_through_the_regime(clerks: float) -> None:
    services = replace(before().services, service_clerks=clerks)
    after = replace(before(), services=services, roll_out=RollOutLevers(ramp=0))
    assert regime(scenario(after=after), 0)["arise_share"] == pytest.approx(1 / 1.6, abs=1e-12)


@pytest.mark.parametrize("tiers", [(True, True), (True, False), (False, True)])
def test_the_tiers_are_the_citys(tiers: tuple[bool, bool]) -> None:
    record = in_force(scenario(), 1, *tiers, 3, REFORM_DAY)
    assert (record["city_tier"][0], record["county_tier"][0]) == tiers


def strict(behaviour: Behaviour, before: Policy | None = None) -> Scenario:
    """A reform in January 2019, four years after the first day, that brings or keeps the strict rule."""
    return Scenario(before=before or Policy(), after=policy(), behaviour=behaviour)


FADING = replace(BEHAVIOUR, timing=Timing(rule_kept=0.2, rule_half_life=2))


def test_a_rule_fades_month_by_month_from_the_reform_that_brings_it() -> None:
    """Of the rule 0.2 stays; of the rest half is left after two years: 0.6 of it, then 0.4 after four."""
    left = [rule_left(strict(FADING), months) for months in (-1, 0, 24, 48)]
    assert left == pytest.approx([1, 1, 0.6, 0.4])
    ineligible = regime(strict(FADING), 24)["acceptance_ineligible"]
    assert ineligible == pytest.approx([0.8 - 0.6 * 0.7] * 3 + [0.8 - 0.6 * 0.55])
    assert regime(strict(FADING), 24)["acceptance_known"] == pytest.approx([0.8] * 4)


def test_a_rule_that_both_policies_have_fades_from_the_first_day() -> None:
    world = strict(FADING, before=policy())
    assert [rule_left(world, months) for months in (-48, -24, 0)] == pytest.approx([1, 0.6, 0.4])
    known = [regime(world, months)["acceptance_known"][0] for months in (-24, 0, 12)]
    assert known == pytest.approx([0.8 - 0.7 * 0.6, *[0.8 - 0.7 * rule_left(world, -1)] * 2])


def test_a_rule_lasts_by_default_to_the_last_bit() -> None:
    assert regime(strict(BEHAVIOUR), 40)["acceptance_ineligible"].tolist() == [1 - 0.9] * 3 + [1 - 0.75]
    assert era_of(strict(BEHAVIOUR), 1, 20) == era_of(strict(BEHAVIOUR), 1, 40) != era_of(strict(FADING), 1, 40)


def test_a_campaign_lasts_its_months_from_the_start_of_its_policy() -> None:
    """Of the policy before from the first day, of the one after from the reform on."""
    petition = replace(policy().petition, campaign_share=0.6, campaign_months=3)
    world = strict(BEHAVIOUR)
    of_after = replace(world, after=replace(world.after, petition=petition))
    assert [campaign_of(of_after, months) for months in (-48, -1, 0, 2, 3)] == pytest.approx([0, 0, 0.2, 0.2, 0])
    of_before = replace(world, before=replace(world.before, petition=petition))
    assert [campaign_of(of_before, months) for months in (-48, -46, -45, 0)] == pytest.approx([0.2, 0.2, 0, 0])
    assert regime(of_after, 1)["campaign"] == pytest.approx(0.2)
    assert era_of(of_after, 1, 2) != era_of(of_after, 1, 3)
