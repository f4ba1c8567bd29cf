"""The form on the web and the look at a receipt, for people without a sign-in."""

import uuid
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.clocks.queries import readable_standard
from shouwen.custody.policy import policy
from shouwen.guiding.safety import safety_words
from shouwen.inbox.models import Letter
from shouwen.inbox.presenters.pages import ContactPage, StatusPage
from shouwen.standard.letters import Letters
from shouwen.ui.languages import worded
from shouwen.ui.parts import Field


def contact_page(
    *,
    plan: Letters,
    act_id: uuid.UUID,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    fault: str = "",
    sent: Letter | None = None,
) -> ContactPage:
    """The page before and after sending; `typed` are the words to keep."""
    do, leave = safety_words()
    pack = readable_standard()
    hotline = pack.organisation.hotline if pack else ""
    phone = policy().crew_phone or hotline
    return ContactPage(
        company=pack.organisation.short_name if pack else "",
        hotline=phone,
        tel=f"tel:{phone}",
        urgent=worded(plan.web.urgent),
        do=tuple(worded(words) for words in do),
        leave=tuple(worded(words) for words in leave),
        fields=_fields(typed, errors),
        act_id=str(act_id),
        consent=worded(plan.web.consent),
        consent_error=errors.get("consent", ""),
        files_text=_("图片、PDF、录音，最多 %(count)d 个，一共不超过 10 MB")
        % {"count": plan.web.files},
        status_url=reverse("contact_status"),
        fault=fault,
        receipt=sent.receipt if sent else "",
        is_alarm=bool(sent and sent.danger),
    )


def _fields(typed: Mapping[str, str], errors: Mapping[str, str]) -> tuple[Field, ...]:
    told = (
        ("name", _("姓名"), "text", True, "", "name"),
        ("phone", _("电话"), "tel", True, _("查进度要用后四位"), "tel"),
        ("mail", _("邮箱"), "email", False, _("写了就用邮件答复"), "email"),
        ("place", _("用气地址"), "text", False, _("小区、楼、单元、门牌"), "street-address"),
        ("words", _("什么事"), "textarea", True, "", "off"),
    )
    return tuple(
        Field(
            name,
            label,
            kind=kind,
            value=typed.get(name, ""),
            required=required,
            hint=hint,
            error=errors.get(name, ""),
            autocomplete=auto,
        )
        for name, label, kind, required, hint, auto in told
    )


def status_page(
    *, typed: Mapping[str, str], errors: Mapping[str, str], fault: str = "", state: str = ""
) -> StatusPage:
    """Asks for receipt and telephone; `state` is all that is told."""
    pack = readable_standard()
    return StatusPage(
        company=pack.organisation.short_name if pack else "",
        hotline=pack.organisation.hotline if pack else "",
        fields=(
            Field(
                "receipt",
                _("回执编号"),
                value=typed.get("receipt", ""),
                placeholder="1124-7K3QF9XM",
                error=errors.get("receipt", ""),
            ),
            Field("tail", _("电话后四位"), value="", error=errors.get("tail", "")),
        ),
        state=state,
        fault=fault,
    )


def public_state(letter: Letter) -> str:
    """How a letter stands, for whoever wrote it. That it was set aside is nobody's business but ours."""
    match letter.state:
        case Letter.State.TAKEN:
            return _("已有专人在办")
        case Letter.State.IN_CASE if letter.case and not letter.case.is_open:
            return _("已办结")
        case Letter.State.IN_CASE if letter.answered_at is None:
            return _("正在办理")
        case Letter.State.IN_CASE | Letter.State.ANSWERED:
            return _("已答复")
        case _:
            return _("已收到，等专人领取")
