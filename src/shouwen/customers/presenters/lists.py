"""The lists: search results, the special-care register, estates."""

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.customers.models import CareEntry, Estate, Premises, SearchRow
from shouwen.customers.presenters import acts
from shouwen.customers.presenters.customer import care_clause, review_clock
from shouwen.customers.presenters.words import care_tag, day_words, tabs, word
from shouwen.customers.queries import Found
from shouwen.people.models import Staff
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.pages_customers import (
    CareRegisterPage,
    CareRow,
    EstateRow,
    EstatesPage,
    FoundRow,
    FreeHome,
    SearchPage,
)
from shouwen.ui.parts import Empty, Field, Note


def search_page(
    *,
    text: str,
    found: Found,
    homes: Sequence[Premises],
    viewer: Staff,
    today: date,
    new_id: acts.NewId,
    notice: Note | None = None,
) -> SearchPage:
    """What was found, or what to type."""
    rows = tuple(_found(row) for row in sorted(found.rows, key=_by_address))
    more = f"{reverse('customers')}?{urlencode({'q': text, 'after': found.after})}"
    return SearchPage(
        field=Field("q", _("找客户"), value=text, placeholder=_("电话尾号、户号、小区和姓、门牌")),
        rows=rows,
        homes=tuple(_free(home) for home in homes),
        summary=_("%(count)s 户") % {"count": len(rows)} if rows else "",
        choices=tabs(viewer, current="customers", urls=theme_urls()),
        actions=acts.search_actions(viewer=viewer, today=today, new_id=new_id),
        notice=notice,
        empty=_nothing(text, found, homes),
        more_url=more if found.after else "",
        hint=_("青梧里3-1-502 · 青梧里 王 · 2093 · wwx"),
    )


def theme_urls() -> dict[str, str]:
    """The pages of this theme by name."""
    return {name: reverse(name) for name in ("customers", "care_register", "estates")}


def care_page(
    *, entries: Sequence[CareEntry], viewer: Staff, pack: Pack, now: datetime, more_url: str
) -> CareRegisterPage:
    """The register, the next review first."""
    return CareRegisterPage(
        choices=tabs(viewer, current="care_register", urls=theme_urls()),
        clause=care_clause(pack),
        rows=tuple(_care(entry, pack, now) for entry in entries),
        empty=None
        if entries
        else Empty(_("登记里没有人"), _("在客户页上“登记关照”"), "heart-handshake"),
        more_url=more_url,
    )


def estates_page(
    *,
    estates: Sequence[Estate],
    viewer: Staff,
    new_id: acts.NewId,
    more_url: str,
    notice: Note | None = None,
) -> EstatesPage:
    """Estates with the other names they go by."""
    return EstatesPage(
        choices=tabs(viewer, current="estates", urls=theme_urls()),
        rows=tuple(
            EstateRow(
                name=estate.name,
                aliases="、".join(estate.aliases),
                station=estate.station,
                action=acts.aliases(estate=estate, new_id=new_id),
            )
            for estate in estates
        ),
        notice=notice,
        empty=None if estates else Empty(_("还没有小区"), icon="map-search"),
        more_url=more_url,
    )


def _by_address(row: SearchRow) -> tuple[str, ...]:
    """Homes of one estate as one walks past them: 2 before 11."""
    home = row.premises
    if home is None:
        return ("", row.customer.name)
    figures = (f"{part:>12}" for part in (home.building, home.unit, home.flat))
    return (home.estate.name, *figures, row.customer.name)


def _found(row: SearchRow) -> FoundRow:
    customer, premises = row.customer, row.premises
    numbers = [wording.masked_phone(phone.number) for phone in customer.phones.all()]
    return FoundRow(
        name=f"{customer.name} {customer.title}".strip(),
        url=reverse("customer", args=[customer.pk]),
        address=premises.short_address if premises else "",
        home_url=reverse("premises", args=[premises.pk]) if premises else "",
        phones=" · ".join(numbers),
        class_text=word(premises.customer_class) if premises else "",
        tags=(care_tag(customer.special_care),) if customer.special_care else (),
    )


def _free(home: Premises) -> FreeHome:
    return FreeHome(
        address=home.short_address,
        url=reverse("premises", args=[home.pk]),
        class_text=word(home.customer_class),
    )


def _nothing(text: str, found: Found, homes: Sequence[Premises]) -> Empty | None:
    if found.rows or homes:
        return None
    if found.is_too_little and found.lookup.parts:
        return Empty(
            _("再说一样"),
            _("为了不随便翻看，要两样：小区和姓，或门牌；电话尾号四位、户号一样就够"),
            "shield-lock",
        )
    if text:
        return Empty(_("没有找到"), _("换一种说法：尾号、户号、小区和姓、拼音首字母"), "search")
    return Empty(_("找一位客户"), _("电话尾号四位、户号、小区和姓、门牌、拼音首字母"), "search")


def _care(entry: CareEntry, pack: Pack, now: datetime) -> CareRow:
    return CareRow(
        clock=review_clock(entry, pack=pack, now=now),
        name=f"{entry.customer.name} {entry.customer.title}".strip(),
        url=reverse("customer", args=[entry.customer_id]),
        kind=word(entry.kind),
        needs=entry.needs,
        consent=f"{day_words(entry.consented_on)} · {word(entry.consent_how)}",
        review=day_words(entry.review_on),
        at_home=_("要") if entry.handles_at_home else _("不要"),
    )
