"""What every answer tells the browser about safety."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.fixture(params=["/sign-in/", "/", "/no-such-page/", "/static/shouwen/app.js"])
def response(request: pytest.FixtureRequest, client: Client, db: None) -> Iterator[HttpResponse]:
    answer = client.get(request.param)
    yield answer  # type: ignore[misc]  # the test client's answer is one with more to it
    answer.close()


def test_only_our_own_files_may_act_in_a_page(response: HttpResponse) -> None:
    if response["Content-Type"].startswith("text/html"):
        policy = response["Content-Security-Policy"]
        assert {part.strip() for part in policy.split(";")} == POLICY


def test_content_is_taken_for_what_it_says_it_is(response: HttpResponse) -> None:
    assert response["X-Content-Type-Options"] == "nosniff"


def test_no_address_is_handed_to_other_sites(response: HttpResponse) -> None:
    assert response["Referrer-Policy"] == "same-origin"


def test_a_page_cannot_be_framed(client: Client, db: None) -> None:
    assert client.get("/sign-in/")["X-Frame-Options"] == "DENY"


def test_scripts_cannot_read_a_cookie(client: Client, db: None) -> None:
    client.get("/sign-in/")

    assert client.cookies
    assert all(cookie["httponly"] for cookie in client.cookies.values())
    assert all(cookie["samesite"] for cookie in client.cookies.values())
