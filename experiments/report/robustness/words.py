"""Lines of the report of a robustness study, as (English, Chinese)."""

from __future__ import annotations

ROBUSTNESS: dict[str, tuple[str, str]] = {
    "robustness.title": ("{study}: whichever future comes", "{study}：无论未来如何"),
    "study.whichever_future": ("Policies over many futures", "多种未来下的政策"),
    "section.regrets": ("What a policy gives away", "政策的遗憾值"),
    "section.stresses": ("Under stress", "压力情景下"),
    "section.failures": ("When it fails", "何时失败"),
    "section.groups": ("Who fares worst", "谁的处境最差"),
    "section.apart": ("What people are like and chance, apart", "人的差异与随机性分开看"),
    "robustness.setting": (
        "{policies} policies in {futures} futures: {origin}, each without stress and under {stresses} stresses "
        "(scored as harm), {replicates} seeds a future, {place}, figures for {after}. Square brackets hold 95 % "
        "intervals.",
        "{place}，{policies}种政策，{futures}种未来：{origin}，分别在无压力和{stresses}种压力情景（按损害计）下，"
        "每种未来{replicates}个种子，数字指{after}。方括号内为95%区间。",
    ),
    "robustness.ensemble": ("the {n} behaviours of {name}", "{name}的{n}组行为"),
    "robustness.sampled": ("a Latin hypercube over {n} uncertainties", "{n}个不确定因素的拉丁超立方抽样"),
    "robustness.together": ("all thresholds together", "全部门槛同时达到"),
    "threshold.at_least": ("at least {value}", "不低于{value}"),
    "threshold.at_most": ("at most {value}", "不高于{value}"),
    "threshold.no_worse": ("no worse than {reference}", "不差于{reference}"),
    "threshold": ("{measure}: {asked}", "{measure}：{asked}"),
    "robustness.stress": ("Stress", "压力情景"),
    "robustness.under": ("all together, {stress}", "全部同时达到，{stress}"),
    "robustness.share_of_futures": ("share of futures in which it holds", "达到的未来所占比例"),
    "robustness.group": ("{mean} % (worst in {share} %)", "{mean}%（{share}%的未来中最差）"),
    "robustness.groups.title": (
        "Durable settlement by group of claimants, and the share of futures in which the group fares worst",
        "各类当事人的稳定化解率，以及该类处境最差的未来所占比例",
    ),
    "robustness.apart.title": (
        "Effects against the reference over what people may be like, and how much of a single run's spread is chance",
        "相对参照的效果随人的差异的变化，以及单次运行的离散中随机性所占比例",
    ),
    "robustness.effect": ("Effect [middle 95 % of futures]", "效果[未来的中间95%]"),
    "robustness.chance": ("Chance, share of variance", "随机性占方差"),
    "robustness.answer.best": (
        "Over {futures} futures {best} is good enough most often, in {share} % of them, and {worst} least often, in "
        "{least} %.",
        "在{futures}种未来中，{best}最常达到门槛，占{share}%；{worst}最少，占{least}%。",
    ),
    "robustness.answer.regret": (
        "{policy} has the smallest largest regret in “{measure}”: in no future does it give away more than {gives} "
        "against the best of these policies there.",
        "就“{measure}”而言，最大遗憾最小的是{policy}：在任何一种未来中，与当时最好的政策相比，损失都不超过{gives}。",
    ),
    "robustness.answer.box": (
        "{policy} fails in {n} of {futures} futures; {coverage} % of its failures lie where {limits}, and there it "
        "fails in {density} % of the futures.",
        "{policy}在{futures}种未来中有{n}种未达门槛；其中{coverage}%集中在{limits}的情形，而在此情形下有{density}%的未来失败。",
    ),
    "robustness.answer.no_box": (
        "{policy} fails in {n} of {futures} futures: too few, or too many, for a rule to be looked for.",
        "{policy}在{futures}种未来中有{n}种未达门槛：过少或过多，不宜寻找规律。",
    ),
    "robustness.regrets.intro": (
        "Regret is what a policy has less than the best of these policies in the same future: no policy is compared "
        "with what is possible, only with the others.",
        "遗憾值为一项政策在同一未来中比这些政策里最好者少得的部分：只与其他政策相比，不与可能的最好结果相比。",
    ),
    "robustness.stresses.intro": (
        "Stresses are things that happen to people, never choices: they are scored as harm.",
        "压力情景是发生在群众身上的事，不是可选的政策：一律按损害计。",
    ),
    "robustness.failures.intro": (
        "PRIM peels the futures until failures are dense; a limit is named where it would hardly come about by chance.",
        "PRIM逐层剥离未来，直到失败足够密集；只列出难以偶然出现的界限。",
    ),
    "robustness.groups.intro": (
        "A policy that is good on average may leave some behind.",
        "平均而言好的政策也可能使某些人掉队。",
    ),
    "robustness.apart.intro": (
        "Seeds of one future differ by chance alone, futures by what people are like as well.",
        "同一未来的不同种子只差随机性；不同未来还差人的特征。",
    ),
    "satisficing.title": ("In how many futures each policy is good enough", "各政策在多少未来中达到门槛"),
    "satisficing.table": ("Share of futures in which each policy is good enough, %", "各政策达到门槛的未来占比（%）"),
    "satisficing.caption": (
        "Share of futures in which the thresholds hold, all together and each alone; lines are Wilson's 95 % "
        "intervals.",
        "达到门槛的未来所占比例：全部同时达到及各自达到；线为Wilson 95%区间。",
    ),
    "satisficing.alt": ("Bars with intervals, one row a policy.", "带区间的条形图，每行一种政策。"),
    "regrets.title": ("Regret over futures", "各未来中的遗憾值"),
    "regrets.caption": (
        "What a policy gives away against the best one in each future: the middle half (box), the middle 90 % "
        "(line), the median, and the largest (upright mark). Further left is better.",
        "各未来中与最好政策相比的损失：中间一半（框）、中间90%（线）、中位数与最大值（竖线）。越靠左越好。",
    ),
    "regrets.alt": ("Boxes of regret, one row a policy.", "遗憾值箱线图，每行一种政策。"),
    "regrets.axis": ("regret   ← better", "遗憾值   ← 更好"),
    "regrets.mean": ("Mean", "均值"),
    "regrets.worst_tenth": ("Mean of the worst tenth", "最差十分之一的均值"),
    "regrets.regret_mean": ("Regret, mean", "遗憾值：均值"),
    "regrets.regret_90": ("Regret, 90 %", "遗憾值：90%分位"),
    "regrets.regret_largest": ("Regret, largest", "遗憾值：最大"),
    "regrets.best_in": ("Best in", "最好的未来占比"),
    "stresses.title": ("Policies under stress", "压力情景下的政策"),
    "stresses.caption": (
        "Means over futures; brighter is a larger number, not a better one.",
        "各未来的均值；颜色越亮数值越大，并不表示越好。",
    ),
    "stresses.alt": ("Heat maps of policies by stresses.", "政策与压力情景的热力图。"),
    "failures.title": ("When the policy fails", "政策何时失败"),
    "failures.caption": (
        "“{policy}”: left, every step of peeling – the share of failures that the box holds against the share of its "
        "futures that fail; the square is the box shown. Right, its limits within the range of the futures.",
        "“{policy}”：左图为逐步剥离中失败的覆盖率与密度，方块为所示的框；右图为其界限在未来取值范围中的位置。",
    ),
    "failures.alt": (
        "A trajectory of coverage and density, and the limits of a box.",
        "覆盖率与密度的轨迹及框的界限。",
    ),
    "failures.coverage": ("share of all failures in the box", "框内失败占全部失败"),
    "failures.density": ("share of the box's futures that fail", "框内未来的失败率"),
    "failures.limit": ("Limit", "界限"),
    "failures.quasi_p": ("quasi-p", "拟p值"),
    "failures.is": ("“{factor}” is {words}", "“{factor}”为{words}"),
    "failures.between": ("“{factor}” is between {low} and {high}", "“{factor}”介于{low}与{high}之间"),
    "failures.above": ("“{factor}” is above {low}", "“{factor}”高于{low}"),
    "failures.below": ("“{factor}” is below {high}", "“{factor}”低于{high}"),
}
