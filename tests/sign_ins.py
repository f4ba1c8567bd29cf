"""Signing in without the form: what `force_login` makes is a whole sign-in, as `come_in` would make it."""

import uuid
from typing import Any

import pytest
from django.test import Client

_django_login = Client._login  # type: ignore[attr-defined]  # what force_login and login share


def patch_test_client(patch: pytest.MonkeyPatch) -> None:
    """Every session that the test client makes has its row, with a second factor where one is due."""
    patch.setattr(Client, "_login", _whole_sign_in)


def _whole_sign_in(client: Client, user: Any, backend: str | None = None) -> None:
    from shouwen.adapters import system_clock
    from shouwen.custody.models import SignIn
    from shouwen.custody.operations.desks import hashed
    from shouwen.custody.policy import policy

    _django_login(client, user, backend)
    now = system_clock.now()
    SignIn.objects.create(
        id=uuid.uuid4(),
        staff=user,
        session_hash=hashed(str(client.session.session_key)),
        second_factor="totp" if user.role_set & policy().second_factor else "",
        workstation="127.0.0.1",
        started_at=now,
        seen_at=now,
    )
