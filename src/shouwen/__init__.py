"""首问 Shouwen: a utility's published service standard as a running customer-service platform.

Importing the package puts a recent SQLite library in the place of the standard one. Debian 12 carries
SQLite 3.40.1, in which two processes that write and checkpoint at once can damage a WAL file; the fault is
gone from 3.51.3 on. The swap must come first: a process that opens the same file through two libraries
loses its locks when one of them closes it.
"""

import sys

OLDEST_SAFE_SQLITE = (3, 51, 3)


class SqliteTooOld(ImportError):
    """The SQLite library could damage the database; nothing may start with it."""


def refuse_unsafe_sqlite(version: tuple[int, ...]) -> None:
    """Raise `SqliteTooOld` for a library in which several writing processes can damage a WAL file."""
    if version >= OLDEST_SAFE_SQLITE:
        return
    found, needed = (".".join(map(str, v)) for v in (version, OLDEST_SAFE_SQLITE))
    raise SqliteTooOld(
        f"SQLite 版本 {found} 在多进程写入时可能损坏数据库，至少需要 {needed}：请运行 make setup。\n"
        f"SQLite {found} can damage the database when several processes write; {needed} or newer is "
        "needed: run `make setup`."
    )


def _use_own_sqlite() -> None:
    try:
        import pysqlite3
    except ImportError as error:
        raise SqliteTooOld(
            "缺少随附的 SQLite（pysqlite3）：请运行 make setup。\n"
            "The bundled SQLite (pysqlite3) is missing: run `make setup`."
        ) from error
    refuse_unsafe_sqlite(pysqlite3.sqlite_version_info)
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


_use_own_sqlite()
