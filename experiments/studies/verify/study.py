"""The checks of ``experiments.verification`` in one table; whether all of them pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.configuration.command import Invocation
from experiments.report.plain_text import table
from experiments.runs.executors import worker_count
from experiments.runs.run import model_version
from experiments.studies.study import Runner, Study, StudyResult
from experiments.studies.verify.schema import VerifyConfig
from experiments.verification.check import Check, Finding, Z, carry_out_checks
from experiments.verification.suite import chosen

if TYPE_CHECKING:
    import pandas as pd

HEADER = {
    "en": ("check", "what", "textbook", "expected", "observed", "±", "replicates", "wrong model", "pass"),
    "zh": ("检验", "内容", "教科书", "期望", "观测", "±", "重复", "错误模型", "通过"),
}
WORDS = {
    "en": {
        True: "yes",
        False: "NO",
        "all": "All {n} lines pass.",
        "some": "{failed} of {n} lines fail: {names}.",
        "notes": """\
Expected: the textbook's system counted in whole days, as the model counts; exact where it has no ±.
±: what {z:g} standard errors are, two-sided (Student), set before any run. Wrong model: the same figure of a deliberate
fault (a slot more or less, service a tenth longer, no priority, a lever or an agent that does act), which must be
rejected.
¹ The model turns nobody away because all are busy; B is the chance that all are busy when nobody waits, which is the
same number. Not in the model, and not checked: Erlang A (nobody leaves a queue).""",
    },
    "zh": {
        True: "是",
        False: "否",
        "all": "全部{n}行通过。",
        "some": "{n}行中有{failed}行未通过：{names}。",
        "notes": """\
期望：按模型的整日计数的教科书系统；没有±者须完全相等。±：相当于{z:g}个标准误，双侧（学生t），事先设定。
错误模型：同一指标在故意出错（多或少一个名额、办理时间长一成、不分先后、真正起作用的政策或主体）时的值，必须被拒绝。
¹ 模型不会因全部忙碌而拒人于门外；B为无人等候时全部忙碌的概率，与之相等。
模型中没有、因而不检验：Erlang A（无人中途离队）。""",
    },
}
"""Words of the table, by language."""


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

    def text(self, language: str) -> str:
        """The table of findings in the language asked for."""
        return _text(self.findings, self.failed, language)


def _text(findings: Sequence[Finding], failed: Sequence[str], language: str) -> str:
    words: dict[Any, str] = WORDS[language]
    rows = [_row(finding, language) for finding in findings]
    lines = sum(not finding.passed for finding in findings)
    end = words["some" if failed else "all"].format(n=len(findings), failed=lines, names=", ".join(failed))
    return "\n".join([table(HEADER[language], rows, left=2), words["notes"].format(z=Z), "", end])


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
        WORDS[language][finding.passed],
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
