"""Published versions are never edited: their fingerprints are locked, new versions are added."""

import pytest

from shouwen.core.kinds.clock import ClockVersion
from shouwen.standard.checking import check_pack
from shouwen.standard.digests import lock
from shouwen.standard.faults import PackFaults
from tests.standard.small_pack import RULE, write_pack

NEW_VERSION = """
[[version]]
from = 2026-07-01
when = { case_kind = ["repair"] }
start = { on = ["case.reported"] }
stop = { on = ["case.repaired"] }
limit = { value = 12, unit = "hours" }

[[example]]"""


def published(path):
    pack = check_pack(path)
    return lock(path=path / "published.toml", digests=pack.digests, published=pack.published)


def rewrite(path, old, new):
    file = path / "repairs" / "repaired-24h.toml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")


def test_locking_adds_new_versions_once(tmp_path):
    path = write_pack(tmp_path)

    assert published(path) == 1
    assert published(path) == 0
    check_pack(path)


def test_an_edited_published_version_is_refused(tmp_path):
    path = write_pack(tmp_path)
    published(path)
    rewrite(path, "value = 24", "value = 48")

    with pytest.raises(
        PackFaults, match="a published version was edited: repaired-24h 2025-01-01"
    ):
        check_pack(path)


def test_a_published_version_that_is_gone_is_refused(tmp_path):
    path = write_pack(tmp_path)
    published(path)
    rewrite(path, "from = 2025-01-01", "from = 2025-02-01")

    with pytest.raises(PackFaults, match="a published version is gone"):
        check_pack(path)


def test_a_new_version_beside_the_published_one_is_the_way_to_change(tmp_path):
    path = write_pack(tmp_path)
    published(path)
    rewrite(path, "\n[[example]]", NEW_VERSION)

    assert published(path) == 1
    version = check_pack(path).rules["repaired-24h"].versions[-1]
    assert isinstance(version, ClockVersion)
    assert version.limit is not None
    assert version.limit.value == 12


def test_wording_and_examples_may_be_mended_without_a_new_version(tmp_path):
    path = write_pack(tmp_path)
    published(path)
    rewrite(path, "24 小时内修复。", "二十四小时内修复。")
    rewrite(path, 'says = "正好 24 小时"', 'says = "正好一昼夜"')

    check_pack(path)


def test_the_digest_of_a_pack_follows_what_its_rules_say(tmp_path):
    before = check_pack(write_pack(tmp_path / "a")).digest

    same = check_pack(write_pack(tmp_path / "b")).digest
    other = check_pack(
        write_pack(tmp_path / "c", rule=RULE.replace("value = 24", "value = 25"))
    ).digest

    assert same == before
    assert other != before
