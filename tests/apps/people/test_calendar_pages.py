import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shouwen.access.roles import Role
from shouwen.people import operations
from shouwen.people.models import CalendarDraft, Staff
from tests import people
from tests.apps.people.calendar_files import YEAR_2027
from tests.apps.people.register import NOW, act, who

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_added_years"),
]
FUTURE = YEAR_2027.replace("2027", "2039").replace(", makeup = [2039-02-20]", "")


def signed_in(role, number):
    there = Staff.objects.filter(staff_no=number).first()
    person = there or operations.hire(staff_no=number, who=who(roles={role}), act=act(), now=NOW)
    client = Client()
    client.force_login(person)
    return client


def editor():
    return signed_in(Role.EDITOR, "9101")


def approver():
    return signed_in(Role.APPROVER, "9111")


def sent(**fields):
    return {"act_id": str(uuid.uuid4()), **fields}


def upload(text=FUTURE, *, by=None):
    file = SimpleUploadedFile("2039.toml", text.encode())
    return (by or editor()).post(reverse("calendar_upload"), sent(file=file))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.EDITOR, 200),
        (Role.APPROVER, 200),
        (Role.COMPANY_MANAGER, 200),
        (Role.AUDITOR, 200),
        (Role.SYSTEM_ADMIN, 403),
        (Role.AGENT, 403),
    ],
)
def test_who_may_look_at_the_calendar(role, status):
    assert signed_in(role, "7777").get(reverse("calendar")).status_code == status


def test_only_an_editor_uploads_and_only_an_approver_publishes():
    refused = upload(by=approver())
    upload()
    draft = CalendarDraft.objects.get()

    answer = editor().post(reverse("calendar_publish", args=[draft.pk]), sent())

    assert (refused.status_code, answer.status_code) == (403, 403)


def test_upload_preview_approval_from_page_to_page():
    preview = upload()
    address = preview["Location"]
    assert editor().get(address).context["page"].actions[0].verb == "撤回"
    publish = approver().get(address).context["page"].actions[0]

    answer = approver().post(publish.url, sent())

    assert answer["Location"] == address
    assert CalendarDraft.objects.get().state == "published"
    assert "2039" in approver().get(reverse("calendar")).content.decode()


def test_faults_come_with_their_line_and_what_to_do():
    answer = upload(FUTURE.replace("to = 2039-01-03", "to = 2038-01-03"))

    text = answer.content.decode()
    assert answer.status_code == 400
    assert "第 6 行 year.0.holiday.0.to" in text
    assert "早于" in text


def test_the_page_warns_when_a_year_is_missing_and_says_what_to_do():
    page = editor().get(reverse("calendar")).context["page"]

    assert [note.look for note in page.warnings] in (["warn"], ["over"], [])


def test_a_draft_that_was_decided_meanwhile_is_told():
    upload()
    address = reverse("calendar_publish", args=[CalendarDraft.objects.get().pk])
    approver().post(address, sent())

    answer = signed_in(Role.APPROVER, "9112").post(address, sent())

    assert (answer.status_code, "已经有人决定" in answer.content.decode()) == (409, True)


def test_an_upload_that_is_no_text_is_refused_with_a_sentence():
    file = SimpleUploadedFile("x.toml", b"\xff\xfe\x00")

    answer = editor().post(reverse("calendar_upload"), sent(file=file))

    assert (answer.status_code, "TOML" in answer.content.decode()) == (400, True)


def test_the_preview_costs_a_bounded_number_of_queries(django_assert_max_num_queries):
    from tests.apps.people.calendar_files import a_question

    for _ in range(30):
        a_question()
    address = upload(YEAR_2027)["Location"]
    client = approver()

    with django_assert_max_num_queries(16):
        page = client.get(address).context["page"]

    assert len(page.moves) == 30


def test_the_preview_shows_no_customer():
    case = people.case(kind="consultation", side="none")
    address = upload()["Location"]

    assert case.said not in editor().get(address).content.decode()
