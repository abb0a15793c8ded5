"""Runs a counterfactual: both worlds of every replicate, followed; flows, changes, results and report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.configuration.command import Invocation
from experiments.configuration.ensemble import ensemble_of
from experiments.configuration.options import load_policies
from experiments.configuration.schema import scenario_of
from experiments.configuration.stresses import acting
from experiments.report import numbers
from experiments.report.counterfactual.changes import pair_text
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.results.members import mean_over_behaviours
from experiments.results.provenance import parameter_rows
from experiments.runs.absent import stored_absent
from experiments.runs.build import stored_build
from experiments.runs.execute import check_provinces, first_error
from experiments.runs.levels import stored_levels
from experiments.runs.memory import free
from experiments.runs.run import Batch, Cancelled, Outcome, Run, described_error, digest, runs_of
from experiments.runs.tables import frame_like, plain_rows
from experiments.statistics.decomposition import PARTS, why_petitions_fell
from experiments.studies.counterfactual.fates import DURABLE, Fate, follow
from experiments.studies.counterfactual.flows import Flows, durable_change, flows_of, merged, province_change
from experiments.studies.counterfactual.schema import CounterfactualConfig
from experiments.studies.study import UNCHANGED, Contents, JournalRunner, KeptResult, KeptStudy, check_names
from sim.errors import InputError
from sim.province import load_province
from sim.province.nation import parts_of_nation
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from experiments.results.journal import Journal

SHOWN = 12
"""Transitions that the answer lists; the results have all."""


@dataclass(frozen=True)
class FollowedBatch(Batch):
    """One replicate of both worlds: simulated to the reform once, then each followed to its end."""

    other: Scenario | None = None

    def carry_out(self, emit: Callable[[Outcome], None], is_cancelled: Callable[[], bool]) -> None:
        """Emits the flows of the pair; an error is its outcome."""
        import time

        (run,) = self.runs
        began = time.perf_counter()
        try:
            content = self._flows(run, is_cancelled)
            emit(Outcome(run.key, time.perf_counter() - began, content))
        except Cancelled:
            raise
        except Exception as error:
            emit(Outcome(run.key, time.perf_counter() - began, None, error=described_error(error)))
        finally:
            free()

    def _flows(self, run: Run, is_cancelled: Callable[[], bool]) -> bytes:
        from sim.model import GovernanceModel

        assert self.other is not None
        calendar = run.scenario.calendar
        days, before = calendar.days, calendar.day("reform")

        def progress(day: int, total: int) -> None:
            if is_cancelled():
                raise Cancelled

        model = GovernanceModel(run.scenario, run.seed, self.threads, also=[self.other])
        if before:
            model.run_for(before, progress)
        snapshot = model.snapshot()
        worlds, totals = [], []
        for scenario in (run.scenario, self.other):
            if is_cancelled():
                raise Cancelled
            model.branch(snapshot, scenario)
            worlds.append(follow(model, days - before))
            model.check()
            ledger = model.ledger().window(calendar.reform[:7], calendar.end[:7])
            totals.append(ledger.totals)
        flows = flows_of(worlds[0], worlds[1], model.province.counties["code"])
        return replace(flows, totals=np.stack(totals)).to_bytes()


@dataclass(frozen=True)
class Pairs(KeptStudy[CounterfactualConfig]):
    """A counterfactual, composed: both worlds of every seed, and the run that stands for the pair."""

    runs: tuple[Run, ...]
    others: dict[str, Scenario]

    @property
    def seeds(self) -> list[int]:
        """Seeds of the replicates."""
        return [run.seed for run in self.runs]

    def as_dict(self) -> dict[str, Any]:
        """The resolved study."""
        base = scenario_of(self.config).as_dict()
        ensemble = ensemble_of(self.config.ensemble)
        return {
            "name": self.config.study.name,
            "question": dict(self.config.study.question),
            "reference": self.config.study.reference,
            "replicates": self.config.replicates,
            "seeds": self.seeds,
            "province": base["province"],
            "calendar": base["calendar"],
            "stress": base["stress"],
            "acting": acting(self.config.stress),
            **({"ensemble": ensemble.as_dict()} if ensemble else {}),
            **stored_build([scenario_of(self.config), self.runs[0].scenario]),
            **stored_levels([scenario_of(self.config)]),
            **stored_absent([scenario_of(self.config), self.runs[0].scenario]),
        }

    @property
    def identity(self) -> Any:
        """The pairs that are simulated."""
        return [run.key for run in self.runs]


def plan(config: CounterfactualConfig, invocation: Invocation) -> Pairs:
    """Composes and checks a counterfactual; raises ``InputError`` before anything runs."""
    check_names(config, config.study.name)
    calendar = config.calendar
    if calendar.day("reform") >= calendar.days - 1:
        raise InputError(f"calendar.reform={calendar.reform} leaves no time after the reform")
    b = scenario_of(config)
    reference = config.study.reference
    if reference == UNCHANGED:
        a = replace(b, after=b.before)
    else:
        asked = {reference: "study.reference: "}
        found = load_policies(asked, invocation.config_directory, config.province.source)
        a = replace(b, after=found[reference])
    if a == b:
        named = _name(invocation.arguments)
        raise InputError(f"nothing to compare: after={named} is the same policy as study.reference={reference}")
    check_provinces([a])
    ensemble = ensemble_of(config.ensemble, config.behaviour)
    seeds = range(config.seed, config.seed + config.replicates)
    runs, others = [], {}
    for mine, theirs in zip(runs_of(a, seeds, ensemble), runs_of(b, seeds, ensemble), strict=True):
        identity = digest(["flows", mine.scenario_id, theirs.scenario_id])[:24]
        run = Run(mine.scenario, mine.seed, identity, mine.warm_up)
        runs.append(run)
        others[run.key] = theirs.scenario
    return Pairs(config, invocation, tuple(runs), others)


def _name(arguments: Sequence[str]) -> str:
    given = [argument.partition("=")[2] for argument in arguments if argument.startswith("after=")]
    return given[-1] if given else "…"


def run(study: Pairs, runner: JournalRunner) -> CounterfactualResult:
    """Follows the pairs that the journal does not have; raises ``InputError`` when every one failed."""
    journal = runner.journal

    def group(runs: Sequence[Run], workers: int) -> list[Batch]:
        threads = max(1, workers // len(runs))
        return [FollowedBatch((run,), threads, other=study.others[run.key]) for run in runs]

    runner.finish(study.runs, read=lambda key: flows_in(journal, key), group=group)
    found = {run.seed: flows for run in study.runs if (flows := flows_in(journal, run.key)) is not None}
    failures = [(f"seed {run.seed}", runner.error(run)) for run in study.runs if run.seed not in found]
    if not found:
        raise first_error([failures[0][1]])
    if not any(flows.table.any() for flows in found.values()):
        raise InputError(f"nothing to follow: nobody has a dispute after the reform (replicates: {len(found)})")
    ensemble = ensemble_of(study.config.ensemble)
    return CounterfactualResult(study, frames_of(found, len(ensemble or ())), failures)


class CounterfactualResult(KeptResult):
    """Where the same disputes ended in both worlds."""

    def __init__(self, study: Pairs, frames: dict[str, pd.DataFrame], failures: Sequence[tuple[str, str]]) -> None:
        self.study: Pairs = study
        self.frames = frames
        self.failures = failures
        self.runs = len(study.runs)

    def contents(self) -> Contents:
        """The tables of ``experiments.report.counterfactual.tables``."""
        config = self.study.config
        base = scenario_of(config)
        worlds = {"a": replace(base, after=self.study.runs[0].scenario.after), "b": base}
        parts = parts_of_nation(base.province.source, base.province.codes)
        residents = sum(load_province(*part).population for part in parts)
        rows = parameter_rows(worlds, ensemble_of(config.ensemble))
        return Contents(self.frames, rows, study={"residents": int(residents)})

    def document(self) -> dict[str, Any]:
        """The study, its flows and what they add up to."""
        frames = {name: plain_rows(frame) for name, frame in self.frames.items() if name != "county_flows"}
        return {**self.study.as_dict(), **frames}

    def table(self, language: str) -> str:
        """Flows: A below, B across."""
        words, names = Words(language), [fate.name.lower() for fate in Fate]
        flows = {(row["a"], row["b"]): row["mean"] for row in plain_rows(self.frames["flows"])}
        shown = [name for name in names if any(name in pair for pair in flows)]
        rows = [
            [words(f"fate.{a}"), *(numbers.amount(flows[a, b]) if (a, b) in flows else "·" for b in shown),
             numbers.amount(sum(flows.get((a, b), 0.0) for b in shown))]
            for a in shown
        ]  # fmt: skip
        everything = words("counterfactual.all")
        rows.append([everything, *(numbers.amount(sum(flows.get((a, b), 0.0) for a in shown)) for b in shown), ""])
        return table([words("counterfactual.corner"), *(words(f"fate.{name}") for name in shown), everything], rows)

    def text(self, language: str) -> str:
        """Flows, and the transitions that change most."""
        words, reference = Words(language), self.study.config.study.reference
        a = words("counterfactual.answer.kept") if reference == UNCHANGED else words.scenario(reference)
        parts = [self.table(language), words("counterfactual.note", a=a)]
        interval = words(f"counterfactual.range{'.behaviours' if self.study.config.ensemble else ''}")
        for column in ("durable", "province"):
            changes = plain_rows(self.frames["changes"])
            listed = sorted(changes, key=lambda row: -abs(row[column]))[:SHOWN]
            lines = [
                [pair_text((row["a"], row["b"]), words), numbers.difference(row[column]),
                 numbers.difference_interval(row[f"{column}_low"], row[f"{column}_high"])]
                for row in listed if row[column]
            ]  # fmt: skip
            total = numbers.difference(sum(row[column] for row in changes))
            nothing = [[words("counterfactual.nothing"), "", ""]]
            parts += ["", table([words(f"changes.{column}"), total, interval], lines or nothing)]
        return "\n".join(parts)


def flows_in(journal: Journal, key: str) -> Flows | None:
    """The flows of a pair that the journal keeps; ``None`` where there are none, or damaged ones."""
    content = journal.content(key)
    if content is None:
        return None
    try:
        return Flows.from_bytes(content)
    except ValueError:
        return None


def frames_of(found: dict[int, Flows], members: int = 0) -> dict[str, pd.DataFrame]:
    """The tables of ``experiments.report.counterfactual.tables``; ``members`` are those of an ensemble."""
    import pandas as pd

    from sim.ledger import EVENTS

    seeds = sorted(found)
    estimate = partial(mean_over_behaviours, seeds=seeds, members=members)
    names = [fate.name.lower() for fate in Fate]
    tables = np.stack([found[seed].table for seed in seeds])
    durable = np.stack([durable_change(found[seed].table) for seed in seeds])
    province = np.stack([province_change(found[seed]) for seed in seeds])
    flows, changes = [], []
    for a, name_a in enumerate(names):
        for b, name_b in enumerate(names):
            if not tables[:, a, b].any():
                continue
            mean = estimate(tables[:, a, b].tolist())
            flows.append({"a": name_a, "b": name_b, "mean": mean.mean, "low": mean.low, "high": mean.high})
            mine, theirs = estimate(durable[:, a, b].tolist()), estimate(province[:, a, b].tolist())
            changes.append(
                {
                    "a": name_a, "b": name_b,
                    "durable": mine.mean, "durable_low": mine.low, "durable_high": mine.high,
                    "province": theirs.mean, "province_low": theirs.low, "province_high": theirs.high,
                }
            )  # fmt: skip
    is_durable = [fate in DURABLE for fate in Fate]
    totals = [
        {
            "seed": seed,
            "durable_a": int(found[seed].table[is_durable].sum()),
            "durable_b": int(found[seed].table[:, is_durable].sum()),
            "province_a": int(found[seed].province_a.sum()),
            "province_b": int(found[seed].province_b.sum()),
        }
        for seed in seeds
    ]
    reasons = []
    parts = [
        why_petitions_fell(*(dict(zip(EVENTS, map(float, row), strict=True)) for row in found[seed].totals))
        for seed in seeds
    ]
    for part in (*PARTS, "change"):
        each = estimate([float(getattr(one, part)) for one in parts])
        reasons.append({"part": part, "mean": each.mean, "low": each.low, "high": each.high})
    return {
        "flows": pd.DataFrame(flows),
        "county_flows": _county_frame(found, names),
        "changes": pd.DataFrame(changes),
        "totals": pd.DataFrame(totals),
        "reasons": pd.DataFrame(reasons),
    }


def _county_frame(found: dict[int, Flows], names: Sequence[str]) -> pd.DataFrame:
    some = next(iter(found.values()))
    means = np.mean([flows.counts for flows in found.values()], axis=0)
    rows = []
    for county, code in enumerate(some.counties.tolist()):
        for a, name in enumerate(names):
            if not means[county, a].any():
                continue
            kept, fewer = merged(means[county, a])
            published = {
                to: float(value) if np.isfinite(value) else None for to, value in zip(names, kept, strict=True)
            }
            rows.append({"place": code, "a": name, **published, "fewer": fewer})
    return frame_like({"place": "int", "a": "text", **dict.fromkeys((*names, "fewer"), "float")}, rows)
