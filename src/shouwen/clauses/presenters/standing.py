"""Shares, counts and marks: how well a clause is kept, as shapes and words."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from shouwen.clauses.presenters.pages import CountLine, Spark
from shouwen.clauses.queries import Kept, Scope
from shouwen.core.kinds import Rule
from shouwen.standard.coverage import WITHOUT_PERCENTAGE

_WIDTH, _HEIGHT, _EDGE = 150.0, 44.0, 4.0


def total(kept: Iterable[Kept]) -> Kept:
    """All of them together."""
    return sum(kept, start=Kept())


def mark(kept: Kept, *, rules: Sequence[Rule], is_gap: bool) -> tuple[str, str]:
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


def share_text(kept: Kept) -> str:
    """97.4 for 0.974, cut and never rounded up to a hundred; empty when nothing was decided."""
    if kept.share is None:
        return ""
    tenths = int(kept.share * 1000 + 1e-9)
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths / 10:.1f}"


def count_text(kept: Kept) -> str:
    """75 / 77 件."""
    return _("%(met)s / %(decided)s 件") % {"met": kept.met, "decided": kept.decided}


def count_lines(kept: Kept) -> tuple[CountLine, ...]:
    """What is neither kept nor broken, as far as there is any; exceptions stand apart."""
    counted = (
        ("run", _("在走"), kept.running),
        ("warn", _("其中将到期"), kept.due_soon),
        ("pause", _("暂停中"), kept.paused),
        ("na", _("例外，单独计"), kept.excepted),
        ("na", _("无法证明"), kept.not_provable),
        ("na", _("不适用"), kept.not_applicable),
        ("gap", _("没有期限"), kept.gap),
    )
    return tuple(CountLine(look, word, str(n)) for look, word, n in counted if n)


def scope_text(scope: Scope) -> str:
    """Whose figures are shown."""
    return {"all": _("全公司"), "department": _("本部门"), "own": _("我的")}[scope.whose]


def spark(course: Sequence[Kept]) -> Spark | None:
    """The line of twelve months; months without any are left out. None for fewer than two points."""
    shares = [(place, kept.share) for place, kept in enumerate(course) if kept.share is not None]
    if len(shares) < 2:
        return None
    lowest = min(0.9, *(share for _place, share in shares))
    span = 1 - lowest or 1
    points = [
        (
            _EDGE + (_WIDTH - 2 * _EDGE) * place / (len(course) - 1),
            _EDGE + (_HEIGHT - 2 * _EDGE) * (1 - share) / span,
        )
        for place, share in shares
    ]
    told = ", ".join(f"{share_text(kept)}%" for kept in course if kept.share is not None)
    return Spark(
        label=_("近 12 个月做到率：%(shares)s") % {"shares": told},
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        dot_x=round(points[-1][0], 1),
        dot_y=round(points[-1][1], 1),
    )
