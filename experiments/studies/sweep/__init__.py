"""``pyramid sweep``: levers, uncertainties, policies and stresses over a design, ranked, kept, extended and drawn."""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import STUDY_GROUPS, PrimaryConfig

KIND = StudyKind(
    name="sweep",
    place=30,
    summary="levers, uncertainties, policies and stresses over a grid, a Latin hypercube or a Sobol design, ranked",
    usage="pyramid sweep [study=NAME] [KEY=VALUES …] [GROUP=OPTION …] [KEY=VALUE …]",
    meaning=(
        "Varies keys of a scenario over a design and ranks the points; results are kept and a report is drawn. A key\n"
        "with several values (8,16), a range(…), an interval(…) or declared (its whole range) is a factor: a lever,\n"
        "an uncertainty, a stress, a policy (after=…). A finished run is never run again: extend a sweep as you like."
    ),
    examples=(
        "pyramid sweep study=coverage_by_staff",
        "pyramid sweep province=tiny after=status_quo,whistle behaviour.patience=10,20 study.reference=status_quo",
        "pyramid sweep places=[6207] 'after.staff.mediators_county=interval(4,30)' "
        "after.centre.coverage_county=declared study.design=sobol study.size=64",
        "pyramid sweep study=coverage_by_staff precision=0.02 of=petitions_province replicates_max=50",
    ),
    config=PrimaryConfig("sweep", "experiments.studies.sweep.schema:SweepConfig", STUDY_GROUPS),
    prepare="experiments.studies.sweep.arguments:prepare",
    plan="experiments.studies.sweep.plan:plan",
    run="experiments.studies.sweep.study:run",
)
"""The declaration of this kind of study."""
