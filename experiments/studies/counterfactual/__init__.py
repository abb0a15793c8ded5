"""``pyramid counterfactual``: the same disputes under two policies – where each ended under one and under the other.

Every draw is keyed, so a dispute is the same matter of the same claimant in both worlds; only what the policies do
differs.
"""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import STUDY_GROUPS, PrimaryConfig

KIND = StudyKind(
    name="counterfactual",
    place=80,
    summary="where the same disputes end under two policies, and what the change is made of",
    usage="pyramid counterfactual [before=POLICY] [after=POLICY] [KEY=VALUE …]",
    meaning=(
        "Follows every dispute under two policies, the one before the reform kept (or study.reference) and the one\n"
        "after: where each ended under one and the other, and what the change in durable settlement is made of."
    ),
    examples=(
        "pyramid counterfactual before=status_quo after=gansu_2019 places=[6207]",
        "pyramid counterfactual after=rule_and_register study.reference=one_stop places=[6207] replicates=5",
    ),
    config=PrimaryConfig(
        "counterfactual", "experiments.studies.counterfactual.schema:CounterfactualConfig", STUDY_GROUPS
    ),
    plan="experiments.studies.counterfactual.study:plan",
    run="experiments.studies.counterfactual.study:run",
)
"""The declaration of this kind of study."""
