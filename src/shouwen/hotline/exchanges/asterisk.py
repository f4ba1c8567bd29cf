"""Listening to an Asterisk, and passing on what agents ask of it at the screen."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from django.db import Error, connection

from shouwen.adapters.telephony.ami import (
    Account,
    ActionRefused,
    AmiClient,
    Down,
    Heard,
    NotConnected,
    Told,
    Up,
)
from shouwen.adapters.telephony.ami_calls import AmiCalls
from shouwen.adapters.telephony.ami_control import Action, CannotDo, Wish, action_for
from shouwen.core.telephony import LineEvent
from shouwen.hotline.exchanges.running import Keeping, keeping, say_state
from shouwen.hotline.operations.asking import answer_request, open_requests
from shouwen.hotline.queries import live_calls

SOURCE = "ami"
LOOK_SECONDS = 0.1
LOST_LINE = "与交换机的连接断了 / the line to the exchange is down"

_log = logging.getLogger(__name__)


def run(account: Account, *, folder: Path, stop: Event, clock: Callable[[], datetime]) -> None:
    """Listens until `stop` is set."""
    with keeping(source=SOURCE, folder=folder, stop=stop, clock=clock) as kept:
        asyncio.run(_Listener(account, kept, folder=folder, stop=stop, clock=clock).listen())


class _Listener:
    """One line to one exchange; the database is only touched on one thread beside it."""

    def __init__(
        self,
        account: Account,
        kept: Keeping,
        *,
        folder: Path,
        stop: Event,
        clock: Callable[[], datetime],
    ) -> None:
        self._account = account
        self._kept = kept
        self._folder = folder
        self._stop = stop
        self._clock = clock
        self._client = AmiClient(account, now=clock)
        self._calls = AmiCalls(trunks=account.trunks)
        self._database = ThreadPoolExecutor(1, thread_name_prefix="requests")

    async def listen(self) -> None:
        """Every event is on the disk before the next one is taken."""
        tasks = [asyncio.create_task(self._wait_for_stop())]
        try:
            await self._adopt()
            tasks.append(asyncio.create_task(self._serve()))
            async for heard in self._client.listen():
                events = self._events(heard)
                if events:
                    await asyncio.to_thread(self._kept.keep, events)
                if isinstance(heard, Up):
                    await self._ask_for_channels()
        finally:
            for task in tasks:
                task.cancel()
            self._database.submit(_let_go)
            self._database.shutdown()

    def _events(self, heard: Heard) -> Sequence[LineEvent]:
        match heard:
            case Up(at):
                say_state(self._folder, state="up", since=at)
                self._calls.back()
                return []
            case Down(at, why):
                _log.warning("no line to the exchange: %s", why)
                say_state(self._folder, state="down", since=at, why=why)
                return self._calls.lost(at=at)
            case Told(at, block):
                return self._calls.heard(block, at=at)

    async def _adopt(self) -> None:
        """Calls that were live when we ended last time; without a database they are the watch's."""
        try:
            live = await self._in_database(lambda: live_calls(source=SOURCE))
        except Error:
            _log.exception("the database did not answer; earlier calls are left to the watch")
            return
        events = self._calls.adopt(live, at=self._clock())
        if events:
            await asyncio.to_thread(self._kept.keep, events)

    async def _ask_for_channels(self) -> None:
        with contextlib.suppress(NotConnected):  # the loss is told by the line itself
            await self._client.send("CoreShowChannels")

    async def _wait_for_stop(self) -> None:
        while not self._stop.is_set():
            await asyncio.sleep(LOOK_SECONDS)
        self._client.stop()

    async def _serve(self) -> None:
        """Passes requests on as they come; each is answered once."""
        while True:
            try:
                requests = await self._in_database(lambda: open_requests(now=self._clock()))
                for wish in requests:
                    told = await self._do(wish)
                    await self._in_database(self._answer(wish, told))
            except Error:
                _log.exception("the database did not answer; requests wait")
                await self._in_database(_let_go)
            await asyncio.sleep(LOOK_SECONDS)

    def _answer(self, wish: Wish, refused: str) -> Callable[[], None]:
        return lambda: answer_request(request_id=wish.id, refused=refused, now=self._clock())

    async def _do(self, wish: Wish) -> str:
        """Why it was not done; empty when it was."""
        self._calls.moved_here(wish.call, is_moving=wish.what == "redirect")
        refused = await self._ask(wish)
        if refused:
            self._calls.moved_here(wish.call, is_moving=False)
        elif wish.what == "hang_up":
            self._calls.hang_up_asked_here(wish.call)
        return refused

    async def _ask(self, wish: Wish) -> str:
        try:
            action: Action = action_for(wish, account=self._account, calls=self._calls)
            await self._client.act(action.name, action.fields, **action.variables)
        except CannotDo as error:
            return str(error)
        except NotConnected:
            return LOST_LINE
        except (ActionRefused, ValueError) as error:
            return f"交换机没有执行 / the exchange did not do it: {error}"
        return ""

    async def _in_database(self, do: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._database, do)


def _let_go() -> None:
    """Closes the connection of the thread that runs this; taken as a value it would be another thread's."""
    connection.close()
