"""The outside as doubles on real sockets, and settings that point at them."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from shouwen.adapters.doubles.mail_server import MailServerDouble, running_mail_server
from shouwen.adapters.doubles.sms_gateway import GatewayDouble, running_gateway
from tests.apps.messages.outside import KEY, NOON


class Clock:
    """The other side's clock, which a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def _own_outbox(settings, tmp_path):
    settings.SHOUWEN_OUTBOX_DIR = tmp_path / "outbox"


@pytest.fixture
def outbox(settings):
    """The folder of the file drop."""
    return settings.SHOUWEN_OUTBOX_DIR


@pytest.fixture
def gateway(settings, tmp_path) -> Iterator[GatewayDouble]:
    """A gateway that this installation sends its SMS to."""
    key_file = tmp_path / "sms-key"
    key_file.write_bytes(KEY)
    with running_gateway(GatewayDouble(key=KEY, clock=Clock())) as double:
        settings.SHOUWEN_SMS_URL = double.url
        settings.SHOUWEN_SMS_KEY_FILE = str(key_file)
        yield double


@pytest.fixture
def mail_server(settings) -> Iterator[MailServerDouble]:
    """A mail server that this installation sends its mails to."""
    with running_mail_server(MailServerDouble()) as double:
        settings.SHOUWEN_SMTP_URL = f"smtp://127.0.0.1:{double.port}"
        settings.SHOUWEN_MAIL_FROM = "service@example.com"
        yield double
