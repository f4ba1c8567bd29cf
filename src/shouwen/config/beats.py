"""Signs of life: each process of an installation touches a file of its own every few seconds."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

EVERY_SECONDS = 5.0
ALIVE_WITHIN = timedelta(seconds=20)


@contextmanager
def beating(name: str, *, home: Path) -> Iterator[None]:
    """Touches `run/<name>` in the data folder while the block lasts, and removes it after an orderly end.

    A process that hangs still beats: the lag of its work, which the doctor looks at too, tells that.
    A folder that cannot be written must not stop the process; the doctor then calls it silent.
    """
    file = home / "run" / name
    stop = threading.Event()
    thread = threading.Thread(target=_beat, args=(file, stop), name=f"beat-{name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(1)


def last_beat(name: str, *, home: Path) -> datetime | None:
    """When the process last gave a sign of life (UTC), None when it does not run."""
    try:
        return datetime.fromtimestamp((home / "run" / name).stat().st_mtime, UTC)
    except OSError:
        return None


def _beat(file: Path, stop: threading.Event) -> None:
    while True:
        try:
            file.parent.mkdir(mode=0o700, exist_ok=True)
            file.touch(mode=0o600)
        except OSError:
            pass
        if stop.wait(EVERY_SECONDS):
            break
    file.unlink(missing_ok=True)
