"""``pyramid compare``: policies and stresses side by side, paired by seed."""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import STUDY_GROUPS, PrimaryConfig

KIND = StudyKind(
    name="compare",
    place=20,
    summary="a study: policies and stresses side by side, paired by seed, with a report in English and Chinese",
    usage="pyramid compare study=NAME [GROUP=OPTION …] [KEY=VALUE …]",
    meaning=(
        "Runs every world of a study on the same seeds, keeps the results under results/, prints paired\n"
        "effects against the reference and writes the report. A finished run is never run again. A world is a\n"
        "policy after the reform (study.policies) or a policy with a stress of its own (study.worlds). Every\n"
        "replicate has another of the behaviours that the public reports do not rule out; behaviour=default holds\n"
        "one for all."
    ),
    examples=(
        "pyramid compare study=configurations",
        "pyramid compare study=configurations province=tiny replicates=4 results=/tmp/results",
        "pyramid compare study.policies=[status_quo,whistle] study.name=mine replicates=5",
        "pyramid compare study=configurations replicates=100     # all the behaviours: only the new ones are run",
        "pyramid compare study=configurations behaviour=default replicates=10   # one behaviour: ranges are chance",
        "pyramid compare study=four_roads",
        "pyramid compare 'study.worlds={cut: {after: status_quo, stress: staff_cut}}' study.policies=[status_quo]",
    ),
    config=PrimaryConfig(
        "compare",
        "experiments.studies.compare.schema:CompareConfig",
        {
            **{group: option for group, option in STUDY_GROUPS.items() if group != "after"},
            "behaviour": "gansu_ensemble",
        },
    ),
    plan="experiments.studies.compare.study:plan",
    run="experiments.studies.compare.study:run",
)
"""The declaration of this kind of study."""
