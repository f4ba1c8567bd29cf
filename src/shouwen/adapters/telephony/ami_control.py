"""What agents ask of an Asterisk at the screen, as actions of its manager interface."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from shouwen.adapters.telephony.ami import Account
from shouwen.adapters.telephony.ami_calls import AmiCalls
from shouwen.adapters.telephony.ami_legs import Leg

What = Literal["answer", "hold", "resume", "transfer", "hang_up", "dial", "redirect"]
RING_MILLISECONDS = "30000"
_TALK: Mapping[str, str] = {"answer": "talk", "resume": "talk", "hold": "hold"}


class CannotDo(Exception):
    """This exchange, or this telephone, does not do it; the text says what to do instead, in both languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one agent at one extension wants: of a call, or of a number to be dialled."""

    id: UUID
    what: What
    call: str = ""
    extension: str = ""
    to: str = ""
    queue: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One action of the manager interface."""

    name: str
    fields: Mapping[str, str]
    variables: Mapping[str, str] = field(default_factory=dict)


def action_for(wish: Wish, *, account: Account, calls: AmiCalls) -> Action:
    """The action that does what is wanted. Raises CannotDo."""
    if wish.what == "dial":
        return _dial(wish, account)
    if wish.what == "redirect":
        return _redirect(wish, account, calls)
    leg = calls.leg_of(wish.call, extension=wish.extension)
    if leg is None:
        raise CannotDo(
            "交换机上没有这通电话的分机 / the exchange has no telephone of yours on this call"
        )
    if wish.what == "hang_up":
        return Action("Hangup", {"Channel": leg.channel, "Cause": "16"})
    if wish.what == "transfer":
        return Action(
            "Atxfer",
            {"Channel": leg.channel, "Exten": wish.to, "Context": account.dial_context},
        )
    return _key(wish, leg, account)


def _dial(wish: Wish, account: Account) -> Action:
    if not wish.extension:
        raise CannotDo("先登记分机再拨号 / sign in at an extension before you dial")
    return Action(
        "Originate",
        {
            "ActionID": f"dial-{wish.id}",
            "Channel": f"{account.technology}/{account.prefix}{wish.extension}",
            "Context": account.dial_context,
            "Exten": wish.to,
            "Priority": "1",
            "CallerID": wish.to,
            "Timeout": RING_MILLISECONDS,
            "Async": "true",
        },
        {"SHOUWEN_ACT": str(wish.id)},
    )


def _redirect(wish: Wish, account: Account, calls: AmiCalls) -> Action:
    """Takes the customer out of wherever they wait and sends them on: a telephone, or a queue's extension."""
    customer = calls.customer_of(wish.call)
    if customer is None:
        raise CannotDo("交换机上没有这通电话 / the exchange has no such call any more")
    return Action(
        "Redirect",
        {
            "Channel": customer.channel,
            "Context": account.dial_context,
            "Exten": wish.queue or wish.to,
            "Priority": "1",
        },
    )


def _key(wish: Wish, leg: Leg, account: Account) -> Action:
    """Only the telephone itself answers and holds; some do it when told by the exchange."""
    if not account.has_talk_keys:
        raise CannotDo(
            "请在话机上操作：这台交换机没有开通远程接听和保持"
            " / use the telephone: answering and holding from here are not enabled (talk_keys=1)"
        )
    return Action("PJSIPNotify", {"Channel": leg.channel}, {"Event": _TALK[wish.what]})
