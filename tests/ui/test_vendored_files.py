import shutil

import pytest

from scripts import vendor


@pytest.mark.parametrize("manifest", vendor.MANIFESTS, ids=lambda path: path.parent.name)
def test_every_file_from_elsewhere_is_the_one_in_its_manifest(manifest):
    assert vendor.check(manifest) == []


@pytest.fixture
def copied(tmp_path, monkeypatch):
    folder = tmp_path / "tests" / "vendor"
    shutil.copytree(vendor.ROOT / "tests" / "vendor", folder)
    monkeypatch.setattr(vendor, "ROOT", tmp_path)
    return folder / "MANIFEST.toml"


def test_a_changed_file_is_named(copied):
    (copied.parent / "axe-core" / "axe.min.js").write_text("//")

    assert vendor.check(copied) == [
        "tests/vendor/axe-core/axe.min.js: differs from the sha256 in its MANIFEST.toml"
    ]


def test_a_missing_and_an_unlisted_file_are_named(copied):
    (copied.parent / "axe-core" / "LICENSE").rename(copied.parent / "axe-core" / "COPYING")

    assert vendor.check(copied) == [
        "tests/vendor/axe-core/LICENSE: missing; run scripts/vendor.py",
        "tests/vendor/axe-core/COPYING: not in MANIFEST.toml",
    ]
