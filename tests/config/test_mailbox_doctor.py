"""What the doctor says of the mailbox."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from shouwen.config.doctor import Site
from shouwen.config.doctor.mailbox import mailbox
from shouwen.inbox.work import note_away

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)


def told(tmp_path: Path) -> dict[str, str]:
    site = Site(home=tmp_path, heads_dir=tmp_path, now=NOW)
    return {each.what.en: each.level for each in mailbox(site)}


def test_an_installation_without_a_mailbox_is_well(settings: Any, tmp_path: Path) -> None:
    settings.SHOUWEN_IMAP_URL = ""

    assert told(tmp_path) == {"no mailbox is connected": "ok"}


def test_an_address_that_cannot_be_used_is_wrong(settings: Any, tmp_path: Path) -> None:
    settings.SHOUWEN_IMAP_URL = "pop3://somewhere"

    assert set(told(tmp_path).values()) == {"wrong"}


def test_a_mailbox_that_is_away_is_wrong_and_answers_that_stay_are_told(
    settings: Any, tmp_path: Path
) -> None:
    settings.SHOUWEN_IMAP_URL = "imaps://service@mail.example/INBOX"
    note_away("mail.example/INBOX", why="mail.example: timeout", now=NOW)

    found = told(tmp_path)

    assert found["the mailbox cannot be read since 2026-10-09 06:00 UTC: mail.example: timeout"]
    assert sorted(found.values()) == ["warning", "wrong"]
