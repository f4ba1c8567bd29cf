"""The pages of hazards: who sees what, what each act does, sealed papers, and what is refused."""

import subprocess
import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from shouwen.access.roles import Role
from shouwen.clocks.models import Clock
from shouwen.clocks.queries import active_pack
from shouwen.customers.flags import flags_of
from shouwen.fieldwork.models import Hazard, HazardNotice, NoticePaper
from shouwen.fieldwork.presenters.notice import notice_pdf, notice_sheet
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from tests import people
from tests.apps.fieldwork.field import at, technician
from tests.apps.fieldwork.hazardous import OLD_HOSE, PICTURE, found, given, noticed, office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.SHOUWEN_ATTACHMENTS_DIR = tmp_path / "files"
    settings.SHOUWEN_HOME = str(tmp_path)


def client_of(person: Staff) -> Client:
    client = Client()
    client.force_login(person)
    return client


def act(client: Client, hazard: Hazard, what: str, **fields):
    return client.post(
        reverse("act_on_hazard", args=[hazard.number, what]), {"act_id": uuid.uuid4(), **fields}
    )


def text(answer) -> str:
    return str(answer.content, "utf-8")


def test_a_stranger_is_sent_to_the_door(client):
    assert client.get(reverse("hazards")).status_code == 302


def test_the_list_shows_open_hazards_and_leaves_closed_ones_out():
    hazard = found()

    page = text(client_of(office()).get(reverse("hazards")))

    assert hazard.number in page
    assert "使用直排式热水器" in page
    assert hazard.number not in text(client_of(office()).get(reverse("hazards") + "?state=closed"))


def test_whoever_works_outside_sees_their_own_hazards_only():
    mine, other = found(), found(OLD_HOSE, found_by=technician("3306", "周强"))

    page = text(client_of(technician()).get(reverse("hazards")))

    assert mine.number in page
    assert other.number not in page
    assert client_of(technician()).get(reverse("hazard", args=[other.number])).status_code == 403


def test_the_list_is_as_cheap_with_forty_hazards(django_assert_max_num_queries):
    client = client_of(office())
    for _ in range(40):
        found(OLD_HOSE)
    client.get(reverse("hazards"))

    with django_assert_max_num_queries(14):
        client.get(reverse("hazards"))


def test_the_list_goes_on_where_a_page_ended(monkeypatch):
    monkeypatch.setattr("shouwen.fieldwork.views.hazards.ROWS", 2)
    numbers = [found(OLD_HOSE, minutes=n).number for n in range(3)]
    client = client_of(office())
    first = client.get(reverse("hazards"))

    second = text(client.get(first.context["page"].more_url))

    assert numbers[0] in second
    assert numbers[2] not in second


def test_the_office_puts_a_hazard_on_record_at_a_home(monkeypatch):
    client = client_of(office())
    asked = {"act_id": uuid.uuid4(), "code": OLD_HOSE, "place": "青梧里 3-1-502", "where": "灶下"}

    answer = client.post(reverse("find_hazard"), asked)

    made = Hazard.objects.get()
    assert answer["Location"] == reverse("hazard", args=[made.number])
    assert (made.found_by, made.where) == (office(), "灶下")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"place": ""}, "写户号或地址"),
        ({"account": "nobody"}, "没有这个户号"),
        ({"code": "HZ-Z99"}, "隐患目录里没有这一种"),
    ],
)
def test_what_cannot_be_put_on_record_is_told(changed, says):
    asked = {"act_id": uuid.uuid4(), "code": OLD_HOSE, "place": "青梧里 3-1-502"}

    answer = client_of(office()).post(reverse("find_hazard"), asked | changed)

    assert answer.status_code == 400
    assert says in text(answer)


def test_from_stop_to_closing_by_the_buttons_of_the_page():
    hazard, client = found(), client_of(office())
    act(client, hazard, "photo", photo=_upload())
    act(client, hazard, "stop", stop="appliance", seal="F-0231")
    act(client, hazard, "notice", until="2026-10-24")
    refused = act(client, hazard, "close")
    assert refused.status_code == 409
    assert "书面告知的送达凭证" in text(refused)

    notice = HazardNotice.objects.get()
    give = reverse("act_on_notice", args=[hazard.number, notice.pk, "give"])
    client.post(give, {"act_id": uuid.uuid4(), "how": "signed", "signer": "阮女士"})
    act(client, hazard, "rectified")
    act(client, hazard, "recheck", passed="yes", reading="co_ppm_room", value="3")
    act(client, hazard, "gas-back")
    act(client, hazard, "close")

    hazard.refresh_from_db()
    assert hazard.state == "closed"
    assert NoticePaper.objects.count() == 2  # as it was made, and as it was given


def test_an_act_on_an_older_page_is_refused():
    hazard, client = found(OLD_HOSE), client_of(office())
    act(client, hazard, "tell", version=1)

    answer = act(client, hazard, "rectified", version=1)

    assert answer.status_code == 409
    assert "有人刚刚动过" in text(answer)


def test_a_notice_without_its_proof_is_refused():
    hazard = found()
    notice = noticed(hazard)
    give = reverse("act_on_notice", args=[hazard.number, notice.pk, "give"])

    answer = client_of(office()).post(give, {"act_id": uuid.uuid4(), "how": "refused"})

    assert answer.status_code == 409
    assert "凭证不全" in text(answer)


def test_an_agent_may_say_that_it_is_put_right_and_no_more():
    hazard, agent = found(OLD_HOSE), client_of(people.staff("wang_min"))

    assert act(agent, hazard, "rectified").status_code == 302
    assert act(agent, hazard, "close").status_code == 403


def test_a_sealed_paper_and_a_photo_are_downloads_and_leave_a_trace():
    hazard, client = found(), client_of(office())
    act(client, hazard, "photo", photo=_upload())
    act(client, hazard, "notice", until="2026-10-24")
    paper, photo = NoticePaper.objects.get(), hazard.photos.get()

    pdf = client.get(reverse("hazard_paper", args=[hazard.number, paper.pk]))
    picture = client.get(reverse("hazard_photo", args=[hazard.number, photo.pk]))

    assert pdf.getvalue().startswith(b"%PDF-")
    assert Image.open(BytesIO(PICTURE)).getexif()
    served = Image.open(BytesIO(picture.getvalue()))
    assert (served.format, served.size) == ("JPEG", (64, 48))
    assert not served.getexif()
    assert Entry.objects.filter(kind="data.read", subject_id=hazard.pk).count() == 2


def test_what_is_no_picture_is_no_photo():
    hazard = found()
    upload = SimpleUploadedFile("x.jpg", b"%PDF-1.7")

    assert act(client_of(office()), hazard, "photo", photo=upload).status_code == 409


def test_a_clock_tells_why_on_the_page_of_its_hazard():
    hazard = found()
    client = client_of(office())
    url = client.get(reverse("hazard", args=[hazard.number])).context["page"].clocks[0].why_url

    assert 'id="why"' in text(client.get(url, headers={"hx-request": "true"}))


@pytest.mark.parametrize(
    ("role", "sees_home"), [(Role.DISPATCHER, True), (Role.STATION_MANAGER, False)]
)
def test_whoever_sees_no_homes_is_told_the_estate_alone(role, sees_home):
    _, home = people.home()
    kept, told = found(premises=home), found(code=OLD_HOSE, place="青梧里 3-1-502")
    reader = Staff.objects.create_staff(staff_no="8010", name="何", password=None, roles={role})
    client = client_of(reader)

    pages = [client.get(reverse("hazards"))]
    pages += [client.get(reverse("hazard", args=[each.number])) for each in (kept, told)]

    for page in pages:
        assert home.estate.name in text(page)
        assert any(f in text(page) for f in (home.address, "3-1-502")) == sees_home


def test_no_hazard_is_chosen_before_somebody_chooses_one():
    page = client_of(office()).get(reverse("find_hazard")).context["page"]
    code = next(field for field in page.fields if field.name == "code")

    assert code.options[0].value == ""
    assert not any(option.selected for option in code.options)


def test_the_clock_of_a_hazard_tells_why_on_the_clock_board_too():
    hazard, client = found(), client_of(people.staff("zhou_min"))
    clock = Clock.objects.filter(subject_id=hazard.pk)[0]

    board = text(client.get(reverse("clock_board")))
    drawer = text(client.get(reverse("why", args=[clock.pk])))

    link = f'href="{reverse("hazard", args=[hazard.number])}"'
    assert link in board
    assert link in drawer
    assert hazard.number in drawer


def test_the_notice_says_everything_that_a_notice_has_to_say():
    hazard = found(where="厨房热水器", remark="没有烟道")
    notice = given(noticed(hazard, instrument="JL-07"))

    sheet = notice_sheet(notice=notice, pack=active_pack())

    words = str(sheet)
    for expected in (
        notice.number, hazard.number, "HZ-D01", "厨房热水器", "重大", "2026-10-24", "用户",
        "JL-07", "8619612", "不指定品牌", "阮女士", "拒签", "24 小时内恢复", "李强 3305",
    ):  # fmt: skip
        assert expected in words, expected


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_notice_is_one_readable_page(tmp_path, language):
    notice = given(noticed(found(where="厨房热水器")))
    path = tmp_path / "notice.pdf"

    path.write_bytes(notice_pdf(notice=notice, pack=active_pack(), language=language))

    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert "Pages:           1" in told


def _upload():
    return SimpleUploadedFile("x.jpg", PICTURE)


def test_an_open_hazard_flags_its_home_and_a_closed_one_does_not():
    _, home = people.home()
    hazard = found(premises=home)

    assert [flag.grade for flag in flags_of(home.pk)] == ["major"]

    agent = client_of(people.staff("wang_min"))
    assert "使用直排式热水器" in text(agent.get(reverse("premises", args=[home.pk])))
    Hazard.objects.filter(pk=hazard.pk).update(
        notified_at=at(1), closed_at=at(2), closed_by=technician()
    )
    assert flags_of(home.pk) == ()
