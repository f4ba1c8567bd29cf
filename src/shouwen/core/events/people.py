"""What staff do about themselves: sign-ins, shifts, desks."""

from shouwen.core.events.event import EventKind

PEOPLE_EVENTS: tuple[EventKind, ...] = (
    EventKind("staff.signed_in", "staff", "登录", "signed in", ("second_factor", "ended", "desk")),
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
    EventKind("staff.duty_began", "staff", "到岗", "came on duty"),
    EventKind("staff.went_ready", "staff", "就绪上岗", "ready for work"),
)
