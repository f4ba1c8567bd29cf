from datetime import datetime, timedelta

from shouwen.ui import wording
from shouwen.ui.presenters import OwnerFact, initial, owner_chain

NOW = datetime(2026, 10, 9, 14, 32, tzinfo=wording.ZONE)
LIN = OwnerFact(name="林晓", staff_no="2031", duty="首问", since=NOW - timedelta(hours=5))
SUN = OwnerFact(name="孙立", staff_no="3102", duty="", since=NOW - timedelta(hours=4), took_for=60)
GAO = OwnerFact(
    name="高岩", staff_no="3305", duty="", since=NOW - timedelta(minutes=6), waiting=True
)


def test_the_person_asked_first_stays_at_the_left():
    chain = owner_chain((LIN, SUN, GAO), viewer_no="", now=NOW)

    assert [(link.name, link.look) for link in chain] == [
        ("林晓", "first"),
        ("孙立", "own"),
        ("高岩", "wait"),
    ]


def test_the_person_asked_first_is_the_owner_until_somebody_accepts():
    first, waiting = owner_chain((LIN, GAO), viewer_no="", now=NOW)

    assert (first.look, first.duty) == ("own", "首问 · 现在负责")
    assert waiting.note == "接收前，责任仍在林晓"


def test_the_waiting_time_of_an_offer_stands_in_the_chain():
    waiting = owner_chain((LIN, SUN, GAO), viewer_no="3305", now=NOW)[-1]

    assert waiting.urgent == "待接收，已等 6 分"
    assert waiting.is_viewer


def test_an_accepted_hand_over_says_when_and_how_quickly():
    assert owner_chain((LIN, SUN), viewer_no="", now=NOW)[1].note == "10:32 接收，用 1 分"


def test_the_disc_shows_the_surname_or_the_first_letter():
    assert (initial("欧阳明"), initial("anna"), initial("")) == ("欧", "A", "")
