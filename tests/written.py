"""Calls and lines that were written to try the hearing on: tests/data/written, in a short form.

Calls: `# ID kind in|out | phone surname title address or - | ring seconds | hang side | cause word`,
then a turn a line (`a` the agent, `c` the customer), `[hold 35]` a hold, `[+25]` a silence, `[-1.5]`
before a turn that begins while the other still speaks, and `= clause@turn … ; clause …` what is broken and
what is kept (which is not read).
Lines: `clause|what the customer said|what the agent says`, without a clause where nothing is broken.
"""

import random
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from shouwen.core.text.pronouncing import pronounced

FOLDER = Path(__file__).parent / "data" / "written"
GREETING = "您好，安泰燃气公司，请问有什么可以帮到您？"
_PACE, _PAUSE = 0.24, 0.6
_DIRECTION = re.compile(r"\[(hold|\+|-)\s*([\d.]+)\]\s*(.*)")


def calls(name: str) -> list[dict[str, Any]]:
    """The calls of a file with their labels, timed by a steady pace of speech."""
    found: list[dict[str, Any]] = []
    script: list[str] = []
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line.strip():
            script.append(line)
        if line.startswith("="):
            found.append(_call(script))
            script = []
    return found


def lines(name: str) -> list[tuple[str, str, str]]:
    """The lines of a file: clause or empty, what the customer said, what the agent says."""
    rows = [line.split("|") for line in (FOLDER / name).read_text("utf-8").splitlines() if line]
    return [(row[0] if len(row) == 3 else "", row[-2], row[-1]) for row in rows]


def around(before: str, line: str) -> dict[str, Any]:
    """A short call in which the agent says the line after the customer said what is before it."""
    script = [
        "# LINE consultation in | - | ring 4",
        f"a {GREETING}", "c 我想问个事。", "a 您请说。", f"c {before}", f"a {line}", "c 那行吧。",
        "a 您还有其他问题吗？", "c 没有了。", "a 感谢您的来电，再见。", "=",
    ]  # fmt: skip
    return _call(script)


def noisy(call: dict[str, Any], *, seed: int, rate: float = 0.03) -> dict[str, Any]:
    """The call as a recogniser writes it: some characters of the same sound, no stops, fillers."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    turns = [{**turn, "text": _misheard(turn["text"], chance, rate)} for turn in call["turns"]]
    return {**call, "turns": turns}


def _call(script: list[str]) -> dict[str, Any]:
    head, *body, labels = script
    about, customer, *options = [part.strip() for part in head[2:].split("|")]
    call_id, kind, direction = about.split()
    option = dict(each.split(" ", 1) for each in options)
    answered = float(option["ring"])
    events: list[dict[str, Any]] = [
        {"t": float(t), "type": "ring"} for t in range(0, int(answered) + 1, 5) if t < answered
    ]
    events.append({"t": answered, "type": "answer"})
    turns, t = _turns(body, events, answered + 0.9)
    ended = {"t": round(t + 0.5, 1), "type": "hangup", "by": option.get("hang", "customer")}
    events.append(ended | ({"cause": option["cause"]} if "cause" in option else {}))
    names = ("phone", "surname", "title", "address")
    return {
        "call_id": call_id,
        "direction": "outbound" if direction == "out" else "inbound",
        "kind": kind,
        "started_at": "2026-03-17T14:20:33+08:00",
        "staff_no": "1015",
        "customer": None
        if customer == "-"
        else dict(zip(names, customer.split(" ", 3), strict=True)),
        "events": sorted(events, key=lambda event: event["t"]),
        "turns": turns,
        "labels": [_label(each) for each in labels[1:].partition(";")[0].split()],
    }


def _turns(
    body: list[str], events: list[dict[str, Any]], t: float
) -> tuple[list[dict[str, Any]], float]:
    turns: list[dict[str, Any]] = []
    for line in body:
        pause, rest = _PAUSE, line
        if match := _DIRECTION.match(line):
            what, seconds, rest = match[1], float(match[2]), match[3]
            if what == "hold":
                events.append({"t": round(t, 1), "type": "hold"})
                events.append({"t": round(t + seconds, 1), "type": "resume"})
            pause = -seconds if what == "-" else pause
            t += seconds if what != "-" else 0
        if rest:
            side, text = rest.split(" ", 1)
            start = t + pause
            end = start + max(0.5, len(text) * _PACE)
            speaker = "agent" if side == "a" else "customer"
            turns.append(
                {"start": round(start, 1), "end": round(end, 1), "speaker": speaker, "text": text}
            )
            t = max(t, end)
    return turns, t


def _label(written: str) -> dict[str, Any]:
    clause, _, turn = written.partition("@")
    return {"clause": clause, "verdict": "broken"} | ({"turn": int(turn)} if turn else {})


def _misheard(text: str, chance: random.Random, rate: float) -> str:
    alike = _alike()
    heard = []
    for sign in re.sub(r"[，。！？；：、“”…—]", " ", text):
        others = alike.get(sign, ())
        heard.append(chance.choice(others) if others and chance.random() < rate else sign)
        if sign == " " and chance.random() < rate:
            heard.append(chance.choice(["嗯 ", "那个 ", "呃 "]))
    return "".join(heard)


@lru_cache(maxsize=1)
def _alike() -> dict[str, tuple[str, ...]]:
    """For each character of the written texts the others of the same sound."""
    signs = {s for file in sorted(FOLDER.glob("*.txt")) for s in file.read_text("utf-8")}
    by_sound = defaultdict(list)
    for sign in sorted(s for s in signs if "\u4e00" <= s <= "\u9fff"):
        by_sound[pronounced(sign)[0]].append(sign)
    return {
        sign: tuple(other for other in alike if other != sign)
        for alike in by_sound.values()
        for sign in alike
        if len(alike) > 1
    }
