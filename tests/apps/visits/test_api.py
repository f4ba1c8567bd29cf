"""What phones ask and send: in the session of the person, safe to repeat, with the least of personal data."""

import io
import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from shouwen.fieldwork.models import Order
from shouwen.visits.models import Conflict, Device, FieldEvent, Pass, Photo
from shouwen.visits.operations import ask_wipe
from tests import people
from tests.apps.fieldwork.field import technician
from tests.apps.visits.phone import given_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    for code in people.DEPARTMENTS:
        people.department(code)
    customer, premises = people.home()
    return given_order(customer=customer, premises=premises)


@pytest.fixture
def phone(order):
    client = PhoneClient()
    client.force_login(technician())
    client.device = str(uuid.uuid4())
    answered(client, "field_device", label="x")
    return client


class PhoneClient(Client):
    """A browser that knows which phone it is on."""

    device = ""


def answered(client: PhoneClient, name: str, *, status: int = 200, **body):
    answer = client.post(
        reverse(name), json.dumps({"device": client.device, **body}), "application/json"
    )
    assert answer.status_code == status, answer.content
    return answer.json()


def event(order: Order, kind: str = "note", sequence: int = 1, **data) -> dict[str, object]:
    return {
        "id": str(uuid.uuid4()),
        "sequence": sequence,
        "kind": kind,
        "at": "2026-11-24T10:00:00+08:00",
        "order": str(order.pk),
        "version": order.version,
        "data": data,
    }


def picture(size=(40, 30), *, gps: bool = False) -> bytes:
    image, out = Image.new("RGB", size, "red"), io.BytesIO()
    exif = Image.Exif()
    if gps:
        exif[0x8825] = {1: "N", 2: (30.0, 30.0, 0.0), 3: "E", 4: (117.0, 2.0, 0.0)}
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_the_day_has_the_orders_the_rules_of_the_door_and_no_more_of_people_than_needed(
    phone, order
):
    day = answered(phone, "field_package")

    (packed,) = day["orders"]
    assert packed["place"] == "青梧里 3-1-502"
    assert (packed["called"], packed["phone"]) == ("阮女士", "14077002093")
    assert "阮文秀" not in json.dumps(day, ensure_ascii=False)
    assert len(packed["code"]) == 8
    assert "door-bell" in {rule["rule"] for rule in day["rules"]["protocols"]}
    assert len(day["rules"]["customers"]) == 7
    said = [line for rule in day["rules"]["phrases"] for line in rule["says"]]
    assert any("安泰" in line for line in said)
    assert not any("{" in line for line in said)
    assert day["plan"]["gap"]["step"] == "gap_test"


def test_a_batch_is_kept_once_and_answered_alike(phone, order):
    batch = [event(order, "start"), event(order, "note", 2, words="试")]

    first = answered(phone, "field_events", events=batch)
    second = answered(phone, "field_events", events=list(reversed(batch)))

    assert sorted(map(str, first["receipts"])) == sorted(map(str, second["receipts"]))
    assert FieldEvent.objects.count() == 2


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "nothing"}, {"id": "x"}, {"sequence": 0}, {"sequence": True}, {"at": "yesterday"},
        {"data": {"a": []}}, {"data": []}, {"offset": 10**12}, {"order": "x"},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_whole(phone, order, broken):
    answered(phone, "field_events", status=400, events=[event(order), {**event(order), **broken}])

    assert FieldEvent.objects.count() == 0


def test_an_order_that_is_not_there_any_more_is_kept_and_shown(phone, order):
    lost = {**event(order, "step"), "order": str(uuid.uuid4())}

    told = answered(phone, "field_events", events=[lost])

    assert told["receipts"][0]["state"] == "kept"
    assert Conflict.objects.get().reason == "no_order"


def test_somebody_elses_phone_and_an_unknown_one_get_nothing(phone, order):
    other = PhoneClient()
    other.force_login(technician("3306", "何安"))
    other.device = phone.device

    answered(other, "field_events", status=409, events=[])
    other.device = str(uuid.uuid4())
    answered(other, "field_package", status=404)


def test_a_phone_that_is_to_be_wiped_gets_no_day_and_may_still_send(phone, order):
    ask_wipe(
        act_id=uuid.uuid4(),
        device_id=uuid.UUID(phone.device),
        by=people.staff("zhou_min"),
        now=people.MORNING,
    )

    assert answered(phone, "field_events", events=[event(order)])["receipts"]
    day = answered(phone, "field_package")
    assert day["wipe"]
    assert "orders" not in day
    answered(phone, "field_wiped")
    assert Device.objects.get().wiped_at


def test_a_post_without_the_key_of_the_session_is_refused(order):
    client = Client(enforce_csrf_checks=True)
    client.force_login(technician())

    answer = client.post(reverse("field_device"), "{}", "application/json")

    assert answer.status_code == 403


def test_a_photo_is_made_anew_and_its_place_kept_apart(phone, order, settings, tmp_path):
    settings.SHOUWEN_ATTACHMENTS_DIR = tmp_path
    sent = {"id": str(uuid.uuid4()), "order": str(order.pk), "kind": "photo"}

    for _ in range(2):
        file = io.BytesIO(picture(gps=True) + b"<script>")
        file.name = "a.jpg"
        answer = phone.post(reverse("field_photos"), {**sent, "file": file})
        assert answer.status_code == 200, answer.content

    row = Photo.objects.get()
    assert row.gps == "30.500000,117.033333"
    (kept,) = tmp_path.rglob("*.jpg")
    assert b"script" not in kept.read_bytes()
    with Image.open(kept) as made:
        assert not made.getexif()


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg/>", b"\xff\xd8\xff\xe0broken"])
def test_what_is_no_picture_is_refused(phone, order, content):
    file = io.BytesIO(content or b"x")
    file.name = "a.jpg"

    answer = phone.post(reverse("field_photos"), {"id": str(uuid.uuid4()), "file": file})

    assert answer.status_code == 400
    assert Photo.objects.count() == 0


def test_who_is_at_my_door_is_answered_for_a_code_that_is_valid_now(phone, order):
    answered(phone, "field_package")
    code = Pass.objects.get().code
    stranger = Client()

    page = stranger.post(reverse("verify"), {"shown": f"{code[:4]} {code[4:]}"}).content.decode()
    assert "李强" in page
    assert "3305" in page
    assert "青梧里" not in page
    Pass.objects.update(valid_until=people.MORNING)
    page = stranger.post(reverse("verify"), {"shown": code}).content.decode()
    assert "李强" not in page


def test_codes_cannot_be_tried_out(order):
    stranger = Client()
    codes = [
        stranger.post(reverse("verify"), {"shown": f"0000 {n:04d}"}).status_code for n in range(12)
    ]

    assert codes[:10] == [200] * 10
    assert set(codes[10:]) == {429}
