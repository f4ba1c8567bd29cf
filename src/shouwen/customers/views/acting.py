"""Acts on a customer: each reads a form, calls one operation, and goes back to the page."""

import uuid
from collections.abc import Callable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.clocks.queries import active_pack
from shouwen.customers import operations, queries
from shouwen.customers.forms import (
    ActForm,
    CareForm,
    CustomerForm,
    DayForm,
    MergeForm,
    MoveInForm,
    NewCustomerForm,
)
from shouwen.customers.models import CareEntry, Customer, Merge, Occupancy
from shouwen.customers.views.looking import (
    act_of,
    allow,
    seen_customer,
    show_customer,
    show_search,
)
from shouwen.people.requests import person
from shouwen.ui import wording
from shouwen.ui.parts import Note


class NoSuchHome(Exception):
    """The address names no premises, or several."""


class NoOtherRecord(Exception):
    """Nothing says which record is to be merged."""


REFUSALS = (
    operations.NotANumber,
    operations.MergedAway,
    operations.AlreadyThere,
    operations.AlreadyLeft,
    operations.LeftBeforeCame,
    operations.AlreadyRegistered,
    operations.NoConsentYet,
    operations.EntryEnded,
    operations.SameRecord,
    operations.AlreadyUndone,
    operations.MergedFurther,
    NoSuchHome,
    NoOtherRecord,
)


@require_POST
def register_customer(request: HttpRequest) -> HttpResponse:
    """A new customer, who moves in at once when premises are given."""
    allow(request, Action.CORRECT_CUSTOMERS)
    form = NewCustomerForm(request.POST)
    if not form.is_valid():
        return show_search(request, notice=warning(first_error(form)), status=400)
    said = form.cleaned_data
    now = system_clock.now()
    act = act_of(request, said["act_id"], now=now)
    # The act's own id is the customer's: pressed twice, it is one customer.
    new = operations.NewCustomer(
        id=uuid.uuid5(act.id, "customer"),
        name=said["name"],
        surname=said["surname"],
        title=said["title"],
        phones=form.numbers,
        home=_home(form, today=wording.local_day(now)),
    )
    try:
        found = operations.register_customer(act=act, new=new)
    except REFUSALS as refusal:
        return show_search(request, notice=warning(refusal_words(refusal)), status=409)
    return redirect("customer", customer=found.pk)


def _home(form: NewCustomerForm, *, today: date) -> operations.NewStay | None:
    said = form.cleaned_data
    if not queries.seen_premises().filter(pk=said["premises"]).exists():
        return None
    return operations.NewStay(said["premises"], said["relation"] or "owner", said["on"] or today)


@require_POST
def act_on_customer(request: HttpRequest, customer: uuid.UUID, what: str) -> HttpResponse:
    """One act on a customer, named by `what`; see ACTS."""
    found = seen_customer(request, customer)
    if what not in ACTS:
        raise Http404
    action, form_class, act = ACTS[what]
    if not can(person(request), action):
        raise PermissionDenied
    form = form_class(request.POST)
    return _tried(request, found.pk, form, lambda: act(request, found, form))


@require_POST
def move_out(request: HttpRequest, stay: int) -> HttpResponse:
    """A customer has left a home."""
    allow(request, Action.CORRECT_CUSTOMERS)
    found = get_object_or_404(Occupancy, pk=stay)
    form = DayForm(request.POST)
    return _tried(
        request,
        found.customer_id,
        form,
        lambda: operations.move_out(
            act=_act(request, form), occupancy_id=found.pk, until=form.day
        ),
    )


@require_POST
def act_on_care(request: HttpRequest, entry: uuid.UUID, what: str) -> HttpResponse:
    """Reviews an entry of the special-care register, or ends it."""
    allow(request, Action.KEEP_REGISTERS)
    if what not in ("review", "end"):
        raise Http404
    found = get_object_or_404(CareEntry, pk=entry)
    form = ActForm(request.POST)
    today = wording.local_day(system_clock.now())

    def act() -> None:
        if what == "end":
            operations.end_care(act=_act(request, form), entry_id=entry, today=today)
            return
        months = queries.review_months(pack=active_pack(), day=today)
        operations.review_care(
            act=_act(request, form), entry_id=entry, today=today, review_months=months
        )

    return _tried(request, found.customer_id, form, act)


@require_POST
def unmerge(request: HttpRequest, merge: uuid.UUID) -> HttpResponse:
    """Gives a merged record back what it brought."""
    allow(request, Action.KEEP_REGISTERS)
    found = get_object_or_404(Merge, pk=merge)
    form = ActForm(request.POST)
    return _tried(
        request,
        found.kept_id,
        form,
        lambda: operations.unmerge(act=_act(request, form), merge_id=merge),
    )


def _correct(request: HttpRequest, found: Customer, form: Form) -> None:
    said = form.cleaned_data
    operations.correct_customer(
        act=_act(request, form),
        customer_id=found.pk,
        fields={name: said[name] for name in ("name", "surname", "title")},
        phones=form.numbers if isinstance(form, CustomerForm) else None,
    )


def _move_in(request: HttpRequest, found: Customer, form: Form) -> None:
    homes = list(queries.homes_at(text=form.cleaned_data["address"])[:2])
    if len(homes) != 1:
        raise NoSuchHome(len(homes))
    operations.move_in(
        act=_act(request, form),
        customer_id=found.pk,
        premises_id=homes[0].pk,
        relation=form.cleaned_data["relation"],
        since=form.cleaned_data["on"],
    )


def _care(request: HttpRequest, found: Customer, form: Form) -> None:
    said = form.cleaned_data
    today = wording.local_day(system_clock.now())
    operations.register_care(
        act=_act(request, form),
        customer_id=found.pk,
        new=operations.NewCare(
            kind=said["kind"],
            needs=said["needs"],
            consented_on=said["consented_on"],
            how=said["how"],
            contact=said["contact"],
            handles_at_home=said["at_home"] == "yes",
        ),
        today=today,
        review_months=queries.review_months(pack=active_pack(), day=today),
    )


def _merge(request: HttpRequest, found: Customer, form: Form) -> None:
    other = form.other if isinstance(form, MergeForm) else None
    if other is None or not queries.seen_customers().filter(pk=other).exists():
        raise NoOtherRecord
    operations.merge(act=_act(request, form), kept_id=found.pk, merged_id=other)


ACTS: dict[str, tuple[Action, type[ActForm], Callable[[HttpRequest, Customer, Form], None]]] = {
    "correct": (Action.CORRECT_CUSTOMERS, CustomerForm, _correct),
    "move_in": (Action.CORRECT_CUSTOMERS, MoveInForm, _move_in),
    "care": (Action.KEEP_REGISTERS, CareForm, _care),
    "merge": (Action.KEEP_REGISTERS, MergeForm, _merge),
}


def _tried(
    request: HttpRequest, pk: uuid.UUID, form: Form, act: Callable[[], object]
) -> HttpResponse:
    """Does it and goes to the customer; an expected refusal comes back as a sentence on the page."""
    if not form.is_valid():
        return _refused(request, pk, first_error(form), status=400)
    try:
        act()
    except REFUSALS as refusal:
        return _refused(request, pk, refusal_words(refusal), status=409)
    return redirect("customer", customer=pk)


def refusal_words(refusal: Exception) -> str:
    """An expected refusal in a sentence: what is, then what to do."""
    match refusal:
        case operations.NotANumber():
            return _("“%(text)s”不是电话号码，写 7–12 位数字。") % {"text": refusal}
        case NoSuchHome():
            return (
                _("这个地址对上好几户，写全楼、单元、室。")
                if refusal.args[0]
                else _("没有这个地址，先在“客户”页登记地址，或换一种写法。")
            )
        case NoOtherRecord():
            return _("没有选另一份档案，选一份或粘贴它的网址。")
        case operations.NoConsentYet():
            return _("同意的日期还没到，没有登记。")
        case operations.LeftBeforeCame():
            return _("迁出要晚于入住（%(day)s），没有改动。") % {"day": refusal}
        case _:
            return str(_SENTENCES[type(refusal)]())


_SENTENCES: dict[type[Exception], Callable[[], str]] = {
    operations.MergedAway: lambda: _("这份档案已并入另一份，没有改动。"),
    operations.AlreadyThere: lambda: _("这位客户已经登记在这里。"),
    operations.AlreadyLeft: lambda: _("已经登记过迁出，没有改动。"),
    operations.AlreadyRegistered: lambda: _("这一类关照已经登记过，复核那一条即可。"),
    operations.EntryEnded: lambda: _("这条登记已经结束，没有改动。"),
    operations.SameRecord: lambda: _("这就是同一份档案。"),
    operations.AlreadyUndone: lambda: _("这次合并已经撤销过。"),
    operations.MergedFurther: lambda: _("这份档案后来又并入了别的档案，先撤销后一次合并。"),
}


def first_error(form: Form) -> str:
    """The first thing that is missing or wrong."""
    errors = [str(error) for listed in form.errors.values() for error in listed]
    return errors[0] if errors else _("没有填全")


def warning(text: str) -> Note:
    """A refusal as it stands on a page."""
    return Note(text, "warn", "alert-triangle")


def _act(request: HttpRequest, form: Form) -> operations.Act:
    return act_of(request, form.cleaned_data["act_id"], now=system_clock.now())


def _refused(request: HttpRequest, pk: uuid.UUID, text: str, *, status: int) -> HttpResponse:
    fresh = seen_customer(request, pk)
    return show_customer(request, fresh, notice=warning(text), status=status)
