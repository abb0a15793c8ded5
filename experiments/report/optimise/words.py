"""Lines of the report of an optimisation, as (English, Chinese)."""

from __future__ import annotations

OPTIMISATION: dict[str, tuple[str, str]] = {
    "optimise.title": ("{study}: a front of configurations", "{study}：配置的前沿"),
    "study.cheapest_to_1_2_3": (
        "The cheapest ways near 1\u00a0:\u00a02\u00a0:\u00a03",
        "接近1\u00a0:\u00a02\u00a0:\u00a03的最省办法",
    ),
    "section.levers": ("The levers along the front", "前沿上的各项手段"),
    "section.search": ("How the search went", "搜索过程"),
    "optimise.gap": ("Recorded less durable success", "台账成功率减稳定率"),
    "optimise.point": ("Point", "方案"),
    "optimise.axis": ("{measure}   {better}", "{measure}   {better}"),
    "optimise.low": ("← better", "← 更好"),
    "optimise.high": ("better →", "更好 →"),
    "optimise.against": ("{measure}, against the reference", "{measure}（较参照）"),
    "optimise.searched": ("{measure}, as the search saw it", "{measure}（搜索时所见）"),
    "optimise.state": ("On fresh seeds", "新种子检验"),
    "optimise.state.holds": ("on the front", "在前沿上"),
    "optimise.state.dominated": ("feasible, dominated", "可行但被支配"),
    "optimise.state.misses": ("misses a constraint", "未达约束"),
    "optimise.candidates": ("feasible candidates of the search", "搜索中的可行方案"),
    "optimise.setting": (
        "{levers} levers, {candidates} candidates in {generations} generations, each with {replicates} seeds that "
        "all share; the front with {fresh} fresh ones; {place}, figures for {after}. Stresses are never searched. "
        "Square brackets hold 95 % intervals.",
        "{place}，{levers}项手段，{generations}代共{candidates}个方案，均用相同的{replicates}个种子；前沿另用{fresh}个新种子检验，"
        "数字指{after}。压力情景从不参与搜索。方括号内为95%区间。",
    ),
    "optimise.conditions": ("Conditions: {constraints}.", "约束：{constraints}。"),
    "optimise.answer.none": (
        "None of the {n} points that came nearest meets every condition on fresh seeds.",
        "最接近的{n}个方案在新种子下均未满足全部约束。",
    ),
    "optimise.answer.objective": (
        "“{measure}” {value}, {change} against “{reference}”",
        "“{measure}”为{value}，较“{reference}”变化{change}",
    ),
    "optimise.answer.first": (
        "Cheapest of the points that hold is {point}: {objectives}.",
        "成立的方案中最省的是{point}：{objectives}。",
    ),
    "optimise.answer.span": ("“{measure}” from {low} to {high}", "“{measure}”由{low}到{high}"),
    "optimise.answer.front": (
        "{n} points hold on fresh seeds: {spans}. The cheapest has {petitions} registered petitions, the reference "
        "{reference_petitions}.",
        "{n}个方案在新种子下成立：{spans}。最省者登记信访{petitions}件次，参照为{reference_petitions}件次。",
    ),
    "optimise.answer.lever": ("{lever} {value}", "{lever} {value}"),
    "optimise.answer.agreed": (
        "All points of the front agree on: {levers}.",
        "前沿上的所有方案一致之处：{levers}。",
    ),
    "optimise.answer.disagreed": (
        "There is no lever on which all points of the front agree: many ways lead there.",
        "没有任何一项手段是前沿上所有方案一致的：殊途同归。",
    ),
    "optimise.levers.intro": (
        "A lever that stands anywhere along the front hardly matters for these objectives; one that stays is needed.",
        "在前沿上取值不定的手段对这些目标无关紧要；取值不变的才是必需的。",
    ),
    "optimise.search.intro": (
        "The volume that feasible candidates dominate should flatten; if it still rises, the search was too short.",
        "可行方案所支配的体积应趋于平缓；若仍在上升，说明搜索尚短。",
    ),
    "frontier.title": ("The front", "前沿"),
    "frontier.caption": (
        "Points of the front measured anew on {fresh} fresh seeds, since a search picks what luck favoured; lines "
        "are 95 % intervals. The ring is the reference.",
        "前沿各方案用{fresh}个新种子重新测得（搜索会偏爱运气好的方案）；线为95%区间。圆环为参照。",
    ),
    "frontier.alt": ("A scatter of the front with intervals.", "带区间的前沿散点图。"),
    "lever_map.title": ("Levers of the points", "各方案的手段取值"),
    "lever_map.caption": (
        "Values of the levers, cheapest point first; brighter is nearer the upper bound of the search.",
        "各手段的取值，最省的方案在前；越亮越接近搜索上限。",
    ),
    "lever_map.alt": ("A heat map of levers by points.", "手段与方案的热力图。"),
    "lever_map.axis": ("points of the front, cheapest first", "前沿方案，最省者在前"),
    "search.title": ("Progress of the search", "搜索进展"),
    "search.caption": (
        "Volume dominated by the feasible candidates so far, objectives scaled to the range of all.",
        "截至各代的可行方案所支配的体积（目标按全部方案的范围缩放）。",
    ),
    "search.alt": ("A line that should flatten.", "应趋于平缓的折线。"),
    "search.generation": ("generation", "代"),
    "search.volume": ("volume dominated", "支配体积"),
    "search.feasible": ("feasible candidates", "可行方案数"),
}
