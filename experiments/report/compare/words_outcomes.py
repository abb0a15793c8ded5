"""Words of the flags and of cost, equity, satisfaction and service halls, as (English, Chinese)."""

from __future__ import annotations

OUTCOMES: dict[str, tuple[str, str]] = {
    "section.cost": ("Cost against durable settlement", "成本与稳定化解"),
    "section.equity": ("Equity: groups, gaps and places", "公平：群体、差距与地区"),
    "section.satisfaction": ("What people say and what is", "群众怎么说，实际怎么样"),
    "section.services": ("Service halls", "服务大厅"),
    "table.better": ("Better", "何者为好"),
    "table.better.up": ("higher", "越高越好"),
    "table.better.down": ("lower", "越低越好"),
    "table.better.zero": ("nearer 0", "越接近0越好"),
    "table.percent": ("%", "%"),
    "table.points": ("points", "百分点"),
    "table.changed": ("{mean} ({change})", "{mean}（{change}）"),
    "table.same": ("{mean} (same)", "{mean}（不变）"),
    # flags
    "flags.title": ("Flags: reasons to distrust a record, or a policy", "警示：应当怀疑台账或政策的理由"),
    "flag.suppression": ("Suppression", "压制"),
    "flag.cosmetic": ("Cosmetic", "粉饰"),
    "flag.harm": ("Harm", "损害"),
    "flags.meaning": (
        "Three flags compare every replicate with the reference of the same seed. Suppression: fewer petitions are "
        "registered while more grievances are left unresolved or more disputes are truly open. Cosmetic: the record "
        "improves and the truth does not (the ratio comes nearer to the target, fewer petitions are registered, or "
        "recorded success rises, while no larger share is settled for good). Harm: whatever "
        "the record says, less is settled for good and more is left.",
        "三种警示把每次重复与同一随机种子的参照政策相比。压制：登记信访减少，而未化解的诉求或真实未了结的纠纷增多。"
        "粉饰：台账变好而实际没有变好（比例更接近目标、登记信访减少或台账成功率上升，而稳定化解没有增加）"
        "。损害：不论台账如何，稳定化解减少，遗留增多。",
    ),
    "flags.rule": (
        "A policy without any effect would raise a flag in at most half of the replicates, so a flag counts as raised "
        "when it is up in at least {least} of {n}, which chance reaches less than once in twenty times. It is a "
        "reason to look closer and proves nothing.",
        "毫无作用的政策最多只会在一半的重复中触发警示，因此{n}次重复中至少有{least}次触发才算触发"
        "（偶然达到的概率不足二十分之一）。警示只是深究的理由，不证明任何事情。",
    ),
    "flags.few": (
        "With {n} replicates chance cannot be told from effect: the table gives counts without a verdict (five "
        "replicates are the fewest that can give one).",
        "仅{n}次重复无法区分偶然与实效：下表只列次数，不作判断（至少需要五次重复）。",
    ),
    "flags.raised": ("Flags raised: {clauses}.", "警示：{clauses}。"),
    "flags.under": ("{flag} under {policies}", "{policies}触发{flag}"),
    "flags.join": ("; ", "；"),
    "flags.clear": ("No flag is raised under any policy.", "没有一种政策触发警示。"),
    "flags.unknown": (
        "The flags for suppression, a cosmetic record and harm compare policies over the same years; these results "
        "hold no reference policy, or lack the measures that the flags need.",
        "压制、粉饰和损害三种警示需要在同一时期与参照政策比较；本结果没有参照政策，或缺少所需的指标。",
    ),
    "flags.count": ("{k}\u00a0of\u00a0{n}", "{k}/{n}"),
    "flags.verdict": ("{verdict} ({count})", "{verdict}（{count}）"),
    "flags.yes": ("raised", "触发"),
    "flags.change": ("{measure}, change [95\u00a0%]", "{measure}，变化[95%区间]"),
    "flags.points": ("{measure}, points [95\u00a0%]", "{measure}，百分点[95%区间]"),
    "flags.difference": ("{measure}, difference [95\u00a0%]", "{measure}，差值[95%区间]"),
    # cost
    "cost.intro": (
        "What the staff and the centres cost against what is settled for good. A policy on the frontier is outdone by "
        "none: no other costs as little and settles as much. The cost to claimants (days, trips) is not in it.",
        "人员和中心的支出，对照稳定化解的多少。位于前沿的政策没有被其他政策超过："
        "没有另一种政策花费不多于它、化解不少于它。群众自己付出的时间和路程不计在内。",
    ),
    "cost.title": ("Cost against durable settlement", "成本与稳定化解"),
    "cost.caption": (
        "Yuan per resident a year and durable settlements per grievance; lines through a policy are the 95 % intervals "
        "of its paired differences from {against}. Dashed: the most that is settled for a cost. Filled marks are on "
        "that frontier; hollow ones are outdone.",
        "每人每年支出（元）与每件诉求稳定化解率；穿过标记的线为其与{against}的配对差的95%区间。"
        "虚线为一定支出下所能达到的最多化解。实心标记位于该前沿，空心标记被其他政策超过。",
    ),
    "cost.alt": (
        "Scatter of policies: horizontal, yuan per resident a year; vertical, durable settlement per grievance; a "
        "stepped line through the policies that no other outdoes.",
        "政策散点图：横轴为每人每年支出，纵轴为每件诉求稳定化解率；阶梯线连接未被其他政策超过的政策。",
    ),
    "cost.x": ("← better   Yuan per resident a year", "← 更好   每人每年支出（元）"),
    "cost.y": ("Durable settlement per grievance   better →", "每件诉求稳定化解率   更好 →"),
    "cost.cost": ("Yuan per resident a year", "每人每年支出（元）"),
    "cost.change": ("Change in yuan [95\u00a0%]", "变化，元[95%区间]"),
    "cost.each": ("Yuan per durable settlement", "每件稳定化解成本（元）"),
    "cost.each_change": ("Its change in yuan [95\u00a0%]", "其变化，元[95%区间]"),
    "cost.frontier": ("On the frontier (replicates)", "位于前沿（重复次数）"),
    # equity
    "equity.intro": (
        "Every grievance belongs to one group of each division. Gaps are signed: above zero the group that is usually "
        "better off fares better, below zero the other one does; nearer to zero is more equal. A gap can also close "
        "because the better-off lose, so read it beside the worst-off group. Groups are shown, never persons.",
        "每件诉求在每种划分中都属于其中一个群体。差距带正负号：大于零表示通常处境较好的群体化解率更高，小于零则相反；"
        "越接近零越平等。差距也可能因为较好的一方变差而缩小，因此须与处境最差的群体一起看。只列群体，不列个人。",
    ),
    "equity.title": ("Durable settlement by group of claimants", "各群体的稳定化解率"),
    "equity.caption": (
        "Durable settlements per grievance, one panel a division of all claimants. The ring marks the group that is "
        "worst off in most replicates; the last panel gives the lowest rate of any group, replicate by replicate.",
        "每件诉求的稳定化解率，每种划分一幅。圆圈标出在多数重复中处境最差的群体；最后一幅为每次重复中各群体的最低值。",
    ),
    "equity.alt": (
        "Dot-and-interval panels, one a division of claimants (place, distance, income, origin, opponent), one row a "
        "policy, a dot for each group, the worst-off group ringed; a last panel shows the worst-off group's rate.",
        "点与区间图：每种划分（居住地、距离、收入、来源、对方）一幅，每行一种政策，每个群体一点，圈出处境最差者；"
        "最后一幅为处境最差群体的化解率。",
    ),
    "equity.axis": ("Durable settlement per grievance   better →", "每件诉求的稳定化解率   更好 →"),
    "equity.ring": ("worst-off group", "处境最差的群体"),
    "equity.worst": ("Worst-off group", "处境最差的群体"),
    "equity.gaps": ("The worst-off group, and the gaps between groups", "处境最差的群体与群体差距"),
    "equity.who": ("Worst-off group (in how many replicates)", "处境最差的群体（重复次数）"),
    "equity.named": ("{group} ({count})", "{group}（{count}）"),
    "equity.division.urban": ("Place", "居住地"),
    "equity.division.distance": ("Distance to the county", "离县城的距离"),
    "equity.division.income": ("Income", "收入"),
    "equity.division.migrant": ("Origin", "来源"),
    "equity.division.agency": ("Against", "对方"),
    "group.urban": ("urban", "城镇"),
    "group.rural": ("rural", "农村"),
    "group.near": ("within an hour", "一小时以内"),
    "group.far": ("more than an hour", "一小时以上"),
    "group.income_low": ("poorest", "低收入"),
    "group.income_middle": ("middle third", "中等收入"),
    "group.income_high": ("richest", "高收入"),
    "group.migrant": ("moved in", "外来"),
    "group.native": ("not moved in", "本地"),
    "group.against_peer": ("against residents", "与居民"),
    "group.against_organisation": ("against organisations", "与组织"),
    "group.against_agency": ("against agencies", "与机关"),
    "equity.group.against_peer": ("residents", "居民"),
    "equity.group.against_organisation": ("organisations", "组织"),
    "equity.group.against_agency": ("agencies", "机关"),
    "equity.group.far": ("farther", "更远"),
    # cities
    "cities.title": ("City by city", "各市州"),
    "cities.caption": (
        "A tile is a city, placed roughly where it lies. In bold: durable settlement per grievance, then its change in "
        "percentage points; below: registered petitions per 1,000 residents a year, then their change in per cent. All "
        "changes are from {against}; an outline alone where the 95 % interval of the change in settlement holds zero. "
        "Cities differ by what the model knows of them (people, distances, type, the timetable of the reform), not by "
        "how they are run: this ranks no real city. {told}",
        "每格为一个市州，大致按所在方位排列。粗体：每件诉求的稳定化解率及其变化（百分点）；其下：每千人每年登记信访及其"
        "变化（%）。变化均与{against}相比；稳定化解率变化的95%区间包含零者只画边框。各市州的差别只来自"
        "模型所知的情况（人口、距离、类型、改革批次），与实际治理无关，不构成对真实地区的排名。{told}",
    ),
    "cities.alt": (
        "Maps of tiles, one tile a city: the first coloured by durable settlement per grievance, the others, one a "
        "policy, by its change. {summary}",
        "方格地图，每格一个市州：第一幅按每件诉求稳定化解率着色，其余每种政策一幅，按其变化着色。{summary}",
    ),
    "cities.level": ("Durable settlement per grievance, %   better →", "每件诉求的稳定化解率（%）   更好 →"),
    "cities.change": ("Its change, percentage points   better →", "稳定化解率的变化（百分点）   更好 →"),
    "cities.city": ("City", "市州"),
    "cities.named": ("{city} ({value})", "{city}（{value}）"),
    "cities.spread": (
        "{base}: durable settlement is lowest in {low} and highest in {high}.",
        "{base}：稳定化解率最低的是{low}，最高的是{high}。",
    ),
    "cities.counts": (
        "Of {n} cities, so many show a clear rise and a clear fall: {counts}.",
        "在{n}个市州中，明显上升、明显下降的分别为：{counts}。",
    ),
    "cities.count": ("{policy} {rises} and {falls}", "{policy}{rises}个、{falls}个"),
    "cities.join": ("; ", "；"),
    "cities.rises": ("Cities with a clear rise", "明显上升的市州"),
    "cities.falls": ("Cities with a clear fall", "明显下降的市州"),
    "cities.unit": ("cities", "个"),
    # satisfaction
    "satisfaction.intro": (
        "A survey can find more content people than there are, because some do not say what they think. Trust is what "
        "people have learned from their own cases and those they hear of. What norms hide is in no register: it is "
        "shown here from the truth of the model.",
        "调查所得的满意者可能多于实际，因为有人不说真实想法。信任的变化来自群众亲历和听说的办理经过。"
        "被乡风压力掩盖的事不会出现在任何台账中，这里按模型中的真实情况列出。",
    ),
    "satisfaction.title": ("What people say and what is", "群众怎么说，实际怎么样"),
    "satisfaction.caption": (
        "At the last year end: content residents in truth and as a survey finds them, and what people have learned to "
        "trust. Over the year: violence hidden by norms among violent grievances, and mass incidents per 100,000 "
        "residents (intervals cut at zero).",
        "年末：真实满意与调查满意的居民，以及习得的信任变化。全年：涉及暴力的诉求中被掩盖的比例，"
        "以及每十万人群体性事件（区间在零处截断）。",
    ),
    "satisfaction.alt": (
        "Dot-and-interval panels, one row a policy: content residents in truth beside surveyed, change in trust at "
        "three levels, hidden violence, mass incidents.",
        "点与区间图，每行一种政策：真实与调查满意度对照、对三级的信任变化、被掩盖的暴力、群体性事件。",
    ),
    "satisfaction.content": ("Content residents", "满意的居民"),
    "satisfaction.trust": ("Trust, change learned", "信任的变化"),
    "satisfaction.violence_hidden_share": ("Violence hidden", "被掩盖的暴力"),
    "satisfaction.mass_incidents": ("Mass incidents", "群体性事件"),
    "satisfaction.more": ("better →", "更好 →"),
    "satisfaction.less": ("← better", "← 更好"),
    "satisfaction.hundredths": ("hundredths of the scale   better →", "量表的百分之一   更好 →"),
    "satisfaction.true": ("In truth", "真实"),
    "satisfaction.surveyed": ("As surveyed", "调查所得"),
    "satisfaction.local": ("Trust: village, township", "信任：村、乡"),
    "satisfaction.middle": ("Trust: county, city", "信任：县、市"),
    "satisfaction.higher": ("Trust: province, nation", "信任：省、中央"),
    # services
    "services.intro": (
        "Convenience and government service run in the same halls as mediation and compete for the same staff. "
        "Easier halls draw more requests, so a rise in requests is neither good nor bad in itself.",
        "便民和政务服务与调解同在一个大厅，共用人员。办事越方便，来办的人越多，因此请求数上升本身无所谓好坏。",
    ),
    "services.title": ("Requests in service halls", "服务大厅的办事请求"),
}
"""Lines by key."""
