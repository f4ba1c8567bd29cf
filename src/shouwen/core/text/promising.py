"""What an agent promises a customer: to call back, to answer, to come; and putting off without a promise."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from shouwen.core.calls import Turn
from shouwen.core.text.moments import Moment, moments

PromiseKind = Literal["call_back", "answer", "visit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A promise heard on a call: the agent's sentence, its turn, and by when if that was said.

    `is_put_off`: the agent put the customer off (`等明天吧`); no time was agreed.
    """

    kind: PromiseKind
    words: str
    turn: int
    by: Moment | None = None
    is_put_off: bool = False


def promises_in(
    turns: Sequence[Turn], index: int, *, said_at: datetime, kind: str
) -> Iterator[Promised]:
    """The promises of the agent's turn `index`, at most one of each kind.

    The time is looked for in the sentence, then in the turn, then in the agent's answer to
    `什么时候?`. `kind` is the kind of the call: a visit put off (`等明天吧`) is a promise only where
    somebody has to come.
    """
    text = turns[index].text
    if _WAIT.search(text):
        return
    taken: set[str] = set()
    for promised in _PATTERNS:
        sentence = _promising_sentence(text, promised, kind)
        by = _time_of(turns, index, sentence, said_at)
        # One sentence is one promise: 打电话给您答复 is a call-back. A visit without a time is none yet.
        if sentence and sentence not in taken and (promised != "visit" or by is not None):
            taken.add(sentence)
            yield Promised(
                kind=promised,
                words=sentence[:200],
                turn=index,
                by=by,
                is_put_off=bool(_PUT_OFF_VISIT.search(sentence)),
            )


def was_put_off(text: str) -> bool:
    """Whether the agent leaves a question for later without promising anything (`过两天再打`)."""
    return bool(_PUT_OFF.search(text))


# Asking to hold the line for a colleague's answer is no promise for later.
_WAIT = re.compile(r"稍等|等一下|等我看看|别挂")
_CALL = (
    r"给您再?(?:回|打|拨|去)(?:个|一个)?(?:电话|过去|回去|话|电)?|(?:回|打)(?:电话)?给您|再给您打|给您(?:回电|回拨|回话)"
    r"|回您的?(?:电话|话)|打您的?(?:电话|手机)|打1\d{10}(?:给您|跟您|，)?|给您来电|向您回电|电话(?:回复|答复|告知|通知)您"
)
_ANSWER = r"给您(?:一个|个)?(?:回复|答复|准信|准话|结果|说法|回音|说清楚)|(?:回复|答复|通知|告诉|告知)您(?!的)|(?:跟|与|和)您联系(?!我)"
_VISIT = (
    r"(?:上门|(?<![查找收打看])到您(?:家|那|这)|去您(?:家|那)|过去(?:看|换|修|给您)?|先去看|去看看|登门|给您(?:约|派|安排|报)"
    r"|(?:车|师傅|人员?|队)[^，。]{0,12}到(?!时|底)|方便吗|您看行不行)"
)
_PATTERNS: MappingProxyType[PromiseKind, re.Pattern[str]] = MappingProxyType(
    {"call_back": re.compile(_CALL), "answer": re.compile(_ANSWER), "visit": re.compile(_VISIT)}
)
_NOT_NOW = re.compile(
    r"没法|不能|无法|不会|没办法|已经|刚才|昨天|上次|前天|(?:去|来|到|上门|出发|师傅)之?前|到时候|提前|做个?回访|您现在"
)
_ONLY_IF = re.compile(r"要是|如果|万一|的话|有问题|有事")
_WAS_THERE = re.compile(r"(?:换|修|装|查|检)(?:的|得|过|了)")
_PUT_OFF_VISIT = re.compile(r"等(?:到)?(?:明天|明儿|后天|下周|周[一二三四五六日])")
_PUT_OFF = re.compile(
    r"过(?:两|几|三)?天再(?:打|来|问|说)|(?:明天|改天|回头|下周|晚点|下午)再(?:打|来|问)(?!给您)|等明天|他今天(?:没来|不在)|今天(?:盖|办|查)不了"
)
_SOMEBODY_COMES = frozenset({"repair", "alarm", "network_fault", "home_service"})
_ASKS_WHEN = re.compile(r"什么时候|啥时候|几点|多久|多长时间|哪天|今天能|明天能|今天.{0,6}吗")
_SENTENCE_END = re.compile(r"(?<=[。！？!?；;])")


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def _promising_sentence(text: str, promised: PromiseKind, kind: str) -> str:
    for sentence in _sentences(text):
        put_off = (
            promised == "visit" and kind in _SOMEBODY_COMES and _PUT_OFF_VISIT.search(sentence)
        )
        if put_off or _is_promise(sentence, _PATTERNS[promised]):
            return sentence
    return ""


def _is_promise(sentence: str, pattern: re.Pattern[str]) -> bool:
    for match in pattern.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() : match.end() + 6]
        clause = re.split(r"[，,。]", before)[-1]
        if not (_NOT_NOW.search(clause) or _ONLY_IF.search(before) or _WAS_THERE.search(after)):
            return True
    return False


def _time_of(turns: Sequence[Turn], index: int, sentence: str, said_at: datetime) -> Moment | None:
    later = moments(_answer_to_when(turns, index), said_at=said_at)
    for words in (sentence, turns[index].text):
        said = moments(words, said_at=said_at)
        if said:
            exact = _most_exact(said)
            return exact if exact.code != "day" else _most_exact([exact, *later])
    return _most_exact(later) if later else None


def _most_exact(said: Sequence[Moment]) -> Moment:
    """Hours of the clock before a part of a day before a day."""
    return min(said, key=lambda moment: _EXACTNESS.index(moment.code))


_EXACTNESS = ("clock", "within", "close_of_business", "working_days", "part_of_day", "day")


def _answer_to_when(turns: Sequence[Turn], index: int) -> str:
    following = turns[index + 1 : index + 3]
    asked = (
        len(following) == 2
        and following[0].speaker == "customer"
        and _ASKS_WHEN.search(following[0].text)
    )
    return following[1].text if asked and following[1].speaker == "agent" else ""
