"""``pyramid index``: an illustrative index of every city and month of one scenario."""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import SCENARIO_GROUPS, PrimaryConfig

KIND = StudyKind(
    name="index",
    place=100,
    summary="an illustrative index of every city and month of one scenario, with colours",
    usage="pyramid index [index=NAME] [GROUP=OPTION …] [KEY=VALUE …]",
    meaning=(
        "Simulates one scenario and scores every city and month by the tree of an index, with colours, beside\n"
        "what is true and what is recorded. Illustrative: indicators, weights and limits are assumptions in the\n"
        "tree's file. With export=FOLDER, the data are written there as index.json and index.parquet."
    ),
    examples=(
        "pyramid index province=gansu places=[6207] after=gansu_2019",
        "pyramid index province=tiny replicates=4 output=json",
        "pyramid index province=tiny index.indicators.safety.weight=20 export=/tmp/index",
        "pyramid index --config-dir my_configs index=mine",
    ),
    config=PrimaryConfig(
        "index", "experiments.studies.index.schema:IndexConfig", {"index": "pingan", **SCENARIO_GROUPS}
    ),
    plan="experiments.studies.index.study:plan",
    run="experiments.studies.index.study:run",
)
"""The declaration of this kind of study."""
