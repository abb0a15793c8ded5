"""What is reported of a province stands beside its own studies alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.report.compare.evidence import Evidence
from experiments.report.compare.reported import reported
from experiments.report.text import Words


@pytest.fixture
def of_province(results_of):
    def evidence(source: str) -> Evidence:
        found = results_of(("status_quo", "gansu_2019"), replicates=3)
        province = {"source": source, "places": []}
        return Evidence(replace(found, study={**found.study, "province": province}, manifest={**found.manifest}))

    return evidence


def test_the_arithmetic_of_what_is_reported_of_gansu(of_province):
    note, own = reported(of_province("gansu"), Words("en"))
    note = note.replace("\xa0", " ")
    assert note.startswith(
        "Reported for Gansu (People's Daily Online 2020-06-11): visits to the province changed by −35.9 %, and the "
        "petition pyramid moved towards 1 : 2 : 3."
    )
    assert "become 6 × 0.641 = 3.846 times the old provincial count" in note
    assert "had less than 26.0 % of it before; from 3 : 2 : 1, where it had half, the total rises by 92 %." in note
    assert own.startswith("In this study, visits to the province under “Gansu 2019” change by ")
    chinese = Words("zh").spaced(reported(of_province("gansu"), Words("zh"))[0])
    assert chinese.startswith("甘肃省的公开报道（人民网2020年6月11日）：到省走访变化−35.9%，")
    assert "6 × 0.641 = 3.846倍" in chinese and "总量上升92%" in chinese


@pytest.mark.parametrize("source", ["qinghai", "tiny", "china", "/home/somebody/gansu"])
def test_elsewhere_nothing_stands_there(of_province, source):
    assert reported(of_province(source), Words("en")) == ()
