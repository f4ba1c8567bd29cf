import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from shouwen.clocks.queries import active_pack, editions_folder
from shouwen.editions import operations
from shouwen.editions.models import Edition
from shouwen.editions.queries import edition_path, loaded
from shouwen.editions.refusals import (
    AlreadyDecided,
    BaseMoved,
    ChangedMeanwhile,
    FilesTampered,
    HasFaults,
    NothingChanged,
    NotOpen,
    OwnEdition,
    TooLate,
)
from shouwen.journal.models import Entry
from shouwen.people.operations import Act
from tests.apps.clocks.happenings import ANSWERED, DONE
from tests.apps.editions.drafts import (
    DAY,
    FRIDAY,
    ONE_DAY,
    TODAY,
    a_draft,
    act,
    approved,
    approver,
    changed,
    editor,
    limit_of,
    published,
    submitted,
    version_in,
    wordings,
)

pytestmark = pytest.mark.django_db(transaction=True)


def kinds_told(edition) -> list[str]:
    entries = Entry.objects.filter(subject_kind="pack", subject_id=edition.pk)
    return sorted(entries.values_list("kind", flat=True))


def faults_of(edition) -> list[tuple[str, str, str]]:
    return [(row["file"], row["path"], row["problem_en"]) for row in edition.faults]


def test_the_first_draft_registers_the_pack_in_force_as_edition_1():
    before = active_pack().digest

    draft = a_draft()

    first = Edition.objects.get(number=1)
    assert (draft.base, draft.digest, first.digest) == (first, before, before)
    assert active_pack().digest == before
    assert kinds_told(draft) == ["pack.drafted"]


def test_the_same_act_starts_one_draft():
    who = editor()
    told = act(who)

    twice = [operations.start_draft(name="甲", by=who, act=told, now=FRIDAY) for _ in range(2)]

    assert twice[0].pk == twice[1].pk
    assert Edition.objects.filter(number=None).count() == 1


def test_a_save_adds_a_version_and_leaves_the_rest_of_the_file_alone():
    draft = a_draft()
    before = next((edition_path(draft) / "pack").glob(f"*/{ANSWERED}.toml")).read_text()

    draft = changed(draft, from_=date(2027, 1, 1), **ONE_DAY)

    text = next((edition_path(draft) / "pack").glob(f"*/{ANSWERED}.toml")).read_text()
    added = [line for line in text.splitlines() if line not in before.splitlines()]
    assert added == ["from = 2027-01-01", 'limit = { value = 1, unit = "working_days" }']
    assert (draft.revision, draft.faults, draft.effective_on) == (2, [], date(2027, 1, 1))


def test_saving_again_changes_the_drafts_own_version():
    draft = changed(a_draft(), **ONE_DAY)

    draft = changed(draft, limit={"value": 3, "unit": "working_days"})

    versions = wordings(loaded(draft))
    assert [limit_of(version) for version in versions] == [2, 3]


def test_a_version_of_the_draft_can_be_taken_out_again():
    who = editor()
    draft = changed(a_draft(), **ONE_DAY)

    draft = operations.drop_version(
        edition_id=draft.pk, revision=draft.revision, rule_id=ANSWERED, day=TODAY, by=who,
        act=act(who), now=FRIDAY,
    )  # fmt: skip

    assert len(loaded(draft).rules[ANSWERED].versions) == 1
    assert draft.effective_on is None


def test_an_edited_published_version_is_a_fault_that_names_the_remedy():
    draft = changed(a_draft(), from_=date(2025, 1, 1), **ONE_DAY)

    assert faults_of(draft) == [
        (
            f"hotline/{ANSWERED}.toml",
            "version",
            f"a published version was edited: {ANSWERED} 2025-01-01",
        )
    ]
    with pytest.raises(HasFaults):
        submitted(draft)


def test_every_fault_of_a_save_is_kept_and_the_draft_with_it():
    draft = changed(a_draft(), warn_at=7, pauses=[{"reason": "lunch"}])

    assert [path for _, path, _ in faults_of(draft)] == [
        "version.1.warn_at",
        "version.1.pauses.0.reason",
    ]


def test_a_key_nobody_knows_is_a_fault_with_the_nearest_one_as_remedy():
    draft = changed(a_draft(), limitt=3)

    assert [(row["path"], row["remedy_en"]) for row in draft.faults] == [
        ("version.1.limitt", "did you mean limit?")
    ]


def test_a_version_of_days_gone_by_is_a_fault():
    draft = changed(a_draft(), from_=TODAY - timedelta(days=1), **ONE_DAY)

    assert faults_of(draft) == [
        (f"hotline/{ANSWERED}.toml", "version.1.from", "2026-10-08 has passed")
    ]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"on_change": "rejudge_from"}, "version.1.rejudge_from"),
        ({"rejudge_from": TODAY}, "version.1.rejudge_from"),
        ({"withdrawn": True, "on_change": "rejudge_open"}, "version.1.on_change"),
    ],
)
def test_a_policy_that_makes_no_sense_is_a_fault(said, place):
    draft = changed(a_draft(), rule_id=DONE, **said)

    assert [path for _, path, _ in faults_of(draft)] == [place]


def test_who_saves_second_is_told_and_changes_nothing():
    draft = a_draft()
    saved = changed(draft, **ONE_DAY)

    with pytest.raises(ChangedMeanwhile):
        changed(saved, revision=1, by=editor("8802"), limit={"value": 5, "unit": "working_days"})

    row = Edition.objects.get(pk=draft.pk)
    assert limit_of(wordings(loaded(row))[-1]) == 1
    assert len(list((editions_folder() / str(draft.pk)).iterdir())) == 1


def test_the_same_save_twice_is_one_save():
    who = editor()
    draft = a_draft()
    told = act(who)
    version = {**version_in(draft), "from": TODAY, **ONE_DAY}
    rule = operations.RuleDraft(rule_id=ANSWERED, version=version)

    _, row = (
        operations.save_rule(
            edition_id=draft.pk, revision=1, rule=rule, by=who, act=told, now=FRIDAY
        )
        for _ in range(2)
    )

    assert row.revision == 2
    assert kinds_told(row) == ["pack.changed", "pack.drafted"]


def test_a_draft_that_changes_nothing_cannot_be_submitted():
    with pytest.raises(NothingChanged):
        submitted(a_draft())


def test_what_is_submitted_cannot_be_changed_any_more():
    draft = submitted(changed(a_draft(), **ONE_DAY))

    with pytest.raises(NotOpen):
        changed(draft, limit={"value": 5, "unit": "working_days"})


def test_an_approved_edition_is_in_force_and_all_is_on_record():
    edition = published(**ONE_DAY)

    assert (edition.number, edition.state) == (2, "published")
    assert limit_of(wordings(active_pack())[-1]) == 1
    assert active_pack().published[ANSWERED].keys() == {"2025-01-01", "2026-10-09"}
    assert kinds_told(edition) == [
        "pack.approved",
        "pack.changed",
        "pack.drafted",
        "pack.published",
        "pack.submitted",
    ]


def test_the_editor_cannot_approve():
    draft = submitted(changed(a_draft(), **ONE_DAY))

    with pytest.raises(OwnEdition):
        approved(draft, by=editor())


def test_nobody_who_had_a_hand_in_it_can_approve_whatever_their_roles():
    both = approver("8899")
    draft = changed(changed(a_draft(), by=both, **ONE_DAY), warn_at=0.5)

    with pytest.raises(OwnEdition):
        approved(submitted(draft), by=both)


def test_the_database_itself_refuses_an_editor_who_approves():
    draft = submitted(changed(a_draft(), **ONE_DAY))

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=draft.pk).update(
            state="published",
            number=2,
            published_at=FRIDAY,
            decided_by=editor(),
            decided_at=FRIDAY,
        )


def test_the_same_approval_twice_publishes_once():
    who = approver()
    draft = submitted(changed(a_draft(), **ONE_DAY))
    told = Act(id=uuid.uuid4(), by=who.staff_no)

    _, row = (
        operations.approve(edition_id=draft.pk, by=who, act=told, now=FRIDAY) for _ in range(2)
    )

    assert row.number == 2
    with pytest.raises(AlreadyDecided):
        approved(draft, by=approver("8812"))


def test_a_refused_edition_says_why_and_can_be_mended_and_published():
    who = approver()
    draft = submitted(changed(a_draft(), **ONE_DAY))
    operations.refuse(
        edition_id=draft.pk, reason="周五下午做不到", by=who, act=act(who), now=FRIDAY
    )

    row = Edition.objects.get(pk=draft.pk)
    assert (row.state, row.reason) == ("refused", "周五下午做不到")
    again = changed(row, limit={"value": 3, "unit": "working_days"})
    assert approved(submitted(again)).number == 2
    assert limit_of(wordings(active_pack())[-1]) == 3


def test_a_draft_of_an_edition_no_longer_in_force_is_not_published():
    late = submitted(changed(a_draft(), warn_at=0.5))
    published(**ONE_DAY)

    with pytest.raises(BaseMoved):
        approved(late)


def test_an_approval_that_comes_after_the_first_day_is_refused():
    draft = submitted(changed(a_draft(), **ONE_DAY))

    with pytest.raises(TooLate):
        approved(draft, now=FRIDAY + 3 * DAY)


def test_files_touched_after_they_were_submitted_are_not_published():
    draft = submitted(changed(a_draft(), **ONE_DAY))
    file = next((edition_path(draft) / "pack").glob(f"*/{ANSWERED}.toml"))
    file.write_text(file.read_text().replace("value = 1", "value = 9"))

    with pytest.raises(FilesTampered, match=ANSWERED):
        approved(draft)


def test_a_second_edition_follows_the_first():
    published(**ONE_DAY)

    edition = published(warn_at=0.5, from_=TODAY + DAY)

    assert edition.number == 3
    versions = wordings(active_pack())
    assert [version.warn_at for version in versions] == [0.8, 0.8, 0.5]
    assert [limit_of(version) for version in versions] == [2, 1, 1]


def test_a_draft_can_be_given_up():
    who = editor()
    draft = a_draft()

    operations.discard(edition_id=draft.pk, act=act(who), now=FRIDAY)

    assert Edition.objects.get(pk=draft.pk).state == "discarded"
