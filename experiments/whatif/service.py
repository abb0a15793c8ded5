"""What the live page asks for, apart from HTTP: a request checked, its runs carried out or given up, the answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from experiments.configuration.ensemble import ensemble_of
from experiments.configuration.schema import scenario_of
from experiments.runs.run import Cancelled, model_version
from experiments.whatif.answer import answer, months_of
from experiments.whatif.controls import Controls, with_levers
from experiments.whatif.page import both, preset_of, render_page, settings_of
from experiments.whatif.presets import presets_of, start_of
from experiments.whatif.schema import LAST_SEED, REPLICATES_MAX, WhatIfConfig
from experiments.whatif.warm import IsCancelled, WarmModels
from sim.errors import InputError
from sim.policy import Policy
from sim.province import load_province
from sim.vocabulary import shown, suggestion

PAGES_MAX = 64
"""Open pages that are remembered; a page beyond is taken for a new one."""


class Superseded(Exception):
    """The same page has asked again meanwhile, or the server is closing."""


class Service:
    """Answers of the live page. Safe to call from several threads; one run at a time."""

    def __init__(self, config: WhatIfConfig, arguments: Sequence[str] = ()) -> None:
        """Raises ``InputError`` for controls or places that there are not, before anything runs."""
        self.config = config
        self.base = scenario_of(config)
        self.ensemble = ensemble_of(config.ensemble, config.behaviour)
        self.controls = Controls.of(config.levers, config.stresses, self.base.before)
        self.policies = presets_of(config, arguments)
        self.start = start_of(config, self.policies)
        province = load_province(self.base.province.source, self.base.province.codes)
        self.residents = int(province.population)
        room = [_largest(policy, self.controls) for policy in self.policies.values()]
        self.models = WarmModels(self.base, room, config.executor.workers, self.ensemble)
        self._newest: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def page(self) -> str:
        """The page as an HTML document; the first call warms the model up."""
        _, kept = self.models.records(self.models.status_quo, self.config.seed)
        made = both("made", command="pyramid whatif", model=model_version())
        settings = settings_of(
            "live",
            self.base,
            self.controls,
            self.start,
            months_of(kept),
            self.residents,
            self.config.language,
            both("live"),
            made,
            self.ensemble,
        )
        presets = [preset_of(name, policy, self.controls, self.base.before) for name, policy in self.policies.items()]
        status_quo = next((name for name, policy in self.policies.items() if policy == self.base.before), "")
        return render_page(
            settings
            | {
                "presets": presets,
                "status_quo": status_quo,
                "seed": self.config.seed,
                "seed_max": LAST_SEED,
                "replicates": self.config.replicates,
                "replicates_max": REPLICATES_MAX,
            }
        )

    def run(self, request: Any) -> dict[str, Any]:
        """The answer to a request of a page (``experiments.whatif.answer``), with the controls that were clamped.

        A request is ``{"page", "number", "policy", "levers", "stresses", "seed", "replicates"}``; all may be missing.
        A newer request of the same page makes an older one raise ``Superseded``. Raises ``InputError`` for anything
        wrong with the request.
        """
        given = _object(request, "the request")
        for name in given:
            if name not in REQUEST:
                raise InputError(f"unknown key '{shown(name)}'; {suggestion(name, REQUEST)}")
        policy = self._policy(given.get("policy", self.start))
        levers, stresses = (_object(given.get(name, {}), name) for name in ("levers", "stresses"))
        scenario, clamped = self.controls.scenario(self.base, policy, levers, stresses)
        seed = _whole(given, "seed", self.config.seed, 0, LAST_SEED, clamped)
        replicates = _whole(given, "replicates", self.config.replicates, 1, REPLICATES_MAX, clamped)
        is_cancelled = self._enter(given)
        try:
            seeds = range(seed, seed + replicates)
            pairs = [self.models.records(scenario, each, is_cancelled) for each in seeds]
        except Cancelled:
            raise Superseded from None
        after, kept = zip(*pairs, strict=True)
        found = answer(after, kept, seeds=seeds, members=len(self.ensemble or ()))
        return found | {"clamped": clamped, "seed": seed, "replicates": replicates}

    def close(self) -> None:
        """Gives up what runs."""
        self.models.close()

    def _policy(self, name: Any) -> Policy:
        if not isinstance(name, str) or name not in self.policies:
            raise InputError(f"there is no policy '{shown(name)}'; {suggestion(str(name), self.policies)}")
        return self.policies[name]

    def _enter(self, given: Mapping[str, Any]) -> IsCancelled:
        """Notes the request as the newest of its page; gives what tells whether it still is."""
        page, number = given.get("page", ""), given.get("number", 0)
        if not isinstance(page, str) or len(page) > 100:
            raise InputError("page: it must be text of at most 100 characters")
        if not isinstance(number, int) or isinstance(number, bool) or abs(number) >= 2**53:
            raise InputError("number: it must be a whole number")
        if not page:
            return lambda: False
        with self._lock:
            newest = max(number, self._newest.get(page, number))
            self._newest[page] = newest
            self._newest.move_to_end(page)
            while len(self._newest) > PAGES_MAX:
                self._newest.popitem(last=False)
        return lambda: self._newest.get(page, number) > number


REQUEST = ("page", "number", "policy", "levers", "stresses", "seed", "replicates")
"""Keys of a request."""


def _object(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{name}: it must be an object of values by name")
    return value


def _whole(given: Mapping[str, Any], name: str, default: int, low: int, high: int, clamped: list[str]) -> int:
    value = given.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError(f"{name}: it must be a whole number from {low:,} to {high:,}")
    within = min(max(value, low), high)
    if within != value:
        clamped.append(name)
    return within


def _largest(policy: Policy, controls: Controls) -> Policy:
    """A policy with the most staff and the smallest grids that the controls can ask for on top of it."""
    grid = "grid.households_per_grid"
    ends = {
        lever.name: lever.low if lever.name == grid else lever.high
        for lever in controls.levers
        if lever.name == grid or (lever.name.startswith("staff.") and not lever.name.startswith("staff.mix_"))
    }
    return with_levers(policy, ends)
