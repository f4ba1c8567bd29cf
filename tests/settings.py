"""The installation's settings, changed as little as tests need: a home of their own, quicker passwords.

SHOUWEN_TEST_DATABASE   sqlite | postgresql: which database the tests run on
SHOUWEN_TEST_SERVER     a database URL: set for the server process that journeys talk to
SHOUWEN_TEST_MIGRATED   a folder: where the runs of one `make test` keep the migrated SQLite file
"""
# ruff: noqa: E402, F403

import os

from tests import databases, migrated

migrated.share()
os.environ["SHOUWEN_HOME"] = databases.home()
os.environ["SHOUWEN_SECRET_KEY"] = "tests only"
os.environ["SHOUWEN_STATIC"] = "sources"
for name in ("SHOUWEN_DATABASE_URL", "SHOUWEN_STANDARD", "SHOUWEN_DEBUG", "SHOUWEN_HTTPS"):
    os.environ.pop(name, None)

from shouwen.config.settings import *
from shouwen.config.settings import (
    DATABASES,
    INSTALLED_APPS,
    MIDDLEWARE,
    SHOUWEN_HOME,
    SQLITE_OPTIONS,
)

DATABASES["default"] = databases.settings(home=SHOUWEN_HOME, sqlite_options=SQLITE_OPTIONS)

# A page that queries once for each row of a list fails its test.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
# One act may write several entries; each reads back what is stored under its idempotency key.
# A shift changes hands case by case, each held in turn.
ZEAL_ALLOWLIST = [
    {"model": "journal.Entry", "field": "get()"},
    {"model": "cases.*", "field": "get()"},
    # Each event of a phone is a transaction of its own and holds the phone and the order in turn.
    {"model": "visits.*", "field": "get()"},
    {"model": "fieldwork.*", "field": "get()"},
    # A try may be counted twice: by the address it comes from and by what is tried.
    {"model": "custody.Tries", "field": "get()"},
    {"model": "sessions.Session"},  # Django drops a session by fetching it once more
]

PASSWORD_HASHERS = ["tests.passwords.QuickArgon2"]
