"""The matter in the customer's own words, short enough for a heading."""

import re
from collections.abc import Iterable, Iterator

from shouwen.core.text.home_address import without_addresses
from shouwen.core.text.numerals import half_width
from shouwen.core.text.people import surname_of
from shouwen.core.text.spoken import phone_numbers

LONGEST = 60


def matter(texts: Iterable[str], *, longest: int = LONGEST) -> str:
    """The first substantial words of a speaker's turns, at most `longest` signs; empty when none.

    Greetings, fillers, announcements (`我要报修，情况有点复杂`), names, telephone numbers and
    addresses are left out: the heading is read by people who have no business with those.
    """
    for text in texts:
        clauses = [clause for clause in _clauses(text) if clause]
        said = _fitting(clauses, longest)
        if _is_substantial(said):
            return said
    return ""


_FILLER = re.compile(
    r"(?:那个|就是说?|这个|呃+|嗯+|啊+|哎+呀?|哦+|噢+|唉+|欸|喂+|哈)(?=[，,\s]|$)|^(?:那个啥?|呃+|嗯+|啊+|哎+呀?|哦+|唉+|喂+|欸)"
)
_OPENING = re.compile(
    r"^(?:(?:你好|您好|你们好|师傅|同志|麻烦|请问|请教)(?:一下|了)?[啊呀]?)+|^(?:我(?:就|就是)?)?(?:想|要)?(?:问|咨询|打听|了解|请问)(?:你们|您|你|问)?(?:一下子?|下|一声|个事儿?)?[啊呀]?"
    r"|^(?:我)?(?:想|要)?(?:跟你们?|给你们?)?(?:反映|说)(?:一下|下|个事儿?|个情况)[啊呀]?"
)
_NO_MATTER = re.compile(
    r"^(?:(?:我)?(?:想|要|来)(?:报修?个?修?|报个修|投诉|咨询|反映)(?:一下)?|(?:但是|不过)?(?:我家的?)?情况(?:有点|比较|挺)?(?:复杂|特殊)"
    r"|我?(?:得|要)?(?:从头|慢慢)?(?:跟|给)你们?说|可(?:算)?打通了|是的?|对的?|好的?|行|可以|没错|是我|你说|您说|听(?:得|不)见吗?"
    r"|(?:谢谢|感谢|麻烦)(?:你们?|您)?|再见|拜拜|没有?了?|喂|你好|您好|你谁啊|哪位|谁啊|[\u4e00-\u9fff]{2,6}?(?:燃气|天然气|供水|水务|热力|供电)(?:公司|为您服务)?)[啊呀了呢吧吗]*$"
)
_OF_THE_COMPANY = re.compile(
    r"^您是|^请问|^我是[\u4e00-\u9fff]{2,6}?(?:燃气|天然气|供水|水务|热力|供电)|(?:女士|先生)(?:吗|吧)$|想(?:给|跟)您做|您(?:现在)?方便吗?$|^打扰|^耽误"
)
_ABOUT_A_NAME = re.compile(
    r"[我您]家?[在是住]?|[\u4e00-\u9fff]{2,4}的[\u4e00-\u9fff]|[左右]边.{1,6}|念.{1,3}|.{1,3}(?:先生|女士)(?:[您你]好)?"
)
_STOPS = re.compile(r"(?<=[，。！？；,.!?;])|\s+")
_SUBSTANTIAL = 4
# Two signs can be the whole matter: 没气, 没水, 漏气, 退费.
_OF_THE_TRADE = re.compile(r"[气火水电漏味灶表卡费阀]")
_ENDS = "，。！？；、,.!?; —…"


def _clauses(text: str) -> Iterator[str]:
    plain = without_addresses(half_width(text))
    for clause in _STOPS.split(plain):
        stop = clause[-1:] if clause[-1:] in "。！？!?；" else "，"
        kept = _tidied(clause.strip(_ENDS))
        if kept and not _is_left_out(kept):
            yield kept + stop


def _tidied(clause: str) -> str:
    kept = _FILLER.sub("", clause).strip(_ENDS)
    shorter = _OPENING.sub("", kept).strip(_ENDS)
    return _OPENING.sub("", shorter).strip(_ENDS)


def _is_left_out(clause: str) -> bool:
    """Nothing said, or somebody's name or number."""
    unsaid = _NO_MATTER.search(clause) or _OF_THE_COMPANY.search(clause)
    return bool(
        unsaid or surname_of(clause) or phone_numbers(clause) or _ABOUT_A_NAME.fullmatch(clause)
    )


def _fitting(clauses: list[str], longest: int) -> str:
    said = ""
    for clause in clauses:
        if said and len(said) + len(clause) - 1 > longest:
            break
        said += clause
    said = said.rstrip("，。；,")
    return said if len(said) <= longest else f"{said[: longest - 1]}…"


def _is_substantial(said: str) -> bool:
    signs = len(re.findall(r"[\u4e00-\u9fffA-Za-z0-9]", said))
    return signs >= _SUBSTANTIAL or bool(_OF_THE_TRADE.search(said))
