"""The patterns by which the model is judged: one registry, each with what is reported and how a run shows it.

What is reported is a number or a range with its tag (F fact with a source, D derived, A assumed) and source; a
tolerance of ours says how near a mean over replicates must come. A pattern that is only known as a direction, or only
in part born of disputes, is judged by its direction and never fitted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from experiments.configuration.schema import MARGIN
from experiments.patterns.observed import Observed, over, over_replicates
from experiments.statistics.intervals import Estimate
from sim.measures.composition import TARGET, aitchison_distance, without_zeros
from sim.measures.petitions import PYRAMID

CASE = "People's Daily Online 2020-06-11"
MICHELSON = "Michelson's dispute pagoda, shares recalled"
COURTS = "Supreme People's Court 2021"

FALL_OF_VISITS = -0.359
"""Reported change of visits to the province, 2019 over 2018."""

HOTLINE = (4.0, 21.43, 0.53, 0.97)
"""Beijing's hotline before and four years later: million requests, and the share resolved."""


@dataclass(frozen=True)
class Pattern:
    """One figure that is reported and simulated.

    Attributes:
        id: the pattern it belongs to, ``P1`` to ``P9``.
        name: what this figure of it is called, ``snake_case``.
        meaning_en, meaning_zh: one line each.
        low, high: what is reported, a range or twice the same number.
        unit: ``share``, ``change`` and ``points`` print in per cent, others as they are.
        tag, source: where the reported number comes from.
        value: the figure of one replicate; raises ``NotMeasured``.
        tolerance: how far outside the range a mean may lie and still meet the pattern; ours, assumed.
        direction: judged by its sign alone.
        note_en, note_zh: what else to know.
    """

    id: str
    name: str
    meaning_en: str
    meaning_zh: str
    low: float
    high: float
    unit: str
    tag: str
    source: str
    value: Callable[[Observed], float]
    tolerance: float = 0.0
    direction: bool = False
    note_en: str = ""
    note_zh: str = ""

    def residual(self, simulated: float) -> float:
        """Simulated less the nearest point of what is reported: 0 within the range."""
        return simulated - min(max(simulated, self.low), self.high)

    def is_met(self, simulated: float) -> bool | None:
        """Whether a mean meets the pattern; ``None`` where there is no number."""
        if not math.isfinite(simulated):
            return None
        if self.direction:
            return simulated * (self.low + self.high) > 0
        return abs(self.residual(simulated)) <= self.tolerance


@dataclass(frozen=True)
class PatternOutcome:
    """A pattern with its simulated figure; ``simulated`` is ``None`` where the runs do not measure it."""

    pattern: Pattern
    simulated: Estimate | None

    @property
    def residual(self) -> float:
        """Of the mean over replicates; NaN without one."""
        return math.nan if self.simulated is None else self.pattern.residual(self.simulated.mean)

    @property
    def is_met(self) -> bool | None:
        """Of the mean over replicates; ``None`` without one, or for a direction whose interval holds zero."""
        found = self.simulated
        if found is None or (self.pattern.direction and found.low <= 0 <= found.high):
            return None
        return self.pattern.is_met(found.mean)


def pattern_outcomes(runs: Sequence[Observed]) -> list[PatternOutcome]:
    """Every pattern beside the mean of some replicates of one scenario, with its interval."""
    return [PatternOutcome(pattern, over_replicates(pattern.value, runs)) for pattern in PATTERNS]


def _first_choice(forum: str, english: str, chinese: str, low: float, high: float, tolerance: float) -> Pattern:
    return Pattern(
        "P1",
        f"first_{forum}_share",
        f"first choices before: {english}",
        f"改革前第一选择：{chinese}",
        low,
        high,
        "share",
        "A",
        MICHELSON,
        lambda run: run.before(f"first_{forum}_share"),
        tolerance,
    )


def _ratio(name: str, when_en: str, when_zh: str, of: Callable[[Observed], Sequence[float]]) -> tuple[Pattern, ...]:
    """City and county for one at the province and the distance to 1 : 2 : 3, of one window."""

    def level(which: int) -> Callable[[Observed], float]:
        def ratio(run: Observed) -> float:
            parts = without_zeros(of(run))
            return float(parts[which] / parts[0])

        return ratio

    english, chinese = f"for one at the province, {when_en}", f"省级每1件对应，{when_zh}"
    gradual = ("reported as approached “gradually”", "公开报道为“逐步”转向")
    common = ("ratio", "F", CASE)
    return (
        Pattern(
            "P2", f"city_{name}", f"city {english}", f"市级：{chinese}", 2, 2, *common, level(1), 0.4, False, *gradual
        ),
        Pattern(
            "P2", f"county_{name}", f"county {english}", f"县级：{chinese}", 3, 3, *common, level(2), 0.6, False,
            *gradual,
        ),
        Pattern(
            "P2",
            f"distance_{name}",
            f"distance to 1 : 2 : 3, {when_en}",
            f"与1 : 2 : 3的距离，{when_zh}",
            0,
            0,
            "Aitchison distance",
            "F",
            CASE,
            lambda run: float(aitchison_distance(of(run), TARGET)),
            MARGIN,
        ),
    )  # fmt: skip


def _year(run: Observed) -> tuple[float, ...]:
    return tuple(run.after(f"petitions_{level}") for level in PYRAMID)


def _rate_of_induced_demand(run: Observed) -> float:
    """e-fold growth of requests per share of 1 more that is met; NaN where the share met did not rise."""
    growth = over(run.after("requests"), run.before("requests"))
    risen = run.after("requests_met_share") - run.before("requests_met_share")
    return math.log(growth) / risen if risen > 0 and growth > 0 else math.nan


_WEAK = (
    "direction only, never fitted: only the part that disputes turn into is modelled",
    "仅看方向，从不用于拟合：模型只含由纠纷转化的部分",
)

PATTERNS: tuple[Pattern, ...] = (
    _first_choice("nothing", "do nothing (about a third)", "什么也不做（约三分之一）", 0.33, 0.33, 0.05),
    _first_choice("bilateral", "talk to the other side (nearly half)", "找对方商量（近一半）", 0.47, 0.47, 0.05),
    _first_choice("local", "mediators of village or township", "找村、乡调解", 0.16, 0.16, 0.03),
    _first_choice("government", "county or a petition (few per cent)", "找县级或信访（百分之几）", 0.02, 0.03, 0.02),
    _first_choice("court", "court (a few per cent)", "上法院（百分之几）", 0.02, 0.02, 0.01),
    Pattern(
        "P2", "city_before", "city for one at the province, before (upside down: at most 1)",
        "市级：省级每1件对应，改革前（倒金字塔：不大于1）", 0, 1, "ratio", "F", CASE,
        lambda run: run.before("ratio_city_to_province"),
    ),
    Pattern(
        "P2", "county_before", "county for one at the city, before (upside down: at most 1)",
        "县级：市级每1件对应，改革前（倒金字塔：不大于1）", 0, 1, "ratio", "F", CASE,
        lambda run: over(run.before("ratio_county_to_province"), run.before("ratio_city_to_province")),
    ),
    *_ratio("after", "after", "改革后", _year),
    *_ratio("late", "last six months", "最后六个月", Observed.late_pyramid),
    Pattern(
        "P3", "visits_province", "visits to the province, change", "到省走访，变化",
        FALL_OF_VISITS, FALL_OF_VISITS, "change", "F", CASE, lambda run: run.change_of_count("visits_province"), 0.02,
    ),
    Pattern(
        "P3", "visits_nation", "visits to the national capital, change", "进京走访，变化",
        -0.631, -0.631, "change", "F", CASE, lambda run: run.change_of_count("visits_nation"), 0.04,
    ),
    Pattern(
        "P4", "recorded_success", "mediation recorded as successful, before", "调解台账成功率，改革前",
        0.96, 0.98, "share", "F", "Ministry of Justice 2018", lambda run: run.before("recorded_success"),
    ),
    Pattern(
        "P4", "durable_success", "mediation that holds for twelve months, before", "调解后十二个月不反复的比例，改革前",
        0.65, 0.74, "share", "F", f"{COURTS}: 65.04 %; Gansu courts 2023: 73.7 %",
        lambda run: run.before("durable_success"),
        note_en="reported is success before courts, taken as what holds",
        note_zh="公开数字为诉前调解成功率，此处视为稳定化解率",
    ),
    Pattern(
        "P5", "petitions_per_1000", "petitions per 1,000 residents a year, before", "每千人每年信访件次，改革前",
        5.3, 5.3, "1/1000/year", "D", "some 600,000 a month, January to September 2013, national",
        lambda run: run.before("petitions_per_1000"), 0.5,
    ),
    Pattern(
        "P5", "suits", "first-instance civil suits per 1,000 a year, before", "每千人每年一审民事案件，改革前",
        9.3, 9.8, "1/1000/year", "D", f"{COURTS}, national 2020 and 2019",
        lambda run: run.before("suits") + run.scenario.behaviour.court_background, 0.5,
        note_en="suits born of modelled grievances and the background stream, which is an assumption",
        note_zh="由所模拟诉求引发的诉讼加背景案件，后者为假设",
    ),
    Pattern(
        "P5", "mediations", "mediations per 1,000 a year, before", "每千人每年调解，改革前",
        6, 11, "1/1000/year", "D", "Ministry of Justice 2018: 6–7; Qingyang: 11", lambda run: run.before("mediations"),
        note_en="reported is people's mediation alone; simulated, all mediation of village, township and county",
        note_zh="公开数字仅为人民调解；模拟数字为村、乡、县三级全部调解",
    ),
    Pattern(
        "P6", "satisfaction", "surveyed safety and satisfaction, after", "调查的安全感满意度，改革后",
        0.9586, 0.9586, "share", "F", CASE, lambda run: run.after("satisfaction_surveyed"), 0.01,
    ),
    Pattern(
        "P6", "satisfaction_change", "surveyed safety and satisfaction, change in points",
        "调查的安全感满意度，变化（百分点）",
        0.0281, 0.0302, "points", "F", f"{CASE}: “+3.02 %”, of points or of itself",
        lambda run: run.after("satisfaction_surveyed") - run.before("satisfaction_surveyed"), 0.005,
    ),
    Pattern(
        "P7", "requests", "requests to service halls, change as service improves", "办事请求，随服务改善的变化",
        HOTLINE[1] / HOTLINE[0] - 1, HOTLINE[1] / HOTLINE[0] - 1, "change", "D", "Beijing's hotline, four years",
        lambda run: run.change("requests"), direction=True,
        note_en="direction only: another city, and another service", note_zh="仅看方向：另一座城市、另一种服务",
    ),
    Pattern(
        "P7", "induced_demand", "e-fold growth of requests for a share of 1 more met",
        "办成率提高1时请求增长的对数倍数",
        0, math.log(HOTLINE[1] / HOTLINE[0]) / (HOTLINE[3] - HOTLINE[2]), "1", "D", "Beijing's hotline: an upper bound",
        _rate_of_induced_demand,
    ),
    Pattern(
        "P8", "offences", "public-order offences, change", "治安案件，变化",
        -0.21, -0.21, "change", "F", CASE, lambda run: run.change("offences"), direction=True,
        note_en=_WEAK[0], note_zh=_WEAK[1],
    ),
    Pattern(
        "P8", "mass_incidents", "mass incidents, change", "群体性事件，变化",
        -0.402, -0.402, "change", "F", CASE, lambda run: run.change("mass_incidents"), direction=True,
        note_en=_WEAK[0], note_zh=_WEAK[1],
    ),
    Pattern(
        "P9", "prelitigation_days", "days with the courts' mediators, queue and work, before",
        "法院调解天数（等候加办理），改革前",
        23.33, 23.33, "days", "F", COURTS, lambda run: run.before("prelitigation_days"), 5,
        note_en="simulated: days waited and worked on by pre-litigation mediators, over the cases they started",
        note_zh="模拟数字：诉前调解员处的等候与办理天数除以所开始的案件数",
    ),
)  # fmt: skip
"""Every figure of the patterns P1 to P9, in their order."""
