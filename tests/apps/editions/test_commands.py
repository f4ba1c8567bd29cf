"""`shouwen standard draft …` and `shouwen standard diff`."""

import json

import pytest
from typer.testing import CliRunner

from shouwen import cli
from shouwen.clocks.queries import active_pack, editions_folder
from shouwen.editions.models import Edition
from shouwen.editions.queries import edition_path, loaded
from tests.apps.clocks.happenings import ANSWERED
from tests.apps.editions.drafts import (
    ONE_DAY,
    a_draft,
    approver,
    changed,
    editor,
    published,
    versions,
)

pytestmark = pytest.mark.django_db(transaction=True)


def shouwen(*words):
    return CliRunner().invoke(cli.app, ["standard", *map(str, words)])


def a_pack(tmp_path, *, change=("", "")):
    """The files of a draft beside the data folder, one of them changed."""
    import shutil

    folder = tmp_path / "sent"
    shutil.copytree(edition_path(a_draft()), folder)
    file = next((folder / "pack").glob(f"*/{ANSWERED}.toml"))
    file.write_text(file.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    return folder


def test_a_folder_becomes_a_draft_with_its_faults_told(tmp_path):
    folder = a_pack(tmp_path, change=("value = 2,", "value = 5,"))

    shown = shouwen("draft", "import", folder, "--by", editor().staff_no, "--name", "五天")

    row = Edition.objects.get(name="五天")
    assert shown.exit_code == 1
    assert "已发布的版本被改动" in shown.stderr
    assert "a published version was edited" in shown.stderr
    assert str(row.pk) in shown.stdout


def test_a_zip_goes_into_a_draft_that_is_there(tmp_path):
    from shouwen.standard.archives import as_zip

    folder = a_pack(tmp_path, change=("两个工作日内答复", "两天内答复"))
    (tmp_path / "pack.zip").write_bytes(as_zip(folder))
    draft = a_draft()

    shown = shouwen(
        "draft", "import", tmp_path / "pack.zip", "--by", editor().staff_no, "--draft", draft.pk
    )

    assert shown.exit_code == 0, shown.output
    draft.refresh_from_db()
    assert loaded(draft).rules[ANSWERED].title.zh == "两天内答复"


@pytest.mark.parametrize("trouble", ["nobody", "approver", "no zip", "no draft"])
def test_what_cannot_be_done_is_refused_in_both_languages(tmp_path, trouble):
    file = tmp_path / "x.zip"
    file.write_bytes(b"x")
    by = {"nobody": "0", "approver": approver().staff_no}.get(trouble, editor().staff_no)
    into = ["--draft", "7"] if trouble == "no draft" else []
    if trouble == "no draft":
        file = a_pack(tmp_path)

    shown = shouwen("draft", "import", file, "--by", by, *into)

    assert shown.exit_code == 2
    assert any(sign in shown.stderr for sign in ("不是标准编辑", "不是能读的 zip", "没有这份草案"))
    assert any(sign in shown.stderr for sign in ("not an editor", "not a zip", "no such draft"))


def test_the_list_names_editions_and_drafts_and_can_be_mended():
    edition = published(**ONE_DAY)
    a_draft()
    (editions_folder() / "published.toml").unlink()

    shown = shouwen("draft", "list", "--mend")

    assert f"第 {edition.number} 版" in shown.stdout
    assert "draft" in shown.stdout
    assert versions(active_pack())[-1].limit.value == 1


def test_two_packs_are_compared_in_sentences_and_as_values():
    draft = changed(a_draft(), **ONE_DAY)
    first = Edition.objects.get(number=1)
    packs = [edition_path(row) / "pack" for row in (first, draft)]

    text, table = shouwen("diff", *packs), shouwen("diff", *packs, "--format", "json")

    assert "期限：2 个工作日 → 1 个工作日" in text.stdout
    assert "limit: 2 working days → 1 working day" in text.stdout
    [row] = json.loads(table.stdout)
    assert (row["clause"], row["rule"], row["nature"]) == ("5.3.4", ANSWERED, "changed")
