"""`shouwen standard …`: check, show, cover, list and try a standard.

Nothing here needs a database.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from shouwen.core.clause import Band, Conditions, RuleHead, Version
from shouwen.core.facts import FACTS
from shouwen.core.kinds import Rule
from shouwen.core.kinds.clock import ClockVersion, Trigger, ways_used
from shouwen.standard.checking import check_pack
from shouwen.standard.coverage import coverage, how_many_judged
from shouwen.standard.coverage_command import as_json, as_text
from shouwen.standard.diff_command import as_lines, as_table
from shouwen.standard.differing import differences
from shouwen.standard.digests import lock as append_digests
from shouwen.standard.due_command import BadInput, DueInput, due_answer
from shouwen.standard.explain import catalogue
from shouwen.standard.faults import Fault, PackFaults
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import Pack
from shouwen.standard.settings import load_ladder
from shouwen.standard.target_answer import target_answer
from shouwen.standard.vocabulary import WAYS_IN_WORDS, vocabulary_of

Format = Literal["text", "json"]
PackPath = Annotated[Path, typer.Argument(help="Directory of the pack.")]
PackOption = Annotated[
    Path | None, typer.Option("--pack", help="Directory of the pack; default: the installed one.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="text or json")]

app = typer.Typer(
    no_args_is_help=True, help="检查、查看、试算服务标准 · check, show and try a standard"
)


@app.command()
def check(pack: PackPath) -> None:
    """Validate a pack and run its examples; every fault at once, exit 1 on faults."""
    checked = _checked(pack)
    rules, examples = checked.rules.values(), sum(len(r.examples) for r in checked.rules.values())
    judged = how_many_judged(checked)
    _say(
        f"没有问题：{len(checked.passages)} 条，{len(rules)} 个规则，{examples} 个例子，已判定 {judged} 条\n"
        f"No faults: {len(checked.passages)} passages, {len(rules)} rules, {examples} examples, "
        f"{judged} passages judged"
    )


@app.command()
def show(clause: str, pack: PackOption = None) -> None:
    """Everything about a clause: wording, source, rules, versions, events, examples."""
    loaded = _checked(pack or default_pack_path())
    passage = next((p for p in loaded.passages if p.clause == clause), None)
    if passage is None:
        _refuse(f"没有条款 {clause} · no clause {clause}")
        return
    _say(f"{passage.clause}（{passage.section}）")
    if passage.gap is not None:
        _say(f"缺口 · gap: {passage.gap.zh} / {passage.gap.en}")
    for rule_id in passage.rules:
        _say("\n".join(_described(loaded.rules[rule_id])))


@app.command(name="coverage")
def coverage_command(output: FormatOption = "text", pack: PackOption = None) -> None:
    """One row for each clause: kind, judged, lived, measure, tests, gap."""
    rows = coverage(_checked(pack or default_pack_path()))
    if output == "json":
        _say_json(as_json(rows))
        return
    for line in as_text(rows):
        _say(line)


@app.command()
def vocabulary(output: FormatOption = "text", pack: PackOption = None) -> None:
    """The names that rules may use: kinds, events and their fields, facts, units, readings, reasons,
    calendars, signals.
    """
    loaded = _checked(pack or default_pack_path())
    words = vocabulary_of(loaded)
    if output == "json":
        _say_json(words)
        return
    for title, entries in words.items():
        _say(f"[{title}]")
        for entry in entries:
            rest = "  ".join(str(value) for key, value in entry.items() if key != "name" and value)
            _say(f"  {entry['name']:<28}{rest}")


@app.command()
def due(  # noqa: PLR0913 - one for each option
    pack: PackPath,
    rule: str,
    event: Annotated[
        list[str] | None,
        typer.Option(help="NAME=TIME or NAME=TIME;FIELD=VALUE;…, as often as needed"),
    ] = None,
    fact: Annotated[list[str] | None, typer.Option(help="NAME=VALUE")] = None,
    pause: Annotated[
        list[str] | None, typer.Option(help="REASON=START/END; without END it still goes on")
    ] = None,
    exception: Annotated[
        list[str] | None, typer.Option(help="REASON=TIME;approver=STAFF;evidence=TEXT")
    ] = None,
    count: Annotated[
        list[str] | None,
        typer.Option(help="NAME=NUMBER, such as met=93: whether figures reach the rule's target"),
    ] = None,
    department: Annotated[
        str, typer.Option(help="whose matter it is, for the escalation ladder")
    ] = "",
    now: Annotated[
        str, typer.Option(help="the moment of judging; default: the last one given")
    ] = "",
    output: FormatOption = "text",
) -> None:
    """When something is due, and why, by a rule of a pack: any rule that events decide.

    Names of events, fields and facts: `shouwen standard vocabulary`. Times without an offset are
    in the pack's zone.
    """
    given = DueInput(
        events=tuple(event or ()),
        facts=tuple(fact or ()),
        pauses=tuple(pause or ()),
        exceptions=tuple(exception or ()),
        department=department,
        now=now,
    )
    try:
        loaded = _checked(pack)
        answer = (
            target_answer(pack=loaded, rule_id=rule, typed=count, now=now)
            if count
            else due_answer(pack=loaded, rule_id=rule, given=given, ladder=load_ladder(pack))
        )
    except BadInput as error:
        _refuse(str(error))
        return
    if output == "json":
        _say_json(answer)
        return
    for key in ("rule", "version", "started_at", "warn_at", "due_at", "verdict", "calendar"):
        _say(f"{key:<12}{answer[key] if answer[key] is not None else '—'}")
    for step in answer["explanation"]:
        _say(f"  {step['zh']}［{step['source_zh']}］\n    {step['en']} [{step['source_en']}]")
    for rung in answer["escalation"]:
        _say(f"  {rung['at']}  {rung['zh']} · {rung['en']}: {', '.join(rung['tell'])}")


@app.command()
def diff(old: PackPath, new: PackPath, output: FormatOption = "text") -> None:
    """What changed from one edition to another, rule by rule, in sentences."""
    chapters = differences(old=_checked(old), new=_checked(new))
    if output == "json":
        _say_json(as_table(chapters))
        return
    for line in as_lines(chapters):
        _say(line)


@app.command()
def lock(pack: PackPath) -> None:
    """Append the fingerprints of new rule versions to published.toml; published ones stay as
    they are.
    """
    checked = _checked(pack)
    added = append_digests(
        path=pack / "published.toml", digests=checked.digests, published=checked.published
    )
    _say(f"新增 {added} 个已发布版本 · {added} versions published")


def _checked(path: Path) -> Pack:
    try:
        return check_pack(path)
    except PackFaults as error:
        for fault in error.faults:
            _complain(_told(fault))
        n = len(error.faults)
        _complain(f"共 {n} 处问题 · {n} faults")
        raise typer.Exit(1) from None


def _told(fault: Fault) -> str:
    place = f"{fault.file}: {fault.path}" if fault.path else fault.file
    zh = f"{fault.problem.zh}；{fault.remedy.zh}"
    en = f"{fault.problem.en}; {fault.remedy.en}"
    return f"{place}\n  {zh}\n  {en}"


def _described(rule: Rule) -> list[str]:
    judged = "判定 judged" if rule.judged else "尚不判定 not judged yet"
    lines = [
        f"\n{rule.id} · {rule.kind} · {judged}",
        f"  {rule.title.zh} / {rule.title.en}",
        f"  {rule.wording.zh}",
        f"  {rule.wording.en}",
        f"  {rule.source.document} {rule.source.section} · {rule.stage}",
    ]
    for version in rule.versions:
        lines += [f"  {line}" for line in _version_lines(rule, version)]
    return lines + [f"  例 {example.says} → {example.expect}" for example in rule.examples]


def _version_lines(rule: RuleHead, version: Version) -> list[str]:
    lines = [
        f"{version.from_} 起 · from {version.from_}" + (" 废止 withdrawn" * version.withdrawn)
    ]
    lines += [f"  {line}" for line in _conditions(version.when)]
    if version.interpretation is not None:
        lines.append(f"  读法 {version.interpretation.zh} / {version.interpretation.en}")
    limit = getattr(version, "limit", None)
    if limit is not None:
        lines.append("  时限 " + catalogue("zh")["units"][limit.unit].format(n=f"{limit.value:g}"))
    elif isinstance(version, ClockVersion):
        ways = [(way, WAYS_IN_WORDS[way]) for way in ways_used(version)]
        lines += [f"  时限 {way}: {words.zh} / {words.en}" for way, words in ways]
    for name in ("start", "stop"):
        trigger = getattr(version, name, None)
        if isinstance(trigger, Trigger):
            lines.append(f"  {name}: {', '.join(trigger.events)}")
    return lines


def _conditions(when: Conditions) -> list[str]:
    told = []
    for name, condition in when.items():
        if isinstance(condition, Band):
            ends = (condition.at_least, condition.below)
            low, high = ("" if end is None else f"{end:g}" for end in ends)
            told.append(f"{FACTS[name].zh} {name}: {low} … {high}")
        else:
            told.append(f"{FACTS[name].zh} {name}: {', '.join(condition)}")
    return told


def _say(text: str) -> None:
    typer.echo(text)


def _say_json(value: Sequence[Any] | Mapping[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _complain(text: str) -> None:
    typer.echo(text, err=True)


def _refuse(text: str) -> None:
    _complain(text)
    raise typer.Exit(1)
