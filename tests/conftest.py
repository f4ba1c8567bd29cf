"""Fixtures that every tier may use: real databases, the real server, a real browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import databases
from tests.servers import running_server

# Playwright keeps an event loop in the test's thread; the database is still used by this thread alone.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session", autouse=True)
def _emptying_reaches_append_only_tables() -> Iterator[None]:
    from django.db import transaction
    from django.db.backends.base.operations import BaseDatabaseOperations

    plain = BaseDatabaseOperations.execute_sql_flush

    def flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        connection = self.connection
        with transaction.atomic(connection.alias), databases.without_triggers(connection):
            plain(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush)
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
