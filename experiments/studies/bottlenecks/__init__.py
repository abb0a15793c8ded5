"""``pyramid bottlenecks``: where one post more settles more, and what that costs."""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import STUDY_GROUPS, PrimaryConfig

KIND = StudyKind(
    name="bottlenecks",
    place=46,
    summary="which pools of mediators, handlers and clerks are short: what one post more settles, and for how much",
    usage="pyramid bottlenecks [places=[…]] [study.pools=[…]] [behaviour=NAME] [KEY=VALUE …]",
    meaning=(
        "Adds one post to one pool at a time, under the status quo and under the full reform, and tells what it\n"
        "settles for good within its first year, where that is beyond chance, how busy the pool was, and yuan per\n"
        "settlement."
    ),
    examples=(
        "pyramid bottlenecks places=[6207] study.pools=[county_*,petition_handlers]",
        "pyramid bottlenecks study.counties=0 study.bases=[status_quo] output=full",
    ),
    config=PrimaryConfig("bottlenecks", "experiments.studies.bottlenecks.schema:BottlenecksConfig", STUDY_GROUPS),
    plan="experiments.studies.bottlenecks.plan:plan",
    run="experiments.studies.bottlenecks.study:run",
)
"""The declaration of this kind of study."""
