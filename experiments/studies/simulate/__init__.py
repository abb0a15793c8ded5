"""``pyramid simulate``: one scenario, or all points of a multirun."""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import SIMULATE

KIND = StudyKind(
    name="simulate",
    place=10,
    summary="one scenario (or with -m all points of a multirun): measures before and after the reform",
    usage="pyramid simulate [-m] [GROUP=OPTION …] [KEY=VALUE …]",
    meaning=(
        "Simulates one scenario some times and prints every measure before the reform, after it, and had the policy\n"
        "before it been kept. With -m, values with commas, range(…) and glob(…) make points, which share their\n"
        "seeds; a table is printed."
    ),
    examples=(
        "pyramid simulate province=gansu places=[6207] replicates=1",
        "pyramid simulate province=tiny before=status_quo after=whistle output=json",
        "pyramid simulate after=gansu_2019 after.staff.mediators_county=20 stress=demand_shock",
        "pyramid simulate -m province=tiny 'after=glob(*)' behaviour.patience=10,20",
        "pyramid simulate --config-dir my_configs after=whistle_and_staff",
    ),
    config=SIMULATE,
    entry="experiments.studies.simulate.study:simulate_command",
    plan="experiments.studies.study:scenario_study",
    run="experiments.studies.simulate.study:run",
)
"""The declaration of this kind of study."""
