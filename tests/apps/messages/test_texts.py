import shutil

import pytest
from typer.testing import CliRunner

from shouwen.messages.addresses import masked, tidy
from shouwen.messages.commands import app
from shouwen.messages.texts import (
    UnknownText,
    WrongParams,
    active_texts,
    folder,
    load_texts,
    sms_parts,
)
from shouwen.standard.faults import PackFaults

COMPANY = {"brand", "hotline", "company", "short_name", "name"}


@pytest.fixture
def own(tmp_path):
    """A copy of the shipped folder, to be spoilt."""
    return shutil.copytree(folder(), tmp_path / "messages")


def faults_of(path) -> list[str]:
    with pytest.raises(PackFaults) as caught:
        load_texts(path, company=COMPANY)
    return str(caught.value).splitlines()


def test_every_shipped_text_can_be_filled_in_in_both_languages():
    texts = active_texts()

    for text in texts.by_id.values():
        for language in ("zh", "en"):
            rendered = texts.render(
                text.id, params=dict.fromkeys(text.required, "甲"), language=language
            )
            assert rendered.body
            assert "{" not in rendered.title + rendered.body


def test_a_text_is_filled_in_with_values_and_the_names_of_the_company():
    body = active_texts().render("case-received", params={"number": "88"}, language="zh").body

    assert "工单号88" in body
    assert "8619612" in body


def test_missing_and_unknown_values_are_named():
    with pytest.raises(WrongParams, match=r"\['number'\].*\['nubmer'\]"):
        active_texts().render("case-received", params={"nubmer": "88"}, language="zh")


def test_a_value_that_looks_like_a_slot_is_not_filled_in_again():
    body = (
        active_texts()
        .render("case-answered", params={"number": "8", "answer": "{hotline} {x}"}, language="zh")
        .body
    )

    assert "{hotline} {x}" in body


def test_a_title_stays_one_line_whatever_is_filled_in():
    rendered = active_texts().render(
        "case-answered", params={"number": "8\r\nBcc: all", "answer": "好"}, language="zh"
    )

    assert rendered.title == "安泰燃气：工单8 Bcc: all"


def test_a_text_that_is_not_there_is_named():
    with pytest.raises(UnknownText, match="no-such"):
        active_texts().render("no-such", params={}, language="zh")


def test_every_fault_is_named_at_once_with_place_and_remedy(own):
    file = own / "texts" / "case-received.toml"
    file.write_text(file.read_text().replace("{number}", "{nummer}", 1).replace("[en]", "[em]"))
    (own / "texts" / "other.toml").write_text((own / "texts" / "gas-restored.toml").read_text())
    (own / "sending.toml").write_text("keep_days = 'long'")

    found = faults_of(own)

    assert any(line.startswith("texts/case-received.toml: em") for line in found)
    assert any(line.startswith("texts/other.toml: id: gas-restored") for line in found)
    assert any(line.startswith("sending.toml: keep_days") for line in found)
    assert any(line.startswith("sending.toml: quiet_hours") for line in found)


def test_an_unknown_slot_is_named_with_the_nearest_known_one(own):
    file = own / "texts" / "case-received.toml"
    file.write_text(file.read_text().replace("{number}", "{numbre}"))

    found = faults_of(own)

    assert "texts/case-received.toml: zh: {numbre} is unknown; did you mean number?" in found
    assert any("{number} is never used" in line for line in found)


def test_a_long_sms_is_counted_in_parts():
    assert [sms_parts("字" * n) for n in (70, 71, 134, 135)] == [1, 2, 2, 3]
    assert [sms_parts("a" * n) for n in (160, 161)] == [1, 2]


@pytest.mark.parametrize(
    ("given", "channel", "stored"),
    [
        ("140 7700 2093", "sms", "14077002093"),
        ("+86-140-7700-2093", "sms", "14077002093"),
        ("+4915112345678", "sms", "+4915112345678"),
        ("0538-8123456", "sms", ""),
        ("", "sms", ""),
        (" chen@example.com ", "mail", "chen@example.com"),
        ("chen@example.com\nBcc: all@example.com", "mail", ""),
        ("chen", "mail", ""),
        ("值班室", "file", "值班室"),
    ],
)
def test_an_address_is_stored_in_its_one_form_or_not_at_all(given, channel, stored):
    assert tidy(given, channel=channel) == stored


def test_recipients_are_masked():
    assert masked("14077002093", channel="sms") == "140 **** 2093"
    assert masked("chen@example.com", channel="mail") == "c***@example.com"
    assert masked("", channel="sms") == ""


def test_the_command_names_faults_and_remarks_on_length(own):
    good = CliRunner().invoke(app, ["check", str(own)])
    (own / "sending.toml").unlink()
    bad = CliRunner().invoke(app, ["check", str(own)])

    assert good.exit_code == 0, good.output
    assert "超过 70 字" in good.output
    assert bad.exit_code == 1
    assert "sending.toml" in bad.output
