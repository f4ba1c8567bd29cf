"""The alarm page as plain values."""

import uuid
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.models import Case
from shouwen.clocks.queries import readable_standard
from shouwen.custody.policy import policy
from shouwen.guiding.safety import safety_words
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages_security import AlarmPage
from shouwen.ui.parts import Field


def crew_phone() -> str:
    """The number of the emergency crew; the hotline's when no other is set."""
    pack = readable_standard()
    return policy().crew_phone or (pack.organisation.hotline if pack else "")


def alarm_page(
    *,
    act_id: uuid.UUID,
    from_text: str,
    now: datetime,
    typed: dict[str, str] | None = None,
    fault: str = "",
    sent: Case | None = None,
    is_signed_in: bool = False,
) -> AlarmPage:
    """The page before and after sending; `typed` are the words to keep, `fault` why it did not go."""
    do, leave = safety_words()
    typed = typed or {}
    return AlarmPage(
        do=tuple(worded(words) for words in do),
        leave=tuple(worded(words) for words in leave),
        fields=(
            Field("act_id", "", kind="hidden", value=str(act_id)),
            _field("place", _("在哪里"), _("小区、楼、单元、门牌，说不全也行"), typed),
            _field("phone", _("回拨电话"), _("没有就空着"), typed),
            _field(
                "what", _("什么情况"), _("闻到味、着火、报警器响、挖断管道……"), typed, "textarea"
            ),
        ),
        action_url=reverse("alarm"),
        crew=crew_phone(),
        from_text=from_text,
        fault=fault,
        sent=sent.number if sent else "",
        sent_sub=_("%(at)s 已转抢修中心") % {"at": wording.clock_text(now)} if sent else "",
        case_url=reverse("case", args=[sent.number]) if sent and is_signed_in else "",
        back_url="/" if is_signed_in else reverse("sign_in"),
    )


def _field(
    name: str, label: str, placeholder: str, typed: dict[str, str], kind: str = "text"
) -> Field:
    return Field(
        name,
        label,
        kind=kind,
        value=typed.get(name, ""),
        required=False,
        placeholder=placeholder,
    )
