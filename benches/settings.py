"""The installation's settings on a scratch database: SQLite in a file, or a private PostgreSQL.

SHOUWEN_TEST_DATABASE   sqlite | postgresql
"""
# ruff: noqa: E402, F403

import os

from tests import databases

os.environ["SHOUWEN_HOME"] = databases.home()
os.environ["SHOUWEN_SECRET_KEY"] = "benches only"  # noqa: S105 - protects nothing
os.environ["SHOUWEN_STATIC"] = "sources"
for name in ("SHOUWEN_DATABASE_URL", "SHOUWEN_STANDARD", "SHOUWEN_DEBUG", "SHOUWEN_HTTPS"):
    os.environ.pop(name, None)

from shouwen.config.settings import *
from shouwen.config.settings import DATABASES, SHOUWEN_HOME, SQLITE_OPTIONS

DATABASES["default"] = databases.settings(home=SHOUWEN_HOME, sqlite_options=SQLITE_OPTIONS)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS  # as in use: nothing acknowledged is lost
elif "SHOUWEN_TEST_SERVER" not in os.environ:
    DATABASES["default"]["NAME"] = "postgres"
DATABASES["default"]["CONN_MAX_AGE"] = None
ALLOWED_HOSTS = ["testserver"]
