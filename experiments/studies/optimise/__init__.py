"""``pyramid optimise``: configurations between which only the objectives can decide, by NSGA-II (Deb et al. 2002).

Only levers are searched (``configuration.search_space``): no stress, nothing about people, and never fewer
registrations than under the reference.
"""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import STUDY_GROUPS, PrimaryConfig

KIND = StudyKind(
    name="optimise",
    place=60,
    summary="configurations between which only cost, durable settlement and the ratio can decide, as policy files",
    usage="pyramid optimise study=NAME [KEY=VALUE …]",
    meaning=(
        "Searches levers of the policy after the reform for several objectives at once under constraints (NSGA-II);\n"
        "every candidate shares its seeds with the reference, the front is measured anew on fresh ones, and each of\n"
        "its points is a policy file. Stresses and what people are like are never searched."
    ),
    examples=(
        "pyramid optimise study=cheapest_to_1_2_3",
        "pyramid compare --config-dir results/cheapest_to_1_2_3/latest/config "
        "study.policies=[status_quo,front_01,front_08] places=[6207]",
    ),
    config=PrimaryConfig(
        "optimise", "experiments.studies.optimise.schema:OptimiseConfig", {**STUDY_GROUPS, "after": "status_quo"}
    ),
    plan="experiments.studies.optimise.plan:plan",
    run="experiments.studies.optimise.study:run",
)
"""The declaration of this kind of study."""
