"""Which acts a case page offers to a person, the next one first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import CaseStanding, can
from shouwen.cases.models import (
    AnswerRequest,
    Case,
    CaseKind,
    CaseState,
    Handover,
    Incident,
)
from shouwen.cases.operations.working import PROGRESS
from shouwen.cases.presenters import acts, further, kind_acts
from shouwen.people.models import Department, Staff
from shouwen.standard.forms import Forms
from shouwen.ui import wording
from shouwen.ui.parts import Action, Field, Option

FIELD_WORK = frozenset(
    {CaseKind.REPAIR, CaseKind.ALARM, CaseKind.NETWORK_FAULT, CaseKind.HOME_SERVICE}
)
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody typed into a form that was refused, and why it was."""

    what: str
    values: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """All that decides which acts are offered. `done`: kinds of what happened to the case."""

    case: Case
    viewer: Staff
    standing: CaseStanding
    offer: Handover | None
    colleagues: Sequence[Staff]
    departments: Sequence[Department]
    pause_reasons: Sequence[Option]
    neighbours: Sequence[Case]
    done: frozenset[str]
    has_promises: bool
    is_paused: bool
    waits_for_answer: bool
    forms: Forms
    requests: Sequence[AnswerRequest]
    incident: Incident | None
    near_incidents: Sequence[Incident]
    new_id: acts.NewId
    now: datetime

    def may(self, action: Allowed) -> bool:
        """True when the viewer may do it to this case."""
        return can(self.viewer, action, self.standing)


def case_actions(scene: Scene) -> tuple[Action, ...]:
    """The acts in the head of the page: the next one first, the rare ones last. None for onlookers."""
    if scene.case.state == CaseState.MERGED:
        return ()
    if not scene.case.is_open:
        return _settled(scene)
    if not scene.may(Allowed.WORK_ON_CASE):
        return _reassign(scene)
    case, new_id = scene.case, scene.new_id
    first = _next_act(scene)
    found = [
        *_everyday(scene),
        *kind_acts.of_kind(
            case,
            scene.forms,
            near=scene.near_incidents,
            incident=scene.incident,
            waits=any(each.state == "asked" for each in scene.requests),
            new_id=new_id,
        ),
        acts.pause(case, scene.pause_reasons, new_id),
        *([acts.resume(case, new_id)] if scene.is_paused else []),
        further.attach(case, new_id),
        further.link(case, scene.neighbours, new_id),
        *_print(scene),
        further.reclassify(case),
        further.merge(case, scene.neighbours, new_id),
        *_reassign(scene),
        further.void(case, new_id, needs_approval=scene.has_promises),
        acts.close(case, new_id),
    ]
    others = [replace(act, look="plain") for act in found if act.id != first.id]
    return (replace(first, look="primary"), *others)


def with_kept(actions: Sequence[Action], kept: Kept | None) -> tuple[Action, ...]:
    """The same acts; the one that was refused stands open with what was typed into it."""
    if kept is None:
        return tuple(actions)
    return tuple(_reopened(act, kept) if act.id == kept.what else act for act in actions)


def at_version(action: Action, case: Case) -> Action:
    """The act with the version of the case that this page shows."""
    shown = Field(name="version", label="", kind="hidden", value=str(case.version))
    return action if action.is_link else replace(action, fields=(*action.fields, shown))


def _everyday(scene: Scene) -> list[Action]:
    """Note first, then what this kind of case needs most."""
    case, new_id = scene.case, scene.new_id
    agree = acts.agree(case, new_id)
    hand_over = _hand_over(scene)
    near = [agree, *hand_over] if case.kind in FIELD_WORK else [*hand_over, agree]
    if case.kind in FIELD_WORK and can(scene.viewer, Allowed.BOOK_VISIT):
        near.insert(0, acts.visit(case))
    return [
        acts.note(case, new_id),
        *near,
        *kind_acts.details(case, scene.forms, new_id),
        acts.answer(case, new_id),
        *_step(scene),
        acts.promise(case, new_id),
    ]


def _next_act(scene: Scene) -> Action:
    """What the customer waits for now."""
    case, new_id = scene.case, scene.new_id
    steps = _step(scene)
    if scene.waits_for_answer:
        return acts.answer(case, new_id)
    if steps and case.kind in FIELD_WORK and _open_steps(scene):
        return steps[0]
    if "case.answered" in scene.done or case.kind in FIELD_WORK:
        return acts.close(case, new_id)
    return acts.answer(case, new_id)


def _open_steps(scene: Scene) -> list[str]:
    steps = acts.STEPS.get(CaseKind(scene.case.kind), ())
    ended = {"repaired", "cleared", "referred"}
    if any(PROGRESS[step] in scene.done for step in ended):
        return []
    return [step for step in steps if PROGRESS[step] not in scene.done]


def _step(scene: Scene) -> list[Action]:
    steps = acts.STEPS.get(CaseKind(scene.case.kind), ())
    if not steps:
        return []
    coming = _open_steps(scene)
    return [
        acts.step(scene.case, steps, scene.new_id, next_step=coming[0] if coming else steps[0])
    ]


def _hand_over(scene: Scene) -> list[Action]:
    if scene.offer and scene.may(Allowed.WITHDRAW_HANDOVER):
        return [acts.withdraw(offer=scene.offer, new_id=scene.new_id)]
    if scene.offer or scene.standing.owner != scene.viewer.staff_no:
        return []
    return [acts.offer(scene.case, scene.colleagues, scene.departments, scene.new_id)]


def _reassign(scene: Scene) -> tuple[Action, ...]:
    if not scene.may(Allowed.REASSIGN_CASE):
        return ()
    people = [each for each in scene.colleagues if each.pk != scene.case.owner_id]
    return (further.reassign(scene.case, people, scene.departments, scene.new_id),)


def _print(scene: Scene) -> list[Action]:
    until = wording.local_day(scene.now + KEPT_FOR)
    return [further.print_order(scene.case, scene.colleagues, scene.viewer, until, scene.new_id)]


def _settled(scene: Scene) -> tuple[Action, ...]:
    case, new_id = scene.case, scene.new_id
    reopening = [further.reopen(case, new_id)] if scene.may(Allowed.REOPEN_CASE) else []
    if not scene.may(Allowed.WORK_ON_CASE):
        return tuple(reopening)
    return (
        *reopening,
        further.attach(case, new_id),
        *_print(scene),
        further.link(case, scene.neighbours, new_id),
    )


def _reopened(action: Action, kept: Kept) -> Action:
    return replace(
        action,
        is_open=True,
        text=kept.text,
        warns=True,
        fields=tuple(_filled(field, kept.values.get(field.name)) for field in action.fields),
    )


def _filled(field: Field, value: str | None) -> Field:
    if value is None or field.kind in ("hidden", "file"):
        return field
    options = tuple(replace(each, selected=each.value == value) for each in field.options)
    return replace(field, value=value, options=options)
