"""Sending an article to a customer by SMS."""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.core.events import Scalar
from shouwen.core.guiding import Step
from shouwen.journal.operations import record
from shouwen.knowledge.models import Article
from shouwen.knowledge.queries import steps_of, subject_of
from shouwen.messages.models import Message
from shouwen.messages.operations import send
from shouwen.people.models import Staff

TEXT = "article-sent"
LONGEST = 240


class NotForCustomers(Exception):
    """The article is for our own people, is withdrawn, or has nothing that can be sent."""


@transaction.atomic
def send_article(
    *,
    act_id: uuid.UUID,
    article: Article,
    to: str,
    by: Staff,
    now: datetime,
    call_id: uuid.UUID | None = None,
) -> Message:
    """Asks for the SMS and journals it; the same act again is the same message.

    `to` is a number, `call_id` the call on which it was wished for. Raises NotForCustomers.
    """
    words = words_for_sms(article)
    if not words:
        raise NotForCustomers(article.slug)
    subject = subject_of(article.slug)
    message = send(
        key=f"article:{act_id}",
        channel="sms",
        to=to,
        text_id=TEXT,
        params={"title": article.title, "words": words},
        about=subject,
        now=now,
        by=by.staff_no,
    )
    if message.asked_at == now:
        data: dict[str, Scalar] = {"channel": "sms", "version": article.version}
        record(
            id=act_id,
            kind="article.sent",
            subject=subject,
            happened_at=now,
            now=now,
            actor=by.staff_no,
            data=data | ({"call": str(call_id)} if call_id else {}),
        )
    return message


def words_for_sms(article: Article) -> str:
    """What is sent: the steps numbered, as many as fit; empty for what is not for customers."""
    is_theirs = article.audience == Article.Audience.CUSTOMER and article.withdrawn_at is None
    if not is_theirs:
        return ""
    told = [step for step in steps_of(article) if step.kind in ("say", "do")]
    return _fitted(told)


def _fitted(steps: list[Step]) -> str:
    text = ""
    for number, step in enumerate(steps, start=1):
        more = f"{number}. {step.text.rstrip('。；')}；" if len(steps) > 1 else step.text
        if len(text) + len(more) > LONGEST:
            break
        text += more
    return f"{text.rstrip('；。')}。" if text else ""
