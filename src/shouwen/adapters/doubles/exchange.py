"""An exchange that speaks the manager interface over a real socket and replays what a real one said."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shouwen.adapters.telephony.ami_wire import Block, Blocks, answer_to

Message = tuple[str, dict[str, str]]
"""The kind of an event and its fields, as a real exchange named them."""
_CHALLENGE = "148210931"
_BANNER = b"Asterisk Call Manager/11.0.0\r\n"


@dataclass
class ExchangeDouble:
    """What the exchange says on each line it is called on, and what it was asked.

    `lines` holds for each connection, in order, what is said after the sign-in: messages, or bytes as
    they are (garbage). Each ends after its messages, only the last stays open.
    `channels` is what it answers when asked which channels there are.
    """

    secret: str
    lines: Sequence[Sequence[Message | bytes]]
    channels: list[dict[str, str]] = field(default_factory=list)
    is_mute: bool = False
    refused: dict[str, str] = field(default_factory=dict)
    asked: list[Block] = field(default_factory=list)
    sign_ins: int = 0
    port: int = 0
    _loop: asyncio.AbstractEventLoop | None = None
    _open: list[asyncio.StreamWriter] = field(default_factory=list)
    _lines: list[asyncio.StreamWriter] = field(default_factory=list)

    def hang_up_all(self) -> None:
        """Cuts every line at once, as a network does."""

        def cut() -> None:
            for writer in self._open:
                writer.transport.abort()

        self._soon(cut)

    def say(self, *messages: Message | bytes) -> None:
        """Says something more on every open line."""

        def write() -> None:
            for writer in self._open:
                for message in messages:
                    writer.write(_bytes(message))

        self._soon(write)

    def _soon(self, do: Callable[[], None]) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(do)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self._lines.append(writer)
        writer.write(_BANNER)
        blocks = Blocks()
        try:
            while data := await _read(reader):
                for block in blocks.feed(data):
                    self.asked.append(block)
                    if not self.is_mute:
                        await self._answer(block, writer)
        except OSError:
            pass  # they hung up while we spoke
        finally:
            writer.close()

    async def _answer(self, block: Block, writer: asyncio.StreamWriter) -> None:
        action, name = block.get("action", ""), block.get("actionid", "")
        if action == "Challenge":
            _write(writer, {"Response": "Success", "ActionID": name, "Challenge": _CHALLENGE})
        elif action == "Login":
            await self._sign_in(block, writer)
        elif action in self.refused:
            answer = {"Response": "Error", "ActionID": name, "Message": self.refused[action]}
            _write(writer, answer)
        elif action == "CoreShowChannels":
            _write(writer, {"Response": "Success", "ActionID": name, "EventList": "start"})
            for channel in self.channels:
                _write(writer, {"Event": "CoreShowChannel", "ActionID": name, **channel})
            _write(writer, {"Event": "CoreShowChannelsComplete", "ActionID": name})
        else:
            _write(writer, {"Response": "Success", "ActionID": name, "Ping": "Pong"})

    async def _sign_in(self, block: Block, writer: asyncio.StreamWriter) -> None:
        name = block.get("actionid", "")
        if block.get("key") != answer_to(_CHALLENGE, secret=self.secret):
            _write(
                writer, {"Response": "Error", "ActionID": name, "Message": "Authentication failed"}
            )
            return
        _write(
            writer, {"Response": "Success", "ActionID": name, "Message": "Authentication accepted"}
        )
        self.sign_ins += 1
        self._open.append(writer)
        if self.sign_ins > len(self.lines):
            return
        for message in self.lines[self.sign_ins - 1]:
            writer.write(_bytes(message))
            await writer.drain()
        if self.sign_ins < len(self.lines):
            writer.close()


@contextmanager
def running_exchange(double: ExchangeDouble) -> Iterator[ExchangeDouble]:
    """Listens on this machine until the block ends."""
    double._loop = loop = asyncio.new_event_loop()
    ready = threading.Event()
    done = asyncio.Event()

    async def listen() -> None:
        server = await asyncio.start_server(double.serve, "127.0.0.1", double.port)
        double.port = server.sockets[0].getsockname()[1]
        ready.set()
        await done.wait()
        server.close()
        for writer in double._lines:
            writer.transport.abort()
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))

    thread = threading.Thread(target=loop.run_until_complete, args=(listen(),), daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield double
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join(5)
        loop.close()


def trace(
    path: Path, *, began_at: datetime, keep: Callable[[str], bool] = bool
) -> Sequence[Message]:
    """The manager messages of a recorded trace, each with the exchange's own time from `began_at`."""
    found: list[Message] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.pop("src") != "AMI" or not keep(row["Event"]):
            continue
        at = began_at + timedelta(seconds=row.pop("t"))
        stamp = f"{at.astimezone(UTC).timestamp():.6f}"
        kind = row.pop("Event")
        found.append((kind, {"Timestamp": stamp, **{k: str(v) for k, v in row.items()}}))
    return found


async def _read(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read(4096)
    except OSError:
        return b""


def _bytes(message: Message | bytes) -> bytes:
    if isinstance(message, bytes):
        return message
    kind, fields = message
    return _block({"Event": kind, **fields})


def _write(writer: asyncio.StreamWriter, fields: dict[str, str]) -> None:
    writer.write(_block(fields))


def _block(fields: dict[str, str]) -> bytes:
    return ("".join(f"{k}: {v}\r\n" for k, v in fields.items()) + "\r\n").encode()
