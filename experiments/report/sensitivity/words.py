"""Lines of the report of a sensitivity analysis, as (English, Chinese)."""

from __future__ import annotations

SENSITIVITY: dict[str, tuple[str, str]] = {
    "sensitivity.title": ("{study}: what matters", "{study}：什么最要紧"),
    "study.what_matters": ("What the reform's effect depends on", "改革效果取决于什么"),
    "study.screening": ("A screening of all assumptions", "全部假设的筛查"),
    "section.importance": ("Which factor matters for which measure", "哪个因素影响哪项指标"),
    "section.convergence": ("Whether there were enough runs", "运行次数是否足够"),
    "sensitivity.chance": ("Chance (another seed)", "随机性（另一种子）"),
    "sensitivity.constant": ("Liking of: {meaning}", "偏好：{meaning}"),
    "sensitivity.weight": ("Weight of: {meaning}", "权重：{meaning}"),
    "sensitivity.intercept": ("Success of: {meaning}", "成功率：{meaning}"),
    "sensitivity.factor": ("Factor", "因素"),
    "sensitivity.first": ("Alone, % of variance", "单独作用，占方差%"),
    "sensitivity.total": ("With interactions, % of variance", "含交互作用，占方差%"),
    "sensitivity.axis": ("Share of the variance of: {measure}", "占下列指标方差的比例：{measure}"),
    "sensitivity.rows": ("rows of the design", "设计行数"),
    "sensitivity.of_measure": ("each measure itself", "各项指标本身"),
    "sensitivity.of_difference": (
        "the difference of each measure from “{reference}” in the same world",
        "各项指标与同一世界中“{reference}”之差",
    ),
    "sensitivity.setting.sobol": (
        "{factors} factors over their ranges, independent and uniform, {size} rows, {runs} runs, {place}, figures for "
        "{after}. Analysed is {what}. Square brackets hold 95 % bootstrap intervals.",
        "{place}，{factors}个因素在各自范围内独立均匀取值，{size}行，共运行{runs}次，数字指{after}。分析对象为{what}。"
        "方括号内为95%自助法区间。",
    ),
    "sensitivity.setting.morris": (
        "{factors} factors over their ranges, {size} trajectories, {runs} runs, {place}, figures for {after}. Analysed "
        "is {what}. Square brackets hold 95 % intervals.",
        "{place}，{factors}个因素在各自范围内取值，{size}条轨迹，共运行{runs}次，数字指{after}。分析对象为{what}。方括号内为95%区间。",
    ),
    "sensitivity.answer.still": ("Nothing that was varied moves {measure}.", "所变动的因素均不影响“{measure}”。"),
    "sensitivity.answer.top": (
        "Of the variance of “{measure}” most is owed to: {factors}.",
        "“{measure}”的方差主要来自：{factors}。",
    ),
    "sensitivity.answer.factor": (
        "“{factor}”, {first} % alone and {total} % with interactions",
        "“{factor}”单独占{first}%，含交互占{total}%",
    ),
    "sensitivity.answer.chance": (
        "Chance has a part in {chance} % of it; {interactions} % is owed to no single factor but to interactions.",
        "随机性参与其中的{chance}%；有{interactions}%不归于任何单个因素，而来自交互作用。",
    ),
    "sensitivity.answer.small": (
        "{n} of {all} factors have a part in less than {share} % each, with 95 % confidence.",
        "{all}个因素中有{n}个各自所占不足{share}%（95%置信）。",
    ),
    "sensitivity.answer.settled": (
        "The indices have settled: the last doubling of rows moved none by more than {moved} points.",
        "指数已经稳定：最后一次行数加倍未使任何指数变动超过{moved}个百分点。",
    ),
    "sensitivity.last_step": ("Moved at the last doubling, points", "最后一次加倍的变动，百分点"),
    "sensitivity.answer.unsettled": (
        "The indices have not settled: the last doubling of rows moved one by {moved} points; read the order, not the "
        "numbers.",
        "指数尚未稳定：最后一次行数加倍使某个指数变动{moved}个百分点；只宜看次序，不宜看数值。",
    ),
    "sensitivity.importance.intro": (
        "Assumptions that matter for one measure may be idle for another.",
        "对一项指标要紧的假设，对另一项可能毫无作用。",
    ),
    "sensitivity.convergence.intro": (
        "The first rows of a Sobol sequence are a design themselves, so the same runs tell how the indices settle.",
        "Sobol序列的前若干行本身就是一个设计，因此同一批运行即可显示指数如何趋于稳定。",
    ),
    "tornado.title": ("What the first measure depends on", "首项指标取决于什么"),
    "tornado.caption": (
        "Share of the variance that a factor explains alone (filled) and that it has any part in (hollow), sorted by "
        "the latter; lines are 95 % bootstrap intervals. Chance is a factor like any other.",
        "各因素单独解释的方差占比（实心）与其参与的全部方差占比（空心），按后者排序；线为95%自助法区间。随机性与其他因素同等对待。",
    ),
    "tornado.alt": ("Dots with intervals, one row a factor.", "点与区间图，每行一个因素。"),
    "effects.title": ("Elementary effects", "基本效应"),
    "effects.caption": (
        "Left: mean absolute effect of moving a factor over two thirds of its range, with 95 % intervals, the largest. "
        "Right: all factors; above the dashed line an effect depends more on the other factors than it amounts to. The "
        "effect of chance is the mean absolute difference between two seeds.",
        "左：因素移动其范围三分之二时的平均绝对效应及95%区间（最大者）。右：全部因素；虚线以上表示效应对其他因素的依赖大于效应本身。"
        "随机性的效应为两个种子之差的平均绝对值。",
    ),
    "effects.alt": (
        "Dots with intervals, and a scatter of effects against their spread.",
        "点与区间图，以及效应与其离散程度的散点图。",
    ),
    "effects.axis": ("Mean absolute effect", "平均绝对效应"),
    "effects.sigma": ("Spread of the effect", "效应的离散程度"),
    "effects.answer.top": ("“{measure}” is moved most by: {factors}.", "对“{measure}”影响最大的是：{factors}。"),
    "effects.answer.factor": ("“{factor}” ({effect})", "“{factor}”（{effect}）"),
    "effects.answer.chance": (
        "Another seed moves it by {chance}; {n} of {all} factors do no more than that.",
        "换一个种子使其变动{chance}；{all}个因素中有{n}个的作用不超过此数。",
    ),
    "importance.title": ("Factors against measures", "因素与指标"),
    "importance.caption.sobol": (
        "Total index in per cent: the variance of a measure (column) that a factor (row) has any part in. Below 0.5 no "
        "number.",
        "总指数（%）：某因素（行）参与的某项指标（列）的方差占比。低于0.5不标数字。",
    ),
    "importance.caption.morris": (
        "Mean absolute effect of a factor (row) in per cent of the largest on that measure (column).",
        "某因素（行）的平均绝对效应，占该指标（列）最大者的百分比。",
    ),
    "importance.alt": ("A heat map of factors by measures.", "因素与指标的热力图。"),
    "convergence.title": ("Indices as rows are added", "指数随行数的变化"),
    "convergence.caption": (
        "Total indices of the factors that matter most, at the first part of the rows, with 95 % bootstrap bands.",
        "最要紧的因素的总指数随所用行数的变化，带为95%自助法区间。",
    ),
    "convergence.alt": ("Lines with bands, one panel a measure.", "带区间的折线，每幅一项指标。"),
}
