"""Reading a mailbox over a real socket: nothing is acknowledged by reading, and nothing is lost by others' reading."""

from datetime import UTC, datetime

import pytest

from shouwen.adapters.doubles.mailbox import MailboxDouble, running_mailbox
from shouwen.adapters.imap import BadMailbox, MailboxAway, mailbox

ARRIVED = datetime(2026, 10, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
def double():
    with running_mailbox(MailboxDouble()) as running:
        yield running


def opened(double):
    return mailbox(url=f"imap://service@127.0.0.1:{double.port}/INBOX", password="secret").opened()


def test_a_mail_is_fetched_whole_with_the_time_it_came_in_and_stays_unread(double):
    lying = double.deliver(b"Subject: x\r\n\r\n) OK done\r\n* 1 FETCH {3}\r\n", at=ARRIVED)

    with opened(double) as session:
        [uid] = session.waiting(after=None)
        fetched = session.fetch(uid)

    assert fetched is not None
    assert (fetched.raw, fetched.arrived_at) == (lying.raw, ARRIVED)
    assert lying.flags == set()


def test_only_acknowledging_marks_a_mail_as_read(double):
    lying = double.deliver(b"Subject: x\r\n\r\nx", at=ARRIVED)

    with opened(double) as session:
        session.acknowledge(1)

    assert lying.flags == {"\\Seen"}
    with opened(double) as session:
        assert session.waiting(after=None) == []


def test_a_mail_that_somebody_opened_elsewhere_is_still_found_by_its_number(double):
    for _ in range(2):
        double.deliver(b"Subject: x\r\n\r\nx", at=ARRIVED).flags.add("\\Seen")

    with opened(double) as session:
        assert session.waiting(after=1) == [2]
        assert session.waiting(after=2) == []  # the last one is not named again


def test_a_mail_that_is_gone_is_none(double):
    with opened(double) as session:
        assert session.fetch(9) is None


def test_of_a_mail_that_is_too_large_the_head_alone_comes(double, monkeypatch):
    monkeypatch.setattr("shouwen.adapters.imap.LARGEST_BYTES", 10)
    double.deliver(b"Subject: large\r\n\r\n" + b"x" * 100, at=ARRIVED)

    with opened(double) as session:
        fetched = session.fetch(1)

    assert fetched is not None
    assert (fetched.raw, fetched.is_cut) == (b"Subject: large\r\n\r\n", True)


@pytest.mark.parametrize("behaviour", ["refuse", "drop_fetch"])
def test_a_mailbox_that_does_not_answer_is_away(double, behaviour):
    double.deliver(b"Subject: x\r\n\r\n" + b"x" * 1000, at=ARRIVED)
    double.behaviours.append(behaviour)

    with pytest.raises(MailboxAway), opened(double) as session:
        session.fetch(1)


def test_nobody_listening_is_away():
    with pytest.raises(MailboxAway), mailbox(url="imap://a@127.0.0.1:9/INBOX").opened():
        pass


@pytest.mark.parametrize(
    "url", ["http://a@b", "imap://b/INBOX", "imap:///INBOX", "imap://a@b/%22"]
)
def test_an_address_that_cannot_be_used_says_how_to_write_it(url):
    with pytest.raises(BadMailbox, match="SHOUWEN_IMAP_URL"):
        mailbox(url=url)


def test_the_password_is_not_shown():
    assert "secret" not in repr(mailbox(url="imaps://a@b/INBOX", password="secret"))
