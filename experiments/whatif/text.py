"""What the page says, as (English, Chinese); names of levers, measures and units come from the report's words."""

from __future__ import annotations

from experiments.report.kinds import Lines
from experiments.report.text import LANGUAGES, Words

WHATIF: Lines = {
    "title": (
        "What if? Levers, the ratio and what becomes of people",
        "如果这样做：政策杠杆、层级比例与群众的实际得失",
    ),
    "kicker": ("Petition pyramid · what-if page", "信访金字塔 · 推演页"),
    "caution": (
        "Stylised and synthetic: invented residents, assumed parameters. Not a forecast, and no evaluation of a real "
        "place.",
        "简化的合成模拟：居民为虚构，多数参数为假设。不是预测，也不是对任何真实地方的评价。",
    ),
    "language": ("中文", "English"),
    "language_label": ("切换到中文", "Switch to English"),
    "skip": ("Skip to the results", "跳到结果"),
    "setting": (
        "{place}, {residents} residents. Before: {before}; after the reform: {after}. The status quo kept is the same "
        "world and seed without the reform.",
        "{place}，居民{residents}人。改革前：{before}；改革后：{after}。“维持现状”指同一世界、同一种子下不作改革。",
    ),
    "live": ("Live: every change runs the model on this machine.", "实时：每次改动都在本机运行模型。"),
    "static": (
        "One file: {size} runs were made beforehand (mean of {replicates}, first seed {seed}); between them values are "
        "interpolated. On {held_out} further runs, {most} of 20 lay within the ± that stands beside each value.",
        "单一文件：事先运行{size}个方案（每个方案{replicates}次重复取均值，首个种子{seed}），其间数值为插值。"
        "在另外{held_out}次运行中，每20次有{most}次落在各数值旁所注的±范围之内。",
    ),
    "controls": ("Policy after the reform", "改革后的政策"),
    "preset": ("Start from a policy", "从现有方案出发"),
    "preset.given": ("As given on the command line", "命令行所给方案"),
    "preset.note": (
        "The whole policy is taken, levers without a control here as well.",
        "采用整套方案，包括此处没有列出的杠杆。",
    ),
    "base": (
        "Levers without a control stay as in “{policy}”.",
        "没有列出的杠杆保持“{policy}”中的取值。",
    ),
    "stress.group": ("Stress, scored as harm", "压力情景，按损害计"),
    "stress.note": (
        "What happens to people, not a choice. A better ratio bought with these is no success.",
        "这些是发生在群众身上的事，不是可选政策。靠它们换来的比例不算成效。",
    ),
    "stress.acting": ("Under a stress, scored as harm.", "处于压力情景，按损害计。"),
    "chance": ("Chance", "随机性"),
    "seed": ("Seed", "随机种子"),
    "replicates": ("Replicates (seeds from there on)", "重复次数（种子依次递增）"),
    "reset": ("Back to the start", "恢复初始"),
    "results": ("What comes of it", "结果"),
    "pyramid": ("The pyramid of registered petitions", "登记信访的层级"),
    "pyramid.note": (
        "Bars: petitions registered a year. Dashed outlines and parentheses: the status quo kept. Vermilion ticks: as "
        "many petitions split 1 : 2 : 3.",
        "条形：每年登记的信访件次。虚线框和括号：维持现状。朱红刻度：同样总量按1∶2∶3分布时的位置。",
    ),
    "pyramid.alt": (
        "Bars of registered petitions a year. Before: {before}. After: {after}. Status quo kept: {kept}.",
        "每年登记信访条形图。改革前：{before}。改革后：{after}。维持现状：{kept}。",
    ),
    "levels": ("province {province}, city {city}, county {county}", "省级{province}，市级{city}，县级{county}"),
    "before": ("Before", "改革前"),
    "after": ("After", "改革后"),
    "kept": ("Status quo kept", "维持现状"),
    "difference": ("Difference", "差异"),
    "within": ("Interpolation error (19 in 20)", "插值误差（20次中19次）"),
    "mean_error": ("Mean error", "平均误差"),
    "range": ("Range of the held-out runs", "检验运行的取值范围"),
    "level": ("Level", "层级"),
    "measure": ("Measure", "指标"),
    "unit": ("Unit", "单位"),
    "month": ("Month", "月份"),
    "ratio": ("Province : city : county", "省∶市∶县"),
    "ratio.target": ("Reference 1 : 2 : 3", "参照1∶2∶3"),
    "ratio.distance": ("Distance to it {distance}", "与其距离{distance}"),
    "recorded": ("Recorded as success", "台账成功率"),
    "registered": ("Registered", "登记"),
    "points": ("points", "个百分点"),
    "cards": (
        "Each card: after the reform, and the difference from the status quo kept on the same seed. The ratio is one "
        "measure among these.",
        "每张卡片：改革后的数值，以及与同一种子下维持现状的差异。比例只是其中一个指标。",
    ),
    "same": ("no difference", "无差异"),
    "error": ("interpolated, ± {error}", "插值，±{error}"),
    "interval": ("95 % [{low}, {high}]", "95%区间[{low}，{high}]"),
    "months": ("Petitions registered each month", "每月登记信访"),
    "months.alt": (
        "Lines of registered petitions by month from {first} to {last}. After the reform {after} a month on average; "
        "status quo kept {kept}.",
        "{first}至{last}每月登记信访折线。改革后月均{after}件次，维持现状月均{kept}件次。",
    ),
    "reform": ("Reform", "改革"),
    "table": ("As a table", "数据表"),
    "errors": ("How far the interpolation is off", "插值误差有多大"),
    "errors.calm": ("Held-out runs without a stress", "未用于拟合、无压力情景的运行"),
    "errors.stressed": ("Held-out runs under a stress", "未用于拟合、处于压力情景的运行"),
    "verdict.start": (
        "Nothing differs from the status quo yet: move a control.",
        "目前与维持现状没有区别：请移动一个控件。",
    ),
    "verdict.start.live": (
        "Nothing differs from the status quo yet: move a control or choose a policy.",
        "目前与维持现状没有区别：请移动控件或选择一个方案。",
    ),
    "verdict.ratio_only": (
        "The ratio moved {way} 1 : 2 : 3 without durable settlement moving ({ratio}; {durable} points): a "
        "better-looking number, not more disputes settled.",
        "比例{way}1∶2∶3，而稳定化解率没有变化（{ratio}；{durable}个百分点）：只是数字变了，纠纷并没有化解得更多。",
    ),
    "verdict.ratio_only.farther": (
        "The ratio moved {way} 1 : 2 : 3 without durable settlement moving ({ratio}; {durable} points).",
        "比例{way}1∶2∶3，而稳定化解率没有变化（{ratio}；{durable}个百分点）。",
    ),
    "verdict.against": (
        "The ratio moved {way} 1 : 2 : 3 ({ratio}) while durable settlement fell by {durable} points: fewer disputes "
        "are settled for good.",
        "比例{way}1∶2∶3（{ratio}），而稳定化解率下降{durable}个百分点：真正化解的纠纷减少了。",
    ),
    "verdict.both": (
        "The ratio moved {way} 1 : 2 : 3 ({ratio}) and durable settlement rose by {durable} points; that does not show "
        "that one follows from the other.",
        "比例{way}1∶2∶3（{ratio}），稳定化解率上升{durable}个百分点；这不能说明二者有因果关系。",
    ),
    "verdict.durable_up": (
        "Durable settlement rose by {durable} points and the ratio hardly moved ({ratio}): the ratio would not have "
        "told.",
        "稳定化解率上升{durable}个百分点，而比例几乎未变（{ratio}）：仅看比例看不出来。",
    ),
    "verdict.durable_down": (
        "Durable settlement fell by {durable} points and the ratio hardly moved ({ratio}): the ratio would not have "
        "told.",
        "稳定化解率下降{durable}个百分点，而比例几乎未变（{ratio}）：仅看比例看不出来。",
    ),
    "verdict.neither": (
        "Neither the ratio ({ratio}) nor durable settlement ({durable} points) moved by what would matter.",
        "比例（{ratio}）和稳定化解率（{durable}个百分点）的变化都不足以说明问题。",
    ),
    "verdict.unclear": (
        "Whether the ratio ({ratio}) and durable settlement ({durable} points) moved together cannot be told: chance "
        "or interpolation is as large as what would matter.",
        "比例（{ratio}）与稳定化解率（{durable}个百分点）是否同步变化无法判断：随机性或插值误差与有意义的变化一样大。",
    ),
    "nearer": ("nearer to", "更接近"),
    "farther": ("away from", "偏离"),
    "margins": (
        "What would matter: {ratio} of Aitchison distance for the ratio, {durable} points for durable settlement.",
        "有意义的变化：比例的艾奇逊距离{ratio}，稳定化解率{durable}个百分点。",
    ),
    "one_seed": (
        "One seed: small differences may be chance.",
        "只用一个种子：细小差异可能出于偶然。",
    ),
    "one_seed.live": (
        "One seed: small differences may be chance. More replicates give intervals.",
        "只用一个种子：细小差异可能出于偶然。增加重复次数可得区间。",
    ),
    "means": ("Means of {replicates} replicates.", "{replicates}次重复的均值。"),
    "running": ("Running the model …", "模型运行中……"),
    "done": ("Done in {milliseconds} ms.", "完成，用时{milliseconds}毫秒。"),
    "failed": ("The model could not be run: {message}", "模型无法运行：{message}"),
    "gone": (
        "The model does not answer: is pyramid whatif still running?",
        "模型没有应答：pyramid whatif是否仍在运行？",
    ),
    "clamped": ("Moved back into its range: {names}.", "已调整到允许范围内：{names}。"),
    "no_script": (
        "This page needs JavaScript; it asks nothing of any network.",
        "本页需要JavaScript；不会访问任何网络。",
    ),
    "made": ("Made by {command}, model {model}.", "由{command}生成，模型版本{model}。"),
}
"""Lines of the page by key."""


def lines(language: str) -> dict[str, str]:
    """Every line of the page in one language, and of the report's words those that the page needs."""
    words = Words(language)
    own = {key: texts[LANGUAGES.index(language)] for key, texts in WHATIF.items()}
    shared = {key: words(key) for key in ("level.province", "level.city", "level.county")}
    return own | shared
