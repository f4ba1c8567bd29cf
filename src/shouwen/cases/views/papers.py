"""Files of a case as downloads, and the printed work order."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.adapters.typesetting import FontsMissing
from shouwen.cases import operations
from shouwen.cases.forms import PrintForm
from shouwen.cases.models import Attachment, Case
from shouwen.cases.presenters.work_order import download_name, work_order_pdf
from shouwen.cases.queries import case_clocks, standing
from shouwen.cases.views.deeds import attachment_store
from shouwen.cases.views.looking import seen_case
from shouwen.cases.views.refusals import first_error, refused
from shouwen.clocks.queries import active_pack
from shouwen.people.models import Staff
from shouwen.people.requests import person, workstation


@never_cache
@require_GET
def attachment(request: HttpRequest, number: str, file: uuid.UUID) -> HttpResponseBase:
    """One file of a case, always as a download; the read is journalled."""
    found = seen_case(request, number)
    if not can(person(request), Action.DOWNLOAD_ATTACHMENT, standing(found)):
        raise PermissionDenied
    row = get_object_or_404(Attachment, pk=file, case=found)
    try:
        content = attachment_store().open(row.stored_name)
    except FileNotFoundError as error:
        raise Http404(_("文件不在了，请管理员从备份找回")) from error
    now = system_clock.now()
    operations.note_attachment_read(
        act_id=ids.uuid7(now),
        attachment=row,
        by=person(request),
        now=now,
        workstation=workstation(request),
    )
    answer = FileResponse(
        content, as_attachment=True, filename=download_name(row), content_type=row.media_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@never_cache
@require_POST
def print_order(request: HttpRequest, number: str) -> HttpResponse:
    """The work order as a PDF; the print gets a number and stands in the journal."""
    found = seen_case(request, number)
    if not can(person(request), Action.PRINT_WORK_ORDER, standing(found)):
        raise PermissionDenied
    form = PrintForm(request.POST)
    if not form.is_valid():
        return refused(request, found, first_error(form), status=400, what="print")
    return _printed(request, found, form)


def _printed(request: HttpRequest, found: Case, form: PrintForm) -> HttpResponse:
    now = system_clock.now()
    keeper = get_object_or_404(Staff, staff_no=form.cleaned_data["keeper"], is_active=True)
    printout = operations.note_printed(
        act_id=form.act,
        case_id=found.pk,
        by=person(request),
        keeper=keeper,
        purpose=form.cleaned_data["purpose"],
        destroy_on=form.cleaned_data["destroy_on"],
        now=now,
        workstation=workstation(request),
    )
    clocks, _promised = case_clocks(case=found)
    try:
        pdf = work_order_pdf(case=found, printout=printout, clocks=clocks, pack=active_pack())
    except FontsMissing:
        text = _("没有中文字体，印不了。请管理员安装 Noto Sans CJK（Debian 包 fonts-noto-cjk）。")
        return refused(request, found, text, status=503, what="print")
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = (
        f'attachment; filename="{found.number}-P{printout.ordinal}.pdf"'
    )
    return answer
