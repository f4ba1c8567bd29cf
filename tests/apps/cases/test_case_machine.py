"""Whatever is done to cases in whatever order, some things always hold."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from shouwen.cases import operations
from shouwen.cases.models import Case, Handover, Merge, Ownership, VoidRequest
from shouwen.cases.operations import Classification
from shouwen.clocks.operations import recompute, rejudge
from shouwen.core.events import Subject
from tests import people
from tests.people import MORNING

PEOPLE = ("wang_min", "lin_xiao", "sun_li", "zhou_min", "chen")
EXPECTED = (
    operations.AlreadyAsked,
    operations.AlreadyOffered,
    operations.AlreadyTheirs,
    operations.CaseClosed,
    operations.HandoverGone,
    operations.NotAddressed,
    operations.NotSettled,
    operations.NotTheOwner,
    operations.NothingChanged,
    operations.OwnRequest,
    operations.SameCase,
    operations.TieGone,
    operations.VoidGone,
)
WHO = st.sampled_from(PEOPLE)
WHICH = st.integers(0, 2)


class CaseMachine(RuleBasedStateMachine):
    """Three cases, five people, and everything they can do."""

    def __init__(self):
        super().__init__()
        self.now = MORNING
        self.whole = transaction.atomic()  # one run leaves nothing for the next
        self.whole.__enter__()

    @initialize()
    def open_cases(self):
        self.cases = [people.case(by=people.staff(who)).pk for who in PEOPLE[:3]]
        self.versions = dict.fromkeys(self.cases, 1)

    def on(self, which, who=None):
        self.now += timedelta(minutes=7)
        case = Case.objects.get(pk=self.cases[which])
        by = people.staff(who) if who else case.owner
        act = {"act_id": uuid.uuid4(), "at": self.now, "now": self.now}
        return {"case_id": case.pk, "by": by, **act}

    def about(self, name, pk, who):
        self.now += timedelta(minutes=7)
        act = {"act_id": uuid.uuid4(), "at": self.now, "now": self.now}
        return {name: pk, "by": people.staff(who), **act}

    def attempt(self, act, **told):
        try:
            act(**told)
            act(**told)  # the same act again changes nothing
        except EXPECTED:
            pass

    def latest(self, model):
        return model.objects.filter(case__in=self.cases).order_by("-pk").first()

    @rule(which=WHICH, to=WHO)
    def offer(self, which, to):
        told = {"note": "请接", "to_staff": people.staff(to), **self.on(which)}
        self.attempt(operations.offer_handover, **told)

    @rule(which=WHICH, who=WHO, accepts=st.booleans())
    def answer_offer(self, which, who, accepts):
        offer = Handover.objects.filter(case=self.cases[which], state="offered").first()
        if offer and accepts:
            told = self.about("handover_id", offer.pk, who)
            self.attempt(operations.accept_handover, **told)
        elif offer:
            told = self.about("handover_id", offer.pk, who)
            self.attempt(operations.refuse_handover, reason="在别处", **told)

    @rule(which=WHICH, to=WHO)
    def reassign(self, which, to):
        told = {"reason": "ill", "note": "", "to_staff": people.staff(to)}
        self.attempt(operations.reassign, **told, **self.on(which, "zhou_min"))

    @rule(which=WHICH, what=st.sampled_from(["dispatched", "arrived", "repaired"]))
    def work(self, which, what):
        self.attempt(operations.report, what=what, **self.on(which))

    @rule(which=WHICH)
    def answer(self, which):
        self.attempt(operations.answer_customer, channel="phone", content="答", **self.on(which))

    @rule(which=WHICH)
    def promise(self, which):
        told = self.on(which)
        due = self.now + timedelta(minutes=30)
        self.attempt(operations.make_promise, kind="call_back", words="回电", due_at=due, **told)

    @rule(which=WHICH)
    def close(self, which):
        self.attempt(operations.close_case, **self.on(which))

    @rule(which=WHICH)
    def void(self, which):
        self.attempt(operations.void_case, reason="drill", words="", **self.on(which))

    @rule(who=WHO, approves=st.booleans())
    def decide_void(self, who, approves):
        wish = self.latest(VoidRequest)
        if wish and approves:
            told = self.about("request_id", wish.pk, who)
            self.attempt(operations.approve_void, **told)
        elif wish:
            told = self.about("request_id", wish.pk, who)
            self.attempt(operations.refuse_void, words="", **told)

    @rule(which=WHICH)
    def reopen(self, which):
        self.attempt(operations.reopen_case, reason="came_back", words="", **self.on(which))

    @rule(which=WHICH, kind=st.sampled_from(["repair", "complaint", "consultation"]))
    def reclassify(self, which, kind):
        to = Classification(kind=kind, side="company")
        self.attempt(operations.reclassify, to=to, **self.on(which))

    @rule(which=WHICH, into=WHICH)
    def merge(self, which, into):
        told = {"into_id": self.cases[into], "note": "", **self.on(which)}
        self.attempt(operations.merge_cases, **told)

    @rule(who=WHO)
    def undo(self, who):
        merge = self.latest(Merge)
        if merge:
            self.attempt(operations.undo_merge, **self.about("merge_id", merge.pk, who))

    @invariant()
    def each_case_has_exactly_one_owner_and_its_chain_says_so(self):
        for case in Case.objects.filter(pk__in=getattr(self, "cases", [])):
            links = Ownership.objects.filter(case=case, until__isnull=True)
            assert [link.staff_id for link in links] == [case.owner_id]

    @invariant()
    def a_settled_case_waits_for_nobody(self):
        settled = Case.objects.filter(pk__in=getattr(self, "cases", [])).exclude(state="open")
        assert not Handover.objects.filter(case__in=settled, state="offered").exists()
        assert not VoidRequest.objects.filter(case__in=settled, state="asked").exists()

    @invariant()
    def versions_only_grow_and_every_version_is_told(self):
        for case in Case.objects.filter(pk__in=getattr(self, "cases", [])):
            assert case.version >= self.versions[case.pk]
            self.versions[case.pk] = case.version
            assert case.changes.count() == case.version - 1

    @invariant()
    def no_case_is_merged_in_a_ring(self):
        for case in Case.objects.filter(pk__in=getattr(self, "cases", [])):
            seen, top = set(), case
            while top.merged_into:
                assert top.pk not in seen
                seen.add(top.pk)
                top = top.merged_into

    def teardown(self):
        for pk in getattr(self, "cases", []):
            rejudge(subject=Subject("case", pk), now=self.now)  # time went on without a ticker
        found = [
            each for each in recompute(check=True, now=self.now) if each.subject.id in self.cases
        ]
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)
        assert found == []


@pytest.mark.django_db
def test_whatever_is_done_the_cases_stay_whole():
    run_state_machine_as_test(
        CaseMachine,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            phases=(Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
