"""What happens to mails and web forms that come in."""

from shouwen.core.events.event import EventKind

LETTERS_EVENTS: tuple[EventKind, ...] = (
    EventKind(
        "letter.received", "letter", "收到来信", "letter received", ("channel", "files", "sort")
    ),
    EventKind("letter.alarmed", "letter", "来信提到险情", "letter speaks of danger", ("words",)),
    EventKind("letter.alarm_seen", "letter", "看过险情来信", "alarming letter seen"),
    EventKind("letter.taken", "letter", "领取来信", "letter taken"),
    EventKind("letter.made_case", "letter", "来信立工单", "case made of a letter", ("case",)),
    EventKind("letter.tied", "letter", "来信归入工单", "letter added to a case", ("case",)),
    EventKind(
        "letter.answered",
        "letter",
        "回信",
        "letter answered",
        ("channel", "template", "kept", "broken"),
    ),
    EventKind("letter.set_aside", "letter", "标为垃圾信", "marked as spam", ("reason",)),
    EventKind("letter.taken_back", "letter", "取消垃圾标记", "no spam after all"),
    EventKind("letter.erased", "letter", "来信内容到期清除", "words and files erased", ("files",)),
)
