"""Shares, counts and marks: how well a clause is kept, as shapes and words."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from shouwen.access.figures import FiguresScope
from shouwen.clauses.presenters.pages import CountLine
from shouwen.clocks.queries.figures import Counts
from shouwen.core.kinds import Rule
from shouwen.standard.coverage import WITHOUT_PERCENTAGE


def total(kept: Iterable[Counts]) -> Counts:
    """All of them together."""
    return sum(kept, start=Counts())


def mark(kept: Counts, *, rules: Sequence[Rule], is_gap: bool) -> tuple[str, str]:
    """The shape and the word of a clause as it stands: kept, missed now and then, missed often."""
    if not rules or not any(rule.judged for rule in rules):
        return ("gap", _("缺口")) if is_gap else ("na", _("还不评判"))
    if all(rule.kind in WITHOUT_PERCENTAGE for rule in rules):
        return "na", _("看凭据")
    if kept.missed:
        often = kept.share is not None and kept.share < 0.9
        return ("over", _("常没做到")) if often else ("warn", _("有没做到的"))
    if kept.met:
        return "met", _("都做到了")
    if kept.running:
        return "run", _("在走")
    return ("gap", _("缺口")) if is_gap else ("na", _("本月没有"))


def share_text(kept: Counts) -> str:
    """97.4 for 0.974, cut and never rounded up to a hundred; empty when nothing was decided."""
    if kept.share is None:
        return ""
    tenths = int(kept.share * 1000 + 1e-9)
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths / 10:.1f}"


def count_text(kept: Counts) -> str:
    """75 / 77 件."""
    return _("%(met)s / %(decided)s 件") % {"met": kept.met, "decided": kept.decided}


def count_lines(kept: Counts, *, due_soon: int) -> tuple[CountLine, ...]:
    """What is neither kept nor broken, as far as there is any; exceptions stand apart."""
    counted = (
        ("run", _("在走"), kept.running),
        ("warn", _("其中将到期"), due_soon),
        ("na", _("例外，单独计"), kept.excepted),
        ("na", _("无法证明"), kept.not_provable),
        ("na", _("不适用"), kept.not_applicable),
        ("gap", _("没有期限"), kept.gap),
    )
    return tuple(CountLine(look, word, str(n)) for look, word, n in counted if n)


def scope_text(scope: FiguresScope | None) -> str:
    """Whose figures are shown; empty when none are."""
    if scope is None:
        return ""
    if scope.is_all:
        return _("全公司")
    return _("我的") if scope.staff_no else _("本部门")
