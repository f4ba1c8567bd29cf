"""How names sound: every reading of a surname, and the letters by which a name is found."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from types import MappingProxyType

from shouwen.core.text.people import COMPOUND_SURNAMES, SURNAMES
from shouwen.core.text.pronouncing import pronounced, pronunciations

# As a surname these are read otherwise than in a text. Source: dictionaries of surnames.
_AS_SURNAME = MappingProxyType(
    dict(
        pair.split(":")
        for pair in [
            "单:shan",
            "仇:qiu",
            "曾:zeng",
            "朴:piao",
            "解:xie",
            "查:zha",
            "盖:ge",
            "区:ou",
            "任:ren",
            "华:hua",
            "尉迟:yuchi",
            "万俟:moqi",
            "长孙:zhangsun",
            "澹台:tantai",
            "令狐:linghu",
            "鲜于:xianyu",
            "宿:su",
            "缪:miao",
            "翟:zhai",
            "覃:qin",
            "乐:yue",
            "员:yun",
            "种:chong",
            "秘:bi",
            "冼:xian",
            "洗:xian",
            "折:she",
            "黑:he",
            "盛:sheng",
            "祭:zhai",
            "乜:nie",
            "召:shao",
            "宓:mi",
            "谌:chen",
            "柏:bai",
            "那:na",
            "哈:ha",
            "纪:ji",
            "燕:yan",
            "应:ying",
            "宁:ning",
            "薄:bo",
            "瞿:qu",
            "隗:wei",
            "贾:jia",
            "牟:mu",
            "车:che",
            "过:guo",
            "訾:zi",
            "晁:chao",
            "逄:pang",
            "郇:xun",
            "臧:zang",
            "褚:chu",
            "石:shi",
            "叶:ye",
            "沈:shen",
            "冯:feng",
            "参:shen",
            "繁:po",
            "郗:xi",
            "葛:ge",
            "瓮:weng",
            "撒:sa",
            "都:du",
            "舍:she",
            "相:xiang",
            "干:gan",
            "会:gui",
            "句:gou",
            "俞:yu",
            "余:yu",
        ]
    )
)
_LONGEST_INITIALS = 8
_LONGEST_SOUND = 40


def surname_sounds(surname: str) -> tuple[str, ...]:
    """Every reading of a surname without tones, the usual one first: 单 → shan, dan, chan.

    A compound surname is read as one: 尉迟 → yuchi first, then what its characters allow.
    """
    usual = [_AS_SURNAME[surname]] if surname in _AS_SURNAME else []
    sounds = [_readings(sign) for sign in surname]
    return tuple(dict.fromkeys([*usual, *("".join(each) for each in product(*sounds))]))


def leading_surname(name: str) -> str:
    """The surname a full name begins with; empty when it begins with none we know (a firm)."""
    if name[:2] in COMPOUND_SURNAMES and len(name) > 2:
        return name[:2]
    return name[:1] if name[:1] in SURNAMES else ""


def name_letters(name: str, *, surname: str = "") -> tuple[str, ...]:
    """The Latin words by which a name is found: initials and all their beginnings, whole sounds.

    王文秀 → w, ww, wwx, wang, wangwenxiu. Each reading of the surname counts: 单雄信 → sxx, dxx,
    cxx. A name that begins with no surname (a firm) has the initials of all its characters.
    """
    surname = surname or leading_surname(name)
    own = surname if surname and name.startswith(surname) else ""
    given = [_usual(sign) for sign in name[len(own) :] if _is_chinese(sign)]
    readings = list(_surname_readings(own)) if own else [()]
    return tuple(dict.fromkeys(word for each in readings for word in _words(each, given)))


def _surname_readings(surname: str) -> Iterator[tuple[str, ...]]:
    """Each reading as syllables, so that a compound surname gives as many initials."""
    usual = _AS_SURNAME.get(surname)
    if usual and len(surname) == 1:
        yield (usual,)
    elif usual:
        # 尉迟: the first syllable differs from the dictionary's, the last one is regular.
        last = _usual(surname[-1])
        yield (usual.removesuffix(last) or usual, last)
    yield from product(*(_readings(sign) for sign in surname))


def _words(surname: tuple[str, ...], given: list[str]) -> Iterator[str]:
    syllables = [*surname, *given]
    initials = "".join(syllable[0] for syllable in syllables)[:_LONGEST_INITIALS]
    yield from (initials[:length] for length in range(1, len(initials) + 1))
    whole = "".join(syllables)
    if surname:
        yield "".join(surname)
    if whole and len(whole) <= _LONGEST_SOUND:
        yield whole


@lru_cache(maxsize=8192)
def _usual(sign: str) -> str:
    return _latin(pronounced(sign)[0])


@lru_cache(maxsize=8192)
def _readings(sign: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_latin, pronunciations(sign)[0])))


def _latin(sound: str) -> str:
    return sound.replace("ü", "v")


def _is_chinese(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"
