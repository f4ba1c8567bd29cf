"""The form of one rule in a draft: its plain values, its policy, what is fixed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.core.clause import Version, Words
from shouwen.core.kinds import Rule
from shouwen.editions.models import Edition
from shouwen.editions.presenters.changes import clause_mark
from shouwen.editions.presenters.pages import FactLine, FieldGroup, RulePage
from shouwen.standard.explain import catalogue
from shouwen.standard.pack import Pack
from shouwen.standard.plain_values import UNITS, PlainValue
from shouwen.standard.registry import written
from shouwen.standard.value_words import Namer, changes_of
from shouwen.ui.languages import tongue, worded
from shouwen.ui.parts import Action, Choice, ClauseMark, Field, Note, Option

_SHORT = frozenset({"limit", "number", "yes_no", "choice"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """A rule of a draft as read for its form.

    `table` is the version that the form starts from, `own_day` the first day of the draft's own
    version (None before the first save). `sent` and `errors` come back with a form that was refused.
    """

    draft: Edition
    rule: Rule
    pack: Pack
    table: Mapping[str, Any]
    values: Sequence[PlainValue]
    own_day: date | None
    today: date
    new_id: UUID
    sent: Mapping[str, str] | None = None
    errors: Mapping[str, str] | None = None

    @property
    def namer(self) -> Namer:
        return Namer(reasons=self.pack.pause_reasons)


def rule_page(shown: RuleShown, *, notice: Note | None = None) -> RulePage:
    """The form of a rule."""
    rule, draft = shown.rule, shown.draft
    groups = [_timing(shown), *_values(shown), _head(shown)]
    return RulePage(
        heading=worded(rule.title),
        action_url=reverse("draft_rule", args=[draft.pk, rule.id]),
        back_url=reverse("edition", args=[draft.pk]),
        act_id=str(shown.new_id),
        revision=draft.revision,
        clause=clause_mark(rule.clause) or ClauseMark(rule.clause),
        groups=tuple(groups),
        siblings=tuple(_siblings(shown)),
        versions=tuple(_versions(shown)),
        fixed=tuple(_fixed(shown)),
        wording=worded(rule.wording),
        drop=_drop(shown),
        notice=notice,
    )


def _timing(shown: RuleShown) -> FieldGroup:
    first = shown.own_day or shown.today
    policy = str(shown.table.get("on_change", "freeze"))
    from_day = shown.table.get("rejudge_from")
    fields = (
        _field(shown, "from", _("从哪天起"), "date", first.isoformat()),
        _select(shown, "on_change", _("已开始的时钟"), policy, _POLICIES()),
        _field(
            shown,
            "rejudge_from",
            _("重判哪天以后开始的"),
            "date",
            from_day.isoformat() if from_day else "",
            required=False,
            hint=_("只在选“某日起开始的都重判”时填"),
        ),
        _select(
            shown,
            "withdrawn",
            _("这条规则"),
            "true" if shown.table.get("withdrawn") else "false",
            {"false": _("继续有效"), "true": _("从那天起废止")},
        ),
    )
    return FieldGroup(_("起始与过渡"), fields)


def _head(shown: RuleShown) -> FieldGroup:
    """What stands above the versions: it can be mended without a new one."""
    rule = shown.rule
    fields = (
        _field(shown, "head.title.zh", _("标题（中文）"), "text", rule.title.zh),
        _field(shown, "head.title.en", _("标题（英文）"), "text", rule.title.en),
        _area(shown, "head.wording.zh", _("表述（中文）"), [rule.wording.zh]),
        _area(shown, "head.wording.en", _("表述（英文）"), [rule.wording.en]),
    )
    return FieldGroup(_("标题与表述"), fields, _("数字改了，话也要跟着改"))


def _POLICIES() -> dict[str, str]:  # noqa: N802 - a table whose words depend on the language
    return {
        "freeze": _("不动，按开始时的版本"),
        "rejudge_open": _("在走的都按新版重判"),
        "rejudge_from": _("某日起开始的都重判，包括已办完的"),
    }


def _values(shown: RuleShown) -> Iterator[FieldGroup]:
    """Short values side by side, then each list by itself."""
    short = [value for value in shown.values if value.shape in _SHORT]
    if short:
        fields = tuple(field for value in short for field in _fields(shown, value))
        yield FieldGroup(_("数值"), fields)
    for value in (value for value in shown.values if value.shape not in _SHORT):
        yield FieldGroup(_named(shown, value), tuple(_fields(shown, value)), _hint(value))


def _named(shown: RuleShown, value: PlainValue) -> str:
    return " · ".join(worded(shown.namer.field(part)) for part in value.path)


def _hint(value: PlainValue) -> str:
    return {
        "lines": _("一行一句"),
        "texts": _("一行一条：中文 | English"),
        "items": _("一行一项：名字 | 中文 | English；已有的项其余内容不变"),
        "pauses": _("只能以这些原因暂停"),
    }.get(value.shape, "")


def _fields(shown: RuleShown, value: PlainValue) -> Iterator[Field]:  # noqa: C901 - one line for each shape
    name, title = ".".join(value.path), _named(shown, value)
    now = value.value if value.value is not None else value.default
    match value.shape:
        case "limit":
            yield from _limit(shown, name, title, value.value, required=value.required)
        case "number":
            text = "" if now is None else f"{now:g}"
            hint = _("0.8 是用掉八成时") if value.path[-1] == "warn_at" else ""
            yield _field(shown, name, title, "text", text, required=value.required, hint=hint)
        case "yes_no":
            chosen = "true" if now else "false"
            yield _select(shown, name, title, chosen, {"true": _("是"), "false": _("否")})
        case "choice":
            yield _select(shown, name, title, str(now or ""), _options(shown, value))
        case "lines":
            yield _area(shown, name, title, list(value.value or ()))
        case "texts":
            rows = [f"{row['zh']} | {row['en']}" for row in value.value or ()]
            yield _area(shown, name, title, rows)
        case "items":
            rows = [
                f"{row['id']} | {row['title']['zh']} | {row['title']['en']}"
                for row in value.value or ()
            ]
            yield _area(shown, name, title, rows)
        case "pauses":
            yield from _pauses(shown, name, value.value or ())


def _limit(
    shown: RuleShown, name: str, title: str, limit: Mapping[str, Any] | None, *, required: bool
) -> Iterator[Field]:
    number = f"{limit['value']:g}" if limit else ""
    unit = str(limit["unit"]) if limit else "hours"
    yield _field(shown, f"{name}.value", title, "text", number, required=required)
    label = _("%(name)s的单位") % {"name": title}
    yield _select(shown, f"{name}.unit", label, unit, _units())


def _pauses(shown: RuleShown, name: str, pauses: Sequence[Mapping[str, Any]]) -> Iterator[Field]:
    known = {pause["reason"]: pause for pause in pauses}
    yes_no = {"true": _("是"), "false": _("否")}
    for reason, words in shown.pack.pause_reasons.items():
        pause = known.get(reason)
        place, said = f"{name}.{reason}", worded(words)
        allowed = {"true": _("可以"), "false": _("不可以")}
        yield _select(shown, f"{place}.allowed", said, "true" if pause else "false", allowed)
        evidence = "true" if pause and pause.get("evidence") else "false"
        label = _("%(reason)s：要凭据") % {"reason": said}
        yield _select(shown, f"{place}.evidence", label, evidence, yes_no)
        longest = pause.get("longest") if pause else None
        label = _("%(reason)s：最长") % {"reason": said}
        yield _field(
            shown,
            f"{place}.longest.value",
            label,
            "text",
            f"{longest['value']:g}" if longest else "",
            required=False,
        )
        unit = longest["unit"] if longest else "days"
        label = _("%(reason)s：最长的单位") % {"reason": said}
        yield _select(shown, f"{place}.longest.unit", label, unit, _units())


def _units() -> dict[str, str]:
    shapes = catalogue(tongue())["units"]
    return {unit: shapes[unit].format(n="").strip() for unit in UNITS}


def _options(shown: RuleShown, value: PlainValue) -> dict[str, str]:
    name = value.path[-1]
    words = {option: worded(shown.namer.value(name, option)) for option in value.options}
    plain = {option: said.strip("“”") for option, said in words.items()}
    return plain if value.required or value.default else {"": "—", **plain}


def _field(
    shown: RuleShown,
    name: str,
    label: str,
    kind: str,
    value: str,
    *,
    required: bool = True,
    hint: str = "",
) -> Field:
    return Field(
        name,
        label,
        kind=kind,
        value=_sent(shown, name, value),
        required=required,
        hint=hint,
        error=(shown.errors or {}).get(name, ""),
    )


def _area(shown: RuleShown, name: str, label: str, rows: Sequence[str]) -> Field:
    return _field(shown, name, label, "textarea", "\n".join(rows), required=False)


def _select(
    shown: RuleShown, name: str, label: str, value: str, options: Mapping[str, str]
) -> Field:
    chosen = _sent(shown, name, value)
    return Field(
        name,
        label,
        kind="select",
        value=chosen,
        options=tuple(Option(key, said, key == chosen) for key, said in options.items()),
        required=False,
        error=(shown.errors or {}).get(name, ""),
    )


def _sent(shown: RuleShown, name: str, value: str) -> str:
    return value if shown.sent is None else shown.sent.get(name, "")


def _versions(shown: RuleShown) -> Iterator[FactLine]:
    """Every version with what it said that is new."""
    before: Version | None = None
    for version in shown.rule.versions:
        said = [worded(each) for each in changes_of(before, version, shown.namer)]
        told = _("废止") if version.withdrawn else ("；" if tongue() == "zh" else "; ").join(said) or "—"
        own = _("（本草案）") if version.from_ == shown.own_day else ""
        yield FactLine(f"{version.from_.isoformat()} {own}".strip(), told)
        before = version


def _fixed(shown: RuleShown) -> Iterator[FactLine]:
    """What only the files can change."""
    offered = {value.path[0] for value in shown.values}
    skipped = {"from", "on_change", "rejudge_from", "withdrawn", *offered}
    version = shown.rule.versions[-1]
    for name in version.__dataclass_fields__:
        key, value = written(name), getattr(version, name)
        if key not in skipped and value not in (None, "", (), {}):
            field: Words = shown.namer.field(key)
            yield FactLine(worded(field), worded(shown.namer.value(key, value)))


def _siblings(shown: RuleShown) -> Iterator[Choice]:
    """The other rules of the clause."""
    rules = shown.pack.by_clause.get(shown.rule.clause, ())
    if len(rules) < 2:
        return
    for rule in rules:
        url = reverse("draft_rule", args=[shown.draft.pk, rule.id])
        yield Choice(worded(rule.title), url, is_on=rule.id == shown.rule.id)


def _drop(shown: RuleShown) -> Action | None:
    if shown.own_day is None:
        return None
    return Action(
        "drop",
        _("不改了"),
        reverse("draft_rule_drop", args=[shown.draft.pk, shown.rule.id]),
        icon="arrow-back-up",
        fields=(
            Field("act_id", "", kind="hidden", value=str(shown.new_id)),
            Field("revision", "", kind="hidden", value=str(shown.draft.revision)),
            Field("day", "", kind="hidden", value=shown.own_day.isoformat()),
        ),
    )
