"""Where the numbers come from: configuration, runs, versions, and every parameter with its tag and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from experiments.report import numbers
from experiments.report.kinds import report_kinds
from experiments.report.text import Words
from experiments.results.checks import StoredParameter

UNREAD = ("files", "layout", "kind", "study", "seeds", "runs")
"""Parts of the manifest that describe the folder, or that are told in words of the report's own."""

GROUPS = ("before", "after", "behaviour", "stress")


@dataclass(frozen=True)
class ParameterRow:
    """One parameter as printed; ``language`` is that of its meaning."""

    name: str
    value: str
    unit: str
    allowed: str
    tag: str
    source: str
    meaning: str
    language: str


@dataclass(frozen=True)
class Provenance:
    """Everything the last section prints."""

    facts: list[tuple[str, str]]
    changes: list[tuple[str, list[ParameterRow]]]
    stresses: list[tuple[str, list[ParameterRow]]]
    groups: list[tuple[str, list[ParameterRow]]]
    counts: str
    configuration: str
    limits: list[str]


def provenance_of(evidence: Any, words: Words) -> Provenance:
    """Collects the section out of the study, the manifest and the parameters."""
    parameters = list(_unique(evidence.results.parameters))
    groups = []
    for group in (*GROUPS, "other"):
        rows = [row for row in parameters if _group(row) == group and row.scenario is None]
        if rows:
            groups.append((words(f"parameter.group.{group}"), [_row(row, words) for row in rows]))
    tags = Counter(row.tag for row in parameters if row.scenario is None)
    counts = words("provenance.counts", total=sum(tags.values()), f=tags["F"], d=tags["D"], a=tags["A"])
    return Provenance(
        facts=_facts(evidence, words),
        changes=_changes(evidence, words),
        stresses=_stresses(evidence, words),
        groups=groups,
        counts=words("provenance.intro", counts=counts),
        configuration=_configuration(evidence.results.study),
        limits=[*(words(f"limits.{index}") for index in range(1, 5)), words(f"limits.{_assumptions(evidence)}")],
    )


def _assumptions(evidence: Any) -> str:
    """Whether what is assumed was varied in the study, or held ``fixed``."""
    is_varied = report_kinds()[evidence.results.kind].is_varied or evidence.settings.ensemble
    return "varied" if is_varied else "fixed"


def _configuration(study: Mapping[str, Any]) -> str:
    """The study as YAML, innermost lists and mappings on one line: seeds alone would fill pages."""
    return yaml.safe_dump(study, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100)


def _facts(evidence: Any, words: Words) -> list[tuple[str, str]]:
    calendar, seeds = evidence.settings.calendar, evidence.seeds
    whole = len(seeds) > 2 and list(seeds) == list(range(seeds[0], seeds[0] + len(seeds)))
    seed_text = f"{seeds[0]}–{seeds[-1]}" if whole else ", ".join(str(seed) for seed in seeds)
    windows = words(
        "provenance.windows_value",
        before=f"{evidence.before.first}–{evidence.before.last}" if evidence.before else numbers.NONE,
        after=f"{evidence.after.first}–{evidence.after.last}",
    )
    facts = [
        ("study", evidence.name),
        ("scenarios", words.listed([words.scenario(name) for name in evidence.scenarios])),
        ("reference", words.scenario(evidence.reference) if evidence.reference else numbers.NONE),
        ("place", evidence.place(words)),
        ("calendar", f"{calendar.start} → {calendar.reform} → {calendar.end}"),
        ("windows", windows),
        ("seeds", seed_text),
        ("replicates", str(evidence.replicates)),
        ("failed", str(evidence.failed)),
    ]
    return [(words(f"provenance.{key}"), value) for key, value in facts if value] + _manifest(evidence, words)


def _manifest(evidence: Any, words: Words) -> list[tuple[str, str]]:
    """The manifest's own entries: one row each, with lists and groups of one kind in one row."""
    rows = []
    for key, value in evidence.results.manifest.items():
        if key in UNREAD or value in (None, [], {}):
            continue
        text = "; ".join(f"{name} {text}".strip() for name, text in _flat(value))
        rows.append((words.line(f"manifest.{key}", key), text))
    return rows


def _flat(value: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key in value:
            yield from _flat(value[key], f"{prefix}{key}.")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield prefix.rstrip("."), ", ".join(str(item) for item in value)
    else:
        yield prefix.rstrip("."), str(value)


def _changes(evidence: Any, words: Words) -> list[tuple[str, list[ParameterRow]]]:
    """Levers that a policy sets differently from the policy before the reform, by scenario.

    A study without scenarios has one policy, or those of two worlds, under labels of its own.
    """
    labels = dict.fromkeys(row.scenario for row in evidence.results.parameters if _group(row) == "after")
    scenarios = evidence.scenarios or tuple(label for label in labels if label is not None)
    before = {_name(row): row.value for row in evidence.results.parameters if _group(row) == "before"}
    found = []
    for scenario in scenarios:
        rows = _rows_of(evidence, "after", scenario)
        rows = [row for row in rows if row.value != before.get(_name(row), row.value)]
        if rows:
            name = words.scenario(scenario)
            own = name if evidence.scenarios else words.line(f"provenance.of.{scenario}", name)
            found.append((own, [_row(row, words) for row in rows]))
    return found


def _stresses(evidence: Any, words: Words) -> list[tuple[str, list[ParameterRow]]]:
    """The stresses that act in a scenario, by scenario."""
    found = []
    for scenario, acting in evidence.stresses.items():
        rows = [row for row in _rows_of(evidence, "stress", scenario) if _name(row) in acting]
        found.append((words.scenario(scenario), [_row(row, words) for row in rows]))
    return found


def _rows_of(evidence: Any, group: str, scenario: str) -> list[StoredParameter]:
    """Parameters of a group that a scenario has, or all of them share."""
    parameters = _unique(evidence.results.parameters)
    return [row for row in parameters if _group(row) == group and row.scenario in (scenario, None)]


def _unique(rows: Sequence[StoredParameter]) -> Iterator[StoredParameter]:
    """Rows that say the same of every scenario, once."""
    seen = set()
    for row in rows:
        key = (_group(row), _name(row), str(row.value), row.scenario)
        if key not in seen:
            seen.add(key)
            yield row


def _group(row: StoredParameter) -> str:
    group = row.group or row.name.split(".", 1)[0]
    return group if group in GROUPS else "other"


def _name(row: StoredParameter) -> str:
    head, _, rest = row.name.partition(".")
    return rest if head in GROUPS and rest else row.name


def _row(row: StoredParameter, words: Words) -> ParameterRow:
    name = _name(row)
    meaning, language = words.meaning(name, row.meaning)
    allowed = ", ".join(row.choices)
    if not row.choices and row.low is not None:
        allowed = f"{row.low:g} – {row.high:g}"
    text = f"{row.value:g}" if isinstance(row.value, float) else str(row.value)
    return ParameterRow(name, text, words.unit(row.unit), allowed, row.tag, words.source(row.source), meaning, language)
