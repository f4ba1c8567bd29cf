"""The supervisor, with real processes and real signals."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# Writes its number into a file of its own and stays until SIGTERM.
OBEDIENT = (
    "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
)
STUBBORN = (
    "import os, signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
)
ONCE = "import os, sys; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')"
SUPERVISOR = """
import sys
from shouwen.config.supervisor import Child, supervise
names, programs, folder = sys.argv[1].split(','), sys.argv[2:-1], sys.argv[-1]
supervise(
    [
        Child(name, [sys.executable, '-c', program, f'{folder}/{name}'], once=name == 'once')
        for name, program in zip(names, programs, strict=True)
    ],
    say=lambda line: print(line, flush=True),
)
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a supervisor over the programs given by name."""
    started: list[subprocess.Popen[str]] = []

    def run(**programs: str) -> subprocess.Popen[str]:
        argv = [
            sys.executable,
            "-c",
            SUPERVISOR,
            ",".join(programs),
            *programs.values(),
            str(tmp_path),
        ]
        started.append(
            subprocess.Popen(
                argv, env={"PYTHONPATH": "src"}, stdout=subprocess.PIPE, text=True, process_group=0
            )
        )
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.communicate()


def test_a_killed_child_comes_back(
    start: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    supervisor = start(web=OBEDIENT)
    (first,) = _pids(tmp_path / "web", count=1)

    os.kill(first, signal.SIGKILL)
    _, second = _pids(tmp_path / "web", count=2)

    assert _lives(second)
    supervisor.terminate()
    assert "web 已退出 / exited (-9)" in supervisor.communicate(timeout=5)[0]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_everything_is_gone_within_three_seconds_of_the_signal(
    start: Callable[..., subprocess.Popen[str]], tmp_path: Path, number: signal.Signals
) -> None:
    supervisor = start(web=OBEDIENT, worker=STUBBORN, ticker=OBEDIENT)
    pids = [_pids(tmp_path / name, count=1)[0] for name in ("web", "worker", "ticker")]

    supervisor.send_signal(number)
    asked_at = time.monotonic()
    code = supervisor.wait(timeout=5)

    assert time.monotonic() - asked_at <= 3
    assert code == 0
    assert not any(_lives(pid) for pid in pids)


def test_obedient_children_are_not_waited_for_longer_than_they_need(
    start: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    supervisor = start(web=OBEDIENT)
    _pids(tmp_path / "web", count=1)

    supervisor.terminate()
    asked_at = time.monotonic()
    supervisor.wait(timeout=5)

    assert time.monotonic() - asked_at < 1


def test_children_die_with_a_killed_supervisor(
    start: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    supervisor = start(web=OBEDIENT, worker=STUBBORN)
    pids = [_pids(tmp_path / name, count=1)[0] for name in ("web", "worker")]

    supervisor.kill()
    supervisor.wait(timeout=5)

    assert _eventually(lambda: not any(_lives(pid) for pid in pids))


def test_a_child_that_keeps_dying_is_started_again_ever_more_slowly(
    start: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    supervisor = start(web=ONCE)

    time.sleep(1.5)
    supervisor.terminate()

    assert 2 <= len(_written(tmp_path / "web")) <= 4


def test_a_child_that_runs_once_is_left_alone_after_success(
    start: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    supervisor = start(once=ONCE, web=OBEDIENT)
    _pids(tmp_path / "once", count=1)

    time.sleep(1)
    supervisor.terminate()

    assert len(_written(tmp_path / "once")) == 1
    assert "once" not in supervisor.communicate(timeout=5)[0]


def _written(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def _pids(path: Path, *, count: int) -> list[int]:
    assert _eventually(lambda: len(_written(path)) == count)
    return _written(path)


def _eventually(is_so: Callable[[], bool]) -> bool:
    last = time.monotonic() + 5
    while time.monotonic() < last:
        if is_so():
            return True
        time.sleep(0.02)
    return False


def _lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
