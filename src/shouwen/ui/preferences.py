"""Language and light or dark, kept in cookies so that they hold before signing in as well."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

THEME_COOKIE: Final = "shouwen_theme"
_THEMES: Final = ("light", "dark")
_A_YEAR: Final = 365 * 86_400


def theme_of(request: HttpRequest) -> str:
    """light or dark: the query parameter `theme` first, then the cookie, else light."""
    wanted = request.GET.get("theme") or request.COOKIES.get(THEME_COOKIE, "")
    return wanted if wanted in _THEMES else _THEMES[0]


def keep(request: HttpRequest) -> HttpResponse:
    """Keep the posted `language` or `theme`, whichever came, and go back to `next` on this host."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    response = HttpResponseRedirect(target if safe else "/")
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    if language in dict(settings.LANGUAGES):
        _set_cookie(response, settings.LANGUAGE_COOKIE_NAME, language)
    if theme in _THEMES:
        _set_cookie(response, THEME_COOKIE, theme)
    return response


def _set_cookie(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=_A_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
