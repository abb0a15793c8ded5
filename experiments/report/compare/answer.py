"""The answer of a comparison: what does most, whether that is real, how many people, at what cost, and how sure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from experiments.report import numbers
from experiments.report.answer import Answer, Cost, Quantity
from experiments.report.compare.bases import bases_sentence
from experiments.report.compare.choice import SETTLED, Choice, candidates, choice_of
from experiments.report.compare.evidence import LEVELS, Effect, Evidence
from experiments.report.compare.phrases import changed, ratio_text
from experiments.report.compare.shared_out import parts_sentence
from experiments.report.compare.tables import Aim
from experiments.report.compare.turning import turning_sentence
from experiments.report.compare.verdicts import Verdict, verdicts_of
from experiments.report.costs import uncosted_text
from experiments.report.measure_text import change_with_unit
from experiments.report.text import Words
from experiments.runs.build import YEARS
from experiments.statistics.relevance import judge_effect
from sim.measures import MEASURES
from sim.measures.smallest_effect import smallest_effect

ENOUGH = 20
"""Behaviours from which on the middle 95 % of them mean something."""

NAMED = 3
"""Further policies that one line names at most."""

PEOPLE, PER_RESIDENTS, REACHED, WORST = (
    "durable_total",
    "durable_per_10000",
    "durable_reached",
    "worst_group_resolution",
)


def answer(evidence: Evidence, words: Words) -> Answer:
    """What does most for the study's aim, and what stands behind the number; one that lacks its measures says so."""
    aim = evidence.settings.aim
    choice = choice_of(evidence, aim)
    if choice is None:
        return _alone(evidence, words)
    named = choice.policy if choice.judgement in (1, None) else None
    lines = [_finding(evidence, choice, words), real_or_number(evidence, words)]
    cost = None
    if named is not None:
        cost = cost_of(evidence, named)
        lines += [_people(evidence, choice, words), _cost(cost, words)]
    lines.append(_how_sure(evidence, choice, words))
    effect = choice.effect
    return Answer(
        policy=named,
        text=tuple(line for line in lines if line),
        effect=Quantity(choice.measure, effect.difference, MEASURES[choice.measure].unit),
        range=(effect.low, effect.high) if math.isfinite(effect.low) else None,
        n_of=choice.n_of,
        of=choice.of,
        cost=cost,
        bases={
            "aim": aim.value,
            "against": "reference" if evidence.reference else "kept" if _is_kept(evidence) else "before",
            "range": "behaviours" if evidence.behaviours > 1 else "chance",
            "tried": evidence.behaviours or None,
            "denominator": "grievances raised",
            **{name: each.difference for name, each in years_of(evidence, choice).items()},
        },
    )


def target_text(evidence: Evidence) -> str:
    """``1 : 2 : 3``."""
    return f"{numbers.NBSP}:{numbers.NBSP}".join(f"{part:g}" for part in evidence.target)


def against_text(evidence: Evidence, words: Words) -> str:
    """What effects are measured against: the reference policy's name, or the window before the reform."""
    if evidence.reference:
        return words("answer.against.reference", name=words.scenario(evidence.reference))
    return words("answer.against.before", span=words.span(evidence.before))


def _is_kept(evidence: Evidence) -> bool:
    return evidence.reference is None and bool(evidence.by_seed(evidence.scenarios[0], f"kept_{SETTLED}"))


def _compared_with(evidence: Evidence, words: Words) -> str:
    """What the answer compares with: as ``against_text``, or the policy before the reform kept."""
    return words("answer.against.kept") if _is_kept(evidence) else against_text(evidence, words)


def _finding(evidence: Evidence, choice: Choice, words: Words) -> str:
    aim = evidence.settings.aim
    unit = MEASURES[choice.measure].unit
    policies = candidates(evidence)
    effect = choice.effect
    band = smallest_effect(choice.measure, effect.mean_reference)
    values = {
        "policy": words.scenario(choice.policy),
        "target": target_text(evidence),
        "measure": words.in_sentence(words.measure(choice.measure)),
        "value": numbers.amount(effect.mean_policy, unit),
        "change": changed(effect, unit, words),
        "against": _compared_with(evidence, words),
        "count": count_text(evidence, choice.n_of, choice.of, words),
        "band": change_with_unit(numbers.bare(band, unit), unit, words),
    }
    values["told"] = _told(evidence, choice, values, words)
    number = "one" if len(policies) == 1 else "many"
    claim = words(f"answer.claim.{aim.value}.{number}", **values)
    if choice.judgement == 1:
        finding = words(f"answer.finding.{number}", claim=claim, **values)
        more = (_years(evidence, choice, words), _parts(evidence, choice, words), _next(evidence, choice, words))
        return words.joined(finding, *filter(None, more))
    if choice.judgement is None:
        return words(f"answer.open.{number}", claim=claim, **values)
    return words(f"answer.{'worse' if choice.judgement == -1 else 'none'}.{number}", **values)


def _told(evidence: Evidence, choice: Choice, values: dict[str, str], words: Words) -> str:
    """The effect; of settlement the number first, then per grievance and per matter that reached a third party."""
    found = _people_of(evidence, choice.policy) if choice.measure == SETTLED else {}
    if not found:
        return words("answer.told", **values)
    return words(
        "answer.told.people",
        more=changed(found[PEOPLE], "", words),
        per=changed(found[PER_RESIDENTS], "", words),
        against=values["against"],
        told=words("answer.told.share", **values),
        reached=numbers.percent(found[REACHED].mean_policy),
        reached_change=changed(found[REACHED], MEASURES[REACHED].unit, words),
    )


def _people_of(evidence: Evidence, name: str) -> dict[str, Effect]:
    """Effects on how many are settled, for how many people, and of matters that reached a third party; none or all."""
    measures = (PEOPLE, PER_RESIDENTS, REACHED)
    found = {measure: evidence.against(name, measure) for measure in measures if evidence.has(measure)}
    known = {measure: effect for measure, effect in found.items() if effect is not None}
    return known if len(known) == len(measures) else {}


def years_of(evidence: Evidence, choice: Choice) -> dict[str, Effect]:
    """The effect in the first year and in that of the full build, where the calendar has both."""
    found = {name: evidence.effect_in(choice.policy, choice.measure, span) for name, span in evidence.years.items()}
    return {name: effect for name, effect in found.items() if effect is not None}


def _years(evidence: Evidence, choice: Choice, words: Words) -> str:
    years = years_of(evidence, choice)
    if len(years) < len(YEARS):
        return ""
    unit = MEASURES[choice.measure].unit
    changes = {name: changed(effect, unit, words) for name, effect in years.items()}
    spans = {f"{name}_span": words.span(evidence.years[name]) for name in years}
    return words("answer.years", **changes, **spans)


def _parts(evidence: Evidence, choice: Choice, words: Words) -> str:
    """What groups of levers have of the difference, where it is settlement and was shared out."""
    stored = evidence.settings.attribution
    is_told = stored is not None and stored.policy == choice.policy and choice.measure == SETTLED
    return parts_sentence(evidence, words) if is_told else ""


def _next(evidence: Evidence, choice: Choice, words: Words) -> str:
    unit = MEASURES[choice.measure].unit
    parts = []
    for name in choice.others[:NAMED]:
        effect = evidence.against(name, choice.measure)
        assert effect is not None
        parts.append(words("answer.next.part", policy=words.scenario(name), change=changed(effect, unit, words)))
    return words("answer.next", parts=words("answer.semicolon").join(parts)) if parts else ""


def real_or_number(evidence: Evidence, words: Words) -> str:
    """Whether a better ratio or fewer petitions come with settlement: what the figures can hide."""
    name = _subject(evidence)
    bases = "" if name is None else bases_sentence(evidence, name, target_text(evidence), words)
    by_year = "" if name is None else _record_by_year(evidence, name, words)
    sentences = [_record(evidence, words), by_year, bases, _ratio_alone(evidence, words), _hidden(evidence, words)]
    return words.joined(*filter(None, sentences))


def _subject(evidence: Evidence) -> str | None:
    """The policy whose ratio is spoken of: the one that settles most, where that can be compared."""
    choice = choice_of(evidence, Aim.settlement)
    return None if choice is None else choice.policy


def _record(evidence: Evidence, words: Words) -> str:
    """What the ratio and the petitions do under the policy that settles most."""
    name = _subject(evidence)
    if name is None or not evidence.has("petitions_total", "petitions_province"):
        return words("answer.missing")
    if not (evidence.missing_levels or evidence.has("ilr_1", "ilr_2")):
        return words("answer.missing")
    distance = evidence.against(name, "distance_to_target")
    ratio = ratio_text(evidence, name, words)
    earlier = "" if evidence.missing_levels else _earlier_ratio(evidence, name, words)
    moved = None if distance is None else judge_effect(distance, "distance_to_target")
    key = "none" if evidence.missing_levels else "stays" if moved == 0 else "moves"
    found = {level: evidence.against(name, f"petitions_{level}") for level in (*LEVELS, "total")}
    pyramid = [found[level] for level in LEVELS]
    if key != "none" and None in pyramid:
        key += ".uncounted"
    return words(
        f"answer.ratio.{key}",
        policy=words.scenario(name),
        basis=words("basis.stated"),
        counted=words.listed([_count(None if each is None else each.mean_reference) for each in pyramid]),
        counts=words.listed([_count(None if each is None else each.mean_policy) for each in pyramid]),
        earlier=earlier,
        ratio=ratio,
        **{level: _share_changed(found[level], words) for level in ("province", "total")},
    )


def _record_by_year(evidence: Evidence, name: str, words: Words) -> str:
    """The ratio and the province's petitions in the first year and in that of the full build; empty without both."""
    if evidence.missing_levels:
        return ""
    told = {}
    for year, span in evidence.years.items():
        province = evidence.effect_in(name, "petitions_province", span)
        if province is None:
            return ""
        told[f"{year}_span"] = words.span(span)
        told[f"{year}_ratio"] = ratio_text(evidence, name, words, span)
        told[f"{year}_province"] = _share_changed(province, words)
    return words("answer.ratio.years", **told) if told else ""


def _count(mean: float | None) -> str:
    return numbers.plain(mean, 0)


def _share_changed(effect: Effect | None, words: Words) -> str:
    return numbers.NONE if effect is None else changed(effect, "petitions", words, is_relative=True)


def _earlier_ratio(evidence: Evidence, name: str, words: Words) -> str:
    if evidence.reference:
        return ratio_text(evidence, evidence.reference, words)
    if _is_kept(evidence):
        found = [evidence.by_seed(name, f"kept_ratio_{level}_to_province") for level in ("city", "county")]
        if not all(found):
            return words("levels.none.province")
        return numbers.ratio(*(evidence.over(each).mean for each in found))
    return ratio_text(evidence, name, words, evidence.before)


LITTLE_SETTLED, NEAR_ENOUGH = 0.5, 0.5
"""Shares of what the policy that settles most does to settlement and to the ratio's distance: one that gains less than
the first and comes nearer by at least the second shows how little the ratio tells."""


def _ratio_alone(evidence: Evidence, words: Words) -> str:
    """The policy that brings the ratio nearest without settling more; where there is none, the one that brings it
    nearest among those that come at least half as near as the policy that settles most, with less than half its gain.
    """
    names = candidates(evidence)
    nearer = [each for each in verdicts_of(evidence) if each.scenario in names and each.ratio == "nearer"]
    if evidence.reference is None:
        return ""
    if alone := [each for each in nearer if each.settlement in ("little", "down")]:
        return words("answer.ratio.alone", **_of_verdict(_nearest(alone), evidence, words))
    most = next((each for each in nearer if each.scenario == _subject(evidence) and each.settlement == "up"), None)
    if most is None:
        return ""
    less = [
        each
        for each in nearer
        if each.durable.difference < LITTLE_SETTLED * most.durable.difference
        and each.nearer.difference >= NEAR_ENOUGH * most.nearer.difference
    ]
    return words("answer.ratio.less", **_of_verdict(_nearest(less), evidence, words)) if less else ""


def _nearest(verdicts: Sequence[Verdict]) -> Verdict:
    return max(verdicts, key=lambda verdict: verdict.nearer.difference)


def _hidden(evidence: Evidence, words: Words) -> str:
    """The stresses under which the ratio comes nearer as well, with what they do to settlement."""
    harmful = [each for each in verdicts_of(evidence) if each.ratio == "nearer" and each.scenario in evidence.stresses]
    allowed = candidates(evidence)
    harmful = [each for each in harmful if each.scenario not in allowed]
    if not harmful:
        return ""
    parts = [words("answer.hidden.part", **_of_verdict(each, evidence, words)) for each in harmful]
    return words("answer.hidden", parts=words("answer.semicolon").join(parts), target=target_text(evidence))


def _of_verdict(verdict: Verdict, evidence: Evidence, words: Words) -> dict[str, str]:
    return {
        "policy": words.scenario(verdict.scenario),
        "ratio": ratio_text(evidence, verdict.scenario, words),
        "durable": changed(verdict.durable, "share", words),
    }


def _people(evidence: Evidence, choice: Choice, words: Words) -> str:
    """How many more settlements that is, where the finding has not said it, and how those who fare worst do."""
    found, sentences = _people_of(evidence, choice.policy), []
    if found and choice.measure != SETTLED:
        values = {"more": changed(found[PEOPLE], "", words), "per": changed(found[PER_RESIDENTS], "", words)}
        ends = {"reached": found[REACHED].mean_policy, "earlier": found[REACHED].mean_reference}
        shares = {name: numbers.percent(share) for name, share in ends.items()}
        sentences.append(words("answer.people", **values, **shares))
    worst = evidence.against(choice.policy, WORST) if evidence.has(WORST) else None
    if worst is not None and choice.measure != WORST:
        sentences.append(words("answer.worst", change=changed(worst, "share", words)))
    return words.joined(*sentences)


def cost_of(evidence: Evidence, name: str) -> Cost | None:
    """What a policy costs more than what it is compared with; ``None`` where cost is not measured."""
    total, per_resident = (evidence.against(name, measure) for measure in ("cost_total", "cost_per_resident"))
    if total is None or per_resident is None:
        return None
    yearly = total.difference
    more = evidence.against(name, PEOPLE) if evidence.has(PEOPLE) else None
    gains = more is not None and yearly > 0 and (more.low > 0 if math.isfinite(more.low) else more.difference > 0)
    each = yearly / more.difference if more is not None and gains else math.nan
    return Cost(yearly, per_resident.difference, each, evidence.uncosted(name))


def _cost(cost: Cost | None, words: Words) -> str:
    if cost is None:
        return ""
    values = {
        "yearly": words.yuan(cost.yearly),
        "resident": numbers.plain(abs(cost.per_resident), 2),
        "each": numbers.plain(cost.per_settlement, 0),
    }
    key = "less" if cost.yearly < 0 else "each" if math.isfinite(cost.per_settlement) else "dearer"
    if round(cost.per_resident, 2) == 0:
        key = "unpriced" if cost.uncosted else "nothing"
    text = words(f"answer.cost.{key}", **values)
    return words.joined(text, uncosted_text(cost.uncosted, words)) if cost.uncosted else text


def _how_sure(evidence: Evidence, choice: Choice, words: Words) -> str:
    if evidence.behaviours < 2:
        return ""
    people = evidence.settings.ensemble
    assert people is not None
    values = {"n": evidence.behaviours, "members": people.members, "name": people.name}
    text = words("answer.sure.few" if evidence.behaviours < ENOUGH else "answer.sure", **values)
    chance = chance_text(evidence, choice.policy, choice.measure, words)
    more = [words("answer.sure.chance", chance=chance)] if chance else []
    if choice.measure == SETTLED:
        more.append(turning_sentence(evidence, choice.policy, words))
    return words.joined(text, *filter(None, more))


def chance_text(evidence: Evidence, name: str, measure: str, words: Words) -> str:
    """What chance alone does to an effect, either way; empty where it is not known."""
    chance = evidence.chance(name, measure) if evidence.reference else math.nan
    if not math.isfinite(chance):
        return ""
    unit = MEASURES[measure].unit
    size = numbers.plain(100 * chance, 2) if numbers.is_share(unit) else numbers.amount(chance, unit)
    return change_with_unit(size, unit, words)


def _alone(evidence: Evidence, words: Words) -> Answer:
    """What is said where nothing is compared: how much is settled, and the ratio with its total."""
    lines = []
    if evidence.contrasts and not candidates(evidence):
        lines.append(words("answer.stresses_alone"))
        if hidden := _hidden(evidence, words):
            lines.append(hidden)
    name = evidence.scenarios[0]
    if evidence.has(SETTLED):
        durable = numbers.percent(evidence.estimate(name, SETTLED).mean)
        lines.append(words("answer.settled.alone", policy=words.scenario(name), durable=durable))
    if evidence.has("petitions_total", "petitions_province") and (evidence.missing_levels or evidence.has("ilr_1")):
        total, top = (evidence.estimate(name, f"petitions_{level}").mean for level in ("total", "province"))
        values = {"total": _count(total), "province": _count(top), "basis": words("basis.stated")}
        key = "none" if evidence.missing_levels else "alone"
        lines.append(words(f"answer.totals.{key}", ratio=ratio_text(evidence, name, words), **values))
    return Answer(text=tuple(lines or [words("answer.missing")]))


def count_text(evidence: Evidence, n: int, of: int, words: Words) -> str:
    """``38 of 40 behaviours``, ``all 40 behaviours``."""
    every = "all." if n == of > 1 else ""
    return words(f"answer.count.{every}{'behaviours' if evidence.behaviours > 1 else 'replicates'}", n=n, of=of)
