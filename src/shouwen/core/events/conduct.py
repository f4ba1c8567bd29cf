"""How people do their work: lists looked through and ticked by people, advice shown and taken."""

from shouwen.core.events.event import EventKind

# `rules`: the rules on the list, none for all of the occasion. `of`: who was looked at, in the
# `variant` men or women. `failed`, `skipped`: items as `item`, or `rule.item` with several rules.
_LOOK = ("rules", "of", "by", "variant", "failed", "skipped", "consent")

CONDUCT_EVENTS: tuple[EventKind, ...] = (
    EventKind(
        "checklist.done", "staff", "按清单查看", "list looked through", ("occasion", *_LOOK)
    ),
    EventKind("spot_check.done", "staff", "抽查", "spot check done", _LOOK),
    EventKind("guidance.shown", "guidance", "给出提示", "guidance shown", ("rule", "used")),
)
