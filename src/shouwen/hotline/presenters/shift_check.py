"""The lists that are looked through before the first call of a shift."""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.clocks.presenters import mark_of
from shouwen.core.clause import matches
from shouwen.core.kinds.checklist import ChecklistRule, ChecklistVersion
from shouwen.hotline.operations.duty import OCCASION
from shouwen.journal.models import Entry
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages_cockpit import Act
from shouwen.ui.pages_shift_check import CheckItem, CheckList, ShiftCheckPage
from shouwen.ui.parts import Note, Option

_FACTS = {"staff_group": "hotline"}
_VARIANTS = ("everyone", "men", "women")
Listed = tuple[ChecklistRule, ChecklistVersion]


def shift_check_page(
    *,
    pack: Pack | None,
    act_id: UUID,
    done: Entry | None,
    extension: str,
    variant: str,
    ticked: Set[str],
    now: datetime,
    notice: str = "",
) -> ShiftCheckPage:
    """The desk's lists first; how one looks comes after, in one box."""
    listed = list(_lists(pack, now))
    # What names the hotline is about the desk; the rest is about the person.
    desk = [pair for pair in listed if "staff_group" in pair[1].when]
    person = [pair for pair in listed if "staff_group" not in pair[1].when]
    return ShiftCheckPage(
        lists=tuple(_list(pair, ticked) for pair in desk),
        more=tuple(_list(pair, ticked) for pair in person),
        more_title=_("仪容仪表 %(n)d 项") % {"n": sum(len(pair[1].items) for pair in person)},
        act=Act(
            _("都正常，上线"),
            reverse("shift_check"),
            look="primary",
            values=(("act_id", str(act_id)), ("began_at", now.isoformat())),
        ),
        variants=(
            Option("", _("不分")),
            Option("men", _("男"), selected=variant == "men"),
            Option("women", _("女"), selected=variant == "women"),
        ),
        done=_done(done),
        extension=extension,
        notice=Note(notice, "warn") if notice else None,
    )


def item_names(*, pack: Pack | None, now: datetime) -> Mapping[str, Sequence[str]]:
    """Every item, as `rule.item`, for everyone, men and women."""
    listed = list(_lists(pack, now))
    return {
        variant: [
            f"{rule.id}.{item.id}"
            for rule, version in listed
            for item in version.items
            if item.variant in ("everyone", variant)
        ]
        for variant in _VARIANTS
    }


def _lists(pack: Pack | None, now: datetime) -> Iterator[Listed]:
    if pack is None:
        return
    day = pack.calendar.day_of(now)
    for rule in pack.rules.values():
        version = rule.on(day)
        if not isinstance(rule, ChecklistRule) or not isinstance(version, ChecklistVersion):
            continue
        if OCCASION in version.occasions and matches(when=version.when, facts=_FACTS):
            yield rule, version


def _list(pair: Listed, ticked: Set[str]) -> CheckList:
    rule, version = pair
    return CheckList(
        title=worded(rule.title),
        mark=mark_of(rule.clause),
        items=tuple(
            CheckItem(
                f"{rule.id}.{item.id}",
                worded(item.title),
                "" if item.variant == "everyone" else item.variant,
                is_ticked=f"{rule.id}.{item.id}" in ticked,
            )
            for item in version.items
        ),
    )


def _done(done: Entry | None) -> Note | None:
    if done is None:
        return None
    at = wording.clock_text(done.happened_at)
    if done.data.get("failed"):
        return Note(_("%(at)s 查过，有不正常的") % {"at": at}, "warn")
    return Note(_("%(at)s 已查，都正常") % {"at": at}, "met")
