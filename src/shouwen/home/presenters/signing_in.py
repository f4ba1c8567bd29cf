"""The pages at the door: password, second factor, lock."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwen.clocks.queries import readable_standard
from shouwen.people.models import Staff
from shouwen.ui import wording
from shouwen.ui.pages import SignInPage
from shouwen.ui.pages_security import DoorPage, Passkey
from shouwen.ui.parts import Field, Shell


def sign_in_page(
    *, staff_no: str, wanted: str, error: str, why: str = "", can_alarm: bool = False
) -> SignInPage:
    """Asks for staff number and password; `wanted` is where to go afterwards."""
    standard = readable_standard()
    return SignInPage(
        company=standard.organisation.short_name if standard else "",
        action_url=reverse("sign_in"),
        fields=(
            Field("staff_no", _("工号"), value=staff_no[:16], autocomplete="username"),
            Field("password", _("密码"), kind="password", autocomplete="current-password"),
            _next(wanted),
        ),
        error=error,
        note=why_words(why),
        alarm_url=reverse("alarm") if can_alarm else "",
    )


def why_words(why: str) -> str:
    """Why somebody stands at the door again; empty for an ordinary visit."""
    return {
        "elsewhere": _("您的工号刚在另一台电脑上登录，这里已退出。不是您本人，请马上告诉班长。"),
        "ended": _("这里的登录已从别处结束。"),
        "refused": _("您的权限或口令有变动，请重新登录。"),
        "late": _("时间太久，请从密码开始再来一次。"),
    }.get(why, "")


def sign_in_shell(*, now: datetime, theme: str, path: str, title: str = "") -> Shell:
    """The bare frame of a page at the door."""
    return Shell(
        title=title or _("登录"),
        now_iso=now.isoformat(),
        language=get_language() or "zh-hans",
        theme=theme,
        preferences_url=reverse("preferences"),
        path=path,
    )


def code_page(*, staff: Staff, wanted: str, error: str, passkey: str, can_alarm: bool) -> DoorPage:
    """Asks for the second factor. `passkey` is what the browser needs to prove one, as JSON."""
    return DoorPage(
        heading=_("第二重验证"),
        tagline=str(staff),
        submit=_("验证"),
        action_url=reverse("sign_in_code"),
        fields=(
            Field(
                "code",
                _("验证码"),
                hint=_("验证器里的 6 位数字；手机不在身边，用一个恢复码"),
                autocomplete="one-time-code",
            ),
            _next(wanted),
        ),
        error=error,
        passkey=Passkey(
            options=passkey,
            makes=False,
            label=_("用通行密钥"),
            action_url=reverse("sign_in_code"),
            fields=(_next(wanted),),
        )
        if passkey
        else None,
        back_url=reverse("sign_in"),
        back_label=_("换个工号登录"),
        alarm_url=reverse("alarm") if can_alarm else "",
    )


def set_up_page(
    *,
    staff: Staff,
    picture: str,
    secret: str,
    action_url: str,
    wanted: str,
    error: str,
    is_duty: bool,
) -> DoorPage:
    """Sets an authenticator app up. `is_duty`: the role demands it and nothing opens before."""
    return DoorPage(
        heading=_("设置验证器"),
        tagline=str(staff),
        submit=_("设好了"),
        action_url=action_url,
        picture=picture,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        note=_("您的岗位要有第二重验证，设好才能进入。") if is_duty else "",
        fields=(
            Field(
                "code",
                _("验证码"),
                hint=_("用手机验证器扫码，再输入它显示的 6 位数字"),
                autocomplete="one-time-code",
            ),
            _next(wanted),
        ),
        error=error,
        back_url=reverse("sign_in") if is_duty else reverse("security"),
        back_label=_("换个工号登录") if is_duty else _("先不设"),
    )


def codes_page(*, staff: Staff, codes: list[str], onward: str) -> DoorPage:
    """Shows fresh recovery codes, this once."""
    return DoorPage(
        heading=_("恢复码"),
        tagline=str(staff),
        submit=_("已经记好，继续"),
        note=_(
            "手机丢了、换了，靠这些码进来。每个只能用一次，只显示这一回：打印或抄下，锁进抽屉。"
        ),
        codes=tuple(codes),
        action_url=onward,
        is_link=True,
    )


def passkey_page(*, staff: Staff, options: str, error: str) -> DoorPage:
    """Makes a passkey."""
    return DoorPage(
        heading=_("添加通行密钥"),
        tagline=str(staff),
        submit="",
        note=_("用这台电脑的指纹、面容或插上的安全钥匙代替验证码。"),
        error=error,
        passkey=Passkey(
            options=options,
            makes=True,
            label=_("创建"),
            action_url=reverse("add_passkey"),
            fields=(Field("name", _("名称"), placeholder=_("如：值班室安全钥匙")),),
        ),
        back_url=reverse("security"),
        back_label=_("先不加"),
    )


def lock_page(
    *, staff: Staff, since: datetime, wanted: str, error: str, kept: dict[str, str]
) -> DoorPage:
    """Asks for the password of whoever locked the screen. `kept` is what was being sent."""
    hidden = tuple(
        Field(f"kept-{name}", "", kind="hidden", value=value, required=False)
        for name, value in kept.items()
    )
    return DoorPage(
        heading=_("已锁屏"),
        tagline=_("%(who)s · %(at)s 起") % {"who": staff, "at": wording.clock_text(since)},
        submit=_("解锁"),
        action_url=reverse("lock"),
        fields=(
            Field("password", _("密码"), kind="password", autocomplete="current-password"),
            _next(wanted),
            *hidden,
        ),
        error=error,
        note=_("刚才写的还在，解锁后再按一次就送出。") if kept else "",
        sign_out_url=reverse("sign_out"),
        alarm_url=reverse("alarm"),
    )


def go_on_page(*, staff: Staff, wanted: str, kept: dict[str, str]) -> DoorPage:
    """After unlocking: sends what was being sent when the screen was found locked."""
    return DoorPage(
        heading=_("已解锁"),
        tagline=str(staff),
        submit=_("继续刚才那一步"),
        action_url=wanted,
        fields=tuple(
            Field(name, "", kind="hidden", value=value, required=False)
            for name, value in kept.items()
        ),
        back_url="/",
        back_label=_("回到我的工作"),
    )


def _next(wanted: str) -> Field:
    return Field("next", "", kind="hidden", value=wanted, required=False)
