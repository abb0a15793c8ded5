"""Studies of the model: run scenarios many times, keep the results, compare and report them."""

from experiments.packages import check_packages

check_packages()
