"""What comes from outside may be a trap: every trap is refused with a sentence."""

import io
import stat
import zipfile

import pytest

from shouwen.standard import archives
from shouwen.standard.archives import as_zip, from_folder, from_zip
from shouwen.standard.faults import PackFaults

GOOD = {
    "antai/pack.toml": b"a = 1\r\n",
    "antai/hotline/x.toml": b"b = 2\n",
    "calendar/cn.toml": b"",
}


def zipped(files, *, change=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            if change:
                change(entry)
            archive.writestr(entry, content)
    return out.getvalue()


def refused(data) -> list[tuple[str, str]]:
    with pytest.raises(PackFaults) as caught:
        from_zip(data)
    for fault in caught.value.faults:
        assert fault.problem.zh
        assert fault.remedy.zh
        assert fault.remedy.en
    return [(fault.file, fault.problem.en) for fault in caught.value.faults]


def test_a_pack_is_read_by_the_names_an_edition_gives_its_files():
    assert from_zip(zipped(GOOD)) == {
        "pack/pack.toml": "a = 1\n",
        "pack/hotline/x.toml": "b = 2\n",
        "calendar/cn.toml": "",
    }


def test_a_pack_without_a_folder_around_it_is_read_too():
    assert from_zip(zipped({"pack.toml": b"", "hotline/x.toml": b""})).keys() == {
        "pack/pack.toml",
        "pack/hotline/x.toml",
    }


def test_other_files_are_left_out():
    files = {
        **GOOD,
        "antai/.git/config.toml": b"",
        "__MACOSX/antai/x.toml": b"",
        "antai/a.exe": b"",
    }

    assert from_zip(zipped(files)) == from_zip(zipped(GOOD))


@pytest.mark.parametrize(
    "name", ["../x.toml", "/etc/x.toml", "antai/../../x.toml", "a\\..\\x.toml", "c:/x.toml"]
)
def test_paths_that_lead_elsewhere_are_refused(name):
    [(file, problem)] = refused(zipped({**GOOD, name: b""}))

    assert (file, problem) == (name, "its path leads out of the archive")


def test_links_are_refused():
    def link(entry):
        if entry.filename.endswith("x.toml"):
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert refused(zipped(GOOD, change=link)) == [
        ("antai/hotline/x.toml", "is a link, not a file")
    ]


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped({**GOOD, "antai/hotline/big.toml": b" " * 50_000_000})

    assert len(bomb) < 100_000
    assert ("antai/hotline/big.toml", "a file is too large (1 MB at most)") in refused(bomb)


def test_a_bomb_that_lies_about_its_size_is_refused():
    honest = zipped({**GOOD, "antai/hotline/big.toml": b" " * 3_000_000})
    size = (3_000_000).to_bytes(4, "little")
    lying = honest.replace(size, (10).to_bytes(4, "little"))

    assert refused(lying)


def test_many_small_files_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_FILES", 2)

    assert refused(zipped(GOOD)) == [("", "too much content (2,000 files and 20 MB at most)")]


def test_a_file_that_is_not_utf_8_is_named():
    assert refused(zipped({**GOOD, "antai/hotline/x.toml": "中".encode("gbk")})) == [
        ("antai/hotline/x.toml", "is not UTF-8")
    ]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", b"hello"])
def test_what_is_no_zip_is_said_to_be_none(data):
    [(_, problem)] = refused(data)

    assert problem.startswith("not a zip archive")


def test_a_zip_without_a_pack_is_refused():
    assert refused(zipped({"notes.toml": b""})) == [("", "there is no pack.toml in it")]


def test_a_folder_is_read_the_same_way_and_its_links_are_refused(tmp_path):
    (tmp_path / "hotline").mkdir()
    (tmp_path / "pack.toml").write_bytes(b"a = 1\n")
    (tmp_path / "hotline" / "x.toml").write_bytes(b"")

    assert from_folder(tmp_path).keys() == {"pack/pack.toml", "pack/hotline/x.toml"}
    (tmp_path / "hotline" / "y.toml").symlink_to("/etc/passwd")
    with pytest.raises(PackFaults, match="link"):
        from_folder(tmp_path)


def test_what_is_sent_out_can_be_sent_in_again(tmp_path):
    (tmp_path / "pack" / "hotline").mkdir(parents=True)
    (tmp_path / "pack" / "pack.toml").write_bytes(b"a = 1\n")
    (tmp_path / "pack" / "hotline" / "x.toml").write_bytes(b"b = 1\n")
    (tmp_path / "SHA256SUMS").write_text("x")

    assert from_zip(as_zip(tmp_path)) == {
        "pack/pack.toml": "a = 1\n",
        "pack/hotline/x.toml": "b = 1\n",
    }
