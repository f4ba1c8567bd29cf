"""Advice while a call is spoken, in words: softer lines, plain words, the surname, what was not heard yet."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.core.assisting import Tip
from shouwen.core.calls import CallerOnScreen
from shouwen.guiding.steps import filled, mark, slots, stepped
from shouwen.hotline.desk_values import OnCall
from shouwen.hotline.models import Call
from shouwen.hotline.queries.stored_calls import record_of, screen_of
from shouwen.standard.live_assist import Advice, Listening
from shouwen.ui.languages import worded
from shouwen.ui.pages import SaidPart
from shouwen.ui.pages_assist import Assist, AssistTip

_LOOKS = {"soften": "warn", "plain": "plain", "say": "flame", "name": "plain"}
_ICONS = {"soften": "refresh", "plain": "language", "say": "message-report", "name": "user-check"}


def assist(seen: OnCall) -> Assist | None:
    """Advice on the call as it was heard so far; None where nobody wants any."""
    plan = seen.plan.assist
    is_up = seen.call.answered_at is not None and seen.call.stage != Call.Stage.OVER
    if (
        not plan.shown
        or not seen.viewer.role_set.isdisjoint(plan.not_for)
        or not is_up
        or seen.pack is None
    ):
        return None
    url = reverse("cockpit_assist", args=[seen.call.pk])
    if not seen.call.turns:
        return Assist(url)
    advice = advice_on(seen)
    if advice is None:
        return Assist(url)
    next_, next_mark = "", None
    for each in stepped(seen):
        if each.step.by == "tick" and not each.done and each.step.rule not in _kept(advice):
            next_, next_mark = worded(each.step.title), mark(seen, each.step.rule)
            break
    return Assist(
        url=url,
        tips=tuple(_tips(seen, advice))[: plan.at_most],
        next=next_,
        next_mark=next_mark,
        heard=_("听到 %(count)d 句") % {"count": len(seen.call.turns)},
    )


def advice_on(seen: OnCall) -> Advice | None:
    """What the rules say of the call so far; None while the standard cannot be read."""
    if seen.pack is None:
        return None
    record = record_of(
        seen.call,
        happened=[(event.kind, event.at, dict(event.data)) for event in seen.events],
        on_screen=_on_screen(seen),
    )
    return Listening(seen.pack, record).advice


def _on_screen(seen: OnCall) -> CallerOnScreen | None:
    if seen.customer is None:
        return CallerOnScreen(phone=seen.call.number) if seen.homes else None
    return screen_of(seen.call.number, seen.customer, seen.premises)


def _kept(advice: Advice) -> set[str]:
    return {finding.rule_id for finding in advice.findings if finding.verdict == "kept"}


def _tips(seen: OnCall, advice: Advice) -> Iterator[AssistTip]:
    """Nothing is offered twice: of several tips with one line the first stands."""
    known: set[str] = set()
    for tip in advice.tips:
        says = _says(seen, tip, advice)
        text = "".join(part.text for part in says) or tip.id
        if text not in known:
            known.add(text)
            yield AssistTip(
                id=tip.id,
                look=_LOOKS[tip.what],
                icon=_ICONS[tip.what],
                lead=_lead(tip),
                says=says,
                mark=mark(seen, tip.rule_id),
            )


def _lead(tip: Tip) -> str:
    match tip.what:
        case "soften":
            return _("刚才说了“%(words)s”，换成：") % {"words": tip.heard}
        case "plain":
            return _("“%(term)s”客户听不懂，可以说：") % {"term": tip.heard}
        case "say":
            return _("%(occasion)s，现在说：") % {"occasion": worded(tip.title)}
        case _ if tip.says:
            return _("叫错了姓，先致歉：")
        case _ if not tip.heard:
            return _("还没问姓氏：")
        case _:
            return _("用姓氏称呼了 %(count)d 次，至少 %(of)d 次：") % {
                "count": tip.count,
                "of": tip.of,
            }


def _says(seen: OnCall, tip: Tip, advice: Advice) -> tuple[SaidPart, ...]:
    known = dict(slots(seen))
    if advice.surname:
        title = known.get("title") or _("先生／女士")
        known |= {"surname": advice.surname, "title": title}
    if tip.says:
        return filled(tip.says[0], known)
    if tip.what != "name":
        return ()
    if tip.heard:
        return (SaidPart(f"{tip.heard}{known.get('title', '')}", marked=True),)
    step = next((each for each in seen.plan.step if each.rule == tip.rule_id), None)
    return filled(step.line.zh, known) if step and step.line else ()
