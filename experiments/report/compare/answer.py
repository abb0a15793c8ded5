"""The answer in three sentences, made from the numbers: the ratio, the totals, and whether settlement follows."""

from __future__ import annotations

from experiments.report import numbers
from experiments.report.answer import Answer
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.phrases import effect_difference, range_text, ratio_text, relative_phrase
from experiments.report.compare.verdicts import Verdict, verdicts_of
from experiments.report.text import Words


def answer(evidence: Evidence, words: Words) -> Answer:
    """Three sentences; one that lacks its measures says so. A fourth has what a simulation holds beside its change."""
    lines = [_ratio(evidence, words), _totals(evidence, words), _together(evidence, words), *_kept(evidence, words)]
    return Answer(text=tuple(lines))


def target_text(evidence: Evidence) -> str:
    """``1 : 2 : 3``."""
    return f"{numbers.NBSP}:{numbers.NBSP}".join(f"{part:g}" for part in evidence.target)


def against_text(evidence: Evidence, words: Words) -> str:
    """What effects are measured against: the reference policy's name, or the window before the reform."""
    if evidence.reference:
        return words("answer.against.reference", name=words.scenario(evidence.reference))
    return words("answer.against.before", span=words.span(evidence.before))


def nearest(evidence: Evidence) -> str | None:
    """The compared scenario whose mean distance to the target is smallest."""
    distances = {
        name: evidence.estimate(name, "distance_to_target").mean
        for name in evidence.contrasts or evidence.scenarios
        if evidence.by_seed(name, "distance_to_target")
    }
    return min(distances, key=lambda name: distances[name]) if distances else None


def _ratio(evidence: Evidence, words: Words) -> str:
    best = nearest(evidence)
    if best is None or not evidence.has("ilr_1", "ilr_2"):
        return words("answer.missing")
    common = {"target": target_text(evidence), "after": words.span(evidence.after)}
    if evidence.reference:
        return words(
            "answer.ratio.compare",
            reference=words.scenario(evidence.reference),
            ratio=ratio_text(evidence, evidence.reference),
            compared=words(f"answer.compared.{'worlds' if evidence.stresses else 'policies'}"),
            best=words.scenario(best),
            best_ratio=_ratio_with_intervals(evidence, best, words),
            **common,
        )
    policy, ratio = words.scenario(best), _ratio_with_intervals(evidence, best, words)
    earlier = evidence.ratio(best, evidence.before) if evidence.before else None
    if earlier is None or evidence.before is None:
        return words("answer.ratio.alone", policy=policy, ratio=ratio, **common)
    return words(
        "answer.ratio.change",
        policy=policy,
        before=words.span(evidence.before),
        before_ratio=numbers.ratio(earlier[0].mean, earlier[1].mean),
        ratio=ratio,
        **common,
    )


def _ratio_with_intervals(evidence: Evidence, scenario: str, words: Words) -> str:
    ratios = evidence.ratio(scenario)
    assert ratios is not None
    text = numbers.ratio(ratios[0].mean, ratios[1].mean)
    if numbers.plain(ratios[0].low) == numbers.NONE:
        return text
    return words(
        "answer.ratio.interval", ratio=text, city=range_text(ratios[0], words), county=range_text(ratios[1], words)
    )


def _totals(evidence: Evidence, words: Words) -> str:
    policy = nearest(evidence)
    if policy is None or not evidence.has("petitions_province", "petitions_total"):
        return words("answer.missing")
    province = evidence.effect(policy, "petitions_province")
    total = evidence.effect(policy, "petitions_total")
    if policy not in evidence.contrasts or province is None or total is None:
        count = evidence.estimate(policy, "petitions_total").mean
        top = evidence.estimate(policy, "petitions_province").mean
        return words("answer.totals.alone", total=numbers.plain(count, 0), province=numbers.plain(top, 0))
    nearer = any(verdict.scenario == policy and verdict.ratio == "nearer" for verdict in verdicts_of(evidence))
    return words(
        "answer.totals",
        against=against_text(evidence, words),
        policy=words.scenario(policy),
        province=relative_phrase(province, "petitions", words),
        total=relative_phrase(total, "petitions", words),
        tail=words("answer.totals.rise" if nearer and total.direction > 0 else "answer.totals.plain"),
    )


def _kept(evidence: Evidence, words: Words) -> list[str]:
    total, durable = (
        evidence.beside_kept(evidence.scenarios[0], name) for name in ("petitions_total", "durable_resolution")
    )
    if total is None or durable is None:
        return []
    told = {
        "total": effect_difference(total, "petitions", words),
        "durable": effect_difference(durable, "share", words),
    }
    kept = numbers.plain(total.mean_reference, 0)
    return [words("answer.kept", after=words.span(evidence.after), kept=kept, **told)]


def _together(evidence: Evidence, words: Words) -> str:
    verdicts = verdicts_of(evidence)
    if not verdicts:
        if evidence.has("durable_resolution"):
            share = evidence.estimate(evidence.scenarios[0], "durable_resolution").mean
            return words("answer.settled.alone", durable=numbers.percent(share))
        return words("answer.missing")
    clauses = []
    ratio_only = [v for v in verdicts if v.ratio == "nearer" and v.settlement in ("little", "down")]
    settlement_only = [v for v in verdicts if v.settlement == "up" and v.ratio in ("little", "farther")]
    if ratio_only:
        chosen = max(ratio_only, key=lambda verdict: verdict.nearer.difference)
        clauses.append(_clause("answer.clause.ratio_only", chosen, evidence, words))
    if settlement_only:
        chosen = max(settlement_only, key=lambda verdict: verdict.durable.difference)
        clauses.append(_clause("answer.clause.settlement_only", chosen, evidence, words))
    if clauses:
        return words("answer.apart", clauses=words("answer.clause.join").join(clauses))
    best = max(verdicts, key=lambda verdict: verdict.durable.difference)
    both = [words.quoted(v.scenario) for v in verdicts if (v.ratio, v.settlement) == ("nearer", "up")]
    common = {"best": words.scenario(best.scenario), "durable": effect_difference(best.durable, "share", words)}
    if both:
        return words("answer.together", policies=words.listed(both), **common)
    if all((v.ratio, v.settlement) == ("little", "little") for v in verdicts):
        return words("answer.neither", **common)
    return words("answer.unclear", n=evidence.replicates, **common)


def _clause(key: str, verdict: Verdict, evidence: Evidence, words: Words) -> str:
    return words(
        key,
        policy=words.scenario(verdict.scenario),
        ratio=ratio_text(evidence, verdict.scenario),
        distance=effect_difference(verdict.distance, "distance", words),
        durable=effect_difference(verdict.durable, "share", words),
    )
