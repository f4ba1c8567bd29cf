"""What happens to messages, contacts and jobs."""

from shouwen.core.events.event import EventKind

MESSAGES_EVENTS: tuple[EventKind, ...] = (
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
