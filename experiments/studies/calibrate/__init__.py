"""``pyramid calibrate``: sets of assumptions that meet what is reported, by solving for what is fitted.

What is varied and what the fitted uncertainties (knobs) are to give are drawn first for every candidate; each knob has
one figure of its own and is solved for by Broyden's method (Broyden 1965) in a few counties. Each candidate is then
simulated in all places; it is a member of the ensemble if it meets all figures and all checks there.
"""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import STUDY_GROUPS, PrimaryConfig

KIND = StudyKind(
    name="calibrate",
    place=50,
    summary="sets of assumptions about people that meet what is reported, as an ensemble for the other studies",
    usage="pyramid calibrate study=NAME [KEY=VALUE …]",
    meaning=(
        "Finds sets of assumptions that meet what is reported: some fitted, to a figure each, others varied. Predicts\n"
        "figures that were held out, and tells what the figures cannot tell. Writes ensemble.csv for others."
    ),
    examples=(
        "pyramid calibrate study=gansu_2019_patterns",
        "pyramid compare study=configurations ensemble=results/gansu_2019_patterns/latest/ensemble.csv replicates=100",
        "pyramid compare study=configurations behaviour=gansu_ensemble replicates=100     # the shipped one",
    ),
    config=PrimaryConfig(
        "calibrate", "experiments.studies.calibrate.schema:CalibrateConfig", STUDY_GROUPS, takes_ensemble=False
    ),
    plan="experiments.studies.calibrate.plan:plan",
    run="experiments.studies.calibrate.study:run",
)
"""The declaration of this kind of study."""
