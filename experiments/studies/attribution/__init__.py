"""``pyramid attribution``: which groups of levers bring about the difference between two policies."""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import STUDY_GROUPS, PrimaryConfig

KIND = StudyKind(
    name="attribution",
    place=47,
    summary="which groups of levers bring about the difference between a policy and the one before",
    usage="pyramid attribution [study=NAME] [after=POLICY] [study.groups={NAME: [LEVER, …]}] [KEY=VALUE …]",
    meaning=(
        "Sets every combination of groups of levers as the policy after the reform has them, all others as the one\n"
        "before it, under the same seeds, and shares the whole difference out among the groups (Shapley values);\n"
        "with study.over_time=true the change since the year before the reform, for which study=control has groups."
    ),
    examples=(
        "pyramid attribution after=gansu_2019 places=[6207]",
        "pyramid attribution study=control places=[620725]      # how much is trend, rule, campaign and reform",
        "pyramid attribution after=grid_first 'study.groups={size: [grid.households*], visits: [grid.visits*]}'",
    ),
    config=PrimaryConfig("attribution", "experiments.studies.attribution.schema:AttributionConfig", STUDY_GROUPS),
    plan="experiments.studies.attribution.plan:plan",
    run="experiments.studies.attribution.study:run",
)
"""The declaration of this kind of study."""
