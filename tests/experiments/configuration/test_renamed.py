"""Old names that users type or store: understood, or told what became of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from experiments.cli.main import main
from experiments.configuration.renamed import RENAMED, current, explained
from experiments.report.kinds import report_kinds
from experiments.report.page_parts import parts_of

FIGURES = [each for each in RENAMED if each.what == "figure"]


def test_no_old_name_is_a_new_one_again():
    assert len({(each.what, each.old) for each in RENAMED}) == len(RENAMED)
    assert not {(each.what, each.old) for each in RENAMED} & {(each.what, each.new) for each in RENAMED}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda each: each.old)
def test_an_old_figure_is_the_new_one(figure):
    drawn = {name for kind in report_kinds() for name in parts_of(kind).figures}
    assert current("figure", figure.old) == figure.new in drawn
    assert figure.old not in drawn


def test_what_was_not_renamed_keeps_its_name():
    assert current("figure", "ratios") == "ratios"
    assert explained("figure", "ratios") == explained("figure", "flowing") == ""


@pytest.mark.long
def test_an_old_figure_is_drawn(tmp_path, short, capsys):
    given = ["counterfactual", *short, f"results={tmp_path}", "replicates=1", "language=en"]
    assert main(given) == 0
    capsys.readouterr()
    folder = str(tmp_path / "counterfactual" / "latest")
    assert main(["report", folder, "figure=flowing", "language=en", "format=svg"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("figures/flows.en.svg")


def test_an_old_module_says_what_to_import():
    done = subprocess.run([sys.executable, "-c", "import experiments.api"], capture_output=True, text=True)
    last = done.stderr.splitlines()[-1]
    assert last == (
        "ImportError: experiments.api is petition_pyramid since version 0.2.0: write  import petition_pyramid as pp"
    )
