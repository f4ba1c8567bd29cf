"""Letters for tests: mails as programs write them, forms from the web."""

import uuid
from datetime import datetime, timedelta
from email.message import EmailMessage

from shouwen.core.mail import MailFile, read_mail
from shouwen.inbox.models import Letter
from shouwen.inbox.operations import Bringing, WebLetter, receive_mail, receive_web
from shouwen.inbox.queries import file_store
from tests import people

ARRIVED = people.MORNING
NOW = ARRIVED + timedelta(minutes=20)
OURS = "service@gas.example"


def written(
    words: str = "过户要带什么资料？",
    *,
    sender: str = "阮文秀 <ruan@example.com>",
    subject: str = "过户",
    message_id: str = "<m1@example.com>",
    **headers: str,
) -> bytes:
    """A mail in UTF-8."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, OURS, subject
    message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(words)
    return message.as_bytes()


def mailed(raw: bytes | None = None, *, at: datetime = ARRIVED, now: datetime = NOW) -> Letter:
    """The mail comes in."""
    return receive_mail(
        mail=read_mail(raw or written()),
        own_address=OURS,
        by=Bringing(file_store(), at, now),
        letter_id=uuid.uuid4(),
    )


def posted(
    words: str = "热水器不点火，家里没有热水",
    *,
    files: tuple[MailFile, ...] = (),
    mail: str = "",
    trapped: bool = False,
    id: uuid.UUID | None = None,
) -> Letter:
    """Somebody fills in the form on the web."""
    return receive_web(
        letter=WebLetter(
            id=id or uuid.uuid4(),
            name="阮文秀",
            phone="14077002093",
            mail=mail,
            place="青梧里3号楼1单元502",
            words=words,
            is_trapped=trapped,
        ),
        files=files,
        by=Bringing(file_store(), ARRIVED, ARRIVED),
    )
