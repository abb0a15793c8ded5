"""Sentences of the answer and the words of a verdict, as (English, Chinese)."""

from __future__ import annotations

_RATIO = {
    "nearer": ("ratio nearer", "比例更接近目标"),
    "farther": ("ratio farther", "比例更远离目标"),
    "little": ("ratio hardly moved", "比例几乎未变"),
    "unclear": ("ratio unclear", "比例变化不明"),
}
_SETTLEMENT = {
    "up": ("more settled", "化解增加"),
    "down": ("less settled", "化解减少"),
    "little": ("settlement hardly moved", "化解几乎未变"),
    "unclear": ("settlement unclear", "化解变化不明"),
}

ANSWER: dict[str, tuple[str, str]] = {
    **{
        f"verdict.{ratio}.{settlement}": (f"{r[0]}, {s[0]}", f"{r[1]}，{s[1]}")
        for ratio, r in _RATIO.items()
        for settlement, s in _SETTLEMENT.items()
    },
    "verdict.reference": ("reference", "参照"),
    # Sentence 1: the ratio.
    "answer.ratio.compare": (
        "With “{reference}” kept in {after}, registered petitions stand at {ratio} (province : city : county); of the "
        "{compared} compared, “{best}” comes nearest to {target}, at {best_ratio}.",
        "{after}在“{reference}”下，登记信访的省∶市∶县为{ratio}；在所比较的{compared}中，“{best}”最接近{target}，"
        "为{best_ratio}。",
    ),
    "answer.ratio.change": (
        "Under “{policy}”, registered petitions go from {before_ratio} (province : city : county) in {before} to "
        "{ratio} in {after}; the target is {target}.",
        "在“{policy}”下，登记信访的省∶市∶县由{before}的{before_ratio}变为{after}的{ratio}；目标为{target}。",
    ),
    "answer.ratio.alone": (
        "Under “{policy}”, registered petitions stand at {ratio} (province : city : county) in {after}; the target is "
        "{target}, and these results hold nothing to compare with.",
        "在“{policy}”下，{after}登记信访的省∶市∶县为{ratio}；目标为{target}，结果中没有可比较的对象。",
    ),
    "answer.ratio.interval": (
        "{ratio} [{city}; {county}]",
        "{ratio} [{city}；{county}]",
    ),
    # Sentence 2: the totals.
    "answer.totals": (
        "Against {against}, “{policy}” changes petitions registered at the province by {province} and registered "
        "petitions of all levels by {total}{tail}.",
        "与{against}相比，“{policy}”使省级登记信访变化{province}，各级登记信访总量变化{total}{tail}。",
    ),
    "answer.totals.rise": (
        ": the ratio comes nearer to the target while the total rises",
        "：比例更接近目标的同时总量上升",
    ),
    "answer.totals.plain": ("", ""),
    "answer.totals.alone": (
        "Registered petitions of all levels come to {total}, of which {province} at the province.",
        "各级登记信访共{total}件次，其中省级{province}件次。",
    ),
    # Sentence 3: together or not.
    "answer.apart": (
        "The ratio and durable settlement do not move together: {clauses}; the ratio alone does not tell whether "
        "disputes are settled.",
        "比例与稳定化解并不同步：{clauses}；仅凭比例不能判断纠纷是否得到化解。",
    ),
    "answer.clause.ratio_only": (
        "“{policy}” takes the ratio to {ratio} (distance to the target {distance}) while durable settlement per "
        "grievance changes by {durable} points",
        "“{policy}”使比例变为{ratio}（与目标的距离变化{distance}），而每件诉求的稳定化解率只变化{durable}个百分点",
    ),
    "answer.clause.settlement_only": (
        "“{policy}” changes durable settlement by {durable} points while the ratio stays at {ratio} (distance "
        "{distance})",
        "“{policy}”使稳定化解率变化{durable}个百分点，而比例仍为{ratio}（距离变化{distance}）",
    ),
    "answer.clause.join": ("; ", "；"),
    "answer.together": (
        "Here the two move together under {policies}: the ratio comes nearer to the target and more is settled "
        "(durable "
        "settlement per grievance under “{best}” {durable} points), which is no proof that one follows from the other.",
        "此处两者在{policies}下同向变化：比例更接近目标，"
        "化解也更多（“{best}”的每件诉求稳定化解率变化{durable}个百分点），"
        "但这不能证明二者有因果关系。",
    ),
    "answer.neither": (
        "No policy moves the ratio or durable settlement per grievance beyond the margins that would matter; the "
        "largest "
        "change in durable settlement is {durable} points, under “{best}”.",
        "没有一种政策使比例或每件诉求的稳定化解率发生有意义的变化；稳定化解率变化最大的是“{best}”，{durable}个百分点。",
    ),
    "answer.unclear": (
        "Whether the two move together cannot be told from {n} replicates: the intervals cross the margins that would "
        "matter (durable settlement per grievance under “{best}” {durable} points).",
        "仅凭{n}次重复无法判断两者是否同步："
        "区间跨越了有意义变化的界限（“{best}”的每件诉求稳定化解率{durable}个百分点）。",
    ),
    "answer.settled.alone": (
        "{durable} of grievances are durably settled.",
        "{durable}的诉求得到稳定化解。",
    ),
    "answer.missing": (
        "The measures that this sentence needs are not in these results.",
        "结果中没有本句所需的指标。",
    ),
    "answer.against.reference": ("“{name}”", "“{name}”"),
    "answer.against.before": ("{span}", "{span}"),
}
"""Lines of the answer by key."""
