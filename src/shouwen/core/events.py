"""The one list of things that can happen.

Rules name these, operations record them; nothing else exists.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event: its subject, its name on screens, and the fields its data may carry."""

    name: str
    subject: str
    zh: str
    en: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened.

    `at` is aware (stored in UTC); `by` is a staff number; `data` holds facts only.
    """

    kind: str
    at: datetime
    data: Mapping[str, Scalar] = field(default_factory=dict)
    by: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: a kind ("case", "promise", "call", "system" …) and the id of that
    one thing.
    """

    kind: str
    id: UUID


def _case_events() -> tuple[EventKind, ...]:
    return (
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
        *_casework_events(),
    )


def _casework_events() -> tuple[EventKind, ...]:
    return (
        EventKind("case.reassigned", "case", "改派", "reassigned", ("to", "reason")),
        EventKind("case.void_asked", "case", "申请作废", "asked to void", ("reason",)),
        EventKind("case.void_refused", "case", "不批准作废", "voiding refused"),
        EventKind(
            "case.attached", "case", "添加附件", "file attached", ("type", "size", "sha256")
        ),
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
    )


def _call_events() -> tuple[EventKind, ...]:
    return (
        EventKind("call.rang", "call", "振铃", "rang"),
        EventKind("call.answered", "call", "接听", "answered"),
        EventKind("call.held", "call", "保持", "held"),
        EventKind("call.resumed", "call", "恢复通话", "resumed"),
        EventKind("call.transferred", "call", "转接", "transferred", ("to",)),
        EventKind("call.promised_call_back", "call", "承诺回电", "call-back promised"),
        EventKind("call.ended", "call", "挂机", "ended", ("by", "cause")),
    )


def _register_events() -> tuple[EventKind, ...]:
    return (
        EventKind(
            "customer.registered",
            "customer",
            "登记客户",
            "customer registered",
            ("premises", "relation", "since"),
        ),
        EventKind("customer.corrected", "customer", "更正资料", "details corrected", ("fields",)),
        EventKind(
            "customer.moved_in", "customer", "入住", "moved in", ("premises", "relation", "since")
        ),
        EventKind("customer.moved_out", "customer", "迁出", "moved out", ("premises", "until")),
        EventKind("customer.merged", "customer", "并入一份档案", "record merged in", ("from",)),
        EventKind("customer.unmerged", "customer", "撤销合并", "merge undone", ("from",)),
        EventKind("customers.imported", "system", "导入客户", "customers imported", ("rows",)),
        EventKind(
            "care.registered", "customer", "登记特殊关照", "special care registered", ("kind",)
        ),
        EventKind("care.reviewed", "customer", "复核特殊关照", "special care reviewed", ("kind",)),
        EventKind("care.ended", "customer", "结束特殊关照", "special care ended", ("kind",)),
        EventKind("premises.registered", "premises", "登记用气地址", "premises registered"),
        EventKind(
            "premises.attribute_set",
            "premises",
            "变更属性",
            "attribute changed",
            ("name", "value", "since"),
        ),
        EventKind("premises.point_opened", "premises", "开户", "account opened", ("since",)),
        EventKind(
            "premises.meter_installed", "premises", "装表", "meter installed", ("kind", "on")
        ),
        EventKind("premises.meter_removed", "premises", "拆表", "meter removed", ("on",)),
        EventKind(
            "premises.appliance_installed",
            "premises",
            "装用气设备",
            "appliance installed",
            ("kind", "on"),
        ),
        EventKind(
            "premises.appliance_removed",
            "premises",
            "拆用气设备",
            "appliance removed",
            ("kind", "on"),
        ),
        EventKind("estate.aliases_set", "system", "更改小区别名", "estate aliases changed"),
    )


def _promise_events() -> tuple[EventKind, ...]:
    return (
        EventKind("promise.made", "promise", "作出承诺", "promise made"),
        EventKind("promise.kept", "promise", "兑现承诺", "promise kept"),
        EventKind("promise.missed", "promise", "承诺逾期", "promise missed"),
        EventKind(
            "promise.withdrawn", "promise", "撤回承诺", "promise withdrawn", ("reason", "approver")
        ),
        EventKind("promise.handed_over", "promise", "移交承诺", "promise handed over"),
        EventKind("clock.facts_set", "clock", "记下判定要素", "facts set"),
        EventKind("clock.started", "clock", "开始计时", "clock started"),
        EventKind("clock.warned", "clock", "临期提醒", "clock warned"),
        EventKind("clock.missed", "clock", "超时", "clock missed"),
        EventKind("clock.met", "clock", "按时完成", "clock met"),
    )


def _field_events() -> tuple[EventKind, ...]:
    return (
        EventKind("outage.planned", "outage", "计划停气", "outage planned"),
        EventKind("outage.announced", "outage", "停气通知", "outage announced", ("channel",)),
        EventKind("outage.started", "outage", "停气", "outage started"),
        EventKind("outage.restored", "outage", "恢复供气", "gas restored"),
        EventKind("visit.appointed", "visit", "约定上门", "visit appointed", ("at",)),
        EventKind("visit.delay_told", "visit", "告知迟到", "delay told"),
        EventKind("visit.arrived", "visit", "到达", "arrived at the visit"),
        EventKind("visit.ended", "visit", "离开", "visit ended"),
        EventKind("inspection.done", "premises", "完成安检", "inspection done"),
        EventKind("inspection.no_access", "premises", "未能入户", "no access"),
        EventKind("followup.made", "followup", "完成回访", "follow-up made", ("result",)),
        EventKind("followup.attempted", "followup", "尝试回访", "follow-up attempted"),
        EventKind("gift.reported", "staff", "报告馈赠", "gift reported"),
        EventKind("gift.decided", "staff", "批示馈赠", "gift decided"),
    )


def _people_events() -> tuple[EventKind, ...]:
    return (
        EventKind(
            "staff.signed_in", "staff", "登录", "signed in", ("second_factor", "ended", "desk")
        ),
        EventKind("staff.signed_out", "staff", "退出", "signed out"),
        EventKind("staff.sign_in_refused", "staff", "登录被拒", "sign-in refused"),
        EventKind("staff.created", "staff", "登记人员", "staff created", ("department", "roles")),
        EventKind("staff.changed", "staff", "更改人员", "staff changed", ("fields",)),
        EventKind("staff.deactivated", "staff", "停用人员", "staff deactivated"),
        EventKind("staff.reactivated", "staff", "恢复人员", "staff reactivated"),
        EventKind("staff.link_issued", "staff", "发出设密码链接", "set-password link issued"),
        EventKind("staff.password_set", "staff", "设置密码", "password set"),
        EventKind("shift.added", "shift", "排班", "shift added", ("line", "starts_at", "ends_at")),
        EventKind("shift.changed", "shift", "改班", "shift changed", ("starts_at", "ends_at")),
        EventKind("shift.removed", "shift", "撤班", "shift removed"),
        EventKind(
            "staff.sign_in_barred",
            "staff",
            "登录太多次被挡",
            "sign-in barred after too many tries",
        ),
        EventKind("staff.sign_in_ended", "staff", "登录被结束", "sign-in ended", ("why", "count")),
        EventKind("staff.locked", "staff", "锁屏", "screen locked"),
        EventKind("staff.unlocked", "staff", "解锁", "screen unlocked"),
        EventKind("staff.password_changed", "staff", "换了密码", "password changed"),
        EventKind(
            "staff.second_factor_set", "staff", "设好第二重验证", "second factor set", ("factor",)
        ),
        EventKind(
            "staff.second_factor_removed",
            "staff",
            "去掉第二重验证",
            "second factor removed",
            ("factor",),
        ),
        EventKind("desk.registered", "desk", "登记电脑", "desk registered"),
        EventKind("desk.revoked", "desk", "注销电脑", "desk revoked"),
        EventKind("desk.alarm_sent", "desk", "从电脑上报警", "alarm sent from a desk", ("case",)),
        EventKind("staff.shift_checked", "staff", "班前检查", "start-of-shift check done"),
    )


def _message_events() -> tuple[EventKind, ...]:
    return (
        EventKind("message.asked", "message", "要求发送", "asked for", ("channel", "template")),
        EventKind("message.sent", "message", "发出", "sent", ("channel",)),
        EventKind("message.delivered", "message", "送达", "delivered"),
        EventKind("message.failed", "message", "未能送达", "not delivered", ("reason",)),
        EventKind("message.suppressed", "message", "不予发送", "not sent", ("reason",)),
        EventKind("message.retried", "message", "重新发送", "sent again"),
        EventKind("message.erased", "message", "清除收件人", "recipient erased"),
        EventKind("contact.opted_out", "contact", "谢绝通知", "opted out", ("channel",)),
        EventKind("contact.opted_in", "contact", "恢复通知", "opted in again", ("channel",)),
        EventKind("job.revived", "job", "重做任务", "job tried again", ("job", "kind")),
        EventKind("job.given_up", "job", "放弃任务", "job given up", ("job", "kind")),
    )


def _system_events() -> tuple[EventKind, ...]:
    return (
        EventKind("data.read", "system", "查阅资料", "data read", ("field", "purpose")),
        EventKind(
            "calendar.year_missing", "system", "日历缺年度", "calendar year missing", ("year",)
        ),
        EventKind("calendar.uploaded", "calendar", "上传日历", "calendar uploaded", ("digest",)),
        EventKind(
            "calendar.published",
            "calendar",
            "发布日历",
            "calendar published",
            ("digest", "version"),
        ),
        EventKind("calendar.refused", "calendar", "退回日历", "calendar sent back"),
        EventKind("calls.replayed", "system", "重放录音记录", "calls replayed"),
        EventKind("pack.published", "system", "发布标准", "standard published"),
    )


def _all_events() -> tuple[EventKind, ...]:
    return (
        *_case_events(),
        *_call_events(),
        *_register_events(),
        *_promise_events(),
        *_field_events(),
        *_people_events(),
        *_message_events(),
        *_system_events(),
    )


EVENTS: Mapping[str, EventKind] = MappingProxyType({kind.name: kind for kind in _all_events()})
