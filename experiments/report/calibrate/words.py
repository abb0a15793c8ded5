"""Lines of the report of a calibration, as (English, Chinese)."""

from __future__ import annotations

CALIBRATION: dict[str, tuple[str, str]] = {
    "calibrate.title": ("{study}: what the data can tell", "{study}：数据能说明什么"),
    "study.gansu_2019_patterns": ("Behaviours that the reports do not rule out", "公开报道未能排除的行为假设"),
    "section.members": ("What the data can tell", "数据能说明什么"),
    "section.waves": ("How the set was found", "集合如何得到"),
    "calibrate.figure": ("Figure", "数字"),
    "calibrate.role": ("Part", "作用"),
    "calibrate.role.target": ("fitted", "拟合"),
    "calibrate.role.limit": ("limit of ours, assumed", "自设限制（假设）"),
    "calibrate.role.held_out": ("held out, predicted", "留出、预测"),
    "calibrate.reported": ("Reported", "公开报道"),
    "calibrate.error": ("Stated error (1 sd)", "所设误差（1个标准差）"),
    "calibrate.default": ("Default", "默认值"),
    "calibrate.members": ("Members, middle 95 %", "成员，中间95%"),
    "calibrate.uncertainty": ("Uncertainty", "不确定因素"),
    "calibrate.prior": ("Prior", "先验范围"),
    "calibrate.kept": ("Kept of the prior's width", "占先验宽度"),
    "calibrate.hit": ("reached", "命中"),
    "calibrate.missed": ("missed", "未命中"),
    "calibrate.setting": (
        "{targets} reported figures and {limits} limits of ours, {n} uncertainties with uniform priors over {range}, "
        "{waves} waves of {trials} trials with {replicates} seeds each, implausible beyond {cut} "
        "standard deviations; members simulated on {place}.",
        "{targets}个公开数字和{limits}个自设限制，{n}个不确定因素在{range}均匀分布，{waves}轮各{trials}次试验、"
        "每次{replicates}个种子，超过{cut}个标准差视为不可信；成员在{place}上模拟。",
    ),
    "calibrate.range.all": ("their declared ranges", "声明范围内"),
    "calibrate.range.around": (
        "{share} of their declared ranges to either side of the default (what lies beyond was not looked at)",
        "默认值两侧各{share}的声明范围内（其外未作考察）",
    ),
    "calibrate.answer.left": (
        "Of the prior of {n} assumptions {share} is not ruled out by {targets} reported figures; "
        "{members} sets of assumptions out of it were simulated and accepted, and they differ widely.",
        "{n}项假设的先验中，{targets}个公开数字未能排除的占{share}；从中模拟并接受了{members}组假设，彼此差别很大。",
    ),
    "calibrate.answer.tell": (
        "The data tell most of {told}, as shares of the prior's width that are kept; {n} of {all} uncertainties they "
        "cannot tell, such as {untold}.",
        "数据最能说明的是{told}（括号内为保留的先验宽度）；{all}个不确定因素中有{n}个数据无法说明，例如{untold}。",
    ),
    "calibrate.answer.tell_all": (
        "The data tell most of {told}, as shares of the prior's width that are kept, and something of all {all} "
        "uncertainties.",
        "数据最能说明的是{told}（括号内为保留的先验宽度）；{all}个不确定因素均有所说明。",
    ),
    "calibrate.answer.tell_nothing": (
        "Of none of the {all} uncertainties do the data tell anything.",
        "{all}个不确定因素数据均无法说明。",
    ),
    "calibrate.answer.told": ("“{name}” ({kept})", "“{name}”（{kept}）"),
    "calibrate.answer.untold": ("“{name}”", "“{name}”"),
    "calibrate.answer.predicted": ("Held out and predicted: {parts}.", "留出并预测：{parts}。"),
    "calibrate.answer.held_out": (
        "{name}, {low} to {high} where {reported} is reported ({verdict})",
        "{name}，预测{low}至{high}，报道为{reported}（{verdict}）",
    ),
    "calibrate.members.intro": (
        "Where members fill the grey bar, the reports say nothing about that assumption; where two trade off, they "
        "tell the pair and neither alone. None of this identifies what caused what.",
        "成员充满灰条之处，报道对该假设毫无说明；两者此消彼长时，只能说明二者的组合而非其一。这一切都不能识别因果。",
    ),
    "calibrate.waves.intro": (
        "Each wave trains emulators on simulations and rules out what is implausible under them; the errors of the "
        "emulators, each trial left out in turn, should spread like a unit normal.",
        "每轮用模拟训练仿真器并排除其认为不可信的部分；逐一留出试验时，仿真器的标准化误差应近似标准正态。",
    ),
    "patterns.title": ("Reported figures and what the members give", "公开数字与各成员结果"),
    "patterns.caption": (
        "How far {members} members lie from what is reported, in standard deviations of the stated errors: middle half "
        "(thick), middle 95 % (thin). Zero is what is reported, or within its range.",
        "{members}个成员与公开数字的偏离，以所设误差的标准差计：中间一半（粗）、中间95%（细）。零即公开数字或其范围之内。",
    ),
    "patterns.alt": ("Dots with intervals, one row a figure.", "点与区间图，每行一个数字。"),
    "patterns.axis": (
        "simulated less reported, standard deviations of the stated error",
        "模拟减报道，以所设误差的标准差计",
    ),
    "patterns.fitted": ("fitted", "拟合"),
    "patterns.held_out": ("held out", "留出"),
    "patterns.default": ("default behaviour", "默认行为"),
    "patterns.allowed": ("not ruled out", "未被排除"),
    "members.title": ("Members within the prior", "成员在先验中的位置"),
    "members.caption": (
        "Grey: the prior, scaled from its low to its high end; dots: the members; line: their middle 95 %; mark: the "
        "default. The number is the share of the prior's width that is kept.",
        "灰条：先验，由低端到高端；点：成员；线：成员的中间95%；竖线：默认值。数字为保留的先验宽度比例。",
    ),
    "members.alt": ("Bars with dots, one row an uncertainty.", "带点的条形图，每行一个不确定因素。"),
    "members.axis": ("place within the prior range", "在先验范围中的位置"),
    "tradeoffs.title": ("Assumptions that trade off", "此消彼长的假设"),
    "tradeoffs.caption": (
        "Rank correlations over {members} members, between the uncertainties of the strongest pairs; columns have the "
        "numbers of the rows.",
        "{members}个成员上最强的若干对不确定因素之间的秩相关；各列编号与各行相同。",
    ),
    "tradeoffs.alt": ("A matrix of correlations.", "相关矩阵。"),
    "tradeoffs.with": ("trades off with", "与之关联"),
    "tradeoffs.correlation": ("Rank correlation", "秩相关"),
    "waves.title": ("Waves", "各轮"),
    "waves.caption": (
        "Left: share of the prior's volume that is not ruled out when a wave is drawn. Right: share of the wave's "
        "own trials that are plausible as simulated.",
        "左：抽取每轮时未被排除的先验体积比例。右：该轮试验中按模拟结果可信的比例。",
    ),
    "waves.alt": ("A line and bars, a mark a wave.", "折线与条形，每轮一个。"),
    "waves.wave": ("Wave", "轮次"),
    "waves.trials": ("Trials", "试验数"),
    "waves.left": ("Share of the prior left", "剩余先验比例"),
    "waves.plausible": ("Plausible trials, %", "可信试验，%"),
    "waves.errors": ("Emulators' errors (rms)", "仿真器误差（均方根）"),
}
