"""Acts on premises and estates."""

import uuid
from collections.abc import Callable

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.access.permission import Action
from shouwen.adapters import system_clock
from shouwen.clocks.queries import active_calendar
from shouwen.core.text.home_address import parse_address
from shouwen.core.text.search_tokens import plain
from shouwen.customers import operations
from shouwen.customers.forms import (
    ActForm,
    AliasesForm,
    ApplianceForm,
    AttributeForm,
    DayForm,
    MeterForm,
    PointForm,
    PremisesForm,
)
from shouwen.customers.models import Appliance, Estate, Meter, Premises
from shouwen.customers.queries.searching import estates_spelt_in
from shouwen.customers.views.acting import first_error, warning
from shouwen.customers.views.looking import (
    act_of,
    allow,
    seen_premises,
    show_estates,
    show_premises,
    show_search,
)
from shouwen.ui import wording

REFUSALS: dict[type[Exception], Callable[[], str]] = {
    operations.AccountTaken: lambda: _("户号已经有主，或这户已经开过户。"),
    operations.MeterElsewhere: lambda: _("这块表还登记在别处，先在那里拆除。"),
    operations.NotInPlace: lambda: _("已经拆除，或拆除的日期不晚于安装。"),
}


@require_POST
def register_premises(request: HttpRequest) -> HttpResponse:
    """New premises: an address in any spelling, or a street with the name of a place."""
    allow(request, Action.KEEP_REGISTERS)
    form = PremisesForm(request.POST)
    new = _new_premises(form) if form.is_valid() else None
    if new is None:
        text = (
            first_error(form)
            if form.errors
            else _("看不懂这个地址：写成 青梧里3-1-502，单位写街道名加地点名称。")
        )
        return show_search(request, notice=warning(text), status=400)
    now = system_clock.now()
    try:
        found = operations.register_premises(
            act=act_of(request, form.cleaned_data["act_id"], now=now),
            new=new,
            today=wording.local_day(now),
        )
    except operations.AddressTaken as taken:
        return redirect("premises", premises=taken.args[0])
    return redirect("premises", premises=found.pk)


@require_POST
def act_on_premises(request: HttpRequest, premises: uuid.UUID, what: str) -> HttpResponse:
    """One act on premises, named by `what`; see ACTS."""
    allow(request, Action.KEEP_REGISTERS)
    found = seen_premises(request, premises)
    if what not in ACTS:
        raise Http404
    form_class, act = ACTS[what]
    form = form_class(request.POST)
    return _tried(request, found.pk, form, lambda: act(request, found, form))


@require_POST
def remove_meter(request: HttpRequest, meter: uuid.UUID) -> HttpResponse:
    """A meter was taken away."""
    allow(request, Action.KEEP_REGISTERS)
    found = get_object_or_404(Meter, pk=meter)
    form = DayForm(request.POST)
    return _tried(
        request,
        found.premises_id,
        form,
        lambda: operations.remove_meter(act=_act(request, form), meter_id=meter, on=form.day),
    )


@require_POST
def remove_appliance(request: HttpRequest, appliance: uuid.UUID) -> HttpResponse:
    """An appliance was taken away."""
    allow(request, Action.KEEP_REGISTERS)
    found = get_object_or_404(Appliance, pk=appliance)
    form = DayForm(request.POST)
    return _tried(
        request,
        found.premises_id,
        form,
        lambda: operations.remove_appliance(
            act=_act(request, form), appliance_id=appliance, on=form.day
        ),
    )


@require_POST
def set_aliases(request: HttpRequest, estate: int) -> HttpResponse:
    """The other names of an estate, the whole list."""
    allow(request, Action.KEEP_REGISTERS)
    get_object_or_404(Estate, pk=estate)
    form = AliasesForm(request.POST)
    if not form.is_valid():
        return show_estates(request, notice=warning(first_error(form)), status=400)
    try:
        operations.set_aliases(act=_act(request, form), estate_id=estate, aliases=form.names)
    except operations.AliasTaken as taken:
        text = _("“%(name)s”是另一个小区的名字，没有改动。") % {"name": taken}
        return show_estates(request, notice=warning(text), status=409)
    return redirect("estates")


def _attribute(request: HttpRequest, found: Premises, form: Form) -> None:
    name, _sep, value = form.cleaned_data["value"].partition(":")
    operations.set_attribute(
        act=_act(request, form),
        premises_id=found.pk,
        name=name,
        value=value,
        since=form.cleaned_data["on"],
        zone=active_calendar().zone,
    )


def _point(request: HttpRequest, found: Premises, form: Form) -> None:
    operations.open_point(
        act=_act(request, form),
        premises_id=found.pk,
        account_no=form.cleaned_data["account_no"],
        since=form.cleaned_data["on"],
    )


def _meter(request: HttpRequest, found: Premises, form: Form) -> None:
    operations.install_meter(
        act=_act(request, form),
        premises_id=found.pk,
        serial=form.cleaned_data["serial"],
        kind=form.cleaned_data["kind"],
        on=form.cleaned_data["on"],
    )


def _appliance(request: HttpRequest, found: Premises, form: Form) -> None:
    operations.install_appliance(
        act=_act(request, form),
        premises_id=found.pk,
        kind=form.cleaned_data["kind"],
        make=form.cleaned_data["make"],
        on=form.cleaned_data["on"],
        made_on=form.cleaned_data["made_on"],
    )


ACTS: dict[str, tuple[type[ActForm], Callable[[HttpRequest, Premises, Form], None]]] = {
    "attribute": (AttributeForm, _attribute),
    "point": (PointForm, _point),
    "meter": (MeterForm, _meter),
    "appliance": (ApplianceForm, _appliance),
}


def _new_premises(form: PremisesForm) -> operations.NewPremises | None:
    """The address as parts; None when it cannot be read as one."""
    said = form.cleaned_data
    address = plain(said["address"])
    spelt = estates_spelt_in(address)
    names = dict(Estate.objects.filter(pk__in=spelt.values()).values_list("pk", "name"))
    estates = {spelling: names[pk] for spelling, pk in spelt.items()}
    read = parse_address(address, estates=estates) or parse_address(address)
    if read and read.is_complete:
        door = f"{read.door}号" if read.door else ""
        return operations.NewPremises(
            estate=read.estate,
            building=read.building,
            unit=read.unit,
            flat=read.flat,
            place_name=f"{door} {said['place_name']}".strip(),
            customer_class=said["customer_class"],
        )
    if said["place_name"]:
        return operations.NewPremises(
            estate=estates.get(address, said["address"].strip()),
            place_name=said["place_name"],
            customer_class=said["customer_class"],
        )
    return None


def _tried(
    request: HttpRequest, pk: uuid.UUID, form: Form, act: Callable[[], object]
) -> HttpResponse:
    if not form.is_valid():
        return _refused(request, pk, first_error(form), status=400)
    try:
        act()
    except tuple(REFUSALS) as refusal:
        return _refused(request, pk, REFUSALS[type(refusal)](), status=409)
    return redirect("premises", premises=pk)


def _act(request: HttpRequest, form: Form) -> operations.Act:
    return act_of(request, form.cleaned_data["act_id"], now=system_clock.now())


def _refused(request: HttpRequest, pk: uuid.UUID, text: str, *, status: int) -> HttpResponse:
    fresh = seen_premises(request, pk)
    return show_premises(request, fresh, notice=warning(text), status=status)
