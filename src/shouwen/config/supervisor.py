"""Starts the processes of an installation, brings back the ones that die and ends all of them together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

GRACE = 1.5  # seconds between the request to end and the kill; all must be gone within 3
CALM = 30.0  # seconds alive after which earlier failures are forgotten
LONGEST_PAUSE = 10.0  # seconds before a process that keeps dying is started again
_WATCHED = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD}
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


@dataclass
class Child:
    """One process to keep alive. One that runs `once` is left alone after it exited with 0."""

    name: str
    argv: Sequence[str]
    once: bool = False
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    failures: int = 0
    is_finished: bool = False


def shouwen(*words: str) -> list[str]:
    """The argument list of a `shouwen` command run by this very interpreter."""
    return [sys.executable, "-m", "shouwen.cli", *words]


def installation(*, host: str, port: int, has_telephony: bool = False) -> list[Child]:
    """The processes of one installation on one machine; a fifth where an exchange is configured."""
    telephony = [Child("telephony", shouwen("telephony", "run"))] if has_telephony else []
    return [
        *telephony,
        Child("web", shouwen("serve", "--host", host, "--port", str(port))),
        Child("worker", shouwen("worker")),
        Child("ticker", shouwen("ticker")),
        Child("sealer", shouwen("sealer")),
    ]


def supervise(children: Sequence[Child], *, say: Callable[[str], None] = print) -> None:
    """Keep the children running until SIGINT, SIGTERM or SIGHUP; return when all are gone (≤ 3 s)."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
    try:
        while True:
            for child in children:
                _tend(child, say)
            news = signal.sigtimedwait(_WATCHED, 0.2)
            if news is not None and news.si_signo != signal.SIGCHLD:
                return
    finally:
        _end(children)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _tend(child: Child, say: Callable[[str], None]) -> None:
    now = time.monotonic()
    if child.process is not None and child.process.poll() is not None:
        code, child.process = child.process.returncode, None
        child.is_finished = child.once and code == 0
        child.failures = 1 if now - child.started_at > CALM else child.failures + 1
        pause = min(0.1 * 2**child.failures, LONGEST_PAUSE)
        child.start_at = now + pause
        if not child.is_finished:
            say(f"{child.name} 已退出 / exited ({code}); {pause:.1f} s → 重启 / restart")
    if child.process is None and not child.is_finished and now >= child.start_at:
        child.started_at = now
        child.process = _start(child.argv)


def _start(argv: Sequence[str]) -> subprocess.Popen[bytes]:
    supervisor = os.getpid()

    def before_exec() -> None:
        # The kernel kills the child when the supervisor dies, however it dies.
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != supervisor:
            os._exit(1)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())

    # The supervisor has a single thread, so code between fork and exec is safe; the commands are ours.
    return subprocess.Popen(  # noqa: S603
        argv, stdin=subprocess.DEVNULL, process_group=0, preexec_fn=before_exec
    )


def _end(children: Sequence[Child]) -> None:
    running = [child.process for child in children if child.process is not None]
    _signal(running, signal.SIGTERM)
    last = time.monotonic() + GRACE
    while time.monotonic() < last and any(process.poll() is None for process in running):
        time.sleep(0.02)
    _signal(running, signal.SIGKILL)
    for process in running:
        process.wait()


def _signal(processes: Sequence[subprocess.Popen[bytes]], number: signal.Signals) -> None:
    for process in processes:
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            continue
