"""The pages under /ui/: every component in every state and every page with invented data.

They are open to strangers because they show nothing that belongs to anyone.
"""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from shouwen.ui import preferences
from shouwen.ui.parts import Shell
from shouwen.ui.samples import board, case, gallery, scene, work


@login_not_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    shell = _shell(
        request, title=_("组件"), context=_("每个状态都要在浅色、深色、黑白打印下分得清")
    )
    return render(request, "ui/components.html", {"shell": shell, "page": gallery.gallery()})


@login_not_required
@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """My work; ?empty=1 with nothing to do."""
    page = work.idle() if "empty" in request.GET else work.work()
    context = {"shell": _shell(request, title=_("我的工作")), "page": page}
    return render(request, "home/my_work.html", context)


@login_not_required
@require_GET
def my_work_rows(request: HttpRequest) -> HttpResponse:
    """The fragment of my work."""
    return render(request, "home/my_work_rows.html", {"page": work.work()})


@login_not_required
@require_safe
def clocks(request: HttpRequest) -> HttpResponse:
    """The clock board; ?why=1 with the drawer, which htmx gets alone."""
    with_why = "why" in request.GET
    if with_why and request.headers.get("HX-Request") == "true":
        return render(request, "ui/why_drawer.html", {"why": board.why()})
    shell = _shell(request, title=_("时钟"), context=_("全公司 · 按剩余时间排"))
    context = {"shell": replace(shell, is_fixed=True), "page": board.board(with_why=with_why)}
    return render(request, "home/clock_board.html", context)


@login_not_required
@require_GET
def clock_rows(request: HttpRequest) -> HttpResponse:
    """The fragment of the clock board."""
    return render(request, "home/clock_board_rows.html", {"page": board.board(with_why=False)})


@login_not_required
@require_safe
def case_page(request: HttpRequest) -> HttpResponse:
    """The case page; ?why=1 with the drawer, ?fresh=1 just opened."""
    page = (
        case.fresh_case() if "fresh" in request.GET else case.case(with_why="why" in request.GET)
    )
    if page.why and request.headers.get("HX-Request") == "true":
        return render(request, "ui/why_drawer.html", {"why": page.why})
    shell = _shell(request, title=_("工单"), context=page.number)
    watermark = "高岩 3305 · 10-09 14:32 · 站内 手机 12"
    context = {"shell": replace(shell, watermark=watermark), "page": page}
    return render(request, "cases/case.html", context)


@login_not_required
@require_GET
def case_body(request: HttpRequest) -> HttpResponse:
    """The fragment of the case page."""
    return render(request, "cases/case_body.html", {"page": case.case()})


@login_not_required
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """The invented phone number: a POST shows it, a GET hides it again."""
    shown = case.phone(revealed=request.method == "POST")
    return render(request, "cases/phone.html", {"phone": shown})


@login_not_required
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; ?failed=1 after a wrong password."""
    shell = replace(_shell(request, title=_("登录")), person=None)
    page = work.sign_in(failed="failed" in request.GET)
    return render(request, "home/sign_in.html", {"shell": shell, "page": page})


@login_not_required
@require_safe
def fault(request: HttpRequest, status: int) -> HttpResponse:
    """The page of a refusal or fault, as it will look."""
    if status not in (403, 404, 500):
        raise Http404
    return render(request, f"{status}.html", {"shell": _shell(request, title="")}, status=status)


@login_not_required
@require_POST
def keep_preferences(request: HttpRequest) -> HttpResponse:
    """Language and theme for this browser; open to strangers because the sign-in page has both."""
    return preferences.keep(request)


def _shell(request: HttpRequest, *, title: str, context: str = "") -> Shell:
    return scene.shell(
        title=title,
        current=request.path,
        context=context,
        language=get_language() or "zh-hans",
        theme=preferences.theme_of(request),
        path=request.get_full_path(),
    )
