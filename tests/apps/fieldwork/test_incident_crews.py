"""The page of a fault that concerns many shows its clocks and who is out for it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import people
from tests.apps.fieldwork.field import order_of, sent, technician

pytestmark = pytest.mark.django_db


def test_an_incident_shows_its_clocks_and_who_was_sent():
    case = people.case(kind="network_fault", side="network", severity="ordinary")
    incident = people.incident(case)
    sent(order_of(case), technician())
    client = Client()
    client.force_login(people.staff("zhou_min"))

    page = client.get(reverse("incident", args=[incident.lead.number])).context["page"]

    assert [crew.who for crew in page.crews] == ["李强"]
    assert any("4 小时" in clock.label for clock in page.clocks)


def test_an_order_that_nobody_has_says_so():
    case = people.case(kind="network_fault", side="network", severity="ordinary")
    incident = people.incident(case)
    client = Client()
    client.force_login(people.staff("zhou_min"))

    page = client.get(reverse("incident", args=[incident.lead.number])).context["page"]

    assert [crew.who for crew in page.crews] == ["还没派人"]
