"""Messages to the customer of a hazard. What cannot be sent is passed over: no step ever waits for one."""

import logging
from collections.abc import Mapping

from django.db import transaction

from shouwen.cases.operations.happenings import Act
from shouwen.fieldwork.models import Hazard, HazardNotice
from shouwen.fieldwork.queries.hazards import phone_for
from shouwen.messages.models import Message
from shouwen.messages.operations import send

_log = logging.getLogger(__name__)


def message_customer(
    hazard: Hazard, text: str, *, act: Act, params: Mapping[str, str] | None = None, key: str = ""
) -> Message | None:
    """Asks for an SMS about the hazard's last notice; quiet hours and limits hold. None when nobody can be reached."""
    phone = phone_for(hazard)
    if not phone:
        return None
    number = _number(hazard)
    try:
        with transaction.atomic():
            return send(
                key=key or f"hazard:{hazard.pk}:{text}:{act.id}", channel="sms", to=phone,
                text_id=text, params={"number": number, **(params or {})}, about=hazard.subject,
                now=act.now, by=act.by,
            )  # fmt: skip
    except Exception:
        _log.exception("no message %s about hazard %s", text, hazard.number)
        return None


def _number(hazard: Hazard) -> str:
    """What the customer knows it by: the number of the last notice, else its own."""
    notice: HazardNotice | None = hazard.notices.order_by("-made_at").first()
    return notice.number if notice else hazard.number
