"""The checks of ``experiments.verification`` in one table; whether all of them pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.configuration.command import Invocation
from experiments.configuration.words_file import in_language, row_of
from experiments.report.answer import Answer
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.runs.executors import worker_count
from experiments.runs.run import model_version
from experiments.studies.study import Runner, Study, StudyResult
from experiments.studies.verify.schema import VerifyConfig
from experiments.verification.check import CHANCE, Check, Finding, Z, carry_out_checks
from experiments.verification.suite import chosen

if TYPE_CHECKING:
    import pandas as pd

WORDS = Path(__file__).parent / "words.toml"

NAMED = 3
"""Failed checks that the answer tells one by one."""


@dataclass(frozen=True)
class Verification(Study[VerifyConfig]):
    """Checks that were chosen."""

    checks: Sequence[Check]


def plan(config: VerifyConfig, invocation: Invocation) -> Verification:
    """The checks; raises ``InputError`` for a name of a check or section that there is not."""
    return Verification(config, invocation, chosen(config.checks, config.seed, config.replicates))


def run(study: Verification, runner: Runner) -> VerificationResult:
    """Carries out the checks."""
    return VerificationResult(study, carry_out_checks(study.checks, worker_count(runner.executor), runner.progress))


class VerificationResult(StudyResult):
    """What was found."""

    def __init__(self, study: Verification, found: Sequence[tuple[Check, Sequence[Finding]]]) -> None:
        self.study: Verification = study
        self.found = found
        self.findings = [finding for _, each in found for finding in each]
        self.failed = list(dict.fromkeys(finding.name for finding in self.findings if not finding.passed))

    @property
    def succeeded(self) -> bool:
        """Whether all passed."""
        return not self.failed

    @property
    def complaints(self) -> list[str]:
        """The names of what failed."""
        return [f"failed: {', '.join(self.failed)}"] if self.failed else []

    def document(self) -> dict[str, Any]:
        """Every finding."""
        return {
            "command": "verify",
            "model_version": model_version(),
            "seed": self.study.config.seed,
            "standard_errors": Z,
            "findings": [_document(check, finding) for check, each in self.found for finding in each],
            "failed": self.failed,
        }

    def frame(self) -> pd.DataFrame:
        """A row a finding."""
        import pandas as pd

        return pd.json_normalize(self.document()["findings"], sep="_")

    def answer(self, words: Words) -> Answer:
        """How many checks pass, which do not, and how sure that is."""
        said, config = in_language(WORDS, words.language), self.study.config
        failed = [finding for finding in self.findings if not finding.passed]
        n = len(self.findings)
        lines = [said["some" if failed else "all"].format(n=n, passed=n - len(failed))]
        lines += [_failure(finding, said, words.language) for finding in failed[:NAMED]]
        if rest := list(dict.fromkeys(finding.name for finding in failed[NAMED:])):
            lines[-1] = words.joined(lines[-1], said["rest"].format(names=words.listed(rest)))
        sure = said["sure"].format(seeds=config.replicates, z=Z, chance=f"{round(1 / CHANCE, -3):,.0f}")
        faults = sum(finding.wrong is not None for finding in self.findings)
        lines.append(words.joined(sure, *([said["faults"].format(n=faults)] if faults else [])))
        return Answer(
            question=said["question"],
            text=tuple(lines),
            n_of=n - len(failed),
            of=n,
            bases={"seeds": config.replicates, "standard_errors": Z},
            caveats=(said["caveat"],),
        )

    def text(self, language: str) -> str:
        """The table of findings and how it is read, in the language asked for."""
        return f"{self.table(language)}\n{in_language(WORDS, language)['notes'].format(z=Z)}"

    def table(self, language: str) -> str:
        """The table of findings."""
        rows = [_row(finding, language) for finding in self.findings]
        return table(row_of(in_language(WORDS, language), "header"), rows, left=2)


def _failure(finding: Finding, said: Mapping[str, str], language: str) -> str:
    """A check that failed, with its figures; a right model may have failed to be told from a wrong one."""
    is_near = finding.wrong is not None and abs(finding.observed - finding.expected) <= finding.half_width
    return said["failure.wrong" if is_near else "failure"].format(
        name=finding.name,
        what=finding.what_zh if language == "zh" else finding.what_en,
        expected=_number(finding.expected),
        observed=_number(finding.observed),
        half=f" ± {_number(finding.half_width)}" if finding.half_width else "",
        wrong="" if finding.wrong is None else _number(finding.wrong),
    )


def _row(finding: Finding, language: str) -> list[str]:
    return [
        finding.name,
        finding.what_zh if language == "zh" else finding.what_en,
        "" if finding.known is None else _number(finding.known),
        _number(finding.expected),
        _number(finding.observed),
        _number(finding.half_width) if finding.half_width else "",
        str(finding.replicates),
        "" if finding.wrong is None else _number(finding.wrong),
        in_language(WORDS, language)["yes" if finding.passed else "no"],
    ]


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}".replace("-", "−")
    return f"{value:,.4f}".replace("-", "−")


def _document(check: Check, finding: Finding) -> dict[str, Any]:
    return {
        "section": check.section,
        "name": finding.name,
        "what": {"en": finding.what_en, "zh": finding.what_zh},
        "textbook": finding.known,
        "expected": finding.expected,
        "observed": finding.observed,
        "half_width": finding.half_width,
        "replicates": finding.replicates,
        "wrong_model": finding.wrong,
        "passed": finding.passed,
    }
