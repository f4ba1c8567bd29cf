"""The real server as a process of its own, on the database of the running test."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import databases


@contextmanager
def running_server(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Process and port of a server; its output goes to `log` in the folder and is shown when it fails."""
    from django.db import connection

    port = free_port()
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "shouwen.cli", "serve", "--port", str(port)],
            env=databases.environment_of_server(connection.settings_dict, home=folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for_port(process, port)
        yield process, port
    finally:
        process.terminate()
        process.wait(5)
        sys.stderr.write(log.read_text(encoding="utf-8"))


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for_port(process: subprocess.Popen[bytes], port: int) -> None:
    last = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < last:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")
