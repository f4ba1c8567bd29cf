"""One's own security, and the register of desks, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.custody.factors import RECOVERY, TOTP
from shouwen.custody.models import Desk, SignIn
from shouwen.ui import wording
from shouwen.ui.pages_security import DeskRow, DesksPage, SecurityPage, SecurityRow
from shouwen.ui.parts import Action, Empty, Field, Note


@dataclass(frozen=True, slots=True)
class Safety:
    """What a person's security page is made of. `row` is the sign-in that asks."""

    factors: Sequence[Authenticator]
    codes_left: int
    must_have: bool
    sign_ins: Sequence[SignIn]
    row: SignIn | None
    now: datetime
    notice: Note | None = None


def security_page(safety: Safety) -> SecurityPage:
    """The page of one's own password, second factors and sign-ins."""
    own = [factor for factor in safety.factors if factor.type != RECOVERY]
    others = [row for row in safety.sign_ins if safety.row is None or row.pk != safety.row.pk]
    return SecurityPage(
        password=(
            Field("password", _("现在的密码"), "password", autocomplete="current-password"),
            Field(
                "new",
                _("新密码"),
                "password",
                hint=_("至少 12 个字；一句自己记得住的话最好。不用定期换。"),
                autocomplete="new-password",
            ),
            Field("again", _("再输一次新密码"), "password", autocomplete="new-password"),
        ),
        password_url=reverse("change_password"),
        factors=tuple(_factor(factor, safety, is_last=len(own) == 1) for factor in own),
        factor_note=_factor_note(safety, own),
        factor_acts=tuple(_factor_acts(own)),
        sign_ins=tuple(_sign_in(row, safety) for row in safety.sign_ins),
        end_others=Action(
            "end-others", _("结束其他全部登录"), reverse("end_others"), icon="logout"
        )
        if others
        else None,
        notice=safety.notice,
    )


def password_field() -> Field:
    """Asks for the person's own password once more."""
    return Field("password", _("您的密码"), "password", autocomplete="current-password")


def _factor(factor: Authenticator, safety: Safety, *, is_last: bool) -> SecurityRow:
    is_app = factor.type == TOTP
    used = factor.last_used_at
    sub = _("%(since)s 设置") % {"since": wording.moment(factor.created_at, now=safety.now)}
    if used:
        sub += " · " + _("上次用 %(at)s") % {"at": wording.moment(used, now=safety.now)}
    end = None
    if not (is_last and safety.must_have):
        end = Action(
            f"remove-{factor.pk}",
            _("去掉"),
            reverse("remove_factor", args=[factor.pk]),
            question=_("去掉这一种验证？"),
            fields=(password_field(),),
        )
    return SecurityRow(_("手机验证器") if is_app else str(factor), sub, end)


def _factor_note(safety: Safety, own: Sequence[Authenticator]) -> Note | None:
    if not own:
        return Note(_("只有密码一重。加一种验证，密码被人看到也进不来。"))
    text = _("还有 %(count)s 个恢复码没用") % {"count": safety.codes_left}
    return Note(text, "warn" if safety.codes_left < 3 else "plain")


def _factor_acts(own: Sequence[Authenticator]) -> list[Action]:
    app = _("换一个手机验证器") if any(f.type == TOTP for f in own) else _("设置手机验证器")
    acts = [
        Action("set-up-app", app, reverse("set_up_app"), is_link=True, icon="shield-lock"),
        Action(
            "add-passkey", _("添加通行密钥"), reverse("add_passkey"), is_link=True, icon="lock"
        ),
    ]
    if own:
        acts.append(
            Action(
                "new-codes",
                _("换一套恢复码"),
                reverse("new_codes"),
                icon="refresh",
                question=_("换一套新的恢复码？"),
                text=_("旧的马上作废"),
                fields=(password_field(),),
            )
        )
    return acts


def _sign_in(row: SignIn, safety: Safety) -> SecurityRow:
    is_here = safety.row is not None and row.pk == safety.row.pk
    where = f"{row.desk.name} · {row.desk.place}" if row.desk else row.workstation
    times = _("%(since)s 登录 · 最近 %(seen)s") % {
        "since": wording.moment(row.started_at, now=safety.now),
        "seen": wording.moment(row.seen_at, now=safety.now),
    }
    end = (
        None
        if is_here
        else Action(f"end-{row.pk}", _("结束"), reverse("end_sign_in", args=[row.pk]))
    )
    return SecurityRow(where, times, end, tag=_("本机") if is_here else "")


def desks_page(
    *,
    desks: Sequence[Desk],
    here: Desk | None,
    now: datetime,
    notice: Note | None = None,
    values: tuple[str, str] = ("", ""),
    is_open: bool = False,
) -> DesksPage:
    """The register of desks."""
    return DesksPage(
        rows=tuple(_desk(desk, here, now) for desk in desks),
        register=Action(
            "register-desk",
            _("登记这台电脑"),
            reverse("register_desk"),
            look="primary",
            icon="home-check",
            question=_("登记您面前的这台电脑？"),
            text=_("登记后，任何人不用登录就能在这台电脑上报警，但看不到任何资料。"),
            confirm=_("登记"),
            fields=(
                Field("name", _("名称"), value=values[0], placeholder=_("如：热线 03 号台")),
                Field("place", _("位置"), value=values[1], placeholder=_("如：客服大厅东侧")),
            ),
            is_open=is_open,
        ),
        empty=None
        if desks
        else Empty(
            _("还没有登记过电脑"), _("到每台值班电脑上打开这一页，登记一次"), icon="home-check"
        ),
        here=_("这台电脑：%(name)s") % {"name": here.name} if here else _("这台电脑没有登记"),
        notice=notice,
    )


def _desk(desk: Desk, here: Desk | None, now: datetime) -> DeskRow:
    revoke = Action(
        f"revoke-{desk.pk}",
        _("注销"),
        reverse("revoke_desk", args=[desk.pk]),
        question=_("注销 %(name)s？") % {"name": desk.name},
        text=_("这台电脑不登录就不能再报警。"),
    )
    state = _("在用")
    if desk.revoked_at:
        state = _("%(at)s 注销") % {"at": wording.moment(desk.revoked_at, now=now)}
    registered = f"{wording.moment(desk.registered_at, now=now)} {desk.registered_by.name}"
    return DeskRow(
        name=desk.name,
        place=desk.place,
        registered=registered,
        state=state,
        is_here=here is not None and here.pk == desk.pk,
        revoke=None if desk.revoked_at else revoke,
    )
