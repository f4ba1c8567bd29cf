"""Reviewing recorded calls on the text path: ours, a bare scan for the same pieces, a loop over phrases.

Run by `python -m benches`; prints lines of JSON. Ours goes from a line of JSON to a line of JSON, each run over
calls that were not reviewed before; once more with nothing remembered, as if no line were ever said twice. The peers only look for phrases: one walks the text once
with a dictionary automaton (Aho-Corasick, in plain Python as ours is), the other asks a compiled
pattern for each phrase. All three read the same calls, one after the other in the same run.
"""

import json
import re
import resource
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from shouwen.core.kinds.phrase import PhraseRule
from shouwen.core.text.frames import frame
from shouwen.core.text.memory import Memory
from shouwen.standard.call_review import NoCall, as_json, review_lines
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import Pack, load_pack
from tests import written

DEMO = Path(__file__).parents[1] / "src" / "shouwen" / "demo" / "calls.jsonl"
RUNS = 2
FILES = ("calls_a.txt", "calls_c.txt", "calls_d.txt")


def main(count: int) -> None:
    """Reviews so many calls, then has the peers look for the phrases in them."""
    pack = load_pack(default_pack_path())
    _reviewed(pack, heard_lines(100, since=10 * count))
    runs = [heard_lines(count, since=i * count) for i in range(RUNS)]
    ours = _seconds([partial(_reviewed, pack, lines) for lines in runs])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines, Memory.most = runs[0], 0
    anew = _seconds([partial(_reviewed, pack, lines)] * RUNS)
    texts = ["\n".join(turn["text"] for turn in json.loads(line)["turns"]) for line in lines]
    frames = _frames(pack)
    automaton = _Automaton([piece for _, pieces in frames for piece in pieces])
    patterns = [pattern for pattern, _ in frames]
    scan = _seconds([lambda: sum(automaton.hits(text) for text in texts)] * RUNS)
    few = texts[: max(1, count // 50)]
    looped = _seconds([lambda: sum(1 for t in few for p in patterns if p.search(t))] * RUNS)
    told = {"calls": count, "ours": ours, "anew": anew, "scan": scan}
    told |= {"loop": looped * count / len(few), "per_second": count / ours}
    _say({"name": "review: text", **told, "memory_mb": memory, "phrases": len(frames)})


def _reviewed(pack: Pack, lines: Sequence[str]) -> int:
    told = 0
    for each in review_lines(pack=pack, lines=lines):
        assert not isinstance(each, NoCall)  # noqa: S101
        told += len(json.dumps(as_json(each), ensure_ascii=False))
    return told


def heard_lines(count: int, *, since: int = 0) -> list[str]:
    """Distinct calls: the written ones and those of the demonstration, as a recogniser hears them."""
    base = [json.loads(line) for line in DEMO.read_text("utf-8").splitlines()]
    base += [call for name in FILES for call in written.calls(name)]
    heard = (
        written.noisy(base[i % len(base)], seed=i, rate=0.01) for i in range(since, since + count)
    )
    return [json.dumps(call, ensure_ascii=False) for call in heard]


def _frames(pack: Pack) -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
    """Each phrase of the rules about wording and of the signals: its pattern and its pieces."""
    hearing = pack.hearing
    phrases = {
        phrase
        for rule in pack.rules.values()
        if isinstance(rule, PhraseRule)
        for version in rule.versions
        for phrase in (*version.says, *version.also, *version.never, *version.not_in)
    }
    phrases |= {phrase for signal in hearing.signals.values() for phrase in signal.any_of}
    ready = [frame(phrase, hearing.words) for phrase in sorted(phrases)]
    return [
        (each.pattern or re.compile(re.escape(each.pieces[0])), each.pieces)
        for each in ready
        if each is not None
    ]


class _Automaton:
    """A bare Aho-Corasick automaton; it counts the ends of the words in a text."""

    def __init__(self, words: Sequence[str]) -> None:
        self.next: list[dict[str, int]] = [{}]
        self.ends = [0]
        for word in dict.fromkeys(words):
            state = 0
            for sign in word:
                if sign not in self.next[state]:
                    self.next.append({})
                    self.ends.append(0)
                    self.next[state][sign] = len(self.next) - 1
                state = self.next[state][sign]
            self.ends[state] += 1
        self.fail = [0] * len(self.next)
        waiting = deque(self.next[0].values())
        while waiting:
            state = waiting.popleft()
            for sign, child in self.next[state].items():
                back = self.fail[state]
                while back and sign not in self.next[back]:
                    back = self.fail[back]
                found = self.next[back].get(sign, 0)
                self.fail[child] = found if found != child else 0
                self.ends[child] += self.ends[self.fail[child]]
                waiting.append(child)

    def hits(self, text: str) -> int:
        state, count = 0, 0
        for sign in text:
            while state and sign not in self.next[state]:
                state = self.fail[state]
            state = self.next[state].get(sign, 0)
            count += self.ends[state]
        return count


def _seconds(acts: Sequence[Callable[[], object]]) -> float:
    """Processor seconds of the quickest of several runs."""
    taken = []
    for act in acts:
        started = time.process_time()
        act()
        taken.append(time.process_time() - started)
    return max(min(taken), 1e-9)


def _say(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
