"""Calls in miniature for the tests of the kinds that are judged on calls."""

from datetime import UTC, datetime, time
from typing import Any

from shouwen.core.calls import CallerOnScreen, CallEvent, CallRecord, Turn
from shouwen.core.clause import Words
from shouwen.core.listening import Heard
from shouwen.core.organisation import Hearing, Organisation, Signal

TITLE = Words(zh="信号", en="signal")
WATER = Organisation(
    name="临溪清泉供水有限公司",
    short_name="清泉供水公司",
    brand="清泉供水",
    hotline="8800000",
    greeting="您好，清泉供水公司",
    edition="2025-01",
    standard="服务规范",
    calendar="cn",
    hours={"mon": ((time(8, 30), time(17, 30)),)},
)
HEARING = Hearing(
    titles=("先生", "女士"),
    name_questions=("贵姓",),
    agrees=("对",),
    objects=("不是", "搬到"),
    this_number=("这个号码",),
    everyday=("什么", "我家"),
    signals={
        "wrong_number": Signal(title=TITLE, speaker="customer", any_of=("打错了",)),
        "angry": Signal(
            title=TITLE, speaker="customer", any_of=("投诉",), at="last", also=("hung_up_unheard",)
        ),
        "call_back": Signal(title=TITLE, speaker="agent", any_of=("再给您回",)),
        "place_needed": Signal(title=TITLE, speaker="customer", kinds=("repair",)),
    },
)
SCREEN = CallerOnScreen("14000000001", "公孙", "女士", "云亭花园16号楼1单元1304")


def heard(*turns: str, customer: CallerOnScreen | None = None, **call: Any) -> Heard:
    """A call; `a:` and `c:` before a text say who speaks, four seconds a turn from the answer on."""
    answered = call.pop("answered", 4.0)
    spoken = tuple(
        Turn(
            answered + 4.0 * i,
            answered + 4.0 * i + 3.0,
            "agent" if turn.startswith("a:") else "customer",
            turn[2:],
        )
        for i, turn in enumerate(turns)
    )
    holds = [
        CallEvent(t, kind)
        for hold in call.pop("holds", ())
        for t, kind in zip(hold, ("hold", "resume"), strict=True)
    ]
    end = call.pop("ended", max([answered + 4.0 * len(turns), *(event.t for event in holds)]))
    last = CallEvent(end, "hangup", call.pop("by", "customer"), call.pop("cause", ""))
    record = CallRecord(
        call_id="T",
        direction="inbound",
        kind=call.pop("kind", "consultation"),
        started_at=datetime(2026, 3, 2, tzinfo=UTC),
        staff_no="1",
        customer=customer,
        events=(CallEvent(0, "ring"), CallEvent(answered, "answer"), *holds, last),
        turns=spoken,
    )
    return Heard(record, WATER, HEARING)
