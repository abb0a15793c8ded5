"""The page's headings, explanations, provenance and limits, as (English, Chinese)."""

from __future__ import annotations

PAGE: dict[str, tuple[str, str]] = {
    "page.title": ("{study}: petition levels and durable settlement", "{study}：信访层级与稳定化解"),
    "page.kicker": ("Petition pyramid · simulation report", "信访金字塔 · 模拟报告"),
    "page.caution": (
        "Stylised and synthetic. Not a forecast, not evidence of what happened in any real place.",
        "本报告为简化的合成模拟，不是预测，也不能证明任何真实地方发生过什么。",
    ),
    "page.language_link": ("中文版", "English"),
    "page.language_code": ("zh", "en"),
    "page.pdf": ("This report as PDF", "本报告的PDF版"),
    "pdf.tables": ("Tables behind the figures", "各图的数据表"),
    "pdf.table_on": ("Table on page", "数据表见第"),
    "pdf.table_on_end": ("", "页"),
    "page.skip": ("Skip to the answer", "跳到结论"),
    "page.contents": ("Contents", "目录"),
    "page.table_of": ("Table behind this figure", "本图数据表"),
    "page.scroll": ("{caption} (scrolls sideways)", "{caption}（可左右滚动）"),
    "page.figure": ("Figure {number}.", "图{number}"),
    "section.answer": ("The question and the answer", "问题与结论"),
    "section.levels": ("Petition levels", "信访层级"),
    "section.why": ("Why petitions changed", "信访为何变化"),
    "section.settled": ("Where disputes were settled", "纠纷在哪里化解"),
    "section.effects": ("Effects on the headline measures", "对主要指标的影响"),
    "section.time": ("Over time", "随时间的变化"),
    "section.provenance": ("Provenance and limits", "来源与局限"),
    "answer.asked": ("What was asked", "所问的问题"),
    "answer.answer": ("The answer", "结论"),
    "answer.default_question": (
        "What does each configuration do to where and how well disputes are settled, and to the petition pyramid?",
        "每种配置会怎样改变纠纷在哪里化解、化解得好不好，以及信访的层级结构？",
    ),
    "answer.ensemble": (
        "The replicates are divided among the {members} behaviours of {name}, so that intervals hold chance and what "
        "people may be like.",
        "各次重复平均分配给{name}的{members}组行为假设，区间同时包含随机性和人的差异。",
    ),
    "answer.setting": (
        "{scenarios}, {replicates}, {place}; the reform falls on {reform}. {pairing} "
        "Square brackets hold 95 % intervals. Figures are for {after} unless another year is named.",
        "{place}，{scenarios}，{replicates}；改革日期为{reform}。{pairing}方括号内为95%区间。除另行注明外，"
        "数字均指{after}。",
    ),
    "answer.pairing.reference": (
        "Policies share their seeds, so effects are differences within pairs.",
        "各政策共用随机种子，影响均为配对之差。",
    ),
    "answer.pairing.before": (
        "Effects compare {after} with {before} within each replicate.",
        "影响为每次重复内{after}与{before}之差。",
    ),
    "answer.scenarios.one": ("One policy", "一种政策"),
    "answer.scenarios.many": ("{n} policies", "{n}种政策"),
    "answer.replicates.one": ("one replicate", "重复1次"),
    "answer.replicates.many": ("{n} replicates each", "各重复{n}次"),
    "levels.intro": (
        "A ratio says how petitions are spread over the levels and nothing about how many there are or whether "
        "anything was settled, so totals stand beside every ratio, and what people presented beside what was "
        "registered.",
        "比例只说明信访在各级之间如何分布，并不说明总量多少、问题是否化解。因此每个比例旁都列出总量，"
        "每个登记数旁都列出群众实际提出的数量。",
    ),
    "levels.basis": (
        "Counting basis: registered petitions through all channels (visits, letters, online), repeats counted, "
        "matters handed down not counted again at the level that receives them.",
        "统计口径：各渠道（走访、来信、网上）登记的信访，含重复信访；上级交办的事项在承办层级不重复计数。",
    ),
    "bases.title": ("Ratios under other counting bases", "其他统计口径下的比例"),
    "bases.ratio": ("{basis}: province : city : county", "{basis}：省∶市∶县"),
    "bases.total": ("{basis}: total", "{basis}：总量"),
    "basis.all": ("All channels, repeats counted", "全部渠道、含重复"),
    "basis.visits_all": ("Visits in person, repeats counted", "仅走访、含重复"),
    "basis.first_time_all": ("All channels, first-time only", "全部渠道、仅初次"),
    "basis.with_hand_downs_all": ("All channels, hand-downs counted again", "全部渠道、交办重复计数"),
    "margin.title": ("The ratio beside what became of people", "比例与群众处境对照"),
    "margin.distance": ("Distance to {target} [95 % upper bound]", "与{target}的距离[95%上界]"),
    "margin.up_to": ("{distance} [{upper}]", "{distance} [{upper}]"),
    "margin.within": ("Within the margin of {margin}", "是否在{margin}的界限以内"),
    "margin.cell": ("{mean}; {difference}", "{mean}；{difference}"),
    "margin.better.up": (" (more is better)", "（越多越好）"),
    "margin.better.down": (" (less is better)", "（越少越好）"),
    "margin.better.none": ("", ""),
    "margin.note": (
        "Within the margin means: the 95 % upper bound of the mean ratio's Aitchison distance to the target lies below "
        "{margin}. One level alone, the other two being right, reaches that distance when it stands {above} above or "
        "{below} below what the target asks of it. Fewer than {least} replicates have no verdict. Reaching the ratio "
        "is no gain in itself; the rows beneath tell what became of people, with paired differences and 95 % "
        "intervals.",
        "“在界限以内”指：平均比例与目标的艾奇逊距离的95%上界小于{margin}。在另外两级正好符合的情况下，"
        "某一级比目标所要求的多{above}或少{below}，即达到这一距离。重复少于{least}次时不作判断。"
        "达到比例本身并不是改善；下面各行说明群众的处境，并给出配对差及95%区间。",
    ),
    "answer.compared.policies": ("policies", "政策"),
    "answer.compared.worlds": ("policies and stresses", "政策和压力情景"),
    "answer.scenarios.stressed": ("{policies} and {stresses}", "{policies}和{stresses}"),
    "answer.stresses.one": ("one stress, scored as harm", "一种压力情景（按损害计）"),
    "answer.stresses.many": ("{n} stresses, scored as harm", "{n}种压力情景（按损害计）"),
    "levels.note.title": ("Two reported figures and their arithmetic", "两个公开数字及其算术关系"),
    "levels.note": (
        "Reported for Gansu in 2019: visits to the province fell by 35.9 %, and the petition pyramid, which had "
        "stood on its head, moved gradually towards 1 : 2 : 3 (People's Daily Online, 11 June 2020). If the provincial "
        "count falls by 35.9 % and the ratio becomes exactly 1 : 2 : 3 in the same year, the three levels together "
        "become 6 × 0.641 = 3.846 times the old provincial count. The total then falls only if the province "
        "had less than 26.0 % of it before; from 3 : 2 : 1, where it had half, the total rises by 92 %. The reports "
        "do not say which counting basis each figure uses (visits or all channels, first-time or with repeats, "
        "hand-downs counted or not), and the ratio may have been reached later than the fall.",
        "公开报道（人民网，2020年6月11日）：甘肃2019年到省走访下降35.9%，信访“倒金字塔”逐步转向"
        "1 : 2 : 3。若省级数量下降35.9%，且同年比例恰为1 : 2 : 3，则三级总量等于原省级数量的"
        "6 × 0.641 = 3.846倍。只有当原来省级占比低于26.0%时，总量才会下降；若原为3 : 2 : 1（省级占一半），"
        "总量反而上升92%。报道没有说明各数字的统计口径（走访还是全部渠道、是否含重复、交办是否计数），"
        "比例也可能在下降之后才达到。",
    ),
    "levels.reported": (
        "In this study, visits to the province under “{policy}” change by {change} from {before} to {after}; the "
        "totals stand in "
        "the tables below.",
        "在本研究中，“{policy}”下的到省走访由{before}到{after}变化{change}；总量见下表。",
    ),
    "why.intro": (
        "Registered petitions can fall because disputes are prevented or settled, and also because people go "
        "elsewhere, give up, are not put on the register, or have their petitions moved or doubled on paper. Only the "
        "first two are good news. The parts add up to the change in registered petitions; they are an accounting of "
        "counts (Shapley values of its factors), not proof of causes. Slow work looks like settlement until its cases "
        "fail, so read the parts beside open cases.",
        "登记信访下降，可能是因为纠纷得到预防或化解，也可能是因为群众改走其他渠道、放弃诉求，"
        "没有被登记，或者记录在纸面上被转移、重复。"
        "只有前两种才是好消息。各部分之和等于登记信访的变化量；这是对数量的核算（各因素的沙普利值），"
        "不是因果证明。办理缓慢的案件在失败之前看起来与已化解相同，须对照在办案件来读。",
    ),
    "settled.intro": (
        "True and recorded stand side by side. A durable settlement holds for twelve months; a recorded success "
        "also counts settlements on paper that relapse. Shares of settlements say nothing about grievances never "
        "settled, "
        "so their number is given too.",
        "真实情况与台账记录并列。稳定化解指十二个月内不反复；台账成功还包含事后反复的“纸面化解”。"
        "化解地点的构成不反映从未化解的诉求，因此同时给出其数量。",
    ),
    "effects.intro": (
        "Every interval is a 95 % interval of the mean paired difference. p-values are adjusted by Holm's method "
        "over all effects in this section; filled marks are below 0.05 after adjustment. Right is better; measures "
        "with no better direction are drawn in grey.",
        "每条区间都是配对差均值的95%区间。本节全部影响的p值按Holm法统一校正；实心标记表示校正后小于0.05。"
        "向右为更好；没有好坏方向的指标用灰色表示。",
    ),
    "effects.none": (
        "Nothing to compare: these results hold no second policy and no window before the reform.",
        "无可比较：结果中没有第二种政策，也没有改革前的窗口。",
    ),
    "time.intro": (
        "Registered petitions a month at the three levels. Where the lines cross, the pyramid turns over.",
        "三级每月登记信访。曲线相交之处，就是金字塔翻转之时。",
    ),
    "provenance.configuration": ("Configuration", "配置"),
    "provenance.runs": ("Runs", "运行"),
    "provenance.parameters": ("Parameters", "参数"),
    "provenance.limits": ("Limits", "局限"),
    "provenance.levers_differ": (
        "What the policies change from the policy before the reform",
        "各政策相对改革前政策的改动",
    ),
    "provenance.intro": (
        "Tags: F is a fact with a source, D is derived from facts, A is assumed and to be swept, never a fact. "
        "{counts}.",
        "标签：F 为有出处的事实，D 为由事实推出，A 为假设（须做敏感性扫描，不是事实）。{counts}。",
    ),
    "provenance.counts": (
        "{total} parameters: {f} F, {d} D, {a} A",
        "共{total}个参数：F {f}个，D {d}个，A {a}个",
    ),
    "provenance.key": ("Item", "项目"),
    "provenance.value": ("Value", "值"),
    "provenance.study": ("Study", "研究"),
    "provenance.of.base": ("The policy after the reform", "改革后的政策"),
    "provenance.of.a": ("A", "A"),
    "provenance.of.b": ("B: the policy after the reform", "B：改革后的政策"),
    "provenance.scenarios": ("Policies", "政策"),
    "provenance.reference": ("Reference", "参照"),
    "provenance.seeds": ("Seeds", "随机种子"),
    "provenance.replicates": ("Replicates", "重复次数"),
    "provenance.place": ("Province", "省份"),
    "provenance.failed": ("Failed runs", "失败的运行"),
    "provenance.calendar": ("Calendar", "日程"),
    "provenance.windows": ("Windows measured", "测量窗口"),
    "provenance.windows_value": ("before {before}; after {after}", "改革前 {before}；改革后 {after}"),
    "provenance.settings": ("Full configuration", "完整配置"),
    "provenance.versions": ("Versions", "版本"),
    "manifest.name": ("Name of the results", "结果名称"),
    "manifest.command": ("Command", "命令"),
    "manifest.model_version": ("Model version (hash of its sources)", "模型版本（源代码哈希）"),
    "manifest.versions": ("Package versions", "软件包版本"),
    "manifest.git": ("Git commit", "Git提交"),
    "manifest.python": ("Python version", "Python版本"),
    "manifest.machine": ("Processor architecture", "处理器架构"),
    "manifest.system": ("Operating system", "操作系统"),
    "manifest.scenarios": ("Scenario hashes", "情景哈希"),
    "manifest.province": ("Province tables", "省份数据表"),
    "manifest.failures": ("Failures", "失败"),
    "parameter.name": ("Parameter", "参数"),
    "parameter.value": ("Value", "取值"),
    "parameter.unit": ("Unit", "单位"),
    "parameter.range": ("Range", "范围"),
    "parameter.tag": ("Tag", "标签"),
    "parameter.source": ("Source", "出处"),
    "parameter.meaning": ("Meaning", "含义"),
    "parameter.group.before": ("Policy before the reform", "改革前政策"),
    "parameter.group.after": ("Policy after the reform", "改革后政策"),
    "parameter.group.behaviour": ("Behaviour (uncertainties)", "行为（不确定因素）"),
    "parameter.group.stress": ("Stress", "压力情景"),
    "provenance.stresses": ("Stresses, scored as harm", "压力情景，按损害计"),
    "manifest.stresses": ("Stresses, scored as harm", "压力情景，按损害计"),
    "parameter.group.other": ("Other", "其他"),
    "limits.1": (
        "Stylised, synthetic, not a forecast. People, disputes and offices are simulated; only the census totals and "
        "the places are real.",
        "本模拟为简化的合成模拟，不是预测。居民、纠纷和机构都是模拟的，只有人口普查总数和地名是真实的。",
    ),
    "limits.2": (
        "The model does not show that governance centres caused any reported fall, nor that a setting would give "
        "a figure in a real place.",
        "模型不能证明治理中心导致了任何公开报道的下降，也不能说明某种配置在真实地方会得到某个数字。",
    ),
    "limits.3": (
        "Few petitions do not mean content people: read petitions with unresolved grievances.",
        "信访少不等于群众满意：看信访数量，必须同时看未化解诉求。",
    ),
    "limits.4": (
        "No ranking of real cities, officials or people can be read from it; the smallest published cell is a county.",
        "不能据此对真实的城市、官员或个人排名；公布的最小单元为县。",
    ),
    "limits.fixed": (
        "Intervals cover chance between replicates only. They hold the assumed parameters fixed and say nothing "
        "of whether those are right.",
        "区间只反映各次重复之间的偶然波动，假设参数保持不变，并不说明这些参数是否正确。",
    ),
    "limits.varied": (
        "Assumed parameters are varied over ranges or sets that are assumed themselves. Intervals say nothing of what "
        "lies outside these.",
        "假设参数在给定的范围或集合内变动，而这些范围和集合本身也是假设。区间不说明其外的情况。",
    ),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "colon": (": ", "："),
}
"""Lines of the page by key."""
