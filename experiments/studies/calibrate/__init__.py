"""``pyramid calibrate``: the set of behaviours that reported patterns do not rule out, by history matching.

Craig, Goldstein, Seheult & Smith 1997; Vernon, Goldstein & Bower 2010; Andrianakis et al. 2015. Waves of simulations
train emulators (Gaussian processes of scikit-learn); what is implausible under them is ruled out; the next wave is
drawn from what is left. The members of the final set are simulated, not emulated.
"""

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import STUDY_GROUPS, PrimaryConfig

KIND = StudyKind(
    name="calibrate",
    place=50,
    summary="the set of behaviours that reported patterns do not rule out, as an ensemble for the other studies",
    usage="pyramid calibrate study=NAME [KEY=VALUE …]",
    meaning=(
        "Finds the set of behaviours that reported patterns do not rule out (history matching with emulators),\n"
        "predicts patterns that were held out, and tells what the data cannot tell. Writes ensemble.csv for others."
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
