"""Short ways to the pages of the editions, by the real clock, for tests."""

from datetime import datetime
from typing import Any

from django.test import Client

from shouwen.adapters import system_clock
from shouwen.editions.models import Edition
from shouwen.jobs.worker import work_once
from shouwen.people.models import Staff
from tests.apps.editions import drafts
from tests.apps.editions.drafts import ONE_DAY, changed


def now() -> datetime:
    return system_clock.now()


def as_(who: Staff) -> Client:
    client = Client()
    client.force_login(who)
    return client


def a_draft() -> Edition:
    return drafts.a_draft(now=now())


def a_changed_draft(**said: Any) -> Edition:
    return changed(a_draft(), now=now(), **(said or ONE_DAY))


def work() -> None:
    while work_once(clock=now):
        pass


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    return text
