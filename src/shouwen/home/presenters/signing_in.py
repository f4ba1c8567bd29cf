"""The sign-in page."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwen.clocks.queries import active_pack
from shouwen.ui.pages import SignInPage
from shouwen.ui.parts import Field, Shell


def sign_in_page(*, staff_no: str, wanted: str, error: str) -> SignInPage:
    """Asks for staff number and password; `wanted` is where to go afterwards."""
    return SignInPage(
        company=active_pack().organisation.short_name,
        action_url=reverse("sign_in"),
        fields=(
            Field("staff_no", _("工号"), value=staff_no[:16], autocomplete="username"),
            Field("password", _("密码"), kind="password", autocomplete="current-password"),
            Field("next", "", kind="hidden", value=wanted, required=False),
        ),
        error=error,
    )


def sign_in_shell(*, now: datetime, theme: str, path: str) -> Shell:
    """The bare frame of a page before signing in."""
    return Shell(
        title=_("登录"),
        now_iso=now.isoformat(),
        language=get_language() or "zh-hans",
        theme=theme,
        preferences_url=reverse("preferences"),
        path=path,
    )
