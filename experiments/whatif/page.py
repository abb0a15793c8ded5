"""The page as one HTML document: template, style and scripts of our own, and everything it shows as embedded JSON.

It asks nothing of any network but, when it is live, the process that served it: its content security policy says so.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.configuration.ensemble import Ensemble
from experiments.configuration.stresses import acting
from experiments.report import theme
from experiments.report.build import build_notes_of
from experiments.report.caveats import scenario_notes
from experiments.report.levels import no_ratio_sentence, none_text
from experiments.report.numbers import SHARE_UNITS, plain
from experiments.report.text import LANGUAGES, Words
from experiments.report.titles import place_text
from experiments.report.uncosted import lever_names
from experiments.report.warm_up import warm_up_notes
from experiments.report.webfont import font_faces
from experiments.report.windows import Span
from experiments.results.places import stored_names
from experiments.runs.levels import levels_of, missing_levels
from experiments.runs.windows import windows_of
from experiments.whatif.answer import BESIDE, MEASURED, PETITIONS
from experiments.whatif.controls import Controls, control_values, step_of
from experiments.whatif.text import WHATIF, lines
from sim.measures import MEASURES
from sim.measures.composition import TARGET
from sim.measures.smallest_effect import DISTANCE, SHARE
from sim.parameters import Declaration
from sim.policy import Policy
from sim.prices import PRICES, levers, uncosted
from sim.scenario import Scenario
from sim.stress import Stress

PARTS = Path(__file__).parent / "page"

SCRIPTS = {
    "live": ("format.js", "live.js", "drawing.js", "results.js", "page.js"),
    "static": ("format.js", "interpolated.js", "drawing.js", "results.js", "page.js"),
}
"""Scripts of each mode, in the order in which they are put together."""

CARDS = (
    ("durable_resolution",),
    ("durable_reached",),
    ("durable_success", "recorded_success"),
    ("unresolved_added",),
    ("worst_group_resolution",),
    ("presented_total", "petitions_total"),
    ("concealment",),
    ("cost_per_resident",),
)
"""Measures that stand beside the ratio in cards of the same size: what is true with what is recorded."""

assert {name for card in CARDS for name in card} == set(BESIDE)

UNITLESS = ("weight", "ratio", "scale")
"""Units that are not written behind a control's value."""

Pair = dict[str, str]


def both(line: str, **values: Any) -> Pair:
    """A line of the page in both languages; a value that is a pair itself is taken in the same language."""
    return {
        language: WHATIF[line][position].format(
            **{key: value[language] if isinstance(value, dict) else value for key, value in values.items()}
        )
        for position, language in enumerate(LANGUAGES)
    }


def in_both(of: Any) -> Pair:
    """What a function of ``Words`` gives in both languages, per cent signs set as each does."""
    return {language: Words(language).spaced(of(Words(language))) for language in LANGUAGES}


def settings_of(
    mode: str,
    base: Scenario,
    controls: Controls,
    start: str,
    months: list[str],
    residents: int,
    language: str,
    about: Pair,
    made: Pair,
    ensemble: Ensemble | None = None,
) -> dict[str, Any]:
    """What the page of either mode needs: controls, names, units, words, colours and the two windows.

    ``start`` is the name of the policy that the page begins with, ``residents`` how many are simulated.
    """
    spans = {name: Span(*window) for name, window in windows_of(base.calendar).items()}
    missing = missing_levels(base.province)
    span_names = {name: in_both(lambda words, span=span: words.span(span)) for name, span in spans.items()}
    setting = both(
        "setting",
        place=place_name(base),
        residents=plain(residents, 0),
        before=span_names.get("before", {each: "–" for each in LANGUAGES}),
        after=span_names["after"],
    )
    return {
        "mode": mode,
        "language": language,
        "text": {each: lines(each) for each in LANGUAGES},
        "levers": [control_of(each) for each in controls.levers],
        "kept": control_values(controls.levers, base.before),
        "uncosted": {name: _lever(name) for name in levers() if name not in PRICES},
        "stresses": [control_of(each) for each in controls.stresses],
        "presets": [],
        "start": {
            "policy": start,
            "levers": control_values(controls.levers, base.after),
            "stresses": control_values(controls.stresses, base.stress),
            "uncosted": list(uncosted(base.before, base.after)),
        },
        "neutral": control_values(controls.stresses, Stress()),
        "acts_unseen": bool(acting(base.stress).keys() - {each.name for each in controls.stresses}),
        "petitions": list(PETITIONS),
        "measures": {
            name: {"unit": MEASURES[name].unit, **in_both(lambda words, n=name: words.measure(n))} for name in MEASURED
        },
        "units": {name: in_both(lambda words, n=name: words.unit(MEASURES[n].unit)) for name in MEASURED},
        "share_units": list(SHARE_UNITS),
        "unitless": list(UNITLESS),
        "cards": [list(card) for card in CARDS],
        "target": list(TARGET),
        "missing": {
            "levels": list(missing),
            "short": in_both(lambda words: none_text(missing, words) if missing else ""),
            "sentence": in_both(lambda words: no_ratio_sentence(missing, words)),
            "measures": [name for name in MEASURED if any(level in missing for level in levels_of(name))],
            "province": in_both(lambda words: words("levels.none.province")),
        },
        "smallest": {"ratio": DISTANCE, "durable": SHARE},
        "colours": {
            **{level: theme.LEVEL_COLOURS[level] for level in ("county", "city", "province")},
            "ink": theme.INK,
            "muted": theme.MUTED,
            "grid": theme.GRID,
            "reference": theme.REFERENCE,
            "accent": theme.marks(("policy",), None)["policy"].colour,
        },
        "months": months,
        "reform": spans["after"].first,
        "spans": {"before": span_names.get("before"), "after": span_names["after"]},
        "setting": in_both(lambda words: words.joined(setting[words.language], *_notes(base, ensemble, words))),
        "behaviours": ensemble and {"name": ensemble.name, "members": len(ensemble)},
        "about": about,
        "made": made,
        "base": both("base", policy=parameter_name(start)),
    }


def _notes(base: Scenario, ensemble: Ensemble | None, words: Words) -> list[str]:
    """What to know: what people are like, too short a warm-up, and that what is built is not there at once."""
    people = words("answer.one_behaviour")
    if ensemble is not None:
        people = both("behaviours", members=len(ensemble), name=ensemble.name)[words.language]
    return [
        people,
        *scenario_notes(base, ensemble, words),
        *warm_up_notes(base.calendar, words),
        *build_notes_of([base], words, moves_all=True),
    ]


def control_of(control: Declaration) -> dict[str, Any]:
    """One control as the page needs it: range or choices, unit and names, all as declared."""
    found: dict[str, Any] = {
        "name": control.name,
        "unit": control.unit,
        "units": in_both(lambda words: words.unit(control.unit)),
        **in_both(lambda words: words.meaning(control.name, control.meaning)[0]),
    }
    if control.choices:
        choices = [{"value": each, **_choice(each)} for each in control.choices]
        return found | {"choices": choices}
    return found | {"low": control.low, "high": control.high, "step": step_of(control)}


def _choice(value: str) -> Pair:
    key = f"sweep.value.{value}"
    return in_both(lambda words: words(key) if words.has(key) else value)


def _lever(name: str) -> Pair:
    return in_both(lambda words: lever_names([name], words)[0])


def preset_of(name: str, policy: Policy, controls: Controls, before: Policy) -> dict[str, Any]:
    """One policy of the select: its name, what it sets the controls to, and levers without a price that it moves."""
    return {
        "name": name,
        "values": control_values(controls.levers, policy),
        "uncosted": list(uncosted(before, policy)),
        **parameter_name(name),
    }


def parameter_name(policy: str) -> Pair:
    """A policy's name in both languages."""
    return both("preset.given") if policy == GIVEN else in_both(lambda words: words.scenario(policy))


GIVEN = "(given)"
"""Stands for a policy that has no name, since levers were set on the command line. No file has such a name."""


def place_name(base: Scenario) -> Pair:
    """The province, and the places that were kept of it."""

    names = stored_names(base.province)

    def named(words: Words) -> str:
        return place_text(names[f"name_{words.language}"], names.get(f"places_{words.language}", ""), words)

    return in_both(named)


def render_page(settings: Mapping[str, Any]) -> str:
    """The document; the same settings give the same bytes."""
    script = "".join((PARTS / name).read_text("utf-8") for name in SCRIPTS[settings["mode"]])
    colours = {**settings["colours"], "line": "#d9d9d9", "tint": "#f4f7fb", "reference-ink": theme.REFERENCE_INK}
    variables = "".join(f"--{name}: {colour}; " for name, colour in colours.items())
    data = _embedded(settings)
    style = f":root {{ {variables}}}\n" + font_faces(data) + (PARTS / "page.css").read_text("utf-8")
    connect = "'self'" if settings["mode"] == "live" else "'none'"
    parts = {
        "policy": (
            f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; font-src data:; "
            f"connect-src {connect}; base-uri 'none'; form-action 'none'"
        ),
        "title": WHATIF["title"][0],
        "no_script": " ".join(WHATIF["no_script"]),
        "style": style,
        "script": script,
        "data": data,
    }
    page = (PARTS / "page.html").read_text("utf-8")
    for name, content in parts.items():
        head, mark, tail = page.partition(f"@{name}@")
        assert mark, name
        page = head + content + tail
    return page


def _embedded(values: Mapping[str, Any]) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _hash(content: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"
