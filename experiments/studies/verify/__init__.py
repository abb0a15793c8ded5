"""``pyramid verify``: checks of the model against theory and against itself."""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import PrimaryConfig

KIND = StudyKind(
    name="verify",
    place=120,
    summary="checks of the model: known answers of queueing theory, conservation, reverse tests, common random numbers",
    usage="pyramid verify [checks=[NAME,…]] [KEY=VALUE …]",
    meaning=(
        "Checks the model: known answers of queueing theory with deliberately wrong models that must be rejected,\n"
        "conservation, reverse tests, common random numbers. Exit code 0 when all pass, 1 when any fails."
    ),
    examples=(
        "pyramid verify",
        "pyramid verify checks=[known_answers] replicates=8",
        "pyramid verify checks=[mm3] seed=100 output=json",
    ),
    config=PrimaryConfig("verify", "experiments.studies.verify.schema:VerifyConfig", {"executor": "threads"}),
    plan="experiments.studies.verify.study:plan",
    run="experiments.studies.verify.study:run",
)
"""The declaration of this kind of study."""
