"""What waits in the demo when it starts: customers in the hall, letters that nobody has read.

Everything goes through the same operations as a person's clicks; run again on the same day it does
nothing twice. Names, numbers and addresses are invented.
"""

import uuid
from datetime import datetime, timedelta
from email.message import EmailMessage

from shouwen.access.roles import Role
from shouwen.cases.operations import part_of
from shouwen.core.mail import MailFile, read_mail
from shouwen.counter import operations as hall
from shouwen.counter.models import Ticket
from shouwen.counter.operations import At
from shouwen.counter.queries import own_ticket, seat_of, today
from shouwen.inbox.operations import Bringing, WebLetter, receive_mail, receive_web, set_aside
from shouwen.inbox.queries import file_store
from shouwen.people.models import Staff

_SPACE = uuid.UUID("7b0a7f0e-6a0e-5f0c-9a57-2f6d2f7c11aa")
# Business, needs care, minutes ago.
_QUEUE = (
    ("card", False, 41), ("enquiry", False, 38), ("registration", False, 33), ("card", True, 17),
    ("connection", False, 14), ("enquiry", False, 9), ("opinion", False, 6), ("card", False, 2),
)  # fmt: skip
_SERVED = 3
_FORMS = (
    ("许佳宁", "14077003117", "青梧里6号楼2单元301", "手机上充了一百元气费，卡插进表里没反应，表上还是零。", ""),
    ("常文博", "14077004228", "", "开小饭馆要装两个灶，报装要带什么？附上房产证。", "chang@example.com"),
    ("江若兰", "14077005339", "柳荫苑11号楼1单元602", "约好昨天下午来换表，等到六点没人来，也没人打电话。", "jiang@example.com"),
)  # fmt: skip
_MAILS: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("陆知远 <lu@example.com>", "过户", "房子卖了，燃气户怎么过户？新房主在外地，能不能代办？", {}),
    ("何敏 <hemin@example.com>", "账单不对", "上个月出差一个月没开火，账单还有八十多块，请查一下。", {}),
    ("自动回复 <lu@example.com>", "自动回复：收到", "我在休假，回来再看。", {"Auto-Submitted": "auto-replied"}),
    ("推广 <sale@example.net>", "企业培训大优惠", "全国巡讲，报名立减。", {}),
)  # fmt: skip


def seed_hall(*, now: datetime) -> None:
    """Some customers of today: three served, the others wait."""
    clerk, earliest = _clerk(), now - timedelta(minutes=_QUEUE[0][2])
    is_begun = today(earliest) == today(now)
    if clerk is None or not is_begun or Ticket.objects.filter(day=today(now)).exists():
        return
    _take(range(_SERVED), by=clerk, now=now)
    if seat_of(clerk) is None and own_ticket(clerk) is None:
        _serve_some(clerk, now=now)
    _take(range(_SERVED, len(_QUEUE)), by=clerk, now=now)


def _take(places: range, *, by: Staff, now: datetime) -> None:
    for place in places:
        business, care, ago = _QUEUE[place]
        hall.take_ticket(
            act_id=_id(now, f"ticket:{place}"),
            business=business,
            needs_care=care,
            now=now - timedelta(minutes=ago),
            by=by.staff_no,
        )


def _serve_some(clerk: Staff, *, now: datetime) -> None:
    began = now - timedelta(minutes=32)
    hall.open_counter(act_id=_id(now, "sit"), counter="1", by=clerk, now=began)
    for place in range(_SERVED):
        at = began + timedelta(minutes=8 * place)
        ticket = hall.call_next(act_id=_id(now, f"call:{place}"), by=clerk, now=at)
        hall.begin(At(ticket, clerk, at + timedelta(seconds=40)))
        for step, rule in (("hall_greet", "greeting"), ("hall_need", "asking-need")):
            hall.tick(At(ticket, clerk, at + timedelta(seconds=50)), step=step, rule=rule)
        waited = At(ticket, clerk, at + timedelta(seconds=45))
        hall.tick(waited, step="hall_waited", rule="after-a-wait")
        hall.finish(At(ticket, clerk, at + timedelta(minutes=5)), said=place != 1)
    hall.leave_counter(act_id=_id(now, "rise"), by=clerk, now=now - timedelta(minutes=7))


def _clerk() -> Staff | None:
    clerks = Staff.objects.filter(roles__role=Role.CLERK, is_active=True)
    return clerks.order_by("staff_no").first()


def seed_letters(*, now: datetime) -> None:
    """Some letters; an advertisement is set aside."""
    clerk = _clerk()
    for place, (name, phone, home, words, mail) in enumerate(_FORMS):
        arrived = now - timedelta(minutes=25 + 47 * place)
        files = [MailFile("房产证.pdf", b"%PDF-1.4\n% demo\n")] if "房产证" in words else []
        receive_web(
            letter=WebLetter(
                id=_id(None, f"form:{place}"),
                name=name,
                phone=phone,
                mail=mail,
                place=home,
                words=words,
            ),
            files=files,
            by=Bringing(file_store(), arrived, arrived),
        )
    for place, (sender, subject, words, headers) in enumerate(_MAILS):
        arrived = now - timedelta(minutes=12 + 31 * place)
        letter = receive_mail(
            mail=read_mail(_mail(place, sender, subject, words, headers)),
            own_address="",
            by=Bringing(file_store(), arrived, arrived),
            letter_id=_id(None, f"mail:{place}"),
        )
        if clerk and "推广" in sender and letter.state == letter.State.NEW:
            act = _id(None, f"aside:{place}")
            set_aside(act_id=act, letter_id=letter.pk, reason="advertising", by=clerk, now=arrived)


def _mail(place: int, sender: str, subject: str, words: str, headers: dict[str, str]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = sender, subject
    message["Message-ID"] = f"<demo-{place}@example.com>"
    for name, value in headers.items():
        message[name] = value
    message.set_content(words)
    return message.as_bytes()


def _id(now: datetime | None, name: str) -> uuid.UUID:
    """The same thing has the same id in every run, those of the hall in every run of a day."""
    return part_of(_SPACE, f"{today(now) if now else ''}:{name}")
