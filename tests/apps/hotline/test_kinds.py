"""Every kind of matter from the call to its end: the form, what is done, the clocks, never a stop."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.cases import operations
from shouwen.cases.models import AnswerRequest, CaseDetail, Handover, Promise
from shouwen.cases.operations import AboutThem
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from tests import people
from tests.apps.cases.pages import signed_in
from tests.apps.hotline.on_a_call import OnCall, accepted, ends, gaps, kinds_of, tomorrow

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def home():
    return people.home()


@pytest.fixture
def call(home):
    return OnCall()


# --- consultation


def test_a_question_answered_on_the_call_is_recorded_and_closed(call):
    call.does("kind", kind="consultation")
    call.does("record", said="气费怎么交", **{"f-topic": "bill"})
    call.does("answer", words="微信、支付宝、营业厅都可以")
    call.hangs_up()
    ends(call, answered=False)

    assert call.case.details.get().value == "bill"
    assert "case.answered" in kinds_of(call.case)
    assert set(call.clocks().values()) == {"met"}


def test_beyond_their_authority_the_customer_has_a_promise_and_the_superior_the_question(call):
    call.does("kind", kind="consultation")
    call.does("ask", question="能不能免上门费", answer="可以免一次")
    call.hangs_up()

    request, promise = AnswerRequest.objects.get(), Promise.objects.get()
    assert (request.state, request.due_at) == ("asked", promise.due_at)
    assert call.clocks()["consultation-answered-2wd"] == "running"
    page = signed_in("zhou_min").get(reverse("my_work")).content.decode()
    assert "王敏 请示：能不能免上门费" in page
    assert call.client.get(reverse("my_work")).content.decode().count("请示：") == 0


def test_before_the_superior_has_decided_nobody_else_answers(call):
    call.does("kind", kind="consultation")
    call.does("ask", question="能不能免上门费")

    refused = call.does("answer", words="可以免")

    assert "批下来再答复客户" in refused
    assert "case.answered" not in kinds_of(call.case)


def test_the_superior_approves_with_another_time_and_the_agent_answers(call):
    call.does("kind", kind="consultation")
    call.does("ask", question="能不能免上门费")
    request = AnswerRequest.objects.get()

    signed_in("zhou_min").post(
        reverse("approve_answer", args=[request.pk]),
        {"act_id": uuid.uuid4(), "answer": "可以免一次", "due": tomorrow()},
    )

    request.refresh_from_db()
    assert (request.state, request.answer) == ("approved", "可以免一次")
    assert set(call.case.promises.values_list("kind", flat=True)) == {"call_back", "answer"}
    assert (
        "周敏 已批准，可以答复：可以免一次" in call.client.get(reverse("my_work")).content.decode()
    )
    ends(call)
    assert set(call.case.promises.values_list("state", flat=True)) == {"kept"}
    assert call.clocks()["consultation-answered-2wd"] == "met"


def test_what_the_superior_refuses_comes_back_to_the_agent_with_the_reason(call):
    call.does("kind", kind="consultation")
    call.does("ask", question="能不能免上门费")
    request = AnswerRequest.objects.get()

    signed_in("zhou_min").post(
        reverse("refuse_answer", args=[request.pk]),
        {"act_id": uuid.uuid4(), "reason": "公示价不能免"},
    )

    back = call.client.get(reverse("my_work")).content.decode()
    assert "周敏 没有批准：公示价不能免" in back
    assert Promise.objects.get().state == "open"
    call.does("answer", words="按公示价收，请理解")
    assert Promise.objects.get().state == "kept"


def test_nobody_decides_what_they_asked_for_and_nothing_is_decided_twice(call):
    call.does("kind", kind="consultation")
    call.does("ask", question="能不能免上门费")
    request, now = AnswerRequest.objects.get(), system_clock.now()
    doing: dict[str, Any] = {"request_id": request.pk, "at": now, "now": now}

    with pytest.raises(operations.OwnAnswer):
        operations.refuse_answer(act_id=uuid.uuid4(), by=call.agent, reason="不", **doing)
    lead = people.staff("zhou_min")
    operations.refuse_answer(act_id=uuid.uuid4(), by=lead, reason="不", **doing)
    with pytest.raises(operations.AnswerGone):
        operations.approve_answer(act_id=uuid.uuid4(), by=lead, answer="", due_at=None, **doing)


def test_where_material_is_to_be_had_is_on_record_and_can_be_sent(call):
    call.does("kind", kind="consultation")
    told = {"f-material": "safety_booklet", "f-material_where": "hall"}

    call.does("material", **told)
    call.does("send_material", channel="sms", **told)

    entry = Entry.objects.get(kind="case.material_told")
    assert entry.data == {"what": "safety_booklet", "where": "hall"}
    message = Message.objects.get()
    assert (message.recipient, message.text_id) == ("14077002093", "material-told")
    assert "安全用气手册" in message.body


# --- complaint


def test_a_complaint_goes_to_its_department_with_its_first_record(call):
    call.does("kind", kind="complaint")
    assert not Handover.objects.exists()
    call.does("record", said="约了三次没来人", **{"f-about": "appointment"})
    call.hangs_up()

    offer = Handover.objects.get()
    assert offer.to_department is not None
    assert (offer.to_department.code, call.case.owner) == ("quality", call.agent)
    assert call.clocks()["complaint-record"] == "met"
    handler = accepted(call.case, "zheng_lan")
    now = system_clock.now()
    operations.report(
        act_id=uuid.uuid4(),
        case_id=call.case.pk,
        what="investigating",
        by=handler,
        at=now,
        now=now,
    )
    assert call.clocks()["complaint-investigated-at-once"] == "met"
    assert call.clocks()["complaint-answered-72h"] == "running"
    ends(call, by=handler)
    assert call.clocks()["complaint-answered-72h"] == "met"


def test_a_complaint_about_somebody_never_goes_to_them(call):
    zheng, now = people.staff("zheng_lan"), system_clock.now()
    call.does("kind", kind="complaint")
    call.does("record", said="说话难听", **{"f-about_staff": "4101", "f-about": "manner"})
    offer = Handover.objects.get()

    with pytest.raises(AboutThem):
        operations.accept_handover(
            act_id=uuid.uuid4(), handover_id=offer.pk, by=zheng, at=now, now=now
        )

    call.does("withdraw")
    refused = call.does("offer", to="staff:4101", words="请处理")
    assert "不能交给本人" in refused
    assert "说话难听" not in signed_in("zheng_lan").get(reverse("my_work")).content.decode()


def test_a_staff_number_that_nobody_has_is_told_at_once(call):
    call.does("kind", kind="complaint")

    refused = call.does("record", said="说话难听", **{"f-about_staff": "0000"})

    assert "没有工号 0000" in refused
    assert call.case.said == "说话难听"  # the record is kept all the same


# --- new connection


def test_the_papers_are_ticked_during_the_call_and_the_steps_of_the_rule_with_them(call):
    call.does("kind", kind="new_connection")
    call.does("record", said="新房装气", **{"f-applicant": "home"})
    call.does("papers", told=["procedure", "identity"])
    done = {e.data["step"] for e in Entry.objects.filter(kind="call.step_done")}
    assert "papers_home" not in done

    call.does("papers", told=["procedure", "identity", "title"])

    done = {e.data["step"] for e in Entry.objects.filter(kind="call.step_done")}
    assert {"class", "procedure", "papers_home"} <= done
    assert CaseDetail.objects.get(field="papers_told").value == "procedure,identity,title"
    assert "没有公布" in call.screen()  # where the standard and the company give no time
    call.does("answer", words="流程和资料说清了")
    ends(call, answered=False)
    assert call.clocks()["consultation-recorded"] == "met"


@pytest.mark.parametrize(
    ("applicant", "paper"), [("business", "用气设备清单"), ("industry", "用气计划")]
)
def test_the_papers_are_those_of_the_class(call, applicant, paper):
    call.does("kind", kind="new_connection")

    call.does("record", said="报装", **{"f-applicant": applicant})

    assert paper in call.screen()


def test_the_list_goes_out_by_mail_only_to_an_address(call):
    call.does("kind", kind="new_connection")

    refused = call.does("send_papers", channel="mail", to="")
    call.does("send_papers", channel="mail", to="ruan@example.com")

    assert "写上客户的邮箱再发" in refused
    assert Message.objects.get().recipient == "ruan@example.com"


# --- home service


def test_a_home_service_request_says_what_when_and_where_and_is_kept_by_the_visit(call, home):
    customer, _premises = home
    customer.special_care = "elderly"
    customer.save()
    call.does("kind", kind="home_service")
    assert "form.service" in gaps(call.case)
    call.does(
        "record",
        said="老人换表",
        **{"f-service": "meter_change", "f-wanted_at": tomorrow(), "f-where": "青梧里3-1-502"},
    )

    assert "重点登记的用户" in call.screen()
    assert gaps(call.case) & {"form.service", "form.wanted_at"} == set()
    assert call.clocks()["promise-kept"] == "running"
    now = system_clock.now()
    operations.report(
        act_id=uuid.uuid4(), case_id=call.case.pk, what="arrived", by=call.agent, at=now, now=now
    )
    ends(call)
    assert call.clocks()["promise-kept"] == "met"


# --- changing the kind


def test_a_change_of_kind_keeps_what_both_forms_ask_and_forgets_nothing(call):
    call.does("kind", kind="repair")
    call.does("record", said="整栋没气", **{"f-smells": "no", "f-device": "unknown"})

    call.does("kind", kind="network_fault")

    assert operations.values_of(call.case) == {"smells": "no", "device": "unknown"}
    assert gaps(call.case) & {"form.smells", "form.device"} == set()
    assert {"form.seen", "form.homes"} <= gaps(call.case)
    page = call.client.get(reverse("case", args=[call.case.number])).content.decode()
    assert "（改分类前记的）" in page
