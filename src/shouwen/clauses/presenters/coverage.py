"""How far the standard is carried, as a page: totals, filters, one line a clause."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwen.clauses.presenters.pages import CoverageLine, CoveragePage, Total
from shouwen.clauses.presenters.places import address, event_text, step_text
from shouwen.clauses.presenters.tree import clause_url
from shouwen.standard.coverage import CoverageRow
from shouwen.standard.field_words import kind_words
from shouwen.standard.pack import Pack
from shouwen.ui.languages import listed, worded
from shouwen.ui.parts import Choice, ClauseMark, Empty

FILTERS = {
    "": gettext_lazy("全部"),
    "not_judged": gettext_lazy("没评判"),
    "not_lived": gettext_lazy("没在用"),
    "gap": gettext_lazy("缺口"),
}


def coverage_page(rows: Sequence[CoverageRow], *, pack: Pack, chosen: str) -> CoveragePage:
    """The rows that a filter lets through, with the totals of all."""
    shown = [row for row in rows if _passes(row, chosen)]
    return CoveragePage(
        totals=totals(rows),
        choices=tuple(
            Choice(str(label), _url(name), is_on=name == chosen) for name, label in FILTERS.items()
        ),
        rows=tuple(_line(row, pack) for row in shown),
        empty=None if shown else Empty(_("没有这样的条款"), _("换一个筛选看看")),
    )


def totals(rows: Sequence[CoverageRow]) -> tuple[Total, ...]:
    """How many clauses there are, are judged, lived, measured, and have a gap."""
    judged, lived = sum(row.judged for row in rows), sum(row.is_lived for row in rows)
    counted: Mapping[str, tuple[str, int, str]] = {
        "": (_("条款"), len(rows), ""),
        "not_judged": (_("已评判"), judged, "met"),
        "not_lived": (_("在用"), lived, "run"),
        "gap": (_("缺口"), sum(row.gap is not None for row in rows), "gap"),
    }
    return tuple(
        Total(label, str(n), _url(name), look) for name, (label, n, look) in counted.items()
    )


def _passes(row: CoverageRow, chosen: str) -> bool:
    match chosen:
        case "not_judged":
            return not row.judged
        case "not_lived":
            return not row.is_lived
        case "gap":
            return row.gap is not None
        case _:
            return True


def _url(name: str) -> str:
    base = reverse("coverage")
    return f"{base}?show={name}" if name else base


def _line(row: CoverageRow, pack: Pack) -> CoverageLine:
    rules = [pack.rules[rule_id] for rule_id in row.rules]
    return CoverageLine(
        mark=ClauseMark(row.clause, clause_url(row.clause)),
        title=worded(rules[0].title) if rules else row.section,
        kind=listed(dict.fromkeys(worded(kind_words(rule.kind)) for rule in rules)),
        judged=_("已评判") if row.judged else _("还没评判"),
        judged_look="met" if row.judged else "na",
        lived=_lived(row),
        lived_look="run" if row.is_lived else "na",
        lived_in=_steps(row),
        figure=_figure(row),
        figure_url=address("rule_figures", row.measure[0]) if row.measure else "",
        tests=_("%(examples)s 个样例，%(files)s 个测试")
        % {"examples": row.examples, "files": len(row.test_files)},
        gap=worded(row.gap) if row.gap else "",
    )


def _lived(row: CoverageRow) -> str:
    if row.is_lived:
        return _("在用")
    if row.waits_for:
        told = listed(event_text(event) for event in row.waits_for)
        return _("还缺：%(events)s") % {"events": told}
    return _("还没在用")


def _steps(row: CoverageRow) -> tuple[str, ...]:
    """工单 · 答复客户, once each."""
    parts = [step.split(" ← ") for step in row.lived]
    told = (step_text(operation.partition(".")[0], event) for event, operation, *_ways in parts)
    return tuple(dict.fromkeys(told))


def _figure(row: CoverageRow) -> str:
    if row.measure:
        return _("%(count)s 个指标") % {"count": len(row.measure)}
    return _("看凭据") if row.evidence else "—"
