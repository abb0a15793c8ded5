"""``pyramid sensitivity``: which uncertainties a measure depends on, by Sobol indices or Morris's elementary effects.

Chance is a factor beside them: a run's seed is drawn anew like any other input, so its share of the variance stands in
the same table.
"""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import STUDY_GROUPS, PrimaryConfig

KIND = StudyKind(
    name="sensitivity",
    place=40,
    summary="which uncertainties matter, for any measure: Sobol indices or Morris's effects, chance among them",
    usage="pyramid sensitivity study=NAME [KEY=VALUE …]",
    meaning=(
        "Tells which uncertainties a measure depends on: Sobol indices (study.method=sobol) or Morris's elementary\n"
        "effects (morris), with chance as one factor more. With study.reference, of the effect against that policy."
    ),
    examples=(
        "pyramid sensitivity study=what_matters",
        "pyramid sensitivity study=screening                    # Morris, all uncertainties",
        "pyramid sensitivity study.uncertainties=[patience,trust_*] study.size=256 places=[620725] "
        "study.measures=[petitions_province]",
    ),
    config=PrimaryConfig(
        "sensitivity", "experiments.studies.sensitivity.schema:SensitivityConfig", STUDY_GROUPS, takes_ensemble=False
    ),
    plan="experiments.studies.sensitivity.plan:plan",
    run="experiments.studies.sensitivity.study:run",
)
"""The declaration of this kind of study."""
