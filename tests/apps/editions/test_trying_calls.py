"""A changed phrase tried on the calls of a month: newly broken, no longer broken, the same; with the calls behind."""

import json
import uuid
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from shouwen.access.roles import Role
from shouwen.cli import app
from shouwen.clocks.models import Clock, Ruling
from shouwen.editions.models import Edition, WhatIfFlip, WhatIfRun
from shouwen.editions.queries import edition_path
from shouwen.editions.whatif_command import try_draft
from shouwen.hotline.models import Call, CallVerdict
from shouwen.journal.models import Entry
from tests import calls
from tests.apps.editions.drafts import a_draft, editor, holder
from tests.apps.editions.trying import LATER, asked, worked

pytestmark = pytest.mark.django_db
MARCH = {"since": "2026-03-01", "until": "2026-03-31", "what": "calls"}
RULE = "no-use-hurrying"
SHORT = ("家里没气，能不能快点", "您好，师傅在路上了，请您宽坐片刻")


def with_phrase(draft: Edition, phrase: str) -> Edition:
    """The draft with a new version that forbids one phrase more, straight in its file."""
    path = next((edition_path(draft) / "pack").glob(f"*/**/{RULE}.toml"))
    head, rest = path.read_text(encoding="utf-8").split("[[version]]", 1)
    version, examples = rest.split("[[example]]", 1)
    new = version.replace("from = 2025-01-01", "from = 2026-10-10", 1)
    new = new.replace("also = [\n", f'also = [\n  "{phrase}",\n', 1)
    text = f"{head}[[version]]{version}[[version]]{new}[[example]]{examples}"
    path.write_text(text, encoding="utf-8")
    return draft


@pytest.fixture
def draft():
    calls.played(
        calls.call("A1", *SHORT),
        calls.call("A2", "灶打不着火", "您好，安泰燃气公司，马上给您报修"),
        calls.call("A3", "快点吧", "您急也没用"),
        now=LATER,
    )
    return with_phrase(a_draft(), "您宽坐片刻")


def tried(draft):
    run = asked(draft, since=date(2026, 3, 1), until=date(2026, 3, 31), calls_only=True)
    worked()
    run.refresh_from_db()
    return run


def page(who, draft, name="whatif", *more, **query):
    client = Client()
    client.force_login(who)
    return client.get(reverse(name, args=[draft.pk, *more]), query).content.decode()


def test_only_the_call_with_the_new_phrase_is_newly_broken(draft):
    run = tried(draft)

    assert (run.state, run.calls_only, run.parts) == ("done", True, 1)
    flips = list(WhatIfFlip.objects.filter(run=run, rule_id=RULE))
    assert [(flip.turn, flip.new) for flip in flips] == [("added", "missed")]
    assert flips[0].subject_id == Call.objects.get(call_id="A1").pk
    assert {flip.subject_kind for flip in WhatIfFlip.objects.filter(run=run)} == {"call"}


def test_the_page_tells_each_rule_with_what_is_unchanged(draft):
    tried(draft)

    shown = page(editor(), draft)

    assert "会多判 1 处没做到" in shown
    assert "新判没做到" in shown
    assert f"?rule={RULE}&amp;turn=added" in shown
    assert "禁语：急也没用" in shown


def test_the_calls_are_led_to_for_whoever_may_open_calls(draft):
    run = tried(draft)
    call = reverse("call", args=[Call.objects.get(call_id="A1").pk])
    listed = {"rule": RULE, "turn": "added"}

    assert call not in page(editor(), draft, "whatif_flips", run.pk, **listed)
    assert "无权开通话" in page(editor(), draft, "whatif_flips", run.pk, **listed)
    auditor = holder(Role.AUDITOR, "9101")
    assert call in page(auditor, draft, "whatif_flips", run.pk, **listed)


def test_trying_calls_changes_no_verdict_no_clock_and_no_entry(draft):
    def kept():
        return [
            list(model.objects.order_by("pk").values())
            for model in (CallVerdict, Clock, Ruling, Entry)
        ]

    before = kept()

    tried(draft)

    assert kept() == before


def test_the_form_asks_for_calls_alone(draft):
    client = Client()
    client.force_login(editor())

    client.post(reverse("whatif_ask", args=[draft.pk]), {"act_id": str(uuid.uuid4()), **MARCH})

    assert WhatIfRun.objects.get().calls_only


def test_last_month_is_one_press_away(draft):
    client = Client()
    client.force_login(editor())

    shown = client.get(reverse("whatif", args=[draft.pk]), {"calls": ""}).content.decode()

    assert "试上个月的通话" in shown
    assert '<option value="calls" selected>' in shown


def test_the_command_hears_the_calls_again(draft, tmp_path):
    pack = edition_path(draft) / "pack"

    done = try_draft(
        draft=pack, since=date(2026, 3, 1), until=date(2026, 3, 31), now=LATER, calls_only=True
    )
    assert done.outcome.rules[RULE].added == 1

    said = CliRunner().invoke(
        app,
        ["standard", "whatif", str(pack), "--from", "2026-03-01", "--to", "2026-03-31", "--calls",
         "--format", "json"],
    )  # fmt: skip
    told = json.loads(said.stdout)
    (row,) = [each for each in told["rules"] if each["rule"] == RULE]
    assert (row["added"], row["saved"], row["unchanged"]) == (1, 0, row["judged"] - 1)
