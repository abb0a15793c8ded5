"""Lines of the report of a sweep, as (English, Chinese)."""

from __future__ import annotations

SWEEP: dict[str, tuple[str, str]] = {
    "sweep.title": ("{study}: a sweep", "{study}：参数扫描"),
    "study.coverage_by_staff": ("Centres built or centres staffed", "建中心还是配人员"),
    "study.intake_by_whistle": ("One register and the whistle", "统一受理与“吹哨报到”"),
    "study.assessment_weight": ("What assessing petitions buys", "考核信访数量换来什么"),
    "study.platform_burden": ("A platform and its burden", "信息平台及其负担"),
    "study.roll_out": ("Pilots and what they seem to show", "试点看上去说明了什么"),
    "section.ranking": ("Points from best to worst", "各组合的排序"),
    "section.responses": ("What each factor does", "各因素的作用"),
    "section.recorded_success": ("What is recorded and what is true", "台账数与实际情况"),
    "sweep.ranking.intro": (
        "Points differ in their factors alone: they share place, people and luck, so differences between them are "
        "paired by seed and far narrower than the intervals of their means.",
        "各组合只在所列因素上不同，地区、人群与随机性完全相同，因此组合之间的差按种子配对，其区间远窄于各自均值的区间。",
    ),
    "sweep.responses.intro": (
        "Each panel is one measure. Where further factors vary, values are averaged over them.",
        "每幅小图为一项指标；如另有其他因素变化，则对其取平均。",
    ),
    "sweep.recorded_success.intro": (
        "When a number is rewarded it is worked for and it is dressed up; only the true figure tells which. The arrow "
        "points the way the factor rises.",
        "一个数字一旦被考核，既会促使真抓实干，也会促使粉饰；只有实际数字能分辨二者。箭头指向因素增大的方向。",
    ),
    "sweep.join": (", ", "，"),
    "sweep.semicolon": ("; ", "；"),
    "sweep.factor": ("{meaning} ({unit})", "{meaning}（{unit}）"),
    "sweep.measure": ("{measure} ({unit})", "{measure}（{unit}）"),
    "sweep.of_group": (", {group}", "，{group}"),
    "sweep.point": ("Point", "组合"),
    "sweep.rank": ("Rank", "名次"),
    "sweep.difference": ("Difference from {reference}", "与{reference}之差"),
    "sweep.difference.points": ("Difference from {reference}, points", "与{reference}之差（百分点）"),
    "sweep.table.difference": ("Difference from {reference} [95\u00a0%]", "与{reference}之差[95%区间]"),
    "sweep.design.grid": ("a grid", "网格"),
    "sweep.design.latin_hypercube": ("a Latin hypercube", "拉丁超立方"),
    "sweep.design.sobol": ("a Sobol sequence", "Sobol序列"),
    "sweep.setting": (
        "{points} points of {design} over {factors}; {replicates} replicates each at least, {place}. Square brackets "
        "hold 95 % intervals. Figures are for {after}.",
        "{place}，{factors}，{design}共{points}个组合，每个至少重复{replicates}次。方括号内为95%区间。数字均指{after}。",
    ),
    "sweep.setting.reference": (
        "Each point is compared with “{reference}” in the same world, seed by seed.",
        "每个组合均与同一世界中的“{reference}”逐种子比较。",
    ),
    "sweep.replicates": (
        "Means of at least {n} replicates with 95 % intervals.",
        "至少{n}次重复的均值及95%区间。",
    ),
    "sweep.label.value": ("{label} {value}", "{label} {value}"),
    "sweep.label.option": ("{label} “{value}”", "{label}“{value}”"),
    "sweep.in_percent": ("{value} %", "{value}%"),
    "sweep.points": ("{value} points", "{value}个百分点"),
    "sweep.answer.best": (
        "“{measure}” is best, {best_value}, with {best}; it is worst, {worst_value}, with {worst}.",
        "“{measure}”在{best}时最好，为{best_value}；在{worst}时最差，为{worst_value}。",
    ),
    "sweep.answer.against": (
        "Against “{reference}” in the same world, that best point changes it by {change}.",
        "与同一世界中的“{reference}”相比，最好的组合使其变化{change}。",
    ),
    "sweep.answer.movers": (
        "What moves “{measure}”, all else averaged: {parts}.",
        "对“{measure}”的作用（其余取平均）：{parts}。",
    ),
    "sweep.answer.mover": ("{factor} from {low} to {high}, {change}", "{factor}由{low}到{high}，{change}"),
    "sweep.movers.title": ("What each factor moves, all else averaged", "各因素的影响，其余取平均"),
    "sweep.record.title": ("What is recorded under the best point, and what is", "最佳组合下的记录与实际"),
    "sweep.best": ("Best point", "最佳组合"),
    "sweep.movers.factor": ("Factor", "因素"),
    "sweep.movers.low": ("From", "由"),
    "sweep.movers.high": ("To", "到"),
    "sweep.quarter.low": ("its lowest quarter", "最低四分之一"),
    "sweep.quarter.high": ("its highest quarter", "最高四分之一"),
    "sweep.answer.record": (
        "With {best}, mediation is recorded as successful in {recorded_success} % and holds in {durable_success} %; "
        "petitions{ratio} number {petitions_total}, {petitions_province} of them at the province.",
        "在{best}时，调解台账成功率为{recorded_success}%，稳定率为{durable_success}%；登记信访{petitions_total}件次{ratio}，"
        "其中省级{petitions_province}件次。",
    ),
    "sweep.answer.ratio": (", province to city to county {ratio},", "（省∶市∶县为{ratio}）"),
    "sweep.option.after": ("Policy after the reform", "改革后的政策"),
    "sweep.option.before": ("Policy before the reform", "改革前的政策"),
    "sweep.option.stress": ("Stress, scored as harm", "压力情景，按损害计"),
    "sweep.option.behaviour": ("Behaviour", "行为"),
    "sweep.short.after": ("after", "改革后"),
    "sweep.short.before": ("before", "改革前"),
    "sweep.short.stress": ("stress", "压力情景"),
    "sweep.short.coverage_county": ("county coverage", "县级覆盖率"),
    "sweep.short.coverage_township": ("township coverage", "乡镇覆盖率"),
    "sweep.short.mediators_county": ("county mediators", "县级调解员"),
    "sweep.short.mediators_township": ("township mediators", "乡镇调解员"),
    "sweep.short.intake": ("intake", "受理方式"),
    "sweep.short.whistle_response": ("whistle response", "吹哨响应率"),
    "sweep.short.whistle_deadline": ("whistle deadline", "吹哨时限"),
    "sweep.short.weight_recorded": ("weight on petitions", "信访考核权重"),
    "sweep.short.audit_rate": ("audit rate", "核查率"),
    "sweep.short.subsystems": ("subsystems", "子系统数"),
    "sweep.short.information_sharing": ("information sharing", "信息共享"),
    "sweep.short.acceptance": ("acceptance", "受理规则"),
    "sweep.short.colocation": ("departments in the centre", "部门进驻"),
    "sweep.short.working_share": ("working centres", "真正运行的中心"),
    "sweep.short.training": ("training", "培训"),
    "sweep.short.households_per_grid": ("households in a grid", "每网格户数"),
    "sweep.short.registration_county": ("county registration", "县级登记"),
    "sweep.short.patience": ("patience", "行动前的等待"),
    "sweep.short.batch_2_start": ("second batch from month", "第二批启动月"),
    "sweep.value.windows": ("separate windows", "分设窗口"),
    "sweep.value.unified": ("one register", "统一受理"),
    "sweep.value.strict": ("strict", "严格"),
    "sweep.value.loose": ("loose", "宽松"),
    "sweep.value.true": ("yes", "是"),
    "sweep.value.false": ("no", "否"),
    "group.pilots": ("pilots", "试点"),
    "group.others": ("others", "其他"),
    "scenario.before": ("No reform", "不改革"),
    "scenario.keen_base": ("Pilots with a better base", "试点基础更好"),
    "scenario.pilots_alike": ("Reform alike everywhere", "各地同样推行"),
    "scenario.pilots_keen": ("Reform keener in the pilots", "试点推行更力"),
    "ranking.title": ("The points, ranked", "各组合排序"),
    "ranking.caption": (
        "Points from best to worst (above and below the dashed line: the best and the worst of many); right, the "
        "paired difference from the reference, where there is one. Thick 50 %, thin 95 %.",
        "组合由好到差（虚线上下分别为众多组合中最好与最差者）；右图为与参照的配对差（如有）。粗线50%，细线95%。",
    ),
    "ranking.alt": ("Dots with intervals, one row a point.", "点与区间图，每行一个组合。"),
    "curves.title": ("Along a factor", "随因素的变化"),
    "curves.caption": (
        "Means along the factor, a line for each value of the second. Bands are 95 % intervals from which the luck "
        "that all points of a seed share is taken out: they are for comparing points, not for the level.",
        "沿因素的均值，每条线为第二个因素的一个取值。带为95%区间，已扣除同一种子下各组合共有的随机波动：用于比较组合，不用于判断水平。",
    ),
    "curves.alt": ("Lines with bands, one panel a measure.", "带区间的折线，每幅一项指标。"),
    "heat.title": ("Two factors together", "两个因素的组合"),
    "heat.caption": (
        "Means of each combination; brighter is a larger number, not a better one.",
        "各组合的均值；颜色越亮数值越大，并不表示越好。",
    ),
    "heat.alt": ("Heat maps with numbers, one a measure.", "带数字的热力图，每幅一项指标。"),
    "surface.title": ("Response surfaces", "响应曲面"),
    "surface.caption": (
        "A quadratic through all points, seen over the two factors that move the first measure most, the others in the "
        "middle of their ranges; rings are the points. The share says how much of the differences between points it "
        "predicts when each is left out of the fit: a low one means that the surface is not to be read.",
        "由全部组合拟合的二次曲面，横纵轴为对首项指标作用最大的两个因素，其余取中值；圆圈为组合。"
        "百分比为逐一留出时曲面对组合间差异的预测比例，过低则不宜据此解读。",
    ),
    "surface.alt": ("Filled contours, one panel a measure.", "填色等值线图，每幅一项指标。"),
    "surface.explained": ("predicts {share} of the differences", "预测差异的{share}"),
    "surface.share": ("Predicted share of differences", "差异的预测比例"),
    "surface.from_to": ("{low} → {high}", "{low} → {high}"),
    "recorded_success.title": ("Recorded against true", "台账数与实际数"),
    "recorded_success.caption": (
        "Each path shows how a recorded figure (across) and the true one (up) move as the factor rises; the numbers at "
        "its ends are the factor's. A path to the right that does not rise is a better-looking number alone.",
        "每条路径表示因素增大时台账数（横轴）与实际数（纵轴）的变化，端点数字为因素取值。向右而不向上，只是数字好看。",
    ),
    "recorded_success.alt": (
        "Paths of true against recorded figures, one panel a pair.",
        "实际数对台账数的路径图，每幅一对。",
    ),
    "recorded_success.x": ("recorded: {measure}", "台账：{measure}"),
    "recorded_success.y": ("true: {measure}", "实际：{measure}"),
    "recorded_success.path": ("Along the path: {factor}", "沿路径：{factor}"),
    "pilots.title": ("What the pilots seem to show, and what the reform did", "试点看上去的效果与改革的实际效果"),
    "pilots.caption": (
        "Coloured: estimates from what is seen – pilots against others, and the change of pilots against that of "
        "others. Black: the truth, each group with the reform against itself without it, in the same world.",
        "彩色为由可见数据得出的估计：试点与其他地区之差、两者变化之差；黑色为真实效果：同一世界中有改革与无改革之差。",
    ),
    "pilots.alt": ("Dots for four estimates, one row a world.", "四种估计的点图，每行一个世界。"),
    "pilots.join": ("; ", "；"),
    "pilots.axis": ("estimated effect", "估计的效果"),
    "pilots.cross_section": ("pilots less others, after", "改革后试点减其他"),
    "pilots.differences": ("change of pilots less change of others", "试点变化减其他变化"),
    "pilots.truth": ("truth in the pilots", "试点的真实效果"),
    "pilots.truth_elsewhere": ("truth in the others, had they reformed too", "其他地区若同样改革的真实效果"),
    "pilots.answer": (
        "Most misleading is this world: {point}. Comparing changes suggests that “{measure}” changes by {differences}, "
        "comparing levels that it changes by {cross_section}; in truth the reform changes it by {truth} in the pilots, "
        "and would have by {truth_elsewhere} in the others.",
        "误差最大的情形（{point}）：比较变化得出“{measure}”的效果为{differences}，比较水平得出{cross_section}；"
        "改革在试点的真实效果为{truth}，其他地区若同样改革为{truth_elsewhere}。",
    ),
}
