"""The picture of a call: what was measured on its recording is shaded and told, or it says that it was not."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from shouwen.hotline.models import Recording, RecordingSound
from tests.apps.review.reviewed import NOW, drawn, reviewer, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    taken("S18")
    return drawn(reviewer())[0]


@pytest.fixture
def page(client, review):
    def read() -> str:
        client.force_login(reviewer(), backend="django.contrib.auth.backends.ModelBackend")
        text: str = client.get(reverse("review", args=[review.pk])).content.decode()
        return text

    return read


def measured(review, **more) -> RecordingSound:
    """A recording of the talk with measures, its file elsewhere."""
    call = review.call
    seconds = (call.ended_at - call.answered_at).total_seconds()
    recording = Recording.objects.create(
        id=uuid.uuid4(), call=call, path="x", channels=2, seconds=seconds, bytes=1,
        sha256="0" * 64, added_at=NOW, kept_until=NOW.date() + timedelta(days=9),
    )  # fmt: skip
    plain = {
        "state": "measured",
        "measured_at": NOW,
        "begins_after": (call.answered_at - call.rang_at).total_seconds(),
        "seconds": seconds,
        "agent_lufs": -23.4,
        "agent_rate": 4.8,
        "agent_pitch_hz": 212.0,
        "agent_pitch_spread": 3.1,
        "agent_spans": [[0.5, 5.0], [9.0, 12.0]],
        "customer_spans": [[5.5, 10.0], [35.0, 38.0]],
        "overlaps": [[9.0, 10.0, "agent", True, 3.0]],
        "dead_air": [[12.0, 35.0]],
    }
    return RecordingSound.objects.create(recording=recording, **(plain | more))


def shaded(text: str) -> list[str]:
    return re.findall(r'<rect class="sw-w-(\w+)"', text)


def test_breaking_in_and_silence_beyond_the_limits_are_named(review, page):
    measured(review)

    text = page()

    assert shaded(text) == ["ov", "sil"]
    assert "抢话 1 秒" in text
    assert "静音 0:23" in text
    assert "抢话 1 处 · 久静 1 处" in text


def test_what_lies_within_the_limits_is_shaded_and_not_named(review, page):
    measured(
        review,
        overlaps=[[9.0, 9.4, "agent", True, 3.0], [20.0, 21.0, "customer", True, 2.0]],
        customer_spans=[[5.5, 10.0], [20.0, 24.0]],
    )

    text = page()

    assert shaded(text) == ["ov", "sil", "by"]
    assert "抢话" not in text.split("</svg>")[0].split("<svg")[-1]


def test_loudness_rate_and_pitch_are_told_against_the_agents_own(review, page):
    measured(review, usual_pitch_hz=200.0, norm_calls=7)

    text = page()

    assert "−23.4 LUFS · 每秒 4.8 个音节" in text
    assert "212 Hz · 比平时高 1 个半音" in text
    assert "最长静音" in text


def test_without_a_norm_it_says_so(review, page):
    measured(review, norm_calls=2)

    assert "还没有平时值（2 / 5 通）" in page()


def test_a_recording_that_was_not_measured_says_why(review, page):
    measured(review, state="unmeasured", why_zh="未评估：没有安装 [audio]", why_en="not evaluated")

    text = page()

    assert "未评估：没有安装 [audio]" in text
    assert "LUFS" not in text


def test_a_recording_that_waits_to_be_measured_says_so(review, page):
    measured(review).delete()

    assert "录音还没量" in page()


def test_without_a_recording_the_times_of_the_words_are_drawn(page):
    text = page()

    assert "没有录音，按文字的时间画" in text
    assert "抢话 1.2 秒" in text
    assert 'class="sw-rv-facts"' not in text
