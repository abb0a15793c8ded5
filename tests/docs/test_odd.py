"""The ODD says what the code does: phases, rules, parameters, events, fixed numbers and draws, in both directions."""

from __future__ import annotations

import ast
import re

import pytest

from sim import ledger
from sim.agents.dispute import Opponent, Stage
from sim.chance import Purpose
from sim.ledger import EVENTS
from tests.docs.vocabulary import (
    BRACES,
    SIM,
    expanded,
    fenced,
    is_path,
    kinds_of_agents,
    known,
    leads_somewhere,
    modules,
    parameters,
    section,
    spans,
    tables,
    text_of,
    words,
)

OVERVIEW = text_of("odd.md")
PARTS = re.findall(r"\]\((odd-submodels[\w-]*\.md)\): ", text_of("index.md"))
"""Pages of submodels, in the order in which the documentation lists them."""

PAGES = {"odd.md": OVERVIEW} | {name: text_of(name) for name in PARTS}
SUBMODELS = "\n".join(PAGES[name] for name in PARTS)

RULES_STAND_IN = (
    "sim/phases/",
    "sim/agents/",
    "sim/causes.py",
    "sim/centre_use.py",
    "sim/costs.py",
    "sim/county_profile.py",
    "sim/early_warning.py",
    "sim/enactment.py",
    "sim/founding.py",
    "sim/guidance.py",
    "sim/past.py",
    "sim/regime.py",
    "sim/registers.py",
    "sim/staff.py",
)
"""Files whose public functions and rules are the model; the ODD names every one of them."""


def notation() -> set[str]:
    """Words that the table of notation explains."""
    rows = tables(section(SUBMODELS, "## 7.1 "))[0]
    return {word for row in rows for span in spans(row[0]) for word in words(span)}


def defined() -> set[str]:
    """Words that formulas and tables of terms define."""
    left = {name for block in fenced(SUBMODELS) for name in re.findall(r"^\s*(\w+)\s*[=←]", block, flags=re.MULTILINE)}
    terms = re.findall(r"^\| term \|.*?\n\n", SUBMODELS, flags=re.DOTALL | re.MULTILINE)
    return left | {name for part in terms for row in tables(part)[0] for name in spans(row[0])}


def code_lines() -> list[tuple[str, str]]:
    """(file, rule) of every ``Code:`` paragraph."""
    listed = []
    for paragraph in re.findall(r"^Code: (.*?)(?:\n\n|\Z)", SUBMODELS, flags=re.DOTALL | re.MULTILINE):
        file = ""
        for span in spans(paragraph):
            if is_path(span):
                file = span
            else:
                listed.append((file, span))
    return listed


def calls_of(function: str) -> list[str]:
    """Functions that a function of ``sim/day.py`` calls, in order."""
    tree = ast.parse((SIM / "day.py").read_text("utf-8"))
    body = next(part.body for part in tree.body if isinstance(part, ast.FunctionDef) and part.name == function)
    calls = [part.value for part in body if isinstance(part, ast.Expr) and isinstance(part.value, ast.Call)]
    return [ast.unparse(call.func) for call in calls]


@pytest.mark.parametrize("page", PAGES)
def test_backticks_are_paired(page: str) -> None:
    lines = re.sub(r"^[ ]*```.*$", "", PAGES[page], flags=re.MULTILINE).splitlines()
    assert [line for line in lines if line.count("`") % 2] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_name_exists(page: str) -> None:
    """Every word in code is a name of the code or explained in the notation; conditions in brackets are prose."""
    allowed = known() | notation() | defined()
    unknown = set()
    for span in spans(PAGES[page]):
        if is_path(span):
            if not leads_somewhere(span):
                unknown.add(span)
        elif "{" in span:
            unknown |= set(expanded(span)) - {*EVENTS, *sum(BRACES.values(), ())}
        elif span not in allowed:
            unknown |= words(span) - allowed
    for block in fenced(PAGES[page]):
        unknown |= words(re.sub(r"\[[^\]]*\]", "", block)) - allowed
        unknown |= {word for word in words(block) - allowed if "_" in word}
    assert sorted(unknown) == []


def test_a_name_that_is_gone_is_found() -> None:
    """The check above is no empty one: names that never were are not known."""
    gone = {"whistle_loudness", "Ombudsman", "LONGEST_DAY", "presented_pigeon_county"}
    assert gone & (known() | notation() | defined()) == set()
    assert {"whistle_deadline", "Village", "DURABLE_AFTER", "presented_visit_county", "weigh", "feel"} <= known()


def test_every_sign_of_the_notation_is_used() -> None:
    rest = SUBMODELS.partition("\n## 7.2 ")[2]
    assert [word for word in sorted(notation()) if not re.search(rf"\b{word}\b", rest)] == []


@pytest.mark.parametrize("heading", ["levers", "uncertainties", "stresses"])
def test_every_parameter_is_in_a_submodel(heading: str) -> None:
    used = {word for code in (*spans(SUBMODELS), *fenced(SUBMODELS)) for word in words(code)}
    assert sorted(parameters()[heading] - used) == []


def test_phases_are_those_of_the_day_in_its_order() -> None:
    rows = tables(section(OVERVIEW, "## 3."))[0]
    named = [spans(row[1])[0] for row in rows]
    assert named == [*calls_of("day"), "assess"]
    assert [row[0] for row in rows] == [str(number) for number in range(len(rows))]
    assert [spans(row[2])[0] for row in rows] == [f"{name}.py" for name in named]
    files = {file for row in rows for file in spans(row[2])}
    assert files == {file.name for file in (SIM / "phases").glob("[a-z]*.py")}


def test_every_rule_is_named_under_its_file() -> None:
    listed = set(code_lines())
    real = {
        (file, rule)
        for file, module in modules().items()
        if file.startswith(RULES_STAND_IN)
        for rule in module.functions
    }
    assert sorted(listed - real) == []
    assert sorted(real - listed) == []


def test_every_kind_of_agent_is_named_and_no_other() -> None:
    rows = tables(section(OVERVIEW, "## 2."))[0]
    assert {spans(row[0])[0] for row in rows} == {kind.__name__ for kind in kinds_of_agents()}


def test_stages_and_opponents_are_named() -> None:
    text = section(OVERVIEW, "## 2.").replace("\n", " ")
    stages = re.search(r"\(`Stage`\): (.*?)\.", text)
    assert stages
    named = [stage.strip().replace(" an ", " ").replace(" ", "_").upper() for stage in stages[1].split(",")]
    assert named == [stage.name for stage in Stage if stage != Stage.FREE]
    opponents = re.search(r"\(`Opponent`\): (.*?)\.", text)
    assert opponents
    named = [re.sub(r"\b(a|an)\b", "", each).strip().replace(" ", "_").upper() for each in opponents[1].split(",")]
    assert named == [opponent.name for opponent in Opponent]


def test_every_event_is_in_the_ledgers_table_once() -> None:
    rows = tables(section(SUBMODELS, "## 7.21"))[0]
    named = [name for row in rows for pattern in spans(row[0]) for name in expanded(pattern)]
    assert sorted(named) == sorted(EVENTS)
    assert {row[2] for row in rows} == {"true", "recorded"}


def test_braces_expand_to_the_events_they_stand_for() -> None:
    assert expanded("handed_down_to_{below}") == [
        "handed_down_to_county",
        "handed_down_to_city",
        "handed_down_to_province",
    ]
    assert len(expanded("presented_{channel}_{level}")) == 12


@pytest.mark.parametrize(
    "figures",
    [
        "GROUPS",
        "GROUP_FIGURES",
        "MONTHLY_FIGURES",
        "WORK_FIGURES",
        "TRUST_LEVELS",
        "SURVEY_FIGURES",
        "GOVERNMENT_FIGURES",
    ],
)
def test_every_figure_of_the_ledger_is_named(figures: str) -> None:
    assert set(getattr(ledger, figures)) - set(spans(section(SUBMODELS, "## 7.21"))) == set()


def test_fixed_numbers_are_those_of_the_code() -> None:
    part = section(SUBMODELS, "## 7.22")
    listed = {(spans(row[2])[0], spans(row[0])[0]): float(row[1]) for row in tables(part)[0]}
    technical = set(spans(part.partition("Technical,")[2]))
    real = {
        (file, name): value
        for file, module in modules().items()
        if not file.startswith(("sim/province/", "sim/measures/", "sim/compilation/", "sim/vocabulary"))
        for name, value in module.numbers.items()
    }
    assert {key: value for key, value in real.items() if key[1] not in technical} == listed
    assert technical <= {name for _, name in real}


def test_every_purpose_of_a_draw_is_listed_once() -> None:
    named = [name for row in tables(section(SUBMODELS, "## 7.23"))[0] for name in spans(row[0])]
    assert sorted(named) == sorted(purpose.name for purpose in Purpose)


def test_references_between_sections_lead_somewhere() -> None:
    headings = set(re.findall(r"^## (7\.\d+) ", SUBMODELS, flags=re.MULTILINE))
    assert headings == {f"7.{number}" for number in range(1, len(headings) + 1)}
    for text in PAGES.values():
        assert set(re.findall(r"\b7\.\d+\b", text)) - headings == set()


def test_the_list_of_submodels_leads_to_the_page_of_each() -> None:
    rows = tables(section(PAGES["odd-submodels.md"], "## Where each one stands"))[0]
    listed = [(row[0], re.findall(r"\((.*?)\)", row[1])[0]) for row in rows]
    real = [(title, name) for name in PARTS for title in re.findall(r"^## (7\..*)$", PAGES[name], flags=re.MULTILINE)]
    assert listed == sorted((each for each in real if each[0] != "7.1 Notation"), key=lambda each: float(each[0][2:4]))


def test_patterns_are_the_nine() -> None:
    assert [row[0] for row in tables(section(OVERVIEW, "## 1."))[0]] == [f"P{number}" for number in range(1, 10)]
