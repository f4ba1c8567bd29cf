"""Fixtures that every tier may use: real databases, the real server, a real browser."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import databases, migrated
from tests.servers import running_server

# Playwright keeps an event loop in the test's thread; the database is still used by this thread alone.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest come first, so that at the end no process waits for another one's."""
    items.sort(key=lambda item: "killed" not in item.path.name)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector of garbage need not look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> None:
    """The database of this process: a copy of the one that the first process migrated."""
    from django.db import connection

    with django_db_blocker.unblock():
        migrated.turn_to_a_test_database(connection)


@pytest.fixture(scope="session", autouse=True)
def _emptying_reaches_append_only_tables_and_leaves_what_migrations_wrote() -> Iterator[None]:
    from django.core.management.commands import flush
    from django.db import connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connection.ops), "sql_flush", databases.deletions)
        patch.setattr(type(connection.ops), "execute_sql_flush", databases.emptied)
        # Types and permissions are still there: no need to write them anew.
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_, **__: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _signing_in_without_the_form_is_whole() -> Iterator[None]:
    from tests.sign_ins import patch_test_client

    with pytest.MonkeyPatch.context() as patch:
        patch_test_client(patch)
        yield


@pytest.fixture(autouse=True)
def _no_edition_stays_behind() -> Iterator[None]:
    """Every test begins with the pack in SHOUWEN_STANDARD in force: a published edition would outlive its rows."""
    yield
    from django.conf import settings

    folder = Path(settings.SHOUWEN_HOME) / "editions"
    if folder.exists():
        from shouwen.clocks.queries import look_again

        shutil.rmtree(folder)
        look_again()


@pytest.fixture(scope="session")
def _server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_server(tmp_path_factory.mktemp("server")) as (_, port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def site(transactional_db: None, _server: str) -> str:
    """Address of the running server; what the test commits is what the server sees."""
    return _server


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, one for all journeys of a worker."""
    from tests.browser import chromium

    with chromium() as started:
        yield started


@pytest.fixture
def page(site: str, browser: Any) -> Iterator[Any]:
    """A desktop page in Chinese on the running server, signed in as nobody."""
    from tests.browser import new_page

    with new_page(browser, base_url=site) as opened:
        yield opened


@pytest.fixture
def session_cookie() -> Callable[[Any], dict[str, str]]:
    """Makes the cookie of a signed-in session for a member of staff, as name → value."""
    from django.conf import settings
    from django.test import Client

    def make(staff: Any) -> dict[str, str]:
        client = Client()
        client.force_login(staff)
        return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}

    return make


@pytest.fixture
def signed_in(
    page: Any, site: str, session_cookie: Callable[[Any], dict[str, str]]
) -> Callable[[Any], Any]:
    """Signs the page in as the member of staff given, without the form, and returns it."""

    def sign_in(staff: Any) -> Any:
        page.context.add_cookies(
            [
                {"name": name, "value": value, "url": site}
                for name, value in session_cookie(staff).items()
            ]
        )
        return page

    return sign_in
