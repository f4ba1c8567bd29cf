"""What happens to a case."""

from shouwen.core.events.event import EventKind

CASES_EVENTS: tuple[EventKind, ...] = (
    EventKind("case.reported", "case", "受理", "reported", ("kind", "side", "channel")),
    EventKind(
        "case.classified", "case", "分类", "classified", ("kind", "leaf", "severity", "side")
    ),
    EventKind("case.owner_set", "case", "确定首问责任人", "owner set", ("owner",)),
    EventKind("case.handover_offered", "case", "提出移交", "hand-over offered", ("to",)),
    EventKind("case.handover_accepted", "case", "接受移交", "hand-over accepted", ("from",)),
    EventKind("case.handover_refused", "case", "拒绝移交", "hand-over refused", ("reason",)),
    EventKind("case.handover_withdrawn", "case", "撤回移交", "hand-over withdrawn"),
    EventKind("case.recorded", "case", "记录齐全", "record complete", ("missing",)),
    EventKind("case.routed", "case", "转交部门", "passed to the department", ("department",)),
    EventKind("case.investigation_started", "case", "开始调查", "investigation started"),
    EventKind(
        "case.deferred",
        "case",
        "不能当即答复",
        "cannot be answered at once",
        ("name_recorded", "phone_recorded", "apology"),
    ),
    EventKind("case.answered", "case", "答复客户", "customer answered", ("channel",)),
    EventKind("case.agreed_time", "case", "与客户另约时间", "another time agreed", ("at",)),
    EventKind(
        "case.deadline_set",
        "case",
        "外部定下期限",
        "deadline set from outside",
        ("at", "hours", "days", "by"),
    ),
    EventKind(
        "case.exception_granted",
        "case",
        "批准例外",
        "exception granted",
        ("reason", "approver", "evidence", "rule"),
    ),
    EventKind("case.dispatched", "case", "派单", "dispatched", ("to",)),
    EventKind("case.accepted", "case", "接单", "job accepted"),
    EventKind("case.departed", "case", "出发", "departed"),
    EventKind("case.arrived", "case", "到场", "arrived"),
    EventKind("case.handled", "case", "现场处理", "handled on site"),
    EventKind("case.repaired", "case", "修复", "repaired"),
    EventKind("case.cleared", "case", "故障排除", "fault cleared"),
    EventKind("case.referred", "case", "告知或转其它渠道", "told or referred", ("to",)),
    EventKind(
        "case.out_of_scope_found",
        "case",
        "发现不在维修范围",
        "found out of scope",
        ("reason",),
    ),
    EventKind("case.paused", "case", "暂停计时", "clock paused", ("reason", "evidence")),
    EventKind("case.resumed", "case", "恢复计时", "clock resumed", ("reason",)),
    EventKind("case.noted", "case", "备注", "noted"),
    EventKind("case.gap_flagged", "case", "标记缺口", "gap flagged", ("gap",)),
    EventKind("case.closed", "case", "办结", "closed"),
    EventKind("case.reopened", "case", "重新打开", "reopened", ("reason", "after")),
    EventKind("case.voided", "case", "作废", "voided", ("reason", "approver")),
    EventKind("case.reassigned", "case", "改派", "reassigned", ("to", "reason")),
    EventKind("case.void_asked", "case", "申请作废", "asked to void", ("reason",)),
    EventKind("case.void_refused", "case", "不批准作废", "voiding refused"),
    EventKind("case.attached", "case", "添加附件", "file attached", ("type", "size", "sha256")),
    EventKind("case.linked", "case", "关联工单", "linked", ("kind", "other")),
    EventKind("case.unlinked", "case", "解除关联", "link removed", ("kind", "other")),
    EventKind("case.merged", "case", "并入其他工单", "merged into another", ("into",)),
    EventKind("case.absorbed", "case", "并进一张工单", "took another in", ("other",)),
    EventKind("case.unmerged", "case", "撤销合并", "merge undone", ("other",)),
    EventKind("case.entered_late", "case", "补录", "entered late", ("reason",)),
    EventKind("case.escalated", "case", "升级提醒", "escalated", ("rung", "to", "rule")),
    EventKind("case.escalation_seen", "case", "看到升级提醒", "escalation seen", ("rung",)),
    EventKind(
        "case.printed", "case", "打印", "printed", ("print", "keeper", "purpose", "destroy_on")
    ),
    EventKind("case.details_filled", "case", "填写业务表单", "form filled in", ("fields",)),
    EventKind("case.material_told", "case", "告知资料渠道", "told of material", ("what", "where")),
    EventKind(
        "case.material_sent", "case", "发送资料渠道", "material sent", ("channel", "message")
    ),
    EventKind(
        "case.papers_sent",
        "case",
        "发送报装资料清单",
        "list of papers sent",
        ("list", "channel", "message"),
    ),
    EventKind(
        "case.solved_on_phone", "case", "电话指导解决", "solved on the telephone", ("guide",)
    ),
    EventKind("case.approval_asked", "case", "请示上级", "superior asked", ("at",)),
    EventKind(
        "case.approval_given", "case", "上级批准答复", "answer approved", ("at", "approver")
    ),
    EventKind("case.approval_refused", "case", "上级不批准", "answer not approved", ("approver",)),
    EventKind(
        "case.joined_incident", "case", "并入管网事件", "joined to an incident", ("incident",)
    ),
    EventKind("incident.opened", "incident", "管网事件开始", "incident opened", ("case", "homes")),
    EventKind("incident.changed", "incident", "更新管网事件", "incident changed", ("until",)),
    EventKind("incident.joined", "incident", "归入一张工单", "case joined", ("case",)),
    EventKind("incident.ended", "incident", "管网事件结束", "incident ended", ("cases",)),
    EventKind("incident.told", "incident", "告知一位客户", "customer told", ("case", "how")),
)
