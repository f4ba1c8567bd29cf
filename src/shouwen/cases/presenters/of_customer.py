"""The cases of one customer as rows."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.models import Case
from shouwen.cases.shown import customer_shown
from shouwen.people.models import Staff
from shouwen.ui import wording
from shouwen.ui.pages_customers import CaseRow, CasesPage
from shouwen.ui.parts import Empty


def cases_page(cases: Sequence[Case], *, viewer: Staff, now: datetime, more_url: str) -> CasesPage:
    """The rows, the newest first."""
    return CasesPage(
        rows=tuple(_row(case, viewer, now) for case in cases),
        empty=None if cases else Empty(_("没有工单"), icon="clipboard-list"),
        more_url=more_url,
    )


def _row(case: Case, viewer: Staff, now: datetime) -> CaseRow:
    return CaseRow(
        number=case.number,
        url=reverse("case", args=[case.number]),
        said=case.said,
        kind=str(case.get_kind_display()),
        state=str(case.get_state_display()),
        place=customer_shown(case=case, viewer=viewer).short_address,
        at=wording.moment(case.reported_at, now=now),
    )
