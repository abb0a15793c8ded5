"""The ``pyramid`` command: finds the subcommand and calls it; imports nothing heavy before that."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

EXIT_INPUT = 2
"""Exit code of anything wrong with the input."""

EXIT_INTERRUPTED = 130

HELP = """\
pyramid – where are people's disputes settled, and what does a configuration of governance centres do to it?

usage: pyramid COMMAND [KEY=VALUE …]

  simulate     one scenario (or with -m all points of a multirun): measures before and after the reform
  compare      a study: policies and stresses side by side, paired by seed, with a report in English and Chinese
  sweep        levers, uncertainties, policies and stresses over a grid, a Latin hypercube or a Sobol design, ranked
  sensitivity  which uncertainties matter, for any measure: Sobol indices or Morris's effects, chance among them
  calibrate    the set of behaviours that reported patterns do not rule out, as an ensemble for the other studies
  optimise     configurations between which only cost, durable settlement and the ratio can decide, as policy files
  robustness   policies over many futures: regret, satisficing, worst groups, and when a policy fails
  counterfactual  where the same disputes end under two policies, and what the change is made of
  patterns     what the model reproduces: reported patterns beside simulated ones, with what does not fit
  index        an illustrative index of every city and month of one scenario, with colours
  whatif       a page on which levers are moved and the model answers: live on this machine, or as one file
  verify       checks of the model: known answers of queueing theory, conservation, reverse tests, common random numbers
  report       redraw the report of stored results
  list         what there is: policies, levers, uncertainties, stresses, measures, studies, indices, provinces
  completion   print a completion script for bash, zsh or fish

  pyramid COMMAND --help   groups, defaults and examples
  pyramid --version        version of the toolkit

examples:
  pyramid simulate province=gansu places=[6202]
  pyramid simulate -m after=status_quo,gansu_2019 behaviour.patience=10,20
  pyramid compare study=configurations
  pyramid index places=[6202] after=gansu_2019
  pyramid list levers

Stylised and synthetic: no forecast, and no evaluation of a real place."""


def _simulate(arguments: Sequence[str]) -> int:
    from experiments.configuration.application import run_application
    from experiments.studies.simulate.study import simulate, simulate_points

    return run_application("simulate", arguments, simulate, simulate_points)


def _compare(arguments: Sequence[str]) -> int:
    from experiments.configuration.application import run_application
    from experiments.studies.compare.study import compare

    return run_application("compare", arguments, lambda config: compare(config, arguments))


def _sweep(arguments: Sequence[str]) -> int:
    from experiments.studies.sweep.study import sweep_command

    return sweep_command(arguments)


def _sensitivity(arguments: Sequence[str]) -> int:
    from experiments.configuration.application import run_application
    from experiments.studies.sensitivity.study import sensitivity

    return run_application("sensitivity", arguments, lambda config: sensitivity(config, arguments))


def _counterfactual(arguments: Sequence[str]) -> int:
    from experiments.configuration.application import run_application
    from experiments.studies.counterfactual.study import counterfactual

    return run_application("counterfactual", arguments, lambda config: counterfactual(config, arguments))


def _optimise(arguments: Sequence[str]) -> int:
    from experiments.configuration.application import run_application
    from experiments.studies.optimise.study import optimise

    return run_application("optimise", arguments, lambda config: optimise(config, arguments))


def _robustness(arguments: Sequence[str]) -> int:
    from experiments.configuration.application import run_application
    from experiments.studies.robustness.study import robustness

    return run_application("robustness", arguments, lambda config: robustness(config, arguments))


def _calibrate(arguments: Sequence[str]) -> int:
    from experiments.configuration.application import run_application
    from experiments.studies.calibrate.study import calibrate

    return run_application("calibrate", arguments, lambda config: calibrate(config, arguments))


def _patterns(arguments: Sequence[str]) -> int:
    from experiments.configuration.application import run_application
    from experiments.studies.patterns.study import patterns

    return run_application("patterns", arguments, patterns)


def _index(arguments: Sequence[str]) -> int:
    from experiments.configuration.application import run_application
    from experiments.studies.index.study import index

    return run_application("index", arguments, index)


def _whatif(arguments: Sequence[str]) -> int:
    from experiments.whatif.command import whatif_command

    return whatif_command(arguments)


def _verify(arguments: Sequence[str]) -> int:
    from experiments.configuration.application import run_application
    from experiments.studies.verify.study import verify

    return run_application("verify", arguments, verify)


def _report(arguments: Sequence[str]) -> int:
    from experiments.cli.report_command import redraw

    return redraw(arguments)


def _list(arguments: Sequence[str]) -> int:
    from experiments.cli.lists import print_list

    return print_list(arguments)


def _completion(arguments: Sequence[str]) -> int:
    from experiments.cli.completion import completion

    return completion(arguments)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "simulate": _simulate,
    "compare": _compare,
    "sweep": _sweep,
    "sensitivity": _sensitivity,
    "calibrate": _calibrate,
    "optimise": _optimise,
    "robustness": _robustness,
    "counterfactual": _counterfactual,
    "patterns": _patterns,
    "index": _index,
    "whatif": _whatif,
    "verify": _verify,
    "report": _report,
    "list": _list,
    "completion": _completion,
}
"""What ``pyramid`` knows; a command imports what it needs when it is called."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs ``pyramid`` with some arguments (default: those of the process); returns the exit code.

    0 = done, 1 = some runs or checks failed, 2 = something is wrong with the input, 130 = interrupted.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help", "help"):
        print(HELP)
        return 0
    if given[0] in ("-V", "--version"):
        print(f"petition-pyramid {_version()}")
        return 0
    name, rest = given[0], given[1:]
    if name not in COMMANDS:
        near = difflib.get_close_matches(name, COMMANDS, n=2, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(COMMANDS)}"
        return _refuse(f"there is no command {name!r}; {hint}")
    if arguments is None:  # a process of our own
        from experiments.cli.lazy_imports import start_lightly

        start_lightly()
        _show_warnings_in_one_line()
    try:
        if any(argument in ("-h", "--help") for argument in rest):
            from experiments.cli.help import usage

            print(usage(name, rest))
            return 0
        code = COMMANDS[name](rest)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print("\npyramid: interrupted", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # the reader of stdout has left; nothing more to say to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ValueError as error:
        if not _is_input_error(error):
            raise
        return _refuse(str(error))


def _show_warnings_in_one_line() -> None:
    """Shows what the toolkit itself warns of without the place in its sources."""
    import warnings

    usual = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
        if category.__module__.startswith("sim."):
            print(f"pyramid: {message}", file=sys.stderr, flush=True)
        else:
            usual(message, category, *place, **more)

    warnings.showwarning = show


def _refuse(message: str) -> int:
    for line in message.splitlines() or [message]:
        print(f"pyramid: {_cut(printable(line))}", file=sys.stderr)
    return EXIT_INPUT


def _cut(text: str, longest: int = 1000) -> str:
    """Text without its middle where it is so long that nobody would read it."""
    return text if len(text) <= longest else f"{text[: longest // 2]} … {text[3 - longest // 2 :]}"


def printable(text: str) -> str:
    """Text that cannot steer a terminal: what is not printable is written as an escape."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def _is_input_error(error: ValueError) -> bool:
    from sim.errors import InputError

    return isinstance(error, InputError)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("petition-pyramid")
    except PackageNotFoundError:
        return "(not installed)"


if __name__ == "__main__":
    sys.exit(main())
