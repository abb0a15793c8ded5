"""The policies that the page can start from: the shipped ones, the user's own, and what the command line made."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.configuration.options import described_options, load_policies
from experiments.configuration.short_forms import user_directory
from experiments.whatif.page import GIVEN
from experiments.whatif.schema import WhatIfConfig
from sim.policy import Policy

FIRST = "status_quo"
"""Comes first in the select, so that an equal policy of another name does not stand for it."""


def presets_of(config: WhatIfConfig, arguments: Sequence[str] = ()) -> dict[str, Policy]:
    """Policies by name; the one after the reform is among them, under ``GIVEN`` where no name has it."""
    own = user_directory(arguments)
    names = described_options("policy", own)
    order = sorted(names, key=lambda name: name != FIRST)
    policies = load_policies({name: "" for name in order}, own, config.province.source)
    if config.after not in policies.values():
        policies = {GIVEN: config.after, **policies}
    return policies


def start_of(config: WhatIfConfig, policies: dict[str, Policy] | None = None) -> str:
    """The name of the policy after the reform among some (default: the shipped ones)."""
    known = presets_of(config) if policies is None else policies
    return next((name for name, policy in known.items() if policy == config.after), GIVEN)
