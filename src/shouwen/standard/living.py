"""Which operations record which events, and which pages, jobs and commands lead to them.

Read from the program's own source, so that nobody types it by hand: the names of events that stand
in an operation, and who calls whom from there up to an address, a kind of job or a command. It
needs neither Django nor a database.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from shouwen.core.events import EVENTS

CALL_JUDGED = "call.judged"
"""Stands beside the events: a call is listened to by the rules about calls."""

_LISTENING = ("shouwen.standard.judging", "judge_calls")
_SOURCE = Path(__file__).resolve().parents[1]
_NOT_APPS = {"core", "standard", "ui", "adapters", "access", "demo", "installation", "config"}
_READING = {"filter", "exclude", "get", "values_list", "annotate", "touched"}
_PLACES = {"path": "page", "handler": "job", "errand": "job", "command": "command"}

Name = tuple[str, str]
"""A module and a name in it."""
Calls = dict[Name, set[tuple[str, Name]]]


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """Where somebody, or a clock, sets an operation going.

    `kind`: page (the name of its address), job or command. `part`: which act of a page.
    """

    kind: str
    name: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}/{self.part}" if self.part else f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True, order=True)
class Emitter:
    """An operation that records an event, as `app.name`, and the ways that lead to it."""

    operation: str
    ways: tuple[Way, ...]

    @property
    def app(self) -> str:
        """The workplace that the operation belongs to."""
        return self.operation.partition(".")[0]


@dataclass(slots=True)
class _Thing:
    """A function or a table of a module: the events in it and what it uses, each under its keys."""

    keys: dict[str, set[str]] = field(default_factory=dict)
    uses: set[tuple[str, Name]] = field(default_factory=set)


@dataclass(slots=True)
class _Program:
    """Every thing by module and name, what modules import, and where outsiders come in."""

    things: dict[Name, _Thing] = field(default_factory=dict)
    imports: dict[Name, Name] = field(default_factory=dict)
    entrances: list[tuple[Way, Name]] = field(default_factory=list)

    def resolved(self, name: Name) -> Name | None:
        """Where a name is defined, following imports; None for what is not ours."""
        for _ in range(8):
            if name in self.things or name == _LISTENING:
                return name
            if name not in self.imports:
                return None
            name = self.imports[name]
        return None


@lru_cache(maxsize=2)
def emitters(source: Path = _SOURCE) -> Mapping[str, tuple[Emitter, ...]]:
    """By event: the operations that record it. Events that nothing records are not there."""
    program = _Program()
    for path in _files(source):
        module = ".".join((source.name, *path.relative_to(source).with_suffix("").parts))
        _read(program, module.removesuffix(".__init__"), ast.parse(path.read_text("utf-8")))
    calls = _calls(program)
    ways = _ways(program, calls)
    callers = _callers(calls)
    found: dict[str, dict[str, set[Way]]] = {}
    for name in calls:
        for event in program.things[name].keys if _is_operation(name[0]) else ():
            for public in _public(callers, name):
                operation = f"{public[0].split('.')[1]}.{public[1]}"
                reached = found.setdefault(event, {}).setdefault(operation, set())
                reached |= ways.get((event, name), set())
    return {
        event: tuple(sorted(Emitter(name, tuple(sorted(ways))) for name, ways in by.items()))
        for event, by in sorted(found.items())
    }


def _files(source: Path) -> Iterator[Path]:
    for app in sorted(source.iterdir()):
        if app.is_dir() and app.name not in _NOT_APPS:
            for path in sorted(app.rglob("*.py")):
                if not {"migrations", "templates", "models", "queries"} & set(path.parts):
                    yield path


def _is_operation(module: str) -> bool:
    return "operations" in module.split(".") or module.endswith(".work")


def _read(program: _Program, module: str, tree: ast.Module) -> None:
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                local = (module, alias.asname or alias.name)
                program.imports[local] = (node.module, alias.name)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            program.things[module, node.name] = _thing(module, node)
            program.entrances += _entrances(module, node)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    program.things[module, target.id] = _thing(module, node.value)
            program.entrances += _addresses(module, node.value)


def _thing(module: str, node: ast.AST) -> _Thing:
    thing = _Thing()
    _look(node, module, "", thing)
    return thing


def _look(node: ast.AST, module: str, key: str, thing: _Thing) -> None:
    """Notes events and uses; comparing with an event, or looking for one, records nothing."""
    match node:
        case ast.Compare():
            return
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in _READING:
            _look(node.func, module, key, thing)
            return
        case ast.Dict(keys=keys, values=values):
            for each, value in zip(keys, values, strict=True):
                inner = each.value if isinstance(each, ast.Constant) else key
                _look(value, module, str(inner), thing)
            return
        case _:
            _note(node, module, key, thing)
    for child in ast.iter_child_nodes(node):
        _look(child, module, key, thing)


def _note(node: ast.AST, module: str, key: str, thing: _Thing) -> None:
    match node:
        case ast.Constant(value=str(text)) if text in EVENTS:
            thing.keys.setdefault(text, set()).add(key)
        case ast.Name(id=name):
            thing.uses.add((key, (module, name)))
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            thing.uses.add((key, (f"{module}:{owner}", name)))
        case _:
            pass


def _entrances(module: str, node: ast.AST) -> list[tuple[Way, Name]]:
    """The kind of job or the command that a decorated function stands for."""
    found = []
    for mark in getattr(node, "decorator_list", []):
        if isinstance(mark, ast.Call):
            called = (
                mark.func.attr if isinstance(mark.func, ast.Attribute) else ast.unparse(mark.func)
            )
            if called in _PLACES:
                way = Way(_PLACES[called], getattr(node, "name", "").strip("_"))
                found.append((way, (module, getattr(node, "name", ""))))
    return found


def _addresses(module: str, node: ast.AST) -> list[tuple[Way, Name]]:
    """The pages that a list of addresses names."""
    found = []
    for call in ast.walk(node):
        match call:
            case ast.Call(
                func=ast.Name(id="path"),
                args=[_, ast.Attribute(value=ast.Name(id=owner), attr=view), *_],
                keywords=[ast.keyword(arg="name", value=ast.Constant(value=str(name)))],
            ):
                found.append((Way("page", name), (f"{module}:{owner}", view)))
            case _:
                pass
    return found


def _target(program: _Program, used: Name) -> Name | None:
    """What a use means: a name of the module, or `owner.name` of a module that it imports."""
    module, name = used
    home, _, owner = module.partition(":")
    if not owner:
        return program.resolved(used)
    imported = program.imports.get((home, owner))
    return program.resolved((".".join(imported), name)) if imported else None


def _calls(program: _Program) -> Calls:
    """By thing: what of ours it uses, and under which key. Whoever listens to calls is noted."""
    calls: Calls = {}
    for name, thing in program.things.items():
        used = {(key, _target(program, use)) for key, use in thing.uses}
        if any(target == _LISTENING for _, target in used):
            thing.keys[CALL_JUDGED] = {""}
        calls[name] = {(key, target) for key, target in used if target and target != _LISTENING}
    return calls


def _callers(calls: Calls) -> Mapping[Name, set[Name]]:
    callers: dict[Name, set[Name]] = {}
    for name, uses in calls.items():
        for _, used in uses if _is_operation(name[0]) else ():
            callers.setdefault(used, set()).add(name)
    return callers


def _ways(program: _Program, calls: Calls) -> dict[tuple[str, Name], set[Way]]:
    """By event and the thing that holds its name: the ways that lead there."""
    reached: dict[tuple[str, Name], set[Way]] = {}
    for way, used in program.entrances:
        start = _target(program, used)
        waiting: list[tuple[Name, str]] = [(start, "")] if start in calls else []
        seen = set(waiting)
        while waiting:
            name, part = waiting.pop()
            for event, keys in program.things[name].keys.items():
                here = {Way(way.kind, way.name, _under(part, key)) for key in keys}
                reached.setdefault((event, name), set()).update(here)
            deeper = {(used, _under(part, key)) for key, used in calls[name]} - seen
            seen |= deeper
            waiting += deeper
    return reached


def _under(part: str, key: str) -> str:
    return f"{part}/{key}" if part and key else part or key


def _public(callers: Mapping[Name, set[Name]], name: Name) -> list[Name]:
    """The operations that others may call and that lead to this one, the nearest."""
    found, seen, waiting = set(), {name}, [name]
    while waiting:
        each = waiting.pop()
        if not each[1].startswith("_") and not each[1].isupper():
            found.add(each)
            continue
        fresh = callers.get(each, set()) - seen
        seen |= fresh
        waiting += fresh
    return sorted(found)
