"""Lines of the report of a counterfactual, as (English, Chinese)."""

from __future__ import annotations

COUNTERFACTUAL: dict[str, tuple[str, str]] = {
    "counterfactual.title": ("{study}: the same disputes under two policies", "{study}：同样的纠纷，两种政策"),
    "study.counterfactual": ("Where did they go", "纠纷去了哪里"),
    "section.changes": ("What the change is made of", "变化由什么构成"),
    "section.reasons": ("Why registered petitions changed", "登记信访为何变化"),
    "section.counties": ("By county", "分县情况"),
    "fate.absent": ("never a case", "未成为案件"),
    "fate.self": ("the parties themselves", "双方自行解决"),
    "fate.grid": ("grid worker", "网格员"),
    "fate.village": ("village", "村（社区）"),
    "fate.township": ("township", "乡镇"),
    "fate.county": ("county", "县"),
    "fate.court": ("court", "法院"),
    "fate.petition": ("petition", "信访"),
    "fate.nominal": ("settled on paper only", "仅台账化解"),
    "fate.gave_up": ("given up unresolved", "放弃（未化解）"),
    "fate.open": ("still open", "仍未办结"),
    "counterfactual.b": ("B: the policy after the reform", "B：改革后的政策"),
    "counterfactual.kept": ("A: the policy before, kept", "A：维持改革前政策"),
    "counterfactual.corner": ("A below, B across", "纵A横B"),
    "counterfactual.all": ("all", "合计"),
    "counterfactual.pair": ("{a} → {b}", "{a}→{b}"),
    "counterfactual.rest": ("all other transitions", "其余各类转移"),
    "counterfactual.together.title": ("All disputes together", "全部纠纷"),
    "counterfactual.together.all": ("Disputes", "纠纷数"),
    "counterfactual.together.moved": ("End elsewhere", "结局不同"),
    "counterfactual.together.share": ("Share", "占比"),
    "counterfactual.sum": ("all together", "合计"),
    "counterfactual.transition": ("From A to B", "由A到B"),
    "counterfactual.disputes": ("Disputes", "纠纷数"),
    "counterfactual.part": ("Part", "构成"),
    "counterfactual.change": ("Registered petitions, B less A", "登记信访，B减A"),
    "counterfactual.county": ("County", "县（市、区）"),
    "counterfactual.under_a": ("Under A", "A下"),
    "counterfactual.fewer": ("small cells together", "小单元合并"),
    "counterfactual.setting": (
        "Every dispute that was a case in {after}, followed in two worlds that share place, people and luck and part "
        "at the reform – {a}, against the policy after it; {place}, {replicates} replicates. Square brackets hold 95 "
        "% intervals.",
        "{place}，{after}内成为案件的每一件纠纷，在地区、人群与随机性完全相同、自改革起分开的两个世界中分别跟踪——{a}，对照改革后的政策；"
        "重复{replicates}次。方括号内为95%区间。",
    ),
    "counterfactual.stressed": (
        "Both worlds are under a stress, scored as harm.",
        "两个世界均处于压力情景下，按损害计。",
    ),
    "counterfactual.answer.moved": (
        "Of {all} disputes {moved} ({share}) end elsewhere under B than under A.",
        "{all}件纠纷中有{moved}件（{share}）在B下的结局与A下不同。",
    ),
    "counterfactual.answer.durable": (
        "The number settled for good changes by {change}, in the largest parts: {parts}.",
        "稳定化解的纠纷变化{change}件，其中最大的几项：{parts}。",
    ),
    "counterfactual.answer.province": (
        "The number that come before the province or the nation changes by {change}, in the largest parts: {parts}.",
        "到省或进京的纠纷变化{change}件，其中最大的几项：{parts}。",
    ),
    "counterfactual.answer.part": ("{pair} {change}", "{pair} {change}"),
    "counterfactual.changes.intro": (
        "Every transition adds its disputes, takes them off, or leaves the figure as it is; the parts sum exactly. "
        "Transitions in both directions are real: another policy is another history, and some who settled would not "
        "have.",
        "每一类转移或增加、或减少、或不改变该数；各项之和恰等于总变化。双向的转移都是真实的：政策不同，历史不同，原本化解的也可能不再化解。",
    ),
    "counterfactual.reasons.intro": (
        "The same change seen from the registers: parts that are not settlement are told apart.",
        "从登记簿看同一变化：不属于化解的部分单列。",
    ),
    "counterfactual.counties.intro": (
        "Means a replicate. No cell below ten is published: such cells are put together, with another one where need "
        "be.",
        "每次重复的均值。小于10的单元不单独公布：合并列出，必要时再并入一个单元。",
    ),
    "counterfactual.reasons.title": ("Parts of the change in registered petitions", "登记信访变化的构成"),
    "counterfactual.counties.title": ("Disputes by where they ended under A and B, by county", "分县：A下与B下的结局"),
    "flows.title": ("Where each dispute ended", "每件纠纷的结局"),
    "flows.caption": (
        "Disputes that end elsewhere under B (right) than under A (left: {a}); the table has all. Bands have the "
        "colour of where they come from.",
        "在B（右）下的结局与A（左：{a}）下不同的纠纷；全部纠纷见表。色带颜色取自来处。",
    ),
    "flows.alt": ("Two columns of fates with bands between them.", "两列结局及其间的色带。"),
    "changes.title": ("Transitions and what they add", "各类转移及其贡献"),
    "changes.caption": (
        "Disputes settled for good (left) and before the province or the nation (right), B less A, by transition; "
        "lines are 95 % paired intervals.",
        "稳定化解（左）与到省或进京（右）的纠纷数，B减A，按转移分列；线为95%配对区间。",
    ),
    "changes.alt": ("Bars to both sides of zero, one row a transition.", "零线两侧的条形图，每行一类转移。"),
    "changes.durable": ("Settled for good, B less A", "稳定化解，B减A"),
    "changes.province": ("Before the province, B less A", "到省或进京，B减A"),
}
