"""The demo as people start it: every process may be killed, Ctrl-C ends all, and a second run goes on."""

import http.cookiejar
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest

from shouwen.demo.past import CALLS
from shouwen.demo.run import SIGN_INS
from tests.calls import samples
from tests.servers import free_port

pytestmark = pytest.mark.skipif(
    os.environ.get("SHOUWEN_TEST_DATABASE") == "postgresql",
    reason="the demo brings its own SQLite database",
)

CHILDREN = ("serve", "worker", "ticker", "sealer")
COUNT = """
import shouwen
from shouwen.config.boot import django
django()
from shouwen.cases.models import Case
from shouwen.hotline.models import Call
from shouwen.journal.models import Entry
cases = Case.objects.count()
print(Call.objects.filter(source="replay").count(), cases, Entry.objects.filter(kind="case.reported").count())
"""


class Demo:
    """A running `shouwen demo` on a data folder and a port of its own."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.log = (home / "log").open("ab")
        words = ["demo", "--homes", "200", "--businesses", "5", "--port", str(port)]
        self.process = subprocess.Popen(
            # The kernel ends the demo when the tests are killed.
            ["setpriv", "--pdeathsig", "INT", "--", sys.executable, "-m", "shouwen.cli", *words],
            env=_environment(home),
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            process_group=0,
        )

    def children(self) -> dict[str, int]:
        """The number of each child process by its command."""
        pid = self.process.pid
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return {words[3]: int(child) for child in listed if len(words := _words(child)) > 3}

    def answers(self) -> bool:
        """Whether the sign-in page comes."""
        try:
            with urllib.request.urlopen(f"{self.address}/sign-in/", timeout=5) as page:  # noqa: S310 - our own
                return bool(page.status == 200)
        except OSError:
            return False

    def is_played(self) -> bool:
        """Whether the recorded calls are in: their process has ended and the others run."""
        there = self.children()
        return set(CHILDREN) <= set(there) and "demo-calls" not in there and self.answers()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(10)
        self.log.close()


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Demo]]:
    """Gives the demo with its calls played in: the one that runs, else a new run on the same folder."""
    home = tmp_path_factory.mktemp("demo")
    made: list[Demo] = []

    def run() -> Demo:
        if not made or made[-1].process.poll() is not None:
            made.append(Demo(home, free_port()))
        assert eventually(made[-1].is_played, seconds=120), (home / "log").read_text()
        return made[-1]

    yield run
    for each in made:
        each.close()


@pytest.fixture
def demo(runs: Callable[[], Demo]) -> Demo:
    """The demo, running."""
    return runs()


def test_every_killed_process_comes_back_and_the_site_answers(demo: Demo) -> None:
    before = demo.children()

    for name in CHILDREN:
        os.kill(before[name], signal.SIGKILL)
        assert eventually(partial(_came_back, demo, name, before[name])), name
        assert eventually(demo.answers), name

    assert demo.process.poll() is None


def test_all_processes_killed_at_once_come_back(demo: Demo) -> None:
    before = demo.children()

    for pid in before.values():
        os.kill(pid, signal.SIGKILL)

    assert eventually(lambda: all(_came_back(demo, name, before[name]) for name in CHILDREN))
    assert eventually(demo.answers)


def test_ctrl_c_ends_everything_within_three_seconds(demo: Demo) -> None:
    pids = demo.children().values()

    demo.process.send_signal(signal.SIGINT)
    asked_at = time.monotonic()
    code = demo.process.wait(10)

    assert time.monotonic() - asked_at <= 3
    assert code == 0
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    assert not demo.answers()


def test_a_second_run_goes_on_where_the_first_one_stopped(
    demo: Demo, runs: Callable[[], Demo]
) -> None:
    signs = (demo.home / SIGN_INS).read_bytes()
    played = len(samples()) + CALLS  # today's calls, and those of the weeks before
    assert eventually(lambda: _counts(demo.home)[0] == played)

    demo.close()
    again = runs()

    assert again is not demo
    assert (demo.home / SIGN_INS).read_bytes() == signs
    calls, cases, reports = _counts(demo.home)
    assert calls == played
    assert cases == reports
    assert _signs_in(again, *next(iter(json.loads(signs).items())))


def test_the_sign_ins_are_readable_by_their_owner_only(demo: Demo) -> None:
    mode = (demo.home / SIGN_INS).stat().st_mode

    assert mode & 0o077 == 0


def eventually(is_so: Callable[[], bool], *, seconds: float = 40) -> bool:
    """Whether it becomes so within some time."""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        if is_so():
            return True
        time.sleep(0.1)
    return False


def _came_back(demo: Demo, name: str, was: int) -> bool:
    return demo.children().get(name, was) != was


def _words(pid: str) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except OSError:
        return []


def _environment(home: Path) -> dict[str, str]:
    """As on a fresh machine: nothing of the test run is set."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SHOUWEN", "DJANGO"))
    }
    return {**plain, "SHOUWEN_HOME": str(home), "PYTHONPATH": str(Path.cwd() / "src")}


def _counts(home: Path) -> tuple[int, int, int]:
    """Recorded calls that were taken, cases, and reports of cases in the journal."""
    told = subprocess.run(
        [sys.executable, "-c", COUNT],
        env=_environment(home),
        capture_output=True,
        text=True,
        check=True,
    )
    calls, cases, reports = map(int, told.stdout.split())
    return calls, cases, reports


def _signs_in(demo: Demo, staff_no: str, password: str) -> bool:
    cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(cookies)
    page = browser.open(f"{demo.address}/sign-in/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    form = {"csrfmiddlewaretoken": token[1], "staff_no": staff_no, "password": password}
    answer = browser.open(f"{demo.address}/sign-in/", urlencode(form).encode())
    return bool(answer.url == f"{demo.address}/")
