"""The list of letters, one letter, its files, the danger that every screen shows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.core.listening import CallFinding
from shouwen.inbox import operations, queries
from shouwen.inbox.models import Letter
from shouwen.inbox.presenters.drafting import drafts_for, wording_faults
from shouwen.inbox.presenters.letters import (
    BOXES,
    Listed,
    Opened,
    alarm_lines,
    inbox_page,
    letter_page,
    masked_phone,
)
from shouwen.inbox.presenters.pages import InboxPage
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.ui.pages import MaskedPhone

ROWS = 50


@never_cache
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """The letters, newest first."""
    page = _list(request)
    outer = shell(
        frame(request, now=system_clock.now()),
        title=_("来信"),
        context=_("邮件与网页表单"),
        current="inbox",
        is_fixed=True,
        watermark=True,
    )
    return render(request, "inbox/inbox.html", {"shell": outer, "page": page})


@never_cache
@require_GET
def inbox_rows(request: HttpRequest) -> HttpResponse:
    """The rows alone, fetched again when something moved."""
    return render(request, "inbox/inbox_rows.html", {"page": _list(request)})


def _list(request: HttpRequest) -> InboxPage:
    must_work_inbox(request)
    box = request.GET.get("box", "")
    box = box if box in BOXES else "open"
    found = queries.newest_letters(
        box=box, viewer=person(request), limit=ROWS + 1, after=_after(request)
    )
    return inbox_page(
        Listed(
            letters=found[:ROWS],
            has_more=len(found) > ROWS,
            box=box,
            viewer=person(request),
            away=queries.mailbox_away(),
            now=system_clock.now(),
        )
    )


def _after(request: HttpRequest) -> queries.After | None:
    at, _sep, letter = request.GET.get("after", "").replace(" ", "+").partition("|")
    try:
        return queries.After(datetime.fromisoformat(at), UUID(letter))
    except ValueError:
        return None


def must_work_inbox(request: HttpRequest) -> None:
    """Refuses whoever does not serve customers."""
    if not can(person(request), Action.WORK_INBOX):
        raise PermissionDenied


def letter_of(request: HttpRequest, receipt: str) -> Letter:
    """The letter with this receipt, for those who may see letters."""
    must_work_inbox(request)
    found = queries.whole_letter(receipt=receipt)
    if found is None:
        raise Http404
    return found


@never_cache
@require_GET
def letter(request: HttpRequest, receipt: str) -> HttpResponse:
    """One letter."""
    return show_letter(request, letter_of(request, receipt))


def show_letter(
    request: HttpRequest,
    found: Letter,
    *,
    notice: str = "",
    typed: str = "",
    broken: Sequence[CallFinding] = (),
    status: int = 200,
) -> HttpResponse:
    """The page, with what could not be done or would break the standard; what was typed stays."""
    now, plan = system_clock.now(), queries.readable_letters()
    drafts = drafts_for(found, plan)
    template = request.POST.get("template") or request.GET.get("draft", "")
    page = letter_page(
        Opened(
            letter=found,
            viewer=person(request),
            plan=plan,
            drafts=drafts,
            template=template or (drafts[0][0] if drafts else ""),
            typed=typed,
            now=now,
            new_id=lambda: ids.uuid7(now),
            notice=notice,
            faults=wording_faults(broken),
        )
    )
    outer = shell(
        frame(request, now=now),
        title=_("来信"),
        context=found.receipt,
        current="inbox",
        watermark=True,
    )
    return render(request, "inbox/letter.html", {"shell": outer, "page": page}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def letter_phone(request: HttpRequest, receipt: str) -> HttpResponse:
    """The number masked (GET) or whole (POST); the latter is journalled."""
    found, now = letter_of(request, receipt), system_clock.now()
    phone = masked_phone(found, person(request))
    if request.method == "POST":
        operations.note_phone_read(
            letter=found, act_id=ids.uuid7(now), by=person(request), now=now
        )
        note = _("已留痕，30 秒后隐藏")
        phone = MaskedPhone(text=found.phone, note=note, hide_url=request.path)
    return render(request, "customers/phone.html", {"phone": phone})


@never_cache
@require_GET
def letter_file(request: HttpRequest, receipt: str, ordinal: int) -> FileResponse:
    """A file of a letter, always as a download; journalled."""
    found, now = letter_of(request, receipt), system_clock.now()
    file = next((each for each in found.files.all() if each.ordinal == ordinal), None)
    if file is None or not file.stored_name:
        raise Http404
    operations.note_file_read(
        letter=found, ordinal=ordinal, act_id=ids.uuid7(now), by=person(request), now=now
    )
    answer = FileResponse(
        queries.file_store().open(file.stored_name),
        as_attachment=True,
        filename=file.original_name or "file",
        content_type=file.media_type,
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@never_cache
@require_GET
def letter_alarms(request: HttpRequest) -> HttpResponse:
    """The letters in danger that nobody has looked at, for the top of every screen."""
    must_work_inbox(request)
    lines = alarm_lines(queries.in_danger(), now=system_clock.now())
    return render(request, "inbox/alarms.html", {"lines": lines})
