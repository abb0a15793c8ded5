"""Worlds: the arms of a study, each a policy after the reform and the stress that people are under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from experiments.configuration.options import load_policies, load_stresses
from experiments.configuration.schema import is_name
from experiments.configuration.stresses import acting
from experiments.studies.compare.schema import CompareConfig, StudyChoice, WorldChoice
from sim.errors import InputError
from sim.prices import uncosted
from sim.scenario import Scenario
from sim.vocabulary import NAME_WORDS


@dataclass(frozen=True)
class StudyWorld:
    """One arm of a study.

    Attributes:
        after: name of the policy after the reform.
        stress: name of its own stress; empty under the stress that the study's worlds share.
        scenario: what is simulated.
        uncosted: levers without a price that the policy moves against that of the study's reference.
    """

    after: str
    stress: str
    scenario: Scenario
    uncosted: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """What ``study.yaml`` holds of a world; ``acting`` is empty unless it is scored as harm."""
        return {
            "after": self.after,
            "stress": self.stress or None,
            "acting": acting(self.scenario.stress),
            "uncosted": list(self.uncosted),
        }


def worlds_of(config: CompareConfig, own: str | None = None) -> dict[str, StudyWorld]:
    """The worlds of a study by label: those of ``study.policies``, then those of ``study.worlds``, in their order.

    ``own`` is the user's folder of options. Raises ``InputError`` for a label that is given twice or is none, an
    unknown policy or stress (with the near ones), and for wrong levers or stresses of an option.
    """
    choices = _choices(config.study)
    policies = load_policies(_asked_for(choices, config.study.worlds, "after"), own, config.province.source)
    stresses = load_stresses(_asked_for(choices, config.study.worlds, "stress"), own)
    reference = choices.get(config.study.reference)
    usual = policies[reference.after] if reference else config.before
    return {
        label: StudyWorld(
            after=choice.after,
            stress=choice.stress,
            scenario=Scenario(
                config.province,
                config.calendar,
                config.before,
                policies[choice.after],
                config.behaviour,
                stresses[choice.stress] if choice.stress else config.stress,
            ),
            uncosted=uncosted(usual, policies[choice.after]),
        )
        for label, choice in choices.items()
    }


def _choices(study: StudyChoice) -> dict[str, WorldChoice]:
    if not study.policies and not study.worlds:
        raise InputError(
            "nothing to compare: choose a study, such as study=configurations, or study.policies=[…] or study.worlds"
        )
    doubled = sorted({name for name in study.policies if study.policies.count(name) > 1})
    if doubled:
        raise InputError(f"study.policies names {', '.join(doubled)} twice")
    choices = {name: WorldChoice(after=name) for name in study.policies}
    for label, choice in study.worlds.items():
        if not is_name(label):
            raise InputError(f"study.worlds: {label!r} is not a label: it must be {NAME_WORDS}")
        if label in choices:
            raise InputError(f"study.worlds.{label}: study.policies already has a world of this name")
        if not choice.after:
            raise InputError(f"study.worlds.{label}.after is missing: it names the policy after the reform")
        choices[label] = choice
    return choices


def _asked_for(choices: Mapping[str, WorldChoice], own: Mapping[str, WorldChoice], part: str) -> dict[str, str]:
    """Names of options that the worlds need, each with the words that tell where it was first asked for."""
    names: dict[str, str] = {}
    for label, choice in choices.items():
        name = getattr(choice, part)
        if name:
            names.setdefault(name, f"study.worlds.{label}.{part}={name}: " if label in own else "")
    return names
