"""The line to Asterisk: what comes over it in pieces, in a mess, or not at all."""

import asyncio
import os
from collections.abc import Sequence

import pytest

from shouwen.adapters import system_clock
from shouwen.adapters.doubles.exchange import ExchangeDouble, Message, running_exchange, trace
from shouwen.adapters.telephony.ami import (
    MOST_WAITING,
    ActionRefused,
    AmiClient,
    BadAddress,
    Down,
    Heard,
    NotConnected,
    Told,
    Up,
    account,
)
from shouwen.adapters.telephony.ami_wire import MOST_LINE, Block, Blocks, written
from tests.adapters.telephony import lines
from tests.loops import ran

MESSAGE: Message = ("Newchannel", {"Channel": "PJSIP/trunk-1", "Uniqueid": "1.1"})
WIRE = b"Asterisk Call Manager/11.0.0\r\nEvent: A\r\nChannel: x: y\r\n\r\nEvent: B\r\n\r\n"


def events(found: Sequence[Heard]) -> list[str]:
    return [each.block["event"] for each in found if isinstance(each, Told)]


def why(heard: Heard) -> str:
    assert isinstance(heard, Down)
    return heard.why


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_messages_are_whole_in_whatever_pieces_they_come(size: int) -> None:
    blocks = Blocks()
    pieces = [WIRE[i : i + size] for i in range(0, len(WIRE), size)]

    found = [dict(block) for piece in pieces for block in blocks.feed(piece)]

    assert found == [{"event": "A", "channel": "x: y"}, {"event": "B"}]


def test_garbage_is_counted_and_the_message_after_it_is_heard() -> None:
    blocks = Blocks()
    noise = bytes(range(1, 256)) * 9 + b"\r\n\r\n" + b"x" * (MOST_LINE * 3) + b"\r\n\r\n"

    found = [dict(block) for block in blocks.feed(noise + b"Event: After\r\n\r\n")]

    assert found[-1] == {"event": "After"}
    assert blocks.dropped > 0


def test_a_line_without_an_end_does_not_fill_the_memory() -> None:
    blocks = Blocks()
    for _ in range(100):
        list(blocks.feed(b"y" * MOST_LINE))

    assert len(blocks._rest) <= MOST_LINE
    assert [dict(b) for b in blocks.feed(b"\r\n\r\nEvent: After\r\n\r\n")] == [{"event": "After"}]


def test_control_signs_never_reach_the_database() -> None:
    (block,) = Blocks().feed(b"Event: A\x00B\x1b[0m\r\n\r\n")

    assert block["event"].isprintable()


def test_a_value_cannot_break_out_of_its_line() -> None:
    with pytest.raises(ValueError, match="line break"):
        written("Originate", {"Exten": "1\r\nAction: Logoff"})


def test_signs_in_without_sending_the_secret_and_hears_what_is_said() -> None:
    with running_exchange(ExchangeDouble(secret=lines.SECRET, lines=[[MESSAGE]])) as double:
        found = lines.heard(double, until=lambda heard: len(heard) == 2)

    assert isinstance(found[0], Up)
    assert events(found) == ["Newchannel"]
    assert all(lines.SECRET not in str(block) for block in double.asked)


def test_a_refused_secret_is_told_and_tried_again() -> None:
    with running_exchange(ExchangeDouble(secret="another", lines=[])) as double:
        found = lines.heard(double, until=lambda heard: len(heard) == 2)

    assert [type(each) for each in found] == [Down, Down]
    assert "Authentication failed" in why(found[0])


def test_a_lost_line_is_sought_again() -> None:
    with running_exchange(
        ExchangeDouble(secret=lines.SECRET, lines=[[MESSAGE], [MESSAGE]])
    ) as double:
        found = lines.heard(double, until=lambda heard: len(events(heard)) == 2)

    assert [type(each) for each in found] == [Up, Told, Down, Up, Told]


def test_an_exchange_that_is_not_there_is_told_and_waited_for() -> None:
    double = ExchangeDouble(secret=lines.SECRET, lines=[], port=9)

    found = lines.heard(double, until=lambda heard: len(heard) == 3)

    assert all(isinstance(each, Down) for each in found)


def test_an_exchange_that_falls_silent_is_left() -> None:
    double = ExchangeDouble(secret=lines.SECRET, lines=[[MESSAGE]])
    with running_exchange(double):

        def until(heard: list[Heard]) -> bool:
            double.is_mute = len(heard) >= 2
            return isinstance(heard[-1], Down)

        found = lines.heard(double, until=until, timeout=0.2)

    assert "no sign of life" in why(found[-1])


def test_a_quiet_line_is_kept_alive() -> None:
    double = ExchangeDouble(secret=lines.SECRET, lines=[[MESSAGE]])
    with running_exchange(double):

        async def listen() -> None:
            client = AmiClient(lines.account(double, ping_seconds=0.02), now=system_clock.now)
            async for each in client.listen():
                if isinstance(each, Told):
                    await asyncio.sleep(0.2)
                    client.stop()

        ran(listen())

    assert sum(block["action"] == "Ping" for block in double.asked) >= 3
    assert double.asked[-1]["action"] == "Logoff"


def test_a_listener_that_is_slow_loses_nothing_and_holds_the_exchange_back() -> None:
    many = [(f"E{number}", {"Padding": "x" * 400}) for number in range(MOST_WAITING + 3000)]
    double = ExchangeDouble(secret=lines.SECRET, lines=[many])
    found: list[str] = []

    async def listen() -> None:
        client = AmiClient(
            lines.account(double, ping_seconds=0.05, timeout=0.1), now=system_clock.now
        )
        async for each in client.listen():
            assert not isinstance(each, Down)
            if isinstance(each, Told):
                if len(found) == 10:
                    await asyncio.sleep(0.6)  # longer than a ping may take
                found.append(each.block["event"])
            if len(found) == len(many):
                client.stop()

    with running_exchange(double):
        ran(asyncio.wait_for(listen(), 20))

    assert found == [name for name, _ in many]


def test_garbage_on_the_line_does_not_end_it() -> None:
    said: list[Message | bytes] = [
        MESSAGE,
        os.urandom(5000).replace(b":", b"") + b"\r\n\r\n",
        MESSAGE,
    ]
    with running_exchange(ExchangeDouble(secret=lines.SECRET, lines=[said])) as double:
        found = lines.heard(double, until=lambda heard: len(events(heard)) == 2)

    assert not any(isinstance(each, Down) for each in found)


def test_an_action_is_answered_or_refused_with_the_reason() -> None:
    double = ExchangeDouble(secret=lines.SECRET, lines=[[]], refused={"Hangup": "No such channel"})

    async def act() -> None:
        client = AmiClient(lines.account(double), now=system_clock.now)
        with pytest.raises(NotConnected):
            await client.act("Ping")
        tasks: list[asyncio.Task[Block]] = []
        async for each in client.listen():
            if isinstance(each, Up):
                asyncio.get_running_loop().call_later(0.3, client.stop)
                dialled = client.act("Originate", {"Exten": "114"}, A="1")
                ended = client.act("Hangup", {"Channel": "x"})
                tasks = [asyncio.create_task(dialled), asyncio.create_task(ended)]
        assert (await tasks[0])["response"] == "Success"
        with pytest.raises(ActionRefused, match="No such channel"):
            await tasks[1]

    with running_exchange(double):
        ran(act())

    asked = next(block for block in double.asked if block["action"] == "Originate")
    assert (asked["exten"], asked["variable"]) == ("114", "A=1")


def test_an_address_says_where_the_exchange_is() -> None:
    found = account(
        url="amis://tel@pbx.lan?trunks=trunk,sim&talk_keys=1&queues=hotline,repairs",
        secret="s3cret",
    )

    assert (found.host, found.port, found.has_tls) == ("pbx.lan", 5039, True)
    assert found.trunks == {"trunk", "sim"}
    assert found.queues == ("hotline", "repairs")
    assert "s3cret" not in repr(found)


@pytest.mark.parametrize(
    ("url", "secret", "told"),
    [
        ("http://tel@pbx", "x", "ami://user@host"),
        ("ami://pbx?trunks=t", "x", "ami://user@host"),
        ("ami://tel:pw@pbx?trunks=t", "x", "SHOUWEN_TELEPHONY_SECRET_FILE"),
        ("ami://tel@pbx?trunks=t", "", "SHOUWEN_TELEPHONY_SECRET_FILE"),
        ("ami://tel@pbx", "x", "trunks="),
        ("ami://tel@pbx:99999?trunks=t", "x", "port"),
    ],
)
def test_an_address_that_cannot_be_used_says_why(url: str, secret: str, told: str) -> None:
    with pytest.raises(BadAddress, match=told):
        account(url=url, secret=secret)


def test_a_trace_carries_the_exchanges_own_time() -> None:
    said = trace(lines.TRACES / "dp_agentfirst.jsonl", began_at=lines.BEGAN)

    kinds = [kind for kind, _ in said]
    assert kinds.count("DialEnd") == 1
    assert all("Timestamp" in fields for _, fields in said)
