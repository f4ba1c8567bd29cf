"""The written notice about hazards: plain data for its template, in one language or the other."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from shouwen.adapters import typesetting
from shouwen.core.clause import Words
from shouwen.customers.models import ServicePoint
from shouwen.fieldwork.models import Hazard, HazardNotice
from shouwen.fieldwork.presenters.hazards import unit_words
from shouwen.fieldwork.queries.hazards import catalogue
from shouwen.standard.hazards import HazardKind
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import tongue, worded

_REMARK = re.compile(r"（[^）]*(转载|转述|读到|报道|未重读)[^）]*）")
_ARTICLE = re.compile(r"第.+条")
TEMPLATE = Path(__file__).parents[1] / "templates" / "fieldwork" / "hazard_notice.typ"


def notice_pdf(*, notice: HazardNotice, pack: Pack, language: str = "zh-hans") -> bytes:
    """The notice as a PDF, with the proof once it was given. Raises typesetting.FontsMissing."""
    with translation.override(language):
        return typesetting.pdf(template=TEMPLATE, data=notice_sheet(notice=notice, pack=pack))


def notice_sheet(*, notice: HazardNotice, pack: Pack) -> dict[str, Any]:
    """What the template prints; every text is worded in the active language."""
    organisation = pack.organisation
    hazards = list(notice.hazards.select_related("premises__estate").order_by("number"))
    return {
        "company": organisation.name,
        "hotline": _("服务热线 %(number)s") % {"number": organisation.hotline},
        "title": _("燃气安全隐患整改通知单"),
        "number": notice.number,
        "opening": worded(catalogue().plan.notice.opening),
        "head": _head(notice, hazards),
        "hazards_title": _("隐患 %(count)d 处") % {"count": len(hazards)},
        "hazards": [_item(each, notice) for each in hazards],
        "says_title": _("请您知道"),
        "says": _says(organisation.hotline),
        "given_title": _("送达"),
        "given": _given(notice),
        "ways": [_("用户签收"), _("用户拒签，见证人签名"), _("其他方式送达：")],
        "signatures": [_("用户签名"), _("见证人签名"), _("检查人签名"), _("日期")],
        "foot": _("%(number)s · 一式两份：用户、存档") % {"number": notice.number},
        "page": _("第 {0} 页，共 {1} 页"),
        "language": tongue(),
    }


def _moment(at: datetime) -> str:
    """With its year: a paper is kept."""
    return f"{wording.local(at):%Y-%m-%d %H:%M}"


def _basis(text: str) -> str:
    """The articles alone, without the remarks of whoever looked them up."""
    parts = (_REMARK.sub("", part).strip() for part in text.split("；"))
    return "；".join(part for part in parts if _ARTICLE.search(part))


def _head(notice: HazardNotice, hazards: Sequence[Hazard]) -> list[list[str]]:
    first = hazards[0]
    home = first.premises
    account = (
        ServicePoint.objects.filter(premises=home).order_by("-since").first() if home else None
    )
    return [
        [_("编号"), notice.number],
        [_("日期"), _moment(notice.made_at)],
        [_("户号"), account.account_no if account else _("没问到")],
        [_("地址"), home.address if home else first.place],
        [_("用户类别"), str(home.get_customer_class_display()) if home else _("没问到")],
        [_("检查人"), f"{notice.made_by.name} {notice.made_by.staff_no}"],
        [_("仪器号"), notice.instrument or _instruments(hazards)],
        [_("整改期限"), _until(notice)],
    ]


def _instruments(hazards: Sequence[Hazard]) -> str:
    found = {
        read.instrument for each in hazards for read in each.readings.all() if read.instrument
    }
    return "、".join(sorted(found)) or "—"


def _until(notice: HazardNotice) -> str:
    """Midnight is the end of the day before."""
    local = wording.local(notice.until)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        day = wording.local_day(notice.until).fromordinal(local.toordinal() - 1)
        return _("%(day)s 前（含当日）") % {"day": day.isoformat()}
    return _moment(notice.until)


def _item(hazard: Hazard, notice: HazardNotice) -> dict[str, Any]:
    kind = catalogue().by_code.get(hazard.code)
    title = kind.title if kind else Words(zh=hazard.code, en=hazard.code)
    return {
        "grade": str(hazard.get_grade_display()),
        "major": hazard.grade == "major",
        "title": worded(title),
        "other": title.en if tongue() == "zh" else title.zh,
        "code": f"{hazard.code} · {hazard.number}",
        "rows": [row for row in _item_rows(hazard, kind, notice) if row[1]],
    }


def _item_rows(hazard: Hazard, kind: HazardKind | None, notice: HazardNotice) -> list[list[str]]:
    asked = notice.requirement or (_asked(kind) if kind else "")
    return [
        [_("位置"), hazard.where],
        [_("情况"), hazard.remark],
        [_("照片"), "、".join(str(n + 1) for n in range(hazard.photos.count()))],
        [_("读数"), _readings(hazard)],
        [_("依据"), _basis(kind.basis_zh) if kind else ""],
        [_("要求"), asked],
        [_("期限"), _until(notice)],
        [_("负责"), str(hazard.get_side_display())],
        [_("现场处置"), _done(hazard)],
    ]


def _asked(kind: HazardKind) -> str:
    shown = [worded(catalogue().action(code)) for code in kind.actions if code != "NOTICE"]
    parts = [*shown, kind.recheck_zh] if tongue() == "zh" else shown
    return "；".join(part for part in parts if part)


def _readings(hazard: Hazard) -> str:
    plans = catalogue().readings
    parts = []
    for read in hazard.readings.all():
        plan = plans.get(read.reading)
        name = worded(plan.title) if plan else read.reading
        tool = f"（{read.instrument}）" if read.instrument else ""
        parts.append(f"{name} {read.value} {unit_words(read.unit)}{tool}".strip())
    return "；".join(parts)


def _done(hazard: Hazard) -> str:
    if hazard.stopped_at is None:
        return ""
    at, how = _moment(hazard.stopped_at), str(hazard.get_stop_display())
    seal = _("，封签号 %(seal)s") % {"seal": hazard.seal} if hazard.seal else ""
    return f"{at} {how}{seal}"


def _says(hotline: str) -> list[str]:
    words = catalogue().plan.notice
    lines = (words.gas_back, words.overdue, words.recheck, words.choice, words.refused)
    return [text.replace("{hotline}", hotline) for text in map(worded, lines) if text]


def _given(notice: HazardNotice) -> list[list[str]]:
    if notice.given_at is None or notice.given_by is None:
        return []
    rows = [
        [_("方式"), str(notice.get_how_display())],
        [_("时间"), _moment(notice.given_at)],
        [_("签收人"), notice.signer],
        [_("见证人"), notice.witness],
        [_("说明"), notice.words],
        [_("送达人"), f"{notice.given_by.name} {notice.given_by.staff_no}"],
        [_("签名指纹"), notice.proof[:16]],
    ]
    return [row for row in rows if row[1]]
