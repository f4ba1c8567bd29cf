import json
import ssl
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from shouwen.adapters.delivery import Accepted, NotNow, Outgoing, Refused
from shouwen.adapters.doubles.mail_server import MailServerDouble, running_mail_server
from shouwen.adapters.files import FileDrop
from shouwen.adapters.sms import BadGateway, SmsGateway, gateway, is_signed, signature
from shouwen.adapters.smtp import BadMailServer, mail_server, message_id
from shouwen.messages.ways import faults, way_out
from tests.apps.messages.certificates import make_certificate
from tests.apps.messages.outside import KEY, NOON, PHONE

SMS = Outgoing("k-1", "sms", PHONE, "标题", "【安泰燃气】已受理", "zh", NOON)
MAIL = Outgoing("k-1", "mail", "chen@example.com", "标题：已受理", "您好。\n.\n完", "zh", NOON)


# --- SMS gateway ----------------------------------------------------------------------------------


def test_the_gateway_gets_signed_json_under_the_key_of_the_message(gateway):
    accepted = SmsGateway(url=gateway.url, key=KEY).deliver(SMS, now=NOON)

    (offered,) = gateway.offered
    assert accepted == Accepted("gw-k-1")
    assert offered.key == "k-1"
    assert offered.fields == {"key": "k-1", "to": PHONE, "text": SMS.body, "language": "zh"}
    assert gateway.unsigned == 0


def test_the_same_message_again_has_the_same_content(gateway):
    way = SmsGateway(url=gateway.url, key=KEY)

    way.deliver(SMS, now=NOON)
    way.deliver(SMS, now=NOON + timedelta(seconds=90))

    assert [len(bodies) for bodies in gateway.taken().values()] == [1]


@pytest.mark.parametrize("behaviour", ["busy", "drop"])
def test_a_gateway_that_is_busy_or_hangs_up_is_for_later(gateway, behaviour):
    gateway.behaviours.append(behaviour)

    with pytest.raises(NotNow):
        SmsGateway(url=gateway.url, key=KEY).deliver(SMS, now=NOON)


def test_a_gateway_that_hangs_is_given_up_in_time(gateway):
    gateway.behaviours.append("hang")
    began = time.monotonic()

    with pytest.raises(NotNow):
        SmsGateway(url=gateway.url, key=KEY, timeout=0.2).deliver(SMS, now=NOON)
    assert time.monotonic() - began < 1


def test_a_gateway_that_is_not_there_is_for_later():
    with pytest.raises(NotNow):
        SmsGateway(url="http://127.0.0.1:9/", key=KEY).deliver(SMS, now=NOON)


@pytest.mark.parametrize("behaviour", ["refuse", "redirect"])
def test_a_refusal_is_for_good_and_no_redirect_is_followed(gateway, behaviour):
    gateway.behaviours.append(behaviour)

    with pytest.raises(Refused):
        SmsGateway(url=gateway.url, key=KEY).deliver(SMS, now=NOON)


def test_a_wrong_key_is_refused_by_the_gateway(gateway):
    with pytest.raises(Refused, match="401"):
        SmsGateway(url=gateway.url, key=b"another key of our own").deliver(SMS, now=NOON)
    assert (gateway.offered, gateway.unsigned) == ([], 1)


@pytest.mark.parametrize(("behaviour", "name"), [("twice", "gw-k-1"), ("nonsense", "")])
def test_an_odd_answer_is_still_an_answer(gateway, behaviour, name):
    gateway.behaviours.append(behaviour)

    assert SmsGateway(url=gateway.url, key=KEY).deliver(SMS, now=NOON) == Accepted(name)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("https://sms.example.com.evil.com/", "SHOUWEN_SMS_HOSTS"),
        ("https://sms.example.com@evil.com/", "SHOUWEN_SMS_HOSTS"),
        ("ftp://sms.example.com/", "https://"),
    ],
)
def test_only_a_host_of_the_list_can_be_configured(url, problem):
    with pytest.raises(BadGateway, match=problem):
        gateway_at(url)
    assert gateway_at("https://sms.example.com:8443/v1").url == "https://sms.example.com:8443/v1"


def gateway_at(url: str) -> SmsGateway:
    return gateway(url=url, key=KEY, hosts=["sms.example.com"])


def test_a_short_key_cannot_be_used():
    with pytest.raises(BadGateway, match="16"):
        gateway(url="http://localhost/", key=b"short", hosts=["localhost"])


@pytest.mark.parametrize("seconds", [-299, 0, 299])
def test_a_signature_holds_for_five_minutes(seconds):
    stamp = str(int(NOON.timestamp()) + seconds)
    given = signature(key=KEY, timestamp=stamp, body=b"x")

    assert is_signed(key=KEY, timestamp=stamp, body=b"x", given=given, now=NOON)
    assert not is_signed(key=KEY, timestamp=stamp, body=b"y", given=given, now=NOON)
    later = NOON + timedelta(seconds=seconds + 301)
    assert not is_signed(key=KEY, timestamp=stamp, body=b"x", given=given, now=later)


@pytest.mark.parametrize("stamp", ["", "x", "-1", "²", "1e9", "9" * 13])
def test_a_time_that_is_no_number_is_not_signed(stamp):
    given = signature(key=KEY, timestamp=stamp, body=b"x")

    assert not is_signed(key=KEY, timestamp=stamp, body=b"x", given=given, now=NOON)


# --- mail -----------------------------------------------------------------------------------------


def server_at(double: MailServerDouble, *, query: str = "", timeout: float = 2.0):
    found = mail_server(url=f"smtp://localhost:{double.port}{query}", sender="service@example.com")
    return type(found)(
        **{name: getattr(found, name) for name in found.__slots__} | {"timeout": timeout}
    )


def test_a_mail_arrives_as_it_was_written():
    with running_mail_server(MailServerDouble()) as double:
        accepted = server_at(double).deliver(MAIL, now=NOON)

    (mail,) = double.mails
    assert accepted == Accepted(message_id("k-1", sender="service@example.com"))
    assert mail.content["Message-ID"] == accepted.provider_id
    assert mail.content["Subject"] == MAIL.title
    assert mail.content.get_content().replace("\r\n", "\n").strip() == MAIL.body
    assert (mail.sender, mail.to) == ("service@example.com", "chen@example.com")


def test_a_mail_goes_encrypted_when_asked(tmp_path):
    certificate, key = make_certificate(tmp_path)
    with running_mail_server(MailServerDouble(certificate=certificate, key=key)) as double:
        server_at(double, query=f"?starttls=1&ca={certificate}").deliver(MAIL, now=NOON)
        with pytest.raises(NotNow, match=ssl.SSLCertVerificationError.__name__):
            server_at(double, query="?starttls=1").deliver(MAIL, now=NOON)

    assert [mail.was_encrypted for mail in double.mails] == [True]


def test_a_server_that_cannot_encrypt_gets_nothing():
    with running_mail_server(MailServerDouble()) as double, pytest.raises(NotNow):
        server_at(double, query="?starttls=1").deliver(MAIL, now=NOON)

    assert double.mails == []


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [("busy", NotNow), ("refuse", Refused), ("drop", NotNow), ("hang", NotNow)],
)
def test_what_a_mail_server_does_wrong_is_for_later_or_for_good(behaviour, outcome):
    with running_mail_server(MailServerDouble()) as double:
        double.behaviours.append(behaviour)
        with pytest.raises(outcome):
            server_at(double, timeout=0.3).deliver(MAIL, now=NOON)


def test_bad_addresses_of_servers_are_named():
    with pytest.raises(BadMailServer, match="SHOUWEN_SMTP_URL"):
        mail_server(url="http://x/", sender="a@b.c")
    with pytest.raises(BadMailServer, match="SHOUWEN_MAIL_FROM"):
        mail_server(url="smtp://x/", sender="")


# --- file drop and settings -----------------------------------------------------------------------


def test_a_message_becomes_one_file_that_only_its_owner_reads(tmp_path):
    way = FileDrop(tmp_path / "out")

    first = way.deliver(SMS, now=NOON)
    again = way.deliver(SMS, now=NOON)

    (file,) = (tmp_path / "out").iterdir()
    assert first == again == Accepted(file.name)
    assert json.loads(file.read_text())["to"] == PHONE
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_folder_that_cannot_be_written_is_for_later(tmp_path):
    (tmp_path / "out").write_text("a file in the way")

    with pytest.raises(NotNow):
        FileDrop(tmp_path / "out").deliver(SMS, now=NOON)


def test_without_settings_everything_goes_to_files():
    assert {type(way_out(channel)) for channel in ("sms", "mail", "file")} == {FileDrop}
    assert faults() == []


def test_what_is_wrong_with_the_settings_is_named(settings):
    settings.SHOUWEN_SMS_URL = "https://sms.example.com/"
    settings.SHOUWEN_SMS_KEY_FILE = "/no/such/file"
    settings.SHOUWEN_SMTP_URL = "smtp://mail.example.com"

    first, second = faults()

    assert "SHOUWEN_SMS_KEY_FILE" in first
    assert "SHOUWEN_MAIL_FROM" in second


@pytest.mark.parametrize("length", [10, 120, 240])
def test_an_answer_names_the_mail_that_it_answers_whole(length):
    asked = f"<{'a' * length}@example.com>"
    with running_mail_server(MailServerDouble()) as server:
        way = mail_server(url=f"smtp://127.0.0.1:{server.port}", sender="service@gas.example")
        way.deliver(replace(MAIL, answers=asked, is_written=True), now=NOON)

    content = server.mails[0].content
    assert content["In-Reply-To"] == content["References"] == asked
    assert content["Auto-Submitted"] is None


@pytest.mark.parametrize(("answers", "word"), [("", "auto-generated"), ("<m1@x>", "auto-replied")])
def test_what_no_person_wrote_says_so(answers, word):
    with running_mail_server(MailServerDouble()) as server:
        way = mail_server(url=f"smtp://127.0.0.1:{server.port}", sender="service@gas.example")
        way.deliver(replace(MAIL, answers=answers), now=NOON)

    assert server.mails[0].content["Auto-Submitted"] == word
