"""An agent on a call, acting through the cockpit as the browser does."""

import uuid
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.cases import operations
from shouwen.cases.models import Case, Handover
from shouwen.cases.operations import accept_handover
from shouwen.clocks.models import Clock
from shouwen.core.events import Subject
from shouwen.hotline.models import Call
from shouwen.journal.queries import entries_of
from shouwen.people.models import Staff
from tests import people
from tests.calls_played import PlayedCall, seated

DEPARTMENTS = ("hotline", "repair", "quality", "emergency", "network", "connections", "hall")


class OnCall:
    """王敏 on a call that she has just answered; `does` posts an act of the cockpit."""

    def __init__(self, number: str = "14077002093") -> None:
        for code in DEPARTMENTS:
            people.department(code)
        self.agent = seated(people.staff("wang_min"))
        self.client = Client()
        self.client.force_login(self.agent)
        self.rings(number)

    def rings(self, number: str) -> None:
        """Another call rings and is answered."""
        self.played = PlayedCall(self.agent, number=number)
        self.played.rings(ago=9)
        self.played.is_answered(ago=5)

    @property
    def call(self) -> Call:
        return Call.objects.select_related("case").latest("rang_at", "id")

    @property
    def case(self) -> Case:
        assert self.call.case_id
        return Case.objects.get(pk=self.call.case_id)

    def does(self, what: str, **said: Any) -> str:
        """Posts an act; the parts that come back."""
        url = reverse("cockpit_act", args=[self.call.pk, what])
        sent = {"act_id": str(uuid.uuid4())} | said
        answer = self.client.post(url, sent, headers={"SW-Cockpit": "1"})
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def screen(self) -> str:
        """The parts of the cockpit."""
        return self.client.get(
            reverse("cockpit_body"), headers={"SW-Cockpit": "1"}
        ).content.decode()

    def hangs_up(self) -> None:
        self.played.is_hung_up()

    def clocks(self) -> dict[str, str]:
        """State of each clock of the case, by rule."""
        subjects = [self.case.pk, *self.case.promises.values_list("pk", flat=True)]
        return dict(Clock.objects.filter(subject_id__in=subjects).values_list("rule_id", "state"))


def accepted(case: Case, who: str) -> Staff:
    """Somebody of the department takes the case over."""
    by, now = people.staff(who), system_clock.now()
    offer = Handover.objects.get(case=case, state=Handover.State.OFFERED)
    accept_handover(act_id=uuid.uuid4(), handover_id=offer.pk, by=by, at=now, now=now)
    return by


def tomorrow() -> str:
    """A moment of tomorrow as a browser types it."""
    return f"{system_clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M}"


def kinds_of(case: Case) -> list[str]:
    """What happened to the case."""
    return [entry.kind for entry in entries_of(subject=Subject("case", case.pk))]


def gaps(case: Case) -> set[str]:
    """What is missing in its record."""
    return set(case.gaps.filter(filled_at__isnull=True).values_list("code", flat=True))


def ends(call: OnCall, *, by: Staff | None = None, answered: bool = True) -> None:
    """The customer gets the answer and the case is closed."""
    by, now = by or call.agent, system_clock.now()
    doing: dict[str, Any] = {"case_id": call.case.pk, "by": by, "at": now, "now": now}
    if answered:
        operations.answer_customer(
            act_id=uuid.uuid4(), channel="phone", content="结果已告知", **doing
        )
    operations.close_case(act_id=uuid.uuid4(), **doing)
