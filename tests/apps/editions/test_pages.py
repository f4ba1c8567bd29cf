"""The pages of the editions: who gets there, what they say, what they refuse."""

import uuid
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from shouwen.access.roles import Role
from shouwen.clocks.queries import active_pack
from shouwen.editions.models import Edition
from shouwen.editions.queries import loaded
from shouwen.people.models import Staff
from shouwen.ui.wording import local_day
from tests.apps.clocks.happenings import ANSWERED
from tests.apps.editions import drafts
from tests.apps.editions.drafts import (
    ONE_DAY,
    a_question,
    approver,
    changed,
    editor,
    holder,
    limit_of,
    wordings,
)
from tests.apps.editions.pages import a_changed_draft, a_draft, as_, now, text_of, work

pytestmark = pytest.mark.django_db(transaction=True)


def form(draft: Edition, **said: str) -> dict[str, str]:
    """What the form of the two working days sends, with some of it changed."""
    sent = {
        "act_id": str(uuid.uuid4()),
        "revision": str(draft.revision),
        "from": local_day(now()).isoformat(),
        "on_change": "freeze",
        "withdrawn": "false",
        "limit.value": "2",
        "limit.unit": "working_days",
        "warn_at": "0.8",
        "reading.day_of_receipt": "excluded",
        "reading.limit_ends": "close_of_last_working_day",
        "pauses.awaiting_customer.allowed": "true",
        "pauses.awaiting_customer.evidence": "true",
        "pauses.awaiting_customer.longest.value": "10",
        "pauses.awaiting_customer.longest.unit": "working_days",
    }
    return {**sent, **said}


def post_rule(draft: Edition, said: dict[str, str], *, by: Staff | None = None) -> Any:
    url = reverse("draft_rule", args=[draft.pk, ANSWERED])
    return as_(by or editor()).post(url, form(draft, **said))


def test_the_list_begins_empty_and_shows_editions_and_drafts():
    viewer = as_(editor())
    assert "还没有发布过新版" in text_of(viewer.get(reverse("editions")))

    drafts.published(now=now(), **ONE_DAY)
    a_draft()
    page = text_of(viewer.get(reverse("editions")))

    assert "第 2 版" in page
    assert "5.3.4" in page
    assert "2026 年修订" in page


def test_a_clause_without_a_draft_offers_to_start_one_and_leads_to_its_rule():
    client = as_(editor())
    url = reverse("draft_clause", args=["5.3.4"])
    assert "还没有草案" in text_of(client.get(url))

    sent = {"act_id": str(uuid.uuid4()), "name": "试改", "clause": "5.3.4"}
    answer = client.post(reverse("draft_start"), sent, follow=True)

    assert answer.redirect_chain[-1][0].endswith("/rules/consultation-answered-2wd/")
    assert "已发布的版本不动，另起一版" in text_of(answer)


def test_saving_the_form_unchanged_but_for_the_limit_changes_the_limit_alone():
    draft = a_draft()

    answer = post_rule(draft, {"limit.value": "1"})

    assert answer.status_code == 302
    row = Edition.objects.get(pk=draft.pk)
    before, after = wordings(loaded(row))
    assert (limit_of(after), after.pauses, after.reading, after.when) == (
        1,
        before.pauses,
        before.reading,
        before.when,
    )
    assert row.faults == []


def test_saving_the_own_version_for_another_day_moves_it():
    draft = a_draft()
    post_rule(draft, {"limit.value": "1"})

    post_rule(Edition.objects.get(pk=draft.pk), {"limit.value": "1", "from": "2031-01-01"})

    days = [
        v.from_.year for v in loaded(Edition.objects.get(pk=draft.pk)).rules[ANSWERED].versions
    ]
    assert days == [2025, 2031]


def test_title_and_wording_are_saved_with_the_version():
    draft = a_draft()

    post_rule(
        draft,
        {
            "head.title.zh": "一天内答复",
            "head.title.en": "Answered in a day",
            "head.wording.zh": "一个工作日内答复。",
            "head.wording.en": "Within a working day.",
        },
    )

    rule = loaded(Edition.objects.get(pk=draft.pk)).rules[ANSWERED]
    assert (rule.title.zh, rule.wording.en) == ("一天内答复", "Within a working day.")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"from": ""}, "写明从哪天起"),
        ({"from": "2025-01-01"}, "那天已有发布过的版本"),
        ({"from": "2025-06-01"}, "那天已经过去"),
        ({"limit.value": "很多"}, "写一个数"),
        ({"limit.unit": "moons"}, "没有这个选项"),
        ({"on_change": "rejudge_from"}, "写明重判哪天以后开始的"),
    ],
)
def test_a_field_that_cannot_be_read_is_marked_and_nothing_is_saved(said, told):
    draft = a_draft()

    answer = post_rule(draft, said)

    assert answer.status_code == 400
    assert told in text_of(answer)
    assert Edition.objects.get(pk=draft.pk).revision == 1


def test_a_fault_is_shown_with_file_place_and_remedy_in_both_languages_and_can_be_mended():
    draft = a_draft()
    post_rule(draft, {"warn_at": "7"})
    url = reverse("edition", args=[draft.pk])
    client = as_(editor())

    zh = text_of(client.get(url))
    client.cookies["django_language"] = "en"
    en = text_of(client.get(url))

    assert "不能是 7" in zh
    assert "应为0 与 1 之间" in zh.replace(" 0", "0")
    assert f"hotline/{ANSWERED}.toml" in zh
    assert "cannot be 7" in en
    assert "送审" not in zh.split("有 1 处问题")[0]
    answer = post_rule(Edition.objects.get(pk=draft.pk), {"warn_at": "0.7"})
    assert answer.status_code == 302
    assert Edition.objects.get(pk=draft.pk).faults == []


def test_who_saves_second_gets_a_conflict_with_what_was_typed():
    draft = a_draft()
    post_rule(draft, {"limit.value": "1"})

    answer = post_rule(draft, {"limit.value": "7"}, by=editor("8802"))

    assert answer.status_code == 409
    assert "别人刚保存过这份草案" in text_of(answer)
    assert 'value="7"' in text_of(answer)


def test_a_draft_goes_from_the_editor_to_the_approver_and_into_force():
    draft = a_changed_draft()
    page = as_(editor())
    url = reverse("edition", args=[draft.pk])
    assert "期限：2 个工作日 → 1 个工作日" in text_of(page.get(url))

    act = {"act_id": str(uuid.uuid4()), "revision": str(draft.revision)}
    page.post(reverse("edition_submit", args=[draft.pk]), act)
    assert "批准并发布" not in text_of(page.get(url))
    deciding = as_(approver())
    assert "批准并发布" in text_of(deciding.get(url))
    deciding.post(reverse("edition_approve", args=[draft.pk]), {"act_id": str(uuid.uuid4())})

    assert limit_of(wordings(active_pack())[-1]) == 1
    assert "现行" in text_of(deciding.get(url))


def test_an_approver_who_had_a_hand_in_it_is_told_so():
    both = holder(Role.APPROVER, "8899")
    draft = drafts.submitted(changed(a_draft(), by=both, now=now(), **ONE_DAY), now=now())

    answer = as_(both).post(
        reverse("edition_approve", args=[draft.pk]), {"act_id": str(uuid.uuid4())}
    )

    assert answer.status_code == 409
    assert "参与过起草的人不能审批" in text_of(answer)


def test_a_refusal_needs_a_reason_and_shows_it():
    draft = drafts.submitted(a_changed_draft(), now=now())
    url = reverse("edition_refuse", args=[draft.pk])
    client = as_(approver())
    assert client.post(url, {"act_id": str(uuid.uuid4())}).status_code == 400

    client.post(url, {"act_id": str(uuid.uuid4()), "reason": "周五下午做不到"})

    page = text_of(as_(editor()).get(reverse("edition", args=[draft.pk])))
    assert "退回原因：周五下午做不到" in page


def test_the_preview_counts_by_team_and_lists_every_clock():
    for _ in range(3):
        a_question(now())
    draft = drafts.submitted(a_changed_draft(on_change="rejudge_open", **ONE_DAY), now=now())
    client = as_(approver())
    url = reverse("edition", args=[draft.pk])
    assert "正在数" in text_of(client.get(url))

    work()

    assert "3 个时钟换了期限或结果" in text_of(client.get(url))
    moves = text_of(client.get(reverse("edition_moves", args=[draft.pk])))
    assert moves.count("<tr>") == 4
    assert "提前" in moves


def test_the_list_of_moves_goes_on_where_the_page_ends(monkeypatch):
    from shouwen.editions.views import looking

    monkeypatch.setattr(looking, "PAGE", 2)
    for _ in range(3):
        a_question(now())
    draft = drafts.submitted(a_changed_draft(on_change="rejudge_open", **ONE_DAY), now=now())
    work()
    client = as_(approver())

    first = client.get(reverse("edition_moves", args=[draft.pk]))
    more = text_of(first).split('sw-box__foot"><a class="btn sw-btn-s" href="')[1].split('"')[0]
    second = text_of(client.get(more.replace("&amp;", "&")))

    assert text_of(first).count("<tr>") == 3
    assert second.count("<tr>") == 2


def test_the_lists_ask_the_database_the_same_number_of_times_however_long(
    django_assert_max_num_queries,
):
    for _ in range(4):
        a_question(now())
    draft = drafts.submitted(a_changed_draft(on_change="rejudge_open", **ONE_DAY), now=now())
    for _ in range(3):
        a_draft()
    work()
    client = as_(approver())

    for name, args in (
        ("editions", []),
        ("edition", [draft.pk]),
        ("edition_moves", [draft.pk]),
        ("edition_diff", [draft.pk]),
    ):
        client.get(reverse(name, args=args))
        with django_assert_max_num_queries(22):
            assert client.get(reverse(name, args=args)).status_code == 200


def test_two_editions_apart_can_be_compared():
    drafts.published(now=now(), **ONE_DAY)
    third = drafts.published(now=now(), from_=local_day(now()) + drafts.DAY, warn_at=0.5)
    first = Edition.objects.get(number=1)

    query = urlencode({"with": first.pk})
    page = as_(approver()).get(f"{reverse('edition_diff', args=[third.pk])}?{query}")

    assert "期限：2 个工作日 → 1 个工作日" in text_of(page)
    assert "提醒点：80% → 50%" in text_of(page)


def test_an_auditor_reads_and_changes_nothing():
    auditor = as_(holder(Role.AUDITOR, "8821"))
    draft = a_changed_draft()

    page = text_of(auditor.get(reverse("edition", args=[draft.pk])))

    for verb in ("送审", "作废", "上传并检查", "数一遍"):
        assert verb not in page


def test_a_clause_that_waits_to_be_changed_says_so_to_those_who_see_editions():
    drafts.submitted(a_changed_draft(), now=now())
    clause = active_pack().rules["consultation-answered-2wd"].clause
    url = reverse("clause", args=[clause])

    assert "改这一条，待审批" in text_of(as_(approver()).get(url))
    assert "改这一条，待审批" not in text_of(as_(holder(Role.AGENT, "8898")).get(url))
