"""A case on a page: who is signed in, its address, an act, what was recorded."""

import uuid
from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.cases.models import Case
from shouwen.core.events import Subject
from shouwen.journal.queries import entries_of
from tests import people

PHONE = "14077002093"
MASKED = "140 **** 2093"


def minutes_ago(minutes: float) -> datetime:
    return system_clock.now() - timedelta(minutes=minutes)


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(people.staff(who))
    return client


def page(case: Case, name: str = "case", *more: str) -> str:
    return reverse(name, args=[case.number, *more])


def act(**data: object) -> dict[str, object]:
    return {"act_id": uuid.uuid4()} | data


def kinds(case: Case) -> list[str]:
    return [entry.kind for entry in entries_of(subject=Subject("case", case.pk))]
