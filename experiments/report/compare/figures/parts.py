"""What brings the difference about: the parts that groups of levers have of it, the first year beside the last."""

from __future__ import annotations

from matplotlib.figure import Figure

from experiments.report.attribution import shares
from experiments.report.attribution.shared_out import SharedOut
from experiments.report.attribution.tables import NAME, part_table
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.shared_out import where
from experiments.report.table import Table
from experiments.report.text import Words


def available(evidence: Evidence) -> bool:
    """Where the difference of a policy was shared out."""
    return evidence.attribution is not None


def draw(evidence: Evidence, words: Words) -> Figure:
    """A row a group and one for the whole, a panel a measure."""
    return shares.draw_parts(_found(evidence), words)


def table(evidence: Evidence, words: Words) -> Table:
    """What each group brings, in all measures and years."""
    return part_table(_found(evidence), words)


def caption(evidence: Evidence, words: Words) -> str:
    """Whose difference it is, where, and what bars and lines are."""
    lines = f"{NAME}.lines.members" if evidence.behaviours > 1 else f"{NAME}.lines"
    said = [words("parts.caption", policy=_policy(evidence, words)), where(evidence, words), words(lines)]
    return words.joined(*filter(None, said))


def _policy(evidence: Evidence, words: Words) -> str:
    stored = evidence.settings.attribution
    return words.scenario(stored.policy) if stored else ""


def _found(evidence: Evidence) -> SharedOut:
    assert evidence.attribution is not None
    return evidence.attribution
