"""What a call leaves for the record: who called from where, about what, and what was promised."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Literal

from shouwen.core.calls import CallRecord
from shouwen.core.text.danger import alarm_words
from shouwen.core.text.home_address import Address, addresses, parse_address
from shouwen.core.text.people import (
    FEMALE_FORMS,
    MALE_FORMS,
    addressed,
    surname_of,
    title_of,
)
from shouwen.core.text.promising import Promised, promises_in, was_put_off
from shouwen.core.text.spoken import last_digits, phone_numbers
from shouwen.core.text.summary import matter

Source = Literal["record", "customer", "agent"]
_NO_ESTATES: Mapping[str, str] = MappingProxyType({})
_ANSWERS_LATER = frozenset({"consultation", "new_connection", "home_service", "other"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The facts of one call. What was neither on record nor said is empty.

    `sources` tells for surname, phone and address who they come from: the record on the
    screen, the customer's words, or the agent's words that the customer did not deny.
    `spoken` holds those of `name`, `phone`, `address`, `content` that were said or confirmed
    on the call itself. `deferred`: the customer left without the answer. `promises` carry the
    turn, the agent's words and the time as it was said.
    """

    surname: str = ""
    title: str = ""
    phone: str = ""
    address: Address | None = None
    place: str = ""
    summary: str = ""
    promises: tuple[Promised, ...] = ()
    deferred: bool = False
    apologised: bool = False
    danger: bool = False
    danger_words: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    spoken: frozenset[str] = frozenset()

    @property
    def promised_call_back(self) -> Promised | None:
        """The call-back promised, if one was: the last one with a time, else the last."""
        return self._promise("call_back")

    @property
    def promised_answer(self) -> Promised | None:
        """The answer promised by no particular way, if one was."""
        return self._promise("answer")

    @property
    def promised_visit(self) -> Promised | None:
        """The visit agreed or announced, if one was."""
        return self._promise("visit")

    def _promise(self, kind: str) -> Promised | None:
        made = [promise for promise in self.promises if promise.kind == kind]
        timed = [promise for promise in made if promise.by is not None]
        found = timed or made
        return found[-1] if found else None


def what_was_said(
    call: CallRecord,
    *,
    estates: Mapping[str, str] = _NO_ESTATES,
    own_numbers: Collection[str] = (),
) -> Gathered:
    """The facts of a call, from the record on the screen and from what both sides said.

    `estates` maps spellings of estates to their names; `own_numbers` are the company's, never
    a caller's. Times of promises count from the moment they were said. Nothing is guessed: a
    fact that was not heard stays empty.
    """
    name, name_from = _name(call)
    phone, phone_from = _phone(call, own_numbers)
    address, address_from = _address(call, estates)
    sources = {"surname": name_from, "phone": phone_from, "address": address_from}
    customer = [turn.text for _, turn in call.by("customer")]
    danger = alarm_words(customer) if call.direction == "inbound" else ()
    made = _promises(call)
    return Gathered(
        surname=name[0],
        title=name[1],
        phone=phone,
        address=address,
        place=address.text if address and address.is_complete else _place(customer),
        summary=_summary(call),
        promises=made,
        deferred=_is_deferred(call, made),
        apologised=any(_SORRY.search(turn.text) for _, turn in call.by("agent")),
        danger=bool(danger) or call.kind == "alarm",
        danger_words=danger,
        sources={fact: source for fact, source in sources.items() if source},
        spoken=frozenset(_spoken(call, name[0], phone, address)),
    )


_SORRY = re.compile(r"对不起|对不住|抱歉|不好意思|道歉|道个歉|请.{0,2}谅解|见谅")
_DENIES = re.compile(r"^(?:不是|不对|错了|没有|不)|不对|错了|念错|不姓|搬(?:家|走)了")
_MY_NUMBER = re.compile(
    r"打我|打这个|打给我|我(?:的)?(?:电话|手机|号)|电话(?:是|记|留|打)|留(?:这个|一个)|联系我|换(?:个|一个)?号"
)
_THIS_NUMBER = re.compile(r"(?:这个|来电|您的?)(?:号码?|电话)|就打这个|这个手机")
_WHERE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,10}?(?:养老院|饭店|餐馆|酒店|宾馆|学校|医院|幼儿园|超市|食堂|工厂|公司|店)(?!员|里))|"
    r"(?:[\u4e00-\u9fff0-9]{2,14}?(?:门口|路口|旁边|对面|附近|拐角|桥头|[东西南北][边侧头]))"
)
_WHERE_LEAD_IN = re.compile(r"^.*(?:[我你]们?的?|是|在|到|去|从|(?<!公)开)")


def _name(call: CallRecord) -> tuple[tuple[str, str], Source | Literal[""]]:
    """Surname and title: what callers say themselves goes before the record, which can be wrong."""
    said = next((name for _, turn in call.by("customer") if (name := surname_of(turn.text))), "")
    heard = [
        person
        for _, turn in call.by("agent")
        for person in addressed(turn.text)
        if person.form in MALE_FORMS + FEMALE_FORMS
    ]
    record = call.customer
    if said:
        title = next((title_of(person.form) for person in heard if person.surname == said), "")
        same = record is not None and record.surname == said
        return (said, title or (record.title if record and same else "")), "customer"
    if record is not None and record.surname:
        return (record.surname, record.title), "record"
    if heard:
        return (heard[-1].surname, title_of(heard[-1].form)), "agent"
    return ("", ""), ""


def _phone(call: CallRecord, own: Collection[str]) -> tuple[str, Source | Literal[""]]:
    record = call.customer.phone if call.customer else ""
    given = [
        (phone, text)
        for text in _utterances(call)
        for phone in phone_numbers(text, except_for=own)
    ]
    for phone, text in given:
        if not record or _MY_NUMBER.search(text):
            return phone, "customer"
    if record:
        return record, "record"
    repeated = (
        phone for _, turn in call.by("agent") for phone in phone_numbers(turn.text, except_for=own)
        if phone.startswith("1")
    )  # fmt: skip
    phone = next(repeated, "")
    return phone, "agent" if phone else ""


def _utterances(call: CallRecord) -> Iterator[str]:
    """The customer's turns, those parted only by a short word of the agent joined: 一四零 / 嗯 / 三三零零."""
    pending: list[str] = []
    for turn in call.turns:
        if turn.speaker == "customer":
            pending.append(turn.text)
        elif pending and not _BACKCHANNEL.fullmatch(turn.text):
            yield "，".join(pending)
            pending = []
    if pending:
        yield "，".join(pending)


_BACKCHANNEL = re.compile(r"(?:嗯|哦|噢|啊|好的?|对|是的?|行|您说|请讲|您讲|继续|[，。,.\s])+")


def _address(
    call: CallRecord, estates: Mapping[str, str]
) -> tuple[Address | None, Source | Literal[""]]:
    record = parse_address(call.customer.address, estates=estates) if call.customer else None
    said = _joined([a for text in _utterances(call) for a in addresses(text, estates=estates)])
    if said is not None and said.is_complete:
        return said, "customer"
    if record is not None:
        return (
            (_corrected(call, record, said), "customer")
            if _denied(call, said)
            else (record, "record")
        )
    for index, turn in call.by("agent"):
        repeated = parse_address(turn.text, estates=estates)
        if repeated is not None and repeated.is_complete and not _is_denied_after(call, index):
            return repeated, "agent"
    return said, "customer" if said else ""


def _joined(parts: list[Address]) -> Address | None:
    """Halves of one address put together; the last whole one when the customer names several."""
    whole: Address | None = None
    for part in parts:
        whole = (
            part if whole is None else whole.joined(part) or (part if part.is_complete else whole)
        )
    return whole


def _denied(call: CallRecord, said: Address | None) -> bool:
    return said is not None and any(_DENIES.search(turn.text) for _, turn in call.by("customer"))


def _corrected(call: CallRecord, record: Address, said: Address | None) -> Address:
    """The record with the parts that the customer put right: `不对，是12号楼`."""
    if said is None:
        return record
    return Address(
        estate=said.estate or record.estate,
        building=said.building or record.building,
        unit=said.unit or record.unit,
        flat=said.flat or record.flat,
        door=said.door or record.door,
    )


def _is_denied_after(call: CallRecord, index: int) -> bool:
    following = (turn for turn in call.turns[index + 1 : index + 3] if turn.speaker == "customer")
    return any(_DENIES.search(turn.text) for turn in following)


def _place(texts: list[str]) -> str:
    """Where it is when no flat was named: a shop, a street corner, in the customer's words."""
    found = [_WHERE_LEAD_IN.sub("", match[0]) for text in texts for match in _WHERE.finditer(text)]
    return " ".join(dict.fromkeys(place for place in found if _WHERE.fullmatch(place)))[:60]


def _summary(call: CallRecord) -> str:
    """What the customer said; on our own calls, what they were about."""
    speaker: Literal["agent", "customer"] = "customer" if call.direction == "inbound" else "agent"
    texts = (
        list(_utterances(call)) if speaker == "customer" else [t.text for _, t in call.by(speaker)]
    )
    return matter(texts)


def _promises(call: CallRecord) -> tuple[Promised, ...]:
    return tuple(
        promise
        for index, turn in call.by("agent")
        for promise in promises_in(
            call.turns,
            index,
            said_at=call.started_at + timedelta(seconds=turn.start),
            kind=call.kind,
        )
    )


def _is_deferred(call: CallRecord, made: tuple[Promised, ...]) -> bool:
    if call.kind not in _ANSWERS_LATER or call.direction != "inbound":
        return False
    later = any(promise.kind in ("call_back", "answer") for promise in made)
    return later or any(was_put_off(turn.text) for _, turn in call.by("agent"))


def _spoken(call: CallRecord, surname: str, phone: str, address: Address | None) -> Iterator[str]:
    """Which facts of the record were said or confirmed on the call."""
    texts = [turn.text for turn in call.turns]
    agent = [turn.text for _, turn in call.by("agent")]
    if surname and any(surname in text for text in texts):
        yield "name"
    if phone and _phone_was_said(phone, texts, agent):
        yield "phone"
    if address and any(_names(address, text) for text in texts):
        yield "address"
    if matter([turn.text for _, turn in call.by("customer")]):
        yield "content"


def _phone_was_said(phone: str, texts: list[str], agent: list[str]) -> bool:
    if any(phone in phone_numbers(text) for text in texts):
        return True
    return any(
        _THIS_NUMBER.search(text) or ((tail := last_digits(text)) and phone.endswith(tail))
        for text in agent
    )


def _names(address: Address, text: str) -> bool:
    wanted = (address.building, address.unit, address.flat, address.door)
    return any(wanted == (a.building, a.unit, a.flat, a.door) for a in addresses(text))
