"""The files of an edition as an archive: taken, changed elsewhere and sent back."""

import io
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from shouwen.editions.models import Edition
from shouwen.editions.queries import edition_path, loaded
from shouwen.journal.models import Entry
from tests.apps.clocks.happenings import ANSWERED
from tests.apps.editions.drafts import editor
from tests.apps.editions.pages import a_draft, as_, text_of

pytestmark = pytest.mark.django_db(transaction=True)
Change = Callable[[str, bytes], bytes]


def zipped(folder: Path, *, change: Change | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                name = path.relative_to(folder).as_posix()
                archive.writestr(name, change(name, content) if change else content)
    return out.getvalue()


def upload(draft: Edition, content: bytes) -> Any:
    file = io.BytesIO(content)
    file.name = "pack.zip"
    return as_(editor()).post(
        reverse("edition_upload", args=[draft.pk]),
        {"act_id": str(uuid.uuid4()), "revision": str(draft.revision), "file": file},
    )


def test_the_files_of_an_edition_can_be_taken_changed_and_sent_back():
    draft = a_draft()
    client = as_(editor())
    taken = client.get(reverse("edition_zip", args=[draft.pk]))
    assert taken["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(kind="data.read", subject_id=draft.pk).count() == 1
    with zipfile.ZipFile(io.BytesIO(taken.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = f"pack/hotline/{ANSWERED}.toml"
    files[name] = files[name].replace("两个工作日内答复".encode(), "两天内答复".encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for key, content in files.items():
            archive.writestr(key, content)

    answer = upload(draft, out.getvalue())

    assert answer.status_code == 302
    row = Edition.objects.get(pk=draft.pk)
    assert loaded(row).rules[ANSWERED].title.zh == "两天内答复"
    assert row.faults == []


def test_an_upload_cannot_take_published_versions_out_of_the_lock():
    draft = a_draft()

    def unlock(name: str, content: bytes) -> bytes:
        if name.endswith("published.toml"):
            return b""
        if name.endswith(f"{ANSWERED}.toml"):
            return content.replace(b"value = 2,", b"value = 5,")
        return content

    upload(draft, zipped(edition_path(draft), change=unlock))

    told = [row["problem_en"] for row in Edition.objects.get(pk=draft.pk).faults]
    assert any("a published version was edited" in problem for problem in told)


def test_a_bad_archive_is_refused_in_a_sentence():
    draft = a_draft()

    answer = upload(draft, b"no zip at all")

    assert answer.status_code == 400
    assert "不是能读的 zip 文件" in text_of(answer)
    assert Edition.objects.get(pk=draft.pk).revision == 1


def test_the_page_of_a_draft_that_cannot_be_read_still_opens():
    draft = a_draft()
    upload(draft, zipped(edition_path(draft), change=lambda n, c: b"x" if "pack.toml" in n else c))

    page = as_(editor()).get(reverse("edition", args=[draft.pk]))

    assert page.status_code == 200
    assert "文件读不出" in text_of(page)
