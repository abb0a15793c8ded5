"""``pyramid patterns``: reported patterns beside simulated ones."""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import SCENARIO_GROUPS, PrimaryConfig

KIND = StudyKind(
    name="patterns",
    place=90,
    summary="what the model reproduces: reported patterns beside simulated ones, with what does not fit",
    usage="pyramid patterns [GROUP=OPTION …] [KEY=VALUE …]",
    meaning=(
        "Simulates the reform some times (status_quo → gansu_2019, three replicates) and prints what is reported\n"
        "of the province, or else of China (patterns P1 to P9), beside what the model gives: residual, met or not,\n"
        "and which figures cannot hold together. With held_out=true: what was never fitted, predicted and scored;\n"
        "with reported=zhejiang beside the figures of that province alone."
    ),
    examples=(
        "pyramid patterns",
        "pyramid patterns province=gansu places=[6207] replicates=5 output=json",
        "pyramid patterns language=zh behaviour.patience=20",
        "pyramid patterns held_out=true calendar.end=2023-12-31 output=full",
        "pyramid patterns held_out=true after=zhejiang_2020 reported=zhejiang output=full",
    ),
    config=PrimaryConfig("patterns", "experiments.studies.patterns.schema:PatternsConfig", SCENARIO_GROUPS),
    plan="experiments.studies.patterns.study:plan",
    run="experiments.studies.patterns.study:run",
)
"""The declaration of this kind of study."""
