"""Policies by name: the shipped ones and the user's."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.application import loader, plain
from experiments.schema import POLICY_SCHEMA, suggestion, validate
from sim.errors import InputError
from sim.policy import Policy


def load_policies(names: Sequence[str], arguments: Sequence[str] = ()) -> dict[str, Policy]:
    """Policies by name; ``arguments`` may hold ``--config-dir`` of the user's own.

    Raises ``InputError`` for an unknown name (with the near ones) and for wrong levers of a policy.
    """
    from hydra.core.object_type import ObjectType
    from hydra.errors import HydraException
    from hydra.types import RunMode
    from omegaconf.errors import OmegaConfBaseException
    from yaml import YAMLError

    from experiments.composition_errors import explained
    from experiments.schema import register_schemas

    register_schemas()
    policies: dict[str, Policy] = {}
    with loader(arguments) as config_loader:
        known = config_loader.get_group_options("policy", results_filter=ObjectType.CONFIG)
        for name in names:
            if name not in known:
                raise InputError(f"there is no policy {name!r}; {suggestion(name, known)}")
            try:
                config = config_loader.load_configuration(
                    "policy_alone", [f"policy@after={name}"], run_mode=RunMode.RUN
                )
            except (HydraException, OmegaConfBaseException, YAMLError, AssertionError) as error:
                raise InputError(explained(error, POLICY_SCHEMA, f"policy {name}")) from None
            policies[name] = validate(POLICY_SCHEMA, plain(config), f"policy {name}").after
    return policies
