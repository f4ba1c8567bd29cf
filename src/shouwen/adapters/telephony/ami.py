"""A client of Asterisk's manager interface: signs in, listens, keeps the line alive, comes back after a loss.

It says what it hears in order as `Up`, `Down` and `Told`; a listener that is slow slows the
exchange down instead of filling the memory. Settings come as one address,
`ami://user@host:5038?trunks=trunk`, see `account`.
"""

import asyncio
import contextlib
import random
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from urllib.parse import parse_qs, unquote, urlsplit

from shouwen.adapters.telephony.ami_wire import Block, Blocks, answer_to, written

PORT, TLS_PORT = 5038, 5039
MOST_WAITING = 2000  # messages between the line and the listener
_PIECE = 16 * 1024  # bytes
_SIGN_IN = "sign-in"
_BEFORE_SIGN_IN = ("Challenge", "Login")


class BadAddress(ValueError):
    """The address of the exchange cannot be used; the text says why and what to write, in both languages."""


class NotConnected(Exception):
    """There is no line to the exchange at the moment."""


class ActionRefused(Exception):
    """The exchange does not do it; the text is its reason."""


class SignInRefused(Exception):
    """The exchange does not take name and secret, or is no manager interface."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where the exchange is and who we are there.

    trunks          endpoints on which customers come in and are called, as `PJSIP/<endpoint>-…` shows them
    dial_context    where numbers are dialled for click-to-dial and transfers
    technology      of the agents' telephones; `{technology}/{prefix}{extension}` is one of them
    has_talk_keys   telephones that answer and hold when told so (SIP NOTIFY `talk` and `hold`)
    queues          queues that a waiting call can be sent to, as extensions of `dial_context`
    """

    host: str
    user: str
    secret: str = field(repr=False)
    port: int = PORT
    has_tls: bool = False
    trunks: frozenset[str] = frozenset()
    dial_context: str = "shouwen-out"
    technology: str = "PJSIP"
    prefix: str = ""
    has_talk_keys: bool = False
    queues: tuple[str, ...] = ()
    ping_seconds: float = 15.0
    timeout: float = 10.0
    shortest_pause: float = 0.5
    longest_pause: float = 30.0


@dataclass(frozen=True, slots=True)
class Up:
    """The line stands and we are signed in, since `at`."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Down:
    """The line is lost, or could not be had; `why` for the log and the doctor."""

    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """One message of the exchange, and when it reached us."""

    at: datetime
    block: Block


Heard = Up | Down | Told


def account(*, url: str, secret: str) -> Account:
    """The account in `ami://user@host:port?trunks=NAME,NAME&…` (`amis://` over TLS). Raises BadAddress."""
    parts = urlsplit(url)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    try:
        port = parts.port or (TLS_PORT if parts.scheme == "amis" else PORT)
    except ValueError:
        raise BadAddress(f"{url}: 端口不对 / the port is no port") from None
    if parts.scheme not in ("ami", "amis") or not parts.hostname or not parts.username:
        raise BadAddress(
            f"{url}: 写成 ami://用户@主机:5038?trunks=中继端点"
            " / write ami://user@host:5038?trunks=endpoint-of-the-trunk"
        )
    if parts.password or not secret:
        raise BadAddress(
            "AMI 口令只放在 SHOUWEN_TELEPHONY_SECRET_FILE 指的文件里"
            " / the secret belongs in the file named by SHOUWEN_TELEPHONY_SECRET_FILE, only there"
        )
    trunks = frozenset(filter(None, asked.get("trunks", "").split(",")))
    if not trunks:
        raise BadAddress(
            f"{url}: 缺 trunks=：哪些端点是外线，不猜"
            " / trunks= is missing: which endpoints lead outside is not guessed"
        )
    return Account(
        host=parts.hostname,
        user=unquote(parts.username),
        secret=secret,
        port=port,
        has_tls=parts.scheme == "amis",
        trunks=trunks,
        dial_context=asked.get("dial_context", "shouwen-out"),
        technology=asked.get("technology", "PJSIP"),
        prefix=asked.get("prefix", ""),
        has_talk_keys=asked.get("talk_keys", "0") == "1",
        queues=tuple(filter(None, asked.get("queues", "").split(","))),
    )


class AmiClient:
    """One line to one exchange. `listen` keeps it up; `act` asks for something in between."""

    def __init__(self, account: Account, *, now: Callable[[], datetime]) -> None:
        self.account = account
        self.dropped = 0
        self._now = now
        self._writer: asyncio.StreamWriter | None = None
        self._answers: dict[str, asyncio.Future[Block]] = {}
        self._names = count(1)
        self._stopped = asyncio.Event()
        self._is_quiet = True
        self._is_up = False

    def stop(self) -> None:
        """Ends `listen` in good order."""
        self._stopped.set()

    async def listen(self) -> AsyncIterator[Heard]:
        """Everything that is heard, in order, until `stop`; a lost line is sought again with growing pauses."""
        failures = 0
        while not self._stopped.is_set():
            try:
                async for heard in self._one_line():
                    failures = 0 if isinstance(heard, Up) else failures
                    yield heard
                if self._stopped.is_set():
                    return
                why = "closed by the exchange"
            except (OSError, TimeoutError, ssl.SSLError, SignInRefused) as error:
                why = f"{type(error).__name__}: {error}"
            finally:
                await self._hang_up()
            yield Down(self._now(), why)
            failures += 1
            await self._pause(failures)

    async def act(self, action: str, fields: Mapping[str, str] = {}, **variables: str) -> Block:
        """What the exchange answers to an action. Raises NotConnected, ActionRefused, ValueError."""
        if not self._is_up and action not in _BEFORE_SIGN_IN:
            raise NotConnected("not signed in")
        name = fields.get("ActionID") or f"s{next(self._names)}"
        answer = self._answers[name] = asyncio.get_running_loop().create_future()
        try:
            await self._send(written(action, {"ActionID": name, **fields}, variables))
            block: Block = await asyncio.wait_for(answer, self.account.timeout)
        except (OSError, TimeoutError) as error:
            raise NotConnected(str(error) or "no answer") from error
        finally:
            self._answers.pop(name, None)
        if block.get("response", "").lower() not in ("success", "goodbye"):
            raise ActionRefused(block.get("message", "") or block.get("response", ""))
        return block

    async def send(self, action: str, fields: Mapping[str, str] = {}) -> None:
        """Asks for something whose answer comes as events. Raises NotConnected."""
        try:
            await self._send(written(action, {"ActionID": f"s{next(self._names)}", **fields}))
        except OSError as error:
            raise NotConnected(str(error)) from error

    async def _send(self, data: bytes) -> None:
        if self._writer is None or self._writer.is_closing():
            raise NotConnected("no line")
        self._writer.write(data)
        await self._writer.drain()

    async def _one_line(self) -> AsyncIterator[Heard]:
        context = ssl.create_default_context() if self.account.has_tls else None
        reader, self._writer = await asyncio.wait_for(
            asyncio.open_connection(
                self.account.host, self.account.port, ssl=context, limit=_PIECE
            ),
            self.account.timeout,
        )
        waiting: asyncio.Queue[Heard | BaseException] = asyncio.Queue(MOST_WAITING)
        tasks = [
            asyncio.create_task(self._read(reader, waiting)),
            asyncio.create_task(self._keep(waiting)),
        ]
        try:
            while not isinstance(heard := await waiting.get(), BaseException):
                yield heard
            if not isinstance(heard, EOFError | asyncio.CancelledError):
                raise heard
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep(self, waiting: "asyncio.Queue[Heard | BaseException]") -> None:
        """Signs in, then asks for a sign of life now and then, until somebody stops us."""
        try:
            await self._sign_in()
            while not await _is_set(self._stopped, within=self.account.ping_seconds):
                await self._ping(waiting)
            await waiting.put(EOFError())
        except NotConnected as error:
            await waiting.put(ConnectionError(f"no sign of life: {error}"))
        except SignInRefused as error:
            await waiting.put(error)

    async def _ping(self, waiting: "asyncio.Queue[Heard | BaseException]") -> None:
        """The line is dead when nothing comes for a while, unless it is us who are not listening."""
        self._is_quiet = True
        try:
            await self.act("Ping")
        except NotConnected:
            if self._is_quiet and not waiting.full():
                raise

    async def _sign_in(self) -> None:
        try:
            block = await self.act("Challenge", {"AuthType": "MD5"})
            key = answer_to(block.get("challenge", ""), secret=self.account.secret)
            proof = {"AuthType": "MD5", "Username": self.account.user, "Key": key}
            await self.act("Login", {"ActionID": _SIGN_IN, **proof, "Events": "on"})
        except ActionRefused as error:
            raise SignInRefused(str(error)) from error

    async def _read(
        self,
        reader: asyncio.StreamReader,
        waiting: "asyncio.Queue[Heard | BaseException]",
    ) -> None:
        blocks = Blocks()
        try:
            while data := await reader.read(_PIECE):
                self._is_quiet = False
                for block in blocks.feed(data):
                    await self._sort(block, waiting)
                self.dropped = blocks.dropped
            await waiting.put(EOFError())
        except OSError as error:
            await waiting.put(error)

    async def _sort(self, block: Block, waiting: "asyncio.Queue[Heard | BaseException]") -> None:
        if "event" in block:
            await waiting.put(Told(self._now(), block))
            return
        name = block.get("actionid", "")
        answer = self._answers.get(name)
        if answer is None or "response" not in block or answer.done():
            return
        if name == _SIGN_IN and block["response"] == "Success":
            self._is_up = True
            await waiting.put(Up(self._now()))  # before the first event
        answer.set_result(block)

    async def _hang_up(self) -> None:
        writer, self._writer, self._is_up = self._writer, None, False
        if writer is None:
            return
        with contextlib.suppress(OSError, TimeoutError, ValueError):
            if self._stopped.is_set():
                writer.write(written("Logoff", {}))
            writer.close()
            await asyncio.wait_for(writer.wait_closed(), 1)

    async def _pause(self, failures: int) -> None:
        """Twice as long each time, and never all clients at once."""
        longest = min(
            self.account.shortest_pause * 2 ** min(failures - 1, 16), self.account.longest_pause
        )
        spread = random.uniform(0.5, 1.0)  # noqa: S311 - no secret
        await _is_set(self._stopped, within=longest * spread)


async def _is_set(event: asyncio.Event, *, within: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), within)
    except TimeoutError:
        return False
    return True
