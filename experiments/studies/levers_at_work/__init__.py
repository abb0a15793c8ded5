"""``pyramid levers-at-work``: whether each lever does what is claimed of it, and where along its chain it ends."""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import STUDY_GROUPS, PrimaryConfig

KIND = StudyKind(
    name="levers-at-work",
    place=45,
    summary="whether each lever does what is claimed of it, and where along its chain it ends",
    usage="pyramid levers-at-work [places=[…]] [study.levers=[…]] [behaviour=NAME] [KEY=VALUE …]",
    meaning=(
        "Moves every lever over its range, from the status quo and from the full reform, and tells of each whether it\n"
        "acts as claimed, otherwise than claimed, is equivalent to nothing or is not told apart from chance or nothing."
    ),
    examples=(
        "pyramid levers-at-work places=[6207] study.levers=[centre.*,staff.mediators_county]",
        "pyramid levers-at-work study.counties=0 replicates=4 output=full",
    ),
    config=PrimaryConfig("levers-at-work", "experiments.studies.levers_at_work.schema:LeversConfig", STUDY_GROUPS),
    plan="experiments.studies.levers_at_work.plan:plan",
    run="experiments.studies.levers_at_work.study:run",
)
"""The declaration of this kind of study."""
