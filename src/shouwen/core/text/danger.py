"""Words that make a call an alarm whatever else is said: leaks, fire, poisoning, broken pipes."""

import re
from collections.abc import Iterable

# In the core and not in the pack: no fault in a data file may make the product deaf to a leak.
ALARM_WORDS = (
    "漏气", "漏燃气", "漏煤气", "漏天然气", "跑气", "燃气泄漏", "泄露了", "泄漏了", "有味", "有股味", "有气味", "闻到味", "闻着味",
    "闻见味", "闻到&味", "闻着&味", "燃气味", "煤气味", "天然气味", "然气味", "臭鸡蛋", "臭味", "味儿很大", "味道很大", "嘶嘶&气",
    "报警器&响", "报警器&叫", "报警仪&响", "警报&响", "一氧化碳中毒", "煤气中毒", "中毒了", "头晕", "着火了", "起火", "失火",
    "着大火", "爆炸", "爆燃", "炸了", "挖断", "刮断", "挖漏", "挖破", "撞断", "喷气", "冒气", "呲气", "火苗窜", "窜火", "蹿火",
    "火&特别大", "压力&太高", "压力&过高", "阀门&关不上", "阀&关不死", "软管&掉了", "软管&脱落", "管子&掉了", "管子&脱落",
    "自杀", "不想活", "同归于尽", "开煤气", "忘关火", "忘了关火", "忘记关火", "干烧", "打到&气管", "打穿&气管", "钻到&气管",
)  # fmt: skip

_CLAUSE_END = re.compile(r"[，。！？；,.!?;\s]")
_TOGETHER = 14
_DENIED = re.compile(
    r"(?<![有是会不])(?:没有?|不|无|未|并非|不是|没啥|没什么)(?:闻到|闻见|闻着|发现|听到|什么|再|怎么|有|一点|任何|燃气|煤气|天然气)*$"
)
_SUPPOSED = re.compile(
    r"(?:会不会|怕(?!是)|容易|万一|防止|以免|免得|避免|如果|要是|假如|担心|预防|不然|否则|(?<!不)会)[^，。！？；,.!?;\s]{0,8}$"
)
_IGNITED = re.compile(r"[打点引]$")


def alarm_words(texts: Iterable[str], *, words: Iterable[str] = ALARM_WORDS) -> tuple[str, ...]:
    """The alarm words that a customer says in earnest, in the order of `words`.

    Denied (没闻到味), supposed (会不会漏气, 容易漏气) and igniting ones (打不着火) do not count;
    a question whether gas is escaping (是不是漏气) does: in doubt people are sent.
    `味&楼道` stands for both parts near each other, in any order.
    """
    said = tuple(texts)
    return tuple(word for word in words if any(in_earnest(text, word) for text in said))


def in_earnest(text: str, word: str) -> bool:
    """Whether `text` says `word` without denying or supposing it."""
    parts = word.split("&")
    # Nearly every word is in nearly no text: look for the signs before looking at the clause.
    if any(part not in text for part in parts):
        return False
    places = [[at for at in _places(text, part) if _is_meant(text, at, part)] for part in parts]
    return _near(places)


def mentions(text: str, word: str) -> bool:
    """Whether `text` has `word`, or all parts of `one&other` near each other."""
    parts = word.split("&")
    if any(part not in text for part in parts):
        return False
    return len(parts) == 1 or _near([_places(text, part) for part in parts])


def _places(text: str, part: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(part), text)]


def _near(places: list[list[int]]) -> bool:
    first, *others = places
    return any(
        all(any(abs(place - other) <= _TOGETHER for other in row) for row in others)
        for place in first
    )


def _is_meant(text: str, position: int, part: str) -> bool:
    clause = _CLAUSE_END.split(text[:position])[-1]
    if part.startswith("着") and _IGNITED.search(clause):
        return False
    return not (_DENIED.search(clause) or _SUPPOSED.search(clause))
