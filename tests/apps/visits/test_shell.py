"""The app shell: small, without data, with a word for everything that its scripts say."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from shouwen.visits.operations import KINDS
from shouwen.visits.presenters.phone_words import phone_words
from shouwen.visits.views.shell import FILES
from tests.apps.fieldwork.field import technician

pytestmark = pytest.mark.django_db
MOST = 300_000
_WORD = re.compile(r'\bw\("([^"]+)"')


def kept_by(worker: str) -> str:
    """The list of addresses that the worker keeps."""
    found = re.search(r"const KEPT = (\[.*\]);", worker)
    assert found
    return found.group(1)


def content(name: str) -> bytes:
    return Path(str(finders.find(name))).read_bytes()


@pytest.fixture
def client():
    signed_in = Client()
    signed_in.force_login(technician())
    return signed_in


def test_everything_that_is_kept_on_the_phone_is_there_and_small(client):
    page = client.get(reverse("field")).content
    worker = Client().get(reverse("field_worker")).content.decode()

    sizes = {name: len(content(name)) for name in FILES}

    assert sum(sizes.values()) + len(page) + len(worker) < MOST
    kept = json.loads(kept_by(worker))
    assert kept[0] == reverse("field")
    assert {f"/static/{name}" for name in FILES} <= set(kept)


def test_the_shell_says_nothing_about_anybody(client):
    page = client.get(reverse("field")).content.decode()

    assert "李强" not in page
    assert "3305" not in page


def test_scripts_have_a_word_for_all_they_say():
    scripts = [
        content(name).decode() for name in FILES if "field/" in name and name.endswith(".js")
    ]
    said = {key for script in scripts for key in _WORD.findall(script)}
    words = phone_words()

    assert said - set(words) == set()
    assert {f"kind_{kind}" for kind in KINDS} <= set(words)


def test_the_worker_keeps_nothing_of_the_interface():
    worker = Client().get(reverse("field_worker")).content.decode()

    assert "/field/api/" not in kept_by(worker)
