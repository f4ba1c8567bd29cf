"""Is the database there, whole enough, and opened by everybody as it must be?"""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from shouwen import OLDEST_SAFE_SQLITE, SqliteTooOld, refuse_unsafe_sqlite
from shouwen.adapters import system_clock
from shouwen.config.doctor.findings import Finding, Site, ok, warning, wrong
from shouwen.core.clause import Words

OLDEST_POSTGRESQL = 140000
SKEW = timedelta(seconds=2)
_FULL, _WAL = 2, 2
_HEADER_BYTES = 20


def reachable(site: Site) -> Iterator[Finding]:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        yield wrong(
            "reachable",
            Words(zh=f"数据库没有回应：{error}", en=f"the database does not answer: {error}"),
            Words(
                zh="检查 SHOUWEN_DATABASE_URL，并确认数据库已启动",
                en="check SHOUWEN_DATABASE_URL, and that the database is running",
            ),
        )
        return
    yield ok(
        "reachable",
        f"数据库有回应（{connection.vendor}）",
        f"the database answers ({connection.vendor})",
    )


def migrations(site: Site) -> Iterator[Finding]:
    """Whether the tables are those of this version of the program."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return  # told by `reachable`
    if plan:
        yield wrong(
            "migrations",
            Words(
                zh=f"数据库还差 {len(plan)} 步升级",
                en=f"the database lacks {len(plan)} migrations",
            ),
            Words(zh="运行 shouwen migrate", en="run `shouwen migrate`"),
        )
        return
    yield ok("migrations", "数据库已升级到本版本", "the database is up to date")


# --- SQLite ---------------------------------------------------------------------------------------------


def sqlite_library(site: Site) -> Iterator[Finding]:
    """Whether the library in use can be trusted with several writing processes."""
    if connection.vendor != "sqlite":
        return
    version = sqlite_version()
    try:
        refuse_unsafe_sqlite(version)
    except SqliteTooOld as error:
        zh, _, en = str(error).partition("\n")
        yield wrong(
            "sqlite_library",
            Words(zh=zh, en=en),
            Words(zh="运行 make setup 后重启", en="run `make setup` and start again"),
        )
        return
    text = ".".join(map(str, version))
    least = ".".join(map(str, OLDEST_SAFE_SQLITE))
    yield ok(
        "sqlite_library", f"SQLite {text}（至少 {least}）", f"SQLite {text} (at least {least})"
    )


def sqlite_version() -> tuple[int, ...]:
    """The version of the library that the database is really opened with."""
    return tuple(connection.Database.sqlite_version_info)  # type: ignore[attr-defined]  # SQLite's only


def sqlite_settings(site: Site) -> Iterator[Finding]:
    """Whether the file is a WAL file, and a new connection gets FULL and IMMEDIATE."""
    path = _database_file()
    if path is None:
        return
    problems = list(_settings_at_fault(path))
    for what in problems:
        yield wrong(
            "sqlite_settings",
            what,
            Words(
                zh="停下所有进程，去掉改动过的数据库设置，再运行 shouwen up",
                en="stop every process, undo the changed database settings, run `shouwen up` again",
            ),
        )
    if not problems:
        yield ok(
            "sqlite_settings",
            "WAL、synchronous=FULL、IMMEDIATE 均已生效",
            "WAL, synchronous=FULL and IMMEDIATE are in effect",
        )


def sqlite_openers(site: Site) -> Iterator[Finding]:
    """Whether another program has the file open through another SQLite library: its closing drops our locks."""
    path = _database_file()
    if path is None or not Path("/proc/self/fd").exists():
        return
    foreign = [pid for pid in _openers(path) if not _uses_our_library(pid)]
    for pid in foreign:
        yield wrong(
            "sqlite_openers",
            Words(
                zh=f"进程 {pid}（{_command(pid)}）用别的 SQLite 库开着数据库文件",
                en=f"process {pid} ({_command(pid)}) has the database open through another SQLite library",
            ),
            Words(
                zh="结束它；查看数据请用 shouwen 的命令或备份副本",
                en="end it; look at data with shouwen's commands, or on a copy",
            ),
        )
    if not foreign:
        yield ok(
            "sqlite_openers",
            "没有别的程序开着数据库文件",
            "no other program has the database open",
        )


def _database_file() -> Path | None:
    if connection.vendor != "sqlite":
        return None
    path = Path(str(connection.settings_dict["NAME"]))
    return path if path.exists() else None


def _settings_at_fault(path: Path) -> Iterator[Words]:
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    # Bytes 18 and 19: how the file is written and read; 2 is WAL (SQLite file format, section 1.3.3).
    if len(header) == _HEADER_BYTES and (header[18], header[19]) != (_WAL, _WAL):
        yield Words(
            zh="数据库文件不是 WAL：有人改过",
            en="the database file is not in WAL: somebody changed it",
        )
    with connection.cursor() as cursor:
        synchronous = _pragma(cursor, "synchronous")
    if synchronous != _FULL:
        yield Words(
            zh=f"synchronous={synchronous}，停电会丢已确认的数据",
            en=f"synchronous={synchronous}: a power cut loses what was acknowledged",
        )
    mode = connection.settings_dict["OPTIONS"].get("transaction_mode", "")
    if mode != "IMMEDIATE":
        yield Words(
            zh=f"事务方式 {mode or 'DEFERRED'}", en=f"transactions are {mode or 'DEFERRED'}"
        )


def _pragma(cursor: Any, name: str) -> Any:
    cursor.execute(f"PRAGMA {name}")
    return cursor.fetchone()[0]


def _openers(path: Path) -> Iterator[int]:
    """Other processes that have the file, its WAL or its shared memory open."""
    wanted = {str(path.resolve()), f"{path.resolve()}-wal", f"{path.resolve()}-shm"}
    for folder in Path("/proc").glob("[0-9]*"):
        if int(folder.name) != os.getpid() and any(link in wanted for link in _open_files(folder)):
            yield int(folder.name)


def _open_files(folder: Path) -> Iterator[str]:
    try:
        descriptors = list((folder / "fd").iterdir())
    except OSError:  # gone meanwhile, or another user's
        return
    for descriptor in descriptors:
        try:
            yield os.readlink(descriptor)
        except OSError:
            continue


def _uses_our_library(pid: int) -> bool:
    try:
        maps = Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return True  # gone meanwhile
    return "pysqlite3" in maps and "libsqlite3" not in maps


def _command(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return "?"
    return " ".join(word.decode(errors="replace") for word in words[:3] if word)[:80]


# --- PostgreSQL -----------------------------------------------------------------------------------------


def postgresql(site: Site) -> Iterator[Finding]:
    """Version, encoding and the settings that keep what was acknowledged."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        version = int(_shown(cursor, "server_version_num"))
        settings = {
            name: _shown(cursor, name)
            for name in ("server_encoding", "fsync", "synchronous_commit", "full_page_writes")
        }
    if version < OLDEST_POSTGRESQL:
        yield wrong(
            "postgresql",
            Words(
                zh=f"PostgreSQL 版本 {version // 10000} 太旧",
                en=f"PostgreSQL {version // 10000} is too old",
            ),
            Words(zh="升级到 14 或更新", en="upgrade to 14 or newer"),
        )
    problems = list(_postgresql_at_fault(settings))
    yield from problems
    if version >= OLDEST_POSTGRESQL and not problems:
        yield ok(
            "postgresql",
            f"PostgreSQL {version // 10000}，UTF8",
            f"PostgreSQL {version // 10000}, UTF8",
        )


def _postgresql_at_fault(settings: dict[str, str]) -> Iterator[Finding]:
    if settings["server_encoding"] != "UTF8":
        found = settings["server_encoding"]
        yield wrong(
            "postgresql",
            Words(zh=f"数据库编码是 {found}", en=f"the database's encoding is {found}"),
            Words(
                zh="新建 UTF8 编码的数据库再装",
                en="make a database with encoding UTF8 and install there",
            ),
        )
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        if settings[name] == "off":
            yield wrong(
                "postgresql",
                Words(
                    zh=f"{name} 关着，停电会丢数据", en=f"{name} is off: a power cut loses data"
                ),
                Words(
                    zh=f"在 postgresql.conf 里打开 {name}", en=f"turn {name} on in postgresql.conf"
                ),
            )


def _shown(cursor: Any, name: str) -> str:
    cursor.execute("SELECT current_setting(%s)", [name])
    return str(cursor.fetchone()[0])


def clock_skew(site: Site) -> Iterator[Finding]:
    """Whether this machine and the database machine agree on what time it is."""
    if connection.vendor != "postgresql":
        return
    before = system_clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there: datetime = cursor.fetchone()[0]
    here = before + (system_clock.now() - before) / 2
    yield from judged_skew(there - here)


def judged_skew(skew: timedelta) -> Iterator[Finding]:
    """The finding for a difference between the clocks of database and program."""
    seconds = skew.total_seconds()
    if abs(skew) > SKEW:
        yield warning(
            "clock_skew",
            Words(
                zh=f"与数据库的时钟差 {seconds:.1f} 秒",
                en=f"the database's clock differs by {seconds:.1f} s",
            ),
            Words(zh="两台机器都接上 NTP 对时", en="let both machines keep time by NTP"),
        )
        return
    yield ok(
        "clock_skew",
        f"与数据库的时钟差 {seconds:.2f} 秒",
        f"the database's clock differs by {seconds:.2f} s",
    )
