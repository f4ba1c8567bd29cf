"""What happens to customers, premises and their registers."""

from shouwen.core.events.event import EventKind

REGISTERS_EVENTS: tuple[EventKind, ...] = (
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
    EventKind("billing.imported", "system", "导入计费数据", "billing data imported", ("rows",)),
    EventKind(
        "care.registered",
        "customer",
        "登记特殊关照",
        "special care registered",
        ("kind", "consent", "review_on", "missing"),
    ),
    EventKind(
        "care.reviewed",
        "customer",
        "复核特殊关照",
        "special care reviewed",
        ("kind", "review_on"),
    ),
    EventKind("care.ended", "customer", "结束特殊关照", "special care ended", ("kind", "reason")),
    EventKind(
        "premises.registered", "premises", "登记供应地址", "premises registered", ("since",)
    ),
    EventKind("premises.closed", "premises", "注销供应地址", "premises closed"),
    EventKind(
        "premises.attribute_set",
        "premises",
        "变更属性",
        "attribute changed",
        ("name", "value", "since", "was"),
    ),
    EventKind("premises.point_opened", "premises", "开户", "account opened", ("since",)),
    EventKind("premises.meter_installed", "premises", "装表", "meter installed", ("kind", "on")),
    EventKind("premises.meter_removed", "premises", "拆表", "meter removed", ("on",)),
    EventKind(
        "premises.appliance_installed",
        "premises",
        "装用户设备",
        "appliance installed",
        ("kind", "on"),
    ),
    EventKind(
        "premises.appliance_removed",
        "premises",
        "拆用户设备",
        "appliance removed",
        ("kind", "on"),
    ),
    EventKind(
        "register.entered",
        "register",
        "登记",
        "entered in a register",
        ("register", "missing", "consent", "keeper", "occurred_at", "review_on"),
    ),
    EventKind(
        "register.corrected",
        "register",
        "补正登记",
        "entry corrected",
        ("missing", "consent", "keeper"),
    ),
    EventKind("register.reviewed", "register", "复核登记", "entry reviewed", ("review_on",)),
    EventKind("register.removed", "register", "注销登记", "taken out", ("reason",)),
    EventKind("estate.aliases_set", "system", "更改小区别名", "estate aliases changed"),
)
