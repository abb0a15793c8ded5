"""Measures side by side: satisfaction true and surveyed, and the service halls."""

from __future__ import annotations

from experiments.report.compare.comparison_table import comparison_table
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures import satisfaction
from experiments.report.compare.sections import tables_of
from experiments.report.text import Words

POLICIES = ("status_quo", "gansu_2019")


def rows_by_label(table):
    return {row[0]: dict(zip(table.header, row, strict=True)) for row in table.rows}


def test_service_halls_have_a_table(results_of):
    evidence = Evidence(results_of(POLICIES, replicates=3))
    (table,) = tables_of("services", evidence, Words("en"))
    found = rows_by_label(table)
    met = found["Service requests met"]
    assert (met["Unit"], met["Better"], met["Status quo"]) == ("%", "higher", "50.0")
    assert met["Gansu 2019"] == "70.0 (+20.00 [+20.00\u00a0to\u00a0+20.00])"
    assert found["Trips per service request"]["Gansu 2019"] == "1.25 (−0.85 [−0.85\u00a0to\u00a0−0.85])"
    assert found["Service requests per 1,000 a year"]["Better"] == "–"
    assert found["Hours lent to service halls per 1,000 a year"]["Gansu 2019"] == "0.00 (same)"
    (chinese,) = tables_of("services", evidence, Words("zh"))
    assert rows_by_label(chinese)["办事请求办成率"]["甘肃2019方案"] == "70.0（+20.00 [+20.00\u00a0至\u00a0+20.00]）"


def test_studies_without_halls_have_no_such_table(results_of):
    results = results_of(POLICIES, replicates=2)
    without = Evidence(type(results)(**{**vars(results), "runs": results.runs.drop(columns="requests_met_share")}))
    assert tables_of("services", without, Words("en")) == []


def test_said_and_true_stand_side_by_side(results_of):
    evidence = Evidence(results_of(POLICIES, replicates=3))
    table = satisfaction.table(evidence, Words("en"))
    assert [row[0] for row in table.rows[:2]] == ["Content residents, in truth", "Content residents, as surveyed"]
    found = rows_by_label(table)
    surveyed = found["Content residents, as surveyed"]
    assert (surveyed["Status quo"], surveyed["Gansu 2019"]) == ("92.0", "92.0 (same)")
    durable = evidence.estimate("status_quo", "durable_resolution").mean
    assert found["Content residents, in truth"]["Status quo"] == f"{50 + 50 * durable:.1f}"
    assert found["Violence hidden"]["Gansu 2019"] == "2.0 (+2.00 [+2.00\u00a0to\u00a0+2.00])"


def test_trust_is_a_change_and_has_the_decimals_it_needs(results_of):
    evidence = Evidence(results_of(POLICIES, replicates=3))
    row = rows_by_label(comparison_table("", ["trust_middle"], evidence, Words("en")))["Trust in county and city"]
    effect = evidence.effect("gansu_2019", "trust_middle")
    assert row["Status quo"] == f"−{-effect.mean_reference:.5f}"
    assert row["Gansu 2019"].split(" [")[0] == f"−{-effect.mean_policy:.5f} (+{effect.difference:.5f}"


def test_one_policy_is_compared_with_the_window_before(results_of):
    evidence = Evidence(results_of(("gansu_2019",), replicates=3))
    table = comparison_table("", ["reporting_hours"], evidence, Words("en"))
    assert table.header[3:] == ["Gansu 2019, 2018", "Gansu 2019, 2019"]
    assert table.rows[0][3:] == ["4.00", "8.00 (+4.00 [+4.00\u00a0to\u00a0+4.00])"]


def test_one_replicate_has_no_interval(results_of):
    evidence = Evidence(results_of(POLICIES, replicates=1))
    table = comparison_table("", ["reporting_hours", "offences"], evidence, Words("en"))
    assert [row[-1] for row in table.rows] == ["8.00 (+4.00)", "0.30 (same)"]
