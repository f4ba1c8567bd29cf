"""What can be done about a hazard, as buttons that ask."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.core.hazards import Chain, lacking
from shouwen.fieldwork.models import Hazard, HazardNotice
from shouwen.fieldwork.queries.hazards import catalogue, standing_of
from shouwen.people.models import Staff
from shouwen.standard.hazards import HazardKind
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.parts import Action, Field, Option

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NewId = Callable[[], UUID]


def lack_words() -> dict[str, str]:
    """What has to come first, in words."""
    return {
        "photo": _("现场照片"),
        "notice": _("书面告知的送达凭证"),
        "told": _("口头告知"),
        "rectified": _("整改"),
        "recheck": _("复查合格"),
        "gas_back": _("恢复用气，或永久拆除的记录"),
        "stopped": _("停用停气"),
        "open": _("隐患还没闭环"),
    }


def hazard_actions(
    *, hazard: Hazard, chain: Chain, viewer: Staff, new_id: NewId
) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """What this person may do now, what comes next first; then everything else."""
    if chain.closed:
        return (), ()
    standing = standing_of(hazard)
    offers = _Offers(hazard, new_id)
    if not can(viewer, Allowed.WORK_ON_HAZARD, standing):
        may_report = can(viewer, Allowed.REPORT_RECTIFIED, standing) and not chain.rectified
        return ((offers.rectified(look="primary"),) if may_report else ()), ()
    first, other = _sorted(offers, chain, catalogue().by_code.get(hazard.code))
    return tuple(first), tuple(other)


def _sorted(
    offers: "_Offers", chain: Chain, kind: HazardKind | None
) -> tuple[list[Action], list[Action]]:
    first: list[Action] = []
    other: list[Action] = []
    to_stop = bool(kind and kind.stop) and not chain.stopped
    (first if to_stop else other).append(offers.stop(kind, is_next=to_stop))
    if chain.needs_notice and not chain.notified:
        first.append(offers.notice(kind))
    if not chain.told and not chain.needs_notice:
        first.append(offers.tell())
    if not chain.rectified:
        (first if chain.told else other).append(offers.rectified())
        other.append(offers.fixed())
    if chain.rectified and not chain.passed:
        first.append(offers.recheck())
    if chain.passed and chain.gas_is_off:
        first.append(offers.gas_back())
    if not lacking(chain):
        first.append(offers.close())
    else:
        other.append(offers.close())
    if chain.notified:
        other.append(offers.notice(kind))
    other += [offers.photo(), offers.removed()]
    return first[:3], first[3:] + other


class _Offers:
    """The buttons of one hazard."""

    def __init__(self, hazard: Hazard, new_id: NewId) -> None:
        self.hazard, self.new_id = hazard, new_id

    def stop(self, kind: HazardKind | None, *, is_next: bool) -> Action:
        usual = kind.stop if kind else ""
        fields = (
            _select("stop", _("停到哪里"), Hazard.Stop.choices, usual),
            Field("seal", _("封签号"), required=False),
        )
        text = _("停气是一条链：停 → 告知 → 整改 → 复查 → 恢复。复查合格后 24 小时内要恢复。")
        return self._ask(
            "stop", _("停用停气"), "ban", _("停用停气？"), text, fields,
            look="alarm" if is_next else "plain",
        )  # fmt: skip

    def tell(self) -> Action:
        text = _("当面讲清楚哪里不安全、怎么改。")
        return self._ask("tell", _("已口头告知"), "messages", _("已口头告知？"), text, ())

    def notice(self, kind: HazardKind | None) -> Action:
        days = kind.due_days if kind and kind.due_days is not None else 15
        until = wording.local_day(self.hazard.found_at) + timedelta(days=days)
        fields = (
            Field("until", _("整改期限"), kind="date", value=until.isoformat()),
            Field(
                "requirement", _("整改要求"), kind="textarea", required=False,
                hint=_("空着就用隐患目录里的要求"),
            ),
            Field("instrument", _("仪器号"), required=False),
        )  # fmt: skip
        text = _("生成 PDF 通知单，用记录的密钥封存。送达后才算告知。")
        return self._ask("notice", _("开通知单"), "file-text", _("开整改通知单？"), text, fields)

    def rectified(self, *, look: str = "plain") -> Action:
        text = _("用户说改好了：生成复查派工单，24 小时内上门。")
        return self._ask("rectified", _("报称改好"), "check", _("报称改好？"), text, (), look=look)

    def fixed(self) -> Action:
        text = _("当场改好并复测合格，不用再上门。")
        fields = (*_reading_fields(self.hazard), Field("instrument", _("仪器号"), required=False))
        return self._ask("fixed", _("当场改好"), "tool", _("当场改好？"), text, fields)

    def recheck(self) -> Action:
        choices = [("yes", _("合格")), ("no", _("不合格"))]
        fields = (
            _select("passed", _("结果"), choices, "yes"),
            *_reading_fields(self.hazard),
            Field("instrument", _("仪器号"), required=False),
        )
        text = _("不合格的，整改重新开始。")
        return self._ask(
            "recheck", _("复查结果"), "eye-check", _("复查结果"), text, fields, look="primary"
        )

    def gas_back(self) -> Action:
        text = _("封签已拆、已点火试用。用户会收到短信。")
        return self._ask(
            "gas-back", _("恢复用气"), "flame", _("恢复用气？"), text, (), look="primary"
        )

    def removed(self) -> Action:
        text = _("器具或管段已永久拆除，不用复查和恢复。")
        fields = (Field("words", _("拆除了什么，凭什么知道")),)
        return self._ask("removed", _("永久拆除"), "x", _("永久拆除？"), text, fields)

    def photo(self) -> Action:
        fields = (Field("photo", _("照片"), kind="file"),)
        return self._ask("photo", _("加照片"), "eye", _("加照片"), "", fields)

    def close(self) -> Action:
        text = _("缺凭证的，系统不让闭环。")
        return self._ask("close", _("闭环"), "circle-check", _("闭环？"), text, (), look="primary")

    def _ask(
        self,
        what: str,
        verb: str,
        icon: str,
        question: str,
        text: str,
        fields: tuple[Field, ...],
        *,
        look: str = "plain",
    ) -> Action:
        return Action(
            id=what, verb=verb, url=reverse("act_on_hazard", args=[self.hazard.number, what]),
            icon=icon, look=look,  # type: ignore[arg-type]  # the callers name looks only
            question=question, text=text, confirm=verb,
            fields=(*fields, *act_fields(self.new_id, self.hazard.version)),
        )  # fmt: skip


def give_action(*, hazard: Hazard, notice: HazardNotice, new_id: NewId) -> Action:
    """Recording how a notice was given."""
    fields = (
        _select("how", _("方式"), HazardNotice.How.choices, "signed"),
        Field("signer", _("签收人"), required=False, hint=_("签收的要写")),
        Field("witness", _("见证人"), required=False, hint=_("拒签的要写")),
        Field("words", _("凭据"), required=False, hint=_("其他方式送达的要写：挂号单号、签收单…")),
        *act_fields(new_id, None),
    )
    return Action(
        id=f"give-{notice.number}", verb=_("记送达"), icon="check", look="primary",
        url=reverse("act_on_notice", args=[hazard.number, notice.pk, "give"]),
        question=_("怎么送达的？"), confirm=_("记下"), fields=fields,
        text=_("签收、有见证人的拒签、其他方式送达，都是凭证；从送达起算整改期限。"),
    )  # fmt: skip


def paper_action(*, hazard: Hazard, notice: HazardNotice, new_id: NewId) -> Action:
    """Making the PDF again, in the language of whoever asks."""
    return Action(
        id=f"paper-{notice.number}", verb=_("生成 PDF"), icon="file-text",
        url=reverse("act_on_notice", args=[hazard.number, notice.pk, "paper"]),
        fields=act_fields(new_id, None),
    )  # fmt: skip


def act_fields(new_id: NewId, version: int | None) -> tuple[Field, ...]:
    """The hidden id of the act, and the version that the page shows."""
    act = Field("act_id", "", kind="hidden", value=str(new_id()))
    return (act,) if version is None else (act, Field("version", "", "hidden", str(version)))


def _select(
    name: str, label: str, choices: Sequence[tuple[str, "_StrPromise | str"]], chosen: str
) -> Field:
    options = tuple(Option(value, str(text), selected=value == chosen) for value, text in choices)
    return Field(name, label, kind="select", options=options)


def _reading_fields(hazard: Hazard) -> tuple[Field, ...]:
    """One reading: those that the catalogue names for the hazard."""
    kind = catalogue().by_code.get(hazard.code)
    plans = [catalogue().readings[code] for code in (kind.readings if kind else ())]
    if not plans:
        return ()
    options = tuple(Option(plan.code, f"{worded(plan.title)} {plan.unit}") for plan in plans)
    return (
        Field("reading", _("读数"), kind="select", options=options, required=False),
        Field("value", _("数值"), required=False),
    )
