"""Titles, captions, descriptions, axes and tables of the figures, as (English, Chinese)."""

from __future__ import annotations

FIGURES: dict[str, tuple[str, str]] = {
    "figure.before": ("Before the reform ({span})", "改革前（{span}）"),
    "figure.shown": ("Policies are shown for {span}.", "各政策均为{span}。"),
    "figure.row": ("{name}, {span}", "{name}，{span}"),
    "figure.intervals": (
        "Dots are means of {n} replicates; thick lines 50 %, thin lines 95 % intervals of the mean.",
        "圆点为{n}次重复的均值；粗线为均值的50%区间，细线为95%区间。",
    ),
    "figure.paired": (
        "Means of {n} paired replicates with 95 % intervals of the paired difference.",
        "{n}次配对重复的均值及配对差的95%区间。",
    ),
    "figure.behaviours": (
        "{n} paired replicates, divided evenly among the behaviours.",
        "共{n}次配对重复，平均分配给各组行为。",
    ),
    "figure.means": ("Means of {n} replicates.", "{n}次重复的均值。"),
    "figure.single": ("One replicate: no interval can be given.", "仅一次重复，无法给出区间。"),
    "table.policy": ("Policy", "政策"),
    "table.window": ("Window", "时段"),
    "table.level": ("Level", "层级"),
    "table.month": ("Month", "月份"),
    "table.measure": ("Measure", "指标"),
    "table.unit": ("Unit", "单位"),
    "table.interval": ("95 % interval", "95%区间"),
    "interval.bracket": ("{value} [{low}\u00a0to\u00a0{high}]", "{value} [{low}\u00a0至\u00a0{high}]"),
    "interval.plain": ("{low}\u00a0to\u00a0{high}", "{low}\u00a0至\u00a0{high}"),
    # together
    "together.title": (
        "Do the ratio and durable settlement move together?",
        "比例与稳定化解是否同步变化？",
    ),
    "together.caption": (
        "Effect of each policy on the distance of the ratio to the target (right: nearer) and on durable settlement "
        "per grievance (up: more settled). Within the grey bands a change is too small to matter: {ratio} of "
        "Aitchison distance, {durable} percentage point.",
        "各政策对比例与目标距离的影响（向右为更接近）和对每件诉求稳定化解率的影响（向上为化解更多）。"
        "灰带内的变化小到没有实际意义：艾奇逊距离{ratio}，化解率{durable}个百分点。",
    ),
    "together.alt": (
        "Scatter of policies: horizontal, change of the ratio towards the target; vertical, change of durable "
        "settlement per grievance. {summary}",
        "政策散点图：横轴为比例向目标靠近的程度，纵轴为每件诉求稳定化解率的变化。{summary}",
    ),
    "together.x": (
        "Ratio nearer to the target, change of Aitchison distance   nearer →",
        "比例接近目标的程度：艾奇逊距离的变化   更接近 →",
    ),
    "together.y": (
        "Durable settlement per grievance,\nchange in percentage points   better →",
        "每件诉求稳定化解率的变化\n（百分点）   更好 →",
    ),
    "together.corner.up": ("settles more, ratio does not follow", "化解更多，比例没有跟上"),
    "together.corner.both": ("settles more and ratio nearer", "化解更多，比例也更接近目标"),
    "together.corner.ratio": ("ratio nearer, settles no more", "比例更接近，化解没有增加"),
    "together.ratio": ("Province : city : county", "省∶市∶县"),
    "together.change": ("Change of distance [95\u00a0%]", "距离变化[95%区间]"),
    "together.points": ("Change in percentage points [95\u00a0%]", "变化，百分点[95%区间]"),
    "together.province": ("Petitions, province [95\u00a0%]", "省级信访变化[95%区间]"),
    "together.total": ("Petitions, all levels [95\u00a0%]", "信访总量变化[95%区间]"),
    "together.verdict": ("Ratio / durable settlement", "比例／稳定化解"),
    # ratios
    "ratios.title": ("Ratios of the levels, with totals", "层级比例与总量"),
    "ratios.caption": (
        "Registered petitions: city to province, county to province, and the total of all levels.",
        "登记信访：市级与省级之比、县级与省级之比，以及各级总量。",
    ),
    "ratios.alt": (
        "Three dot-and-interval panels, one row a policy: city to province against the target, county to province "
        "against the target, and total registered petitions. {summary}",
        "三幅点与区间图，每行一种政策：市级与省级之比、县级与省级之比（对照目标）以及登记信访总量。{summary}",
    ),
    "ratios.city": ("City : province", "市级∶省级"),
    "ratios.county": ("County : province", "县级∶省级"),
    "ratios.total": ("Registered, all levels", "登记总量（各级）"),
    "ratios.visits": ("{measure}, change from {before}", "{measure}，较{before}变化"),
    "ratios.target": ("target {value}", "目标 {value}"),
    # pyramid
    "pyramid.title": ("The pyramid before and after", "改革前后的金字塔"),
    "pyramid.caption": (
        "Petitions a year at the three levels: before the reform to the left of zero, after it to the right. Filled: "
        "registered; outline: presented.",
        "三级全年信访：零线左侧为改革前，右侧为改革后。实心为登记数，轮廓为提出数。",
    ),
    "pyramid.alt": (
        "Back-to-back bars of province, city and county petitions before and after the reform, one panel a policy; "
        "filled bars are registered, outlines are presented petitions. {summary}",
        "各政策改革前后省、市、县三级信访的左右对照条形图；实心为登记数，轮廓为提出数。{summary}",
    ),
    "pyramid.registered": ("Registered", "登记"),
    "pyramid.presented": ("Presented", "提出"),
    "pyramid.share": ("Share registered", "登记比例"),
    "pyramid.axis": ("Petitions a year", "全年信访（件次）"),
    # ternary
    "ternary.title": ("Shares of the three levels", "三级信访占比"),
    "ternary.caption": (
        "Each policy is a point whose shares of province, city and county add to 100 %; the shaded region holds the "
        "mean with 95 % confidence (joint, not level by level). The ring is the target. The plot is zoomed.",
        "每种政策为一点，省、市、县占比之和为100%；阴影为均值的95%联合置信区域（不是逐级区间）。圆环为目标比例。"
        "图已放大。",
    ),
    "ternary.alt": (
        "Ternary plot of the shares of province, city and county in registered petitions with joint regions and a ring "
        "at the target. {summary}",
        "省、市、县登记信访占比的三元图，带联合置信区域和目标圆环。{summary}",
    ),
    "ternary.axis": ("{level}, share of the three", "{level}占比"),
    "ternary.target": ("Target {ratio}", "目标 {ratio}"),
    # why
    "why.title": ("Why registered petitions changed", "登记信访变化的原因"),
    "why.caption": (
        "Parts of the change in registered petitions, in thousands; the diamond is the sum. Hatched parts change "
        "who gives up or what is written down where, not what is settled.",
        "登记信访变化的构成（千件次）；菱形为合计。斜线部分改变的是谁放弃、谁被登记、登记在哪里，而不是化解了什么。",
    ),
    "why.alt": (
        "Stacked bars to both sides of zero: parts of the change in registered petitions by policy. {summary}",
        "零线两侧的堆叠条形图：各政策登记信访变化的构成。{summary}",
    ),
    "why.axis": ("Change in registered petitions, thousands", "登记信访的变化（千件次）"),
    "why.sum": ("Change in all [95 % interval]", "总变化[95%区间]"),
    "why.stock": ("Unresolved grievances", "未化解诉求"),
    # settled
    "settled.title": ("Where disputes were settled, and how well", "纠纷在哪里化解、化解得如何"),
    "settled.caption": (
        "Left: where durable settlements fell (per cent; parts under 6 % are in the table). Middle: recorded success "
        "beside the share that held. Right: grievances left unresolved at the end of the window.",
        "左：稳定化解发生在哪里（%，小于6%的部分见表）。中：台账成功率与稳定化解率对照。右：期末未化解的诉求。",
    ),
    "settled.alt": (
        "Stacked bars of durable settlements by forum, beside dots for recorded and durable success and for the "
        "stock of "
        "unresolved grievances, one row a policy. {summary}",
        "各政策稳定化解地点的堆叠条形图，旁列台账成功率、稳定化解率和未化解诉求存量。{summary}",
    ),
    "settled.where": ("Where durably settled", "稳定化解的地点"),
    "settled.success": ("Success, cases closed", "办结案件成功率"),
    "settled.stock": ("Unresolved", "未化解诉求"),
    "settled.thousands": ("thousand grievances", "千件诉求"),
    "settled.ones": ("grievances", "件诉求"),
    "settled.durable": ("Durable", "稳定化解"),
    "settled.recorded": ("Recorded", "台账记录"),
    # forest
    "forest.title": ("Paired effects on the headline measures", "对主要指标的配对影响"),
    "forest.caption": (
        "Paired difference from {against}; policies in the order of their gain in durable settlement.",
        "与{against}的配对差；政策按稳定化解增幅排序。",
    ),
    "forest.alt": (
        "Forest plot: one panel a measure, one interval a policy, zero line marked, right is better. {summary}",
        "森林图：每个指标一幅，每种政策一条区间，标出零线，向右为更好。{summary}",
    ),
    "forest.significant": ("p < 0.05 after Holm", "Holm校正后 p < 0.05"),
    "forest.not_significant": ("not significant", "不显著"),
    "forest.scale.points": ("percentage points", "百分点"),
    "forest.scale.percent": ("change in %", "变化（%）"),
    "forest.scale.plain": ("difference", "差值"),
    "forest.better": ("better →", "更好 →"),
    "forest.axis": ("{unit}   {arrow}", "{unit}   {arrow}"),
    "forest.reference": ("Compared with", "参照值"),
    "forest.policy": ("Policy's mean", "政策均值"),
    "forest.difference": ("Difference", "差值"),
    "forest.relative": ("Relative", "相对变化"),
    "forest.p": ("p (Holm)", "p（Holm）"),
    "forest.points": ("\u00a0points", "个百分点"),
    "forest.reduction": ("Variance reduction by pairing", "配对的方差缩减倍数"),
    # behaviours
    "behaviours.title": ("Effects behaviour by behaviour", "逐组行为假设的影响"),
    "behaviours.caption": (
        "A dot is one set of assumptions about people, its difference from {against}; bars hold the middle half and "
        "the middle 95 % of all, the ring is the median.",
        "每个点是一组关于人的行为的假设，为与{against}之差；粗线和细线分别为中间一半和中间95%，圆圈为中位数。",
    ),
    "behaviours.alt": (
        "One panel a measure, one row a policy: effects for every set of assumptions, zero line marked, right "
        "is better. {summary}",
        "每个指标一幅，每种政策一行：每组假设下的影响，标出零线，向右为更好。{summary}",
    ),
    "behaviours.median": ("Median over behaviours", "各组行为的中位数"),
    "behaviours.middle": ("Middle 95 % of behaviours", "中间95%"),
    "behaviours.up": ("Behaviours in which it rises", "上升的行为组所占比例"),
    "behaviours.chance": ("Chance in a single run's spread", "单次运行离散中随机性所占比例"),
    "behaviours.members": ("Behaviours", "行为组数"),
    # monthly
    "monthly.title": ("Registered petitions by month", "每月登记信访"),
    "monthly.caption": (
        "Registered petitions a month at province, city and county; bands are 95 % intervals of the mean.",
        "省、市、县三级每月登记信访；色带为均值的95%区间。",
    ),
    "monthly.alt": (
        "Line charts by month, one panel a policy, a line for each level, the reform date marked. {summary}",
        "按月折线图，每种政策一幅，每级一条线，标出改革日期。{summary}",
    ),
    "monthly.axis": ("Petitions a month", "每月信访（件次）"),
    "monthly.reform": ("Reform", "改革"),
}
"""Lines of the figures by key."""
