"""The pages of casework: who may, what is kept when an act is refused, how many queries a list costs."""

import re
import subprocess
import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shouwen.cases import operations
from shouwen.cases.models import Attachment, Case, Handover, ShiftHandover
from shouwen.journal.models import Entry
from tests import people
from tests.apps.cases.acts import fresh, on

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.SHOUWEN_ATTACHMENTS_DIR = tmp_path / "attachments"


def browser(who) -> Client:
    client = Client()
    client.force_login(people.staff(who))
    return client


def url_of(name, case):
    """Every address of casework, with something that stands behind it."""
    link = uuid.uuid4()
    return {
        "cases": lambda: reverse("cases"),
        "cases_rows": lambda: reverse("cases_rows"),
        "enter_late": lambda: reverse("enter_late"),
        "hand_over_shift": lambda: reverse("hand_over_shift"),
        "case": lambda: reverse("case", args=[case.number]),
        "reclassify": lambda: reverse("reclassify", args=[case.number]),
        "print_order": lambda: reverse("print_order", args=[case.number]),
        "attachment": lambda: reverse("attachment", args=[case.number, link]),
        "act_on_case": lambda: reverse("act_on_case", args=[case.number, "void"]),
    }[name]()


GETS = ("cases", "cases_rows", "enter_late", "hand_over_shift", "case", "reclassify", "attachment")
POSTS = ("print_order", "act_on_case")


def send(client, case, what, **values):
    data = {"act_id": str(uuid.uuid4()), "version": str(case.version), **values}
    return client.post(reverse("act_on_case", args=[case.number, what]), data)


@pytest.mark.parametrize("name", [*GETS, *POSTS])
def test_a_stranger_is_sent_to_the_sign_in(name):
    url = url_of(name, people.case())

    answer = Client().post(url) if name in POSTS else Client().get(url)

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("sign_in"))


@pytest.mark.parametrize("name", [*GETS, *POSTS])
def test_the_system_administrator_sees_no_casework(name):
    url = url_of(name, people.case())
    client = browser("admin")

    answer = client.post(url) if name in POSTS else client.get(url)

    assert answer.status_code == 403


@pytest.mark.parametrize("what", ["void", "reopen", "reassign", "link", "merge", "attach"])
def test_an_auditor_changes_nothing(what):
    assert send(browser("auditor"), people.case(), what).status_code == 403


def test_only_a_supervisor_reassigns():
    case = people.case()

    assert send(browser("wang_min"), case, "reassign").status_code == 403


def test_an_act_on_an_older_page_is_refused_with_who_what_and_when_and_keeps_the_words():
    case = people.case()
    operations.report(what="arrived", **on(case, 5, by=people.staff("zhou_min")))

    answer = send(browser("wang_min"), case, "answer", channel="hall", words="阀门已关，放心")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "周敏" in page
    assert "到场" in page
    assert "阀门已关，放心</textarea>" in page
    assert '<option value="hall" selected>' in page
    assert not Entry.objects.filter(kind="case.answered").exists()


def test_a_note_by_somebody_else_gets_in_nobodys_way():
    case = people.case()
    operations.note_progress(note="客户在家", **on(case, 5, by=people.staff("zhou_min")))

    answer = send(browser("wang_min"), case, "answer", channel="phone", words="已答复")

    assert answer.status_code == 302


def test_a_form_that_is_not_filled_in_keeps_what_was_typed():
    case = people.case()

    answer = send(browser("wang_min"), case, "void", words="客户打了两次", reason="")

    assert answer.status_code == 400
    assert "客户打了两次</textarea>" in answer.content.decode()


def test_a_head_shows_three_acts_and_a_menu_with_the_rest():
    case = people.case()

    page = browser("wang_min").get(reverse("case", args=[case.number])).content.decode()

    head = page[page.index("sw-case-acts") : page.index('<details class="sw-more"')]
    asked = (
        r'<button type="button" class="btn[^>]*popovertarget="ask-[a-z]+"(?! popovertargetaction)'
    )
    assert len(re.findall(asked, head)) == 2
    assert f'href="{reverse("dispatch_of_case", args=[case.number])}"' in head
    assert "作废" in page
    assert "改分类" in page


def test_a_file_goes_up_and_comes_down_as_a_harmless_download():
    case = people.case()
    client = browser("wang_min")
    sent = SimpleUploadedFile("../../现场<1>.exe", PNG, content_type="text/html")
    up = send(client, case, "attach", file=sent)
    kept = Attachment.objects.get()

    down = client.get(reverse("attachment", args=[case.number, kept.pk]))

    assert up.status_code == 302
    assert down.getvalue() == PNG
    assert down["Content-Type"] == "image/png"
    assert down["Content-Disposition"].startswith("attachment;")
    assert ".exe" not in down["Content-Disposition"]
    assert down["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(kind="data.read", data__field="attachment").count() == 1


def test_a_file_of_another_case_is_not_there():
    case, other = people.case(), people.case()
    client = browser("wang_min")
    send(client, case, "attach", file=SimpleUploadedFile("a.png", PNG))
    kept = Attachment.objects.get()

    assert client.get(reverse("attachment", args=[other.number, kept.pk])).status_code == 404


def test_a_file_that_is_too_large_is_not_kept_anywhere():
    case = people.case()
    large = SimpleUploadedFile("a.png", PNG + b"\0" * operations.LARGEST_BYTES)

    answer = send(browser("wang_min"), case, "attach", file=large)

    assert answer.status_code == 400
    assert "10 MB" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_what_is_no_picture_is_refused_in_words():
    case = people.case()
    script = SimpleUploadedFile("photo.png", b"<html><script>alert(1)</script>")

    answer = send(browser("wang_min"), case, "attach", file=script)

    assert answer.status_code == 409
    assert "不是图片" in answer.content.decode()


def test_a_work_order_is_a_pdf_with_number_keeper_and_watermark(tmp_path):
    case = people.case(caller_phone="14077002093")
    order = {
        "act_id": str(uuid.uuid4()),
        "keeper": people.staff("li_qiang").staff_no,
        "purpose": "visit",
        "destroy_on": date(2026, 11, 8).isoformat(),
    }

    answer = browser("wang_min").post(reverse("print_order", args=[case.number]), order)

    path = tmp_path / "order.pdf"
    path.write_bytes(answer.content)
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert f"{case.number}-P1" in text
    for words in ("李强 3305", "2026-11-08", "14077002093", "王敏 1031"):
        assert words in text
    assert Entry.objects.filter(kind="case.printed").count() == 1


def test_the_preview_names_the_clocks_that_move_and_the_act_moves_them():
    for code in ("emergency",):
        people.department(code)
    case = people.case(
        kind="network_fault",
        side="network",
        severity="ordinary",
        department="emergency",
        by=people.staff("zhou_min"),
    )
    choice = {
        "kind": "network_fault",
        "leaf": "",
        "side": "network",
        "severity": "major",
        "department": "emergency",
    }
    client = browser("zhou_min")
    url = reverse("reclassify", args=[case.number])

    seen = client.get(url, choice).content.decode()
    done = client.post(url, {**choice, "act_id": str(uuid.uuid4()), "version": case.version})

    assert "不再适用" in seen
    assert "新开始" in seen
    assert done.status_code == 302
    assert fresh(case).severity == "major"


def test_another_case_that_cannot_be_seen_is_as_if_it_were_not_there():
    mine = people.case(by=people.staff("li_qiang"))
    hidden = people.case(by=people.staff("zheng_lan"), department="quality")

    answer = send(browser("li_qiang"), mine, "link", other=hidden.number, kind="related")

    assert answer.status_code == 409
    assert hidden.number in answer.content.decode()


def test_a_void_is_approved_by_another_person_from_the_case_page():
    case = people.case()
    send(browser("wang_min"), case, "void", reason="duplicate", words="")
    wish = case.void_requests.get()
    act = {"act_id": str(uuid.uuid4())}

    own = browser("wang_min").post(reverse("approve_void", args=[wish.pk]), act)
    done = browser("zhou_min").post(reverse("approve_void", args=[wish.pk]), act)

    assert (own.status_code, done.status_code) == (403, 302)
    assert fresh(case).state == "voided"


def test_a_shift_is_handed_over_and_taken_over():
    cases = [people.case() for _ in range(3)]
    people.staff("lin_xiao")
    order = {
        "act_id": str(uuid.uuid4()),
        "to": "staff:1015",
        "words": "夜班接着回电",
        "case": [str(case.pk) for case in cases[:2]],
    }

    offer = browser("wang_min").post(reverse("hand_over_shift"), order)
    start = browser("lin_xiao").get(reverse("my_work")).content.decode()
    shift = ShiftHandover.objects.get()
    act = {"act_id": str(uuid.uuid4())}
    stranger = browser("sun_li").post(reverse("accept_shift", args=[shift.pk]), act)
    taken = browser("lin_xiao").post(reverse("accept_shift", args=[shift.pk]), act)

    assert offer.status_code == 302
    assert "2 张工单" in start
    assert (stranger.status_code, taken.status_code) == (403, 302)
    assert Case.objects.filter(owner=people.staff("lin_xiao")).count() == 2


def test_somebody_elses_case_is_not_handed_over_with_a_shift():
    people.case()
    theirs = people.case(by=people.staff("sun_li"))
    order = {"act_id": str(uuid.uuid4()), "to": "staff:3301", "words": "交", "case": [theirs.pk]}

    answer = browser("wang_min").post(reverse("hand_over_shift"), order)

    assert answer.status_code == 400
    assert not Handover.objects.exists()
