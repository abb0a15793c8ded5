"""``pyramid robustness``: policies over many futures – what people may be like, and what may befall them.

Regret, satisficing, the worst futures and groups, and when a policy fails (PRIM). Lempert, Popper & Bankes 2003;
Kasprzyk et al. 2013; McPhail et al. 2018.
"""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import STUDY_GROUPS, PrimaryConfig

KIND = StudyKind(
    name="robustness",
    place=70,
    summary="policies over many futures: regret, satisficing, worst groups, and when a policy fails",
    usage="pyramid robustness study=NAME [ensemble=FILE] [KEY=VALUE …]",
    meaning=(
        "Sets policies against many futures (members of an ensemble, or a sample of uncertainties, under stresses):\n"
        "regret, the share of futures in which thresholds hold, worst futures and groups, when a policy fails (PRIM)."
    ),
    examples=(
        "pyramid robustness study=whichever_future",
        "pyramid robustness study=whichever_future study.discover=one_stop places=[6207]",
    ),
    config=PrimaryConfig("robustness", "experiments.studies.robustness.schema:RobustnessConfig", STUDY_GROUPS),
    plan="experiments.studies.robustness.plan:plan",
    run="experiments.studies.robustness.study:run",
)
"""The declaration of this kind of study."""
