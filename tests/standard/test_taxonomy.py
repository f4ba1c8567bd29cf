import pytest

from shouwen.standard.faults import PackFaults
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack
from shouwen.standard.taxonomy import COLUMNS, load_taxonomy

GOOD = (
    "T01",
    "测试",
    "Test",
    "漏气",
    "Leak",
    "alarm",
    "emergency",
    "5.5.1",
    "unknown",
    "100",
    "漏气",
    "",
    "P1",
)


def written(tmp_path, *rows, header=COLUMNS):
    file = tmp_path / "taxonomy.tsv"
    file.write_text("\n".join("\t".join(row) for row in (header, *rows)) + "\n", encoding="utf-8")
    return file


def changed(**cells):
    return tuple(cells.get(name, cell) for name, cell in zip(COLUMNS, GOOD, strict=True))


def faults_of(path, **checks):
    with pytest.raises(PackFaults) as raised:
        load_taxonomy(path, **checks)
    return raised.value.faults


def test_the_taxonomy_of_the_pack_fits_its_departments_and_clauses():
    pack = load_pack(default_pack_path())

    leaves = load_taxonomy(
        default_pack_path(),
        departments=pack.departments,
        clauses={passage.clause for passage in pack.passages},
    )

    assert len(leaves) == 106
    assert sum(leaf.share for leaf in leaves) == pytest.approx(100, abs=0.5)
    assert {leaf.department for leaf in leaves} <= set(pack.departments)


def test_every_leaf_has_its_names_in_both_languages():
    for leaf in load_taxonomy(default_pack_path()):
        assert leaf.title.zh
        assert leaf.group.en.isascii()
        assert leaf.title.en.isascii()


def test_only_alarms_have_words_of_danger():
    for leaf in load_taxonomy(default_pack_path()):
        assert bool(leaf.danger) == (leaf.kind == "alarm")


def test_a_leaf_is_read_with_its_lists(tmp_path):
    (leaf,) = load_taxonomy(
        written(tmp_path, changed(keywords_zh="漏气 灶&漏", clauses="5.5.1;2.2.4"))
    )

    assert leaf.keywords == ("漏气", "灶&漏")
    assert leaf.clauses == ("5.5.1", "2.2.4")
    assert leaf.share == 100


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("kind", "alarmm"),
        ("department", "emergncy"),
        ("side", "ours"),
        ("priority", "P9"),
        ("clauses", "9.9.9"),
        ("share_pct", "many"),
        ("share_pct", "-1"),
        ("level2_en", ""),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_with_its_line(tmp_path, column, cell):
    file = written(tmp_path, changed(**{column: cell}))

    (fault,) = faults_of(file, departments={"emergency"}, clauses={"5.5.1"})

    assert (fault.file, fault.path) == ("taxonomy.tsv", f"2.{column}")
    assert fault.remedy.zh
    assert fault.remedy.en


def test_a_near_miss_is_answered_with_the_word_that_was_meant(tmp_path):
    (fault,) = faults_of(written(tmp_path, changed(kind="alarmm")))

    assert "alarm" in fault.remedy.en


def test_all_faults_are_named_at_once(tmp_path):
    file = written(
        tmp_path,
        changed(kind="x", side="y"),
        ("T02", "too short"),
        changed(share_pct="x"),
        changed(share_pct="50"),
        changed(share_pct="50"),
    )

    paths = [fault.path for fault in faults_of(file)]

    assert paths == ["2.kind", "2.side", "3", "4.share_pct", "T01"]


def test_shares_that_are_not_all_calls_are_a_fault(tmp_path):
    (fault,) = faults_of(written(tmp_path, changed(share_pct="60")))

    assert fault.path == "share_pct"


def test_columns_that_are_missing_or_unknown_are_named(tmp_path):
    header = tuple("knd" if name == "kind" else name for name in COLUMNS)

    faults = faults_of(written(tmp_path, GOOD, header=header))

    assert [fault.path for fault in faults] == ["1.kind", "1.knd"]
    assert "kind" in faults[1].remedy.en


def test_columns_in_another_order_are_refused(tmp_path):
    (fault,) = faults_of(written(tmp_path, GOOD, header=tuple(reversed(COLUMNS))))

    assert fault.path == "1"


def test_a_file_that_is_missing_or_no_utf8_is_a_fault(tmp_path):
    (missing,) = faults_of(tmp_path / "taxonomy.tsv")
    (tmp_path / "taxonomy.tsv").write_bytes("编码".encode("gbk"))
    (unreadable,) = faults_of(tmp_path)

    assert missing.problem.en == "no such file"
    assert unreadable.problem.en == "not UTF-8"
