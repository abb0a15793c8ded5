"""The figures of the report: one file each, one line each in the registry.

A figure is a module with ``available(evidence)``, ``draw(evidence, words)`` and ``table(evidence, words)``; its title,
caption and description are the lines ``<name>.title``, ``.caption`` and ``.alt`` of the catalogue.
"""

from __future__ import annotations

from types import ModuleType

from experiments.report.compare.figures import (
    behaviours,
    cost,
    equity,
    forest,
    monthly,
    parts,
    places,
    pyramid,
    ratios,
    satisfaction,
    settled,
    ternary,
    together,
    why,
)

FIGURES: dict[str, ModuleType] = {
    "together": together,
    "ratios": ratios,
    "pyramid": pyramid,
    "ternary": ternary,
    "why": why,
    "settled": settled,
    "parts": parts,
    "forest": forest,
    "behaviours": behaviours,
    "cost": cost,
    "equity": equity,
    "places": places,
    "satisfaction": satisfaction,
    "monthly": monthly,
}
"""Figures by name, in the order of the page."""

SECTIONS: dict[str, tuple[str, ...]] = {
    "answer": ("together",),
    "levels": ("ratios", "pyramid", "ternary"),
    "why": ("why",),
    "settled": ("settled",),
    "effects": ("forest", "behaviours"),
    "build": (),
    "parts": ("parts",),
    "cost": ("cost",),
    "equity": ("equity", "places"),
    "single": (),
    "satisfaction": ("satisfaction",),
    "services": (),
    "time": ("monthly",),
}
"""Figures of every section, in the order of the page; one without figures has a table."""
