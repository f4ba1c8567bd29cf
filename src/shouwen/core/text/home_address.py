"""Addresses as customers say and type them: 十二号楼三单元502, 12-3-502 → estate, building, unit, flat."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from shouwen.core.text.numerals import FIGURE, chinese, figure, half_width, number

_NO_ESTATES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A place in the city. Figures are digits without 号楼, 单元, 室; what was not said is empty.

    A flat has estate, building, unit (not everywhere) and flat; a house in a street or a
    village has `door` instead: 槐树坊街 17 号.
    """

    estate: str = ""
    building: str = ""
    unit: str = ""
    flat: str = ""
    door: str = ""

    @property
    def text(self) -> str:
        """The address as it is spoken: 青檀里11号楼1单元102, 槐树坊街17号."""
        label = "座" if self.building.isalpha() and self.building.isascii() else "号楼"
        parts = (
            self.estate,
            f"{self.building}{label}" if self.building else "",
            f"{self.unit}单元" if self.unit else "",
            self.flat,
            f"{self.door}号" if self.door else "",
        )
        return "".join(parts)

    @property
    def key(self) -> str:
        """One key for all spellings of one place: 青檀里/11/1/102; 小区 at the end does not count."""
        estate = self.estate
        if estate.endswith("小区") and len(estate) > 3:
            estate = estate.removesuffix("小区")
        figures = (self.building, self.unit, self.flat) if not self.door else (f"@{self.door}",)
        return "/".join((estate, *figures)).upper()

    @property
    def is_complete(self) -> bool:
        """Whether a technician finds the door: estate with a flat in a building, or with a door."""
        return bool(self.estate and ((self.building and self.flat) or self.door))

    def joined(self, other: "Address") -> "Address | None":
        """Both halves of an address said in two turns; None when they contradict each other."""
        mine, theirs = _parts(self), _parts(other)
        if any(mine[name] and theirs[name] and mine[name] != theirs[name] for name in mine):
            return None
        return Address(**{name: mine[name] or theirs[name] for name in mine})


def parse_address(text: str, *, estates: Mapping[str, str] = _NO_ESTATES) -> Address | None:
    """The most complete address in `text`, the first one when several are; None when there is none.

    `estates` maps every known spelling of an estate to its name; with it the estate is found by
    its name rather than by the words around it.
    """
    return max(addresses(text, estates=estates), key=_said_parts, default=None)


def addresses(text: str, *, estates: Mapping[str, str] = _NO_ESTATES) -> tuple[Address, ...]:
    """Every address in `text` from left to right, whole or in part (`3单元502`)."""
    plain = _plain(text)
    found = [*_flats(plain, estates), *_doors(plain, estates)]
    return tuple(address for _, address in sorted(found, key=lambda pair: pair[0]))


def without_addresses(text: str) -> str:
    """`text` in half-width writing with every building, unit and flat cut out, estate and all."""
    plain = _plain(text)
    homes = [match for match in _HOME.finditer(plain) if match[0] and _is_a_home(match)]
    cut_from = len(plain)
    for match in sorted([*homes, *_DOOR.finditer(plain)], key=re.Match.start, reverse=True):
        begin = match.start() - len(_run_before(plain, match.start()))
        if match.end() <= cut_from:
            plain = plain[:begin] + plain[match.end() :]
            cut_from = begin
    return plain


_HOMOPHONES = re.compile(r"单[圆员园源原]")
_FILLER = r"(?:[\s,，、.。的]|呃|嗯|啊|哦|那个|就是)*"
_DASH = r"(?:\s*[-/杠]\s*|\s+)"
_SPOKEN = "零〇幺一二两三四五六七八九十百千"
_NOT_A_FLAT = r"(?!\s*(?:[点号分块元月年天栋幢栅%-]|个|单元|楼|层))"
_HOME = re.compile(
    rf"""
    (?<![0-9A-Za-z{_SPOKEN}])
    (?: (?P<building>[甲乙丙丁A-Za-z]?{FIGURE}[A-Za-z]?|[A-Za-z])
        (?: \s*(?P<building_label>号楼|号搂|栋楼?|幢楼?|座|\#楼?|楼|号){_FILLER}[-/]?
          | (?P<building_dash>{_DASH}) )
    )?
    (?: (?P<unit>{FIGURE}|[A-Za-z]|[东西中南北])
        (?: \s*(?P<unit_label>单元|门|梯){_FILLER}[-/]? | (?P<unit_dash>{_DASH}) )
    )?
    (?: (?P<floor>{FIGURE})\s*[楼层]{_FILLER} )?
    (?: (?P<flat>[0-9]{{3,4}}[A-Za-z]?(?![0-9A-Za-z])|[{_SPOKEN}]{{3,7}}(?![0-9{_SPOKEN}]))
        (?: \s*[室户房] | \s*号(?!楼|线) | {_NOT_A_FLAT} )
      | (?P<small_flat>{FIGURE})\s*[室户]
      | (?P<side>[东西中])户
    )?
    """,
    re.VERBOSE,
)
_STREET = r"(?:街|路|(?<!知)道|巷|胡同|村|庄|屯|寨)"
_DOOR = re.compile(
    rf"(?P<street>[\u4e00-\u9fff]{{1,10}}{_STREET})\s*(?P<door>{FIGURE}(?:-[0-9]+)?)\s*号"
    rf"(?!楼|搂|键|窗|线|院|机|台|{_FILLER}{FIGURE}\s*单元)"
)
_LEAD_IN = re.compile(
    r"^.*(?:[我您你他她咱]妈?家|[我您你咱]们|[我您你他她咱是住到去给说打叫吗吧呢啊呃嗯哦哎喂的了就也]"
    r"|位于|地址|这里|那里|[这那]个|一下|一遍|核对|先生|女士|(?<!所)在|[，。！？；：,.!?;:、…\s])"
)
_DISTRICT = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,3}[省市])*(?:(?!.小区)[\u4e00-\u9fff]{2}区(?=[\u4e00-\u9fff]{3}))?"
)
_STREET_NUMBER = re.compile(rf"^.*?[街路道巷]{FIGURE}号(?=[\u4e00-\u9fff]{{2}})")
_PHASE = re.compile(rf"({FIGURE})(期|区)$")
_NAMELESS = frozenset(
    {"马路", "小区", "楼道", "门口", "隔壁", "对门", "楼上", "楼下", "条路", "大街", "路上"}
)


def _plain(text: str) -> str:
    return _HOMOPHONES.sub("单元", half_width(text))


def _parts(address: Address) -> dict[str, str]:
    return {name: getattr(address, name) for name in Address.__slots__}


def _said_parts(address: Address) -> tuple[bool, int]:
    return address.is_complete, sum(1 for part in _parts(address).values() if part)


def _flats(text: str, estates: Mapping[str, str]) -> Iterator[tuple[int, Address]]:
    position = 0
    while position < len(text):
        match = _HOME.search(text, position)
        if match is None:
            return
        position = max(match.end(), position + 1)
        if not _is_a_home(match):
            # 12-3-502 may begin inside what looked like another figure: go on one sign later.
            position = match.start() + 1
            continue
        estate = _estate_before(text, match.start(), estates)
        if estate or not _needs_an_estate(match):
            yield (
                match.start(),
                Address(
                    estate=estate,
                    building=_building(match["building"] or ""),
                    unit=_figures(match["unit"] or "").upper(),
                    flat=_flat(match),
                ),
            )


def _doors(text: str, estates: Mapping[str, str]) -> Iterator[tuple[int, Address]]:
    for match in _DOOR.finditer(text):
        street = _estate_before(text, match.end("street"), estates)
        if street:
            yield match.start(), Address(estate=street, door=_figures(match["door"]))


def _is_a_home(match: re.Match[str]) -> bool:
    """Whether the figures speak of a home; they may as well be a date, a time or a telephone."""
    building, unit, flat = match["building"], match["unit"] or "", _flat(match)
    if building is None:
        return bool(match["unit_label"] and flat)
    if match["building_dash"] and (len(building) > 3 or building.startswith("0")):
        return False
    if match["unit_dash"] and not (flat and len(unit) <= 2):
        return False
    weak = match["building_label"] in ("楼", "号", None)
    return not weak or bool(flat or match["unit_label"])


def _needs_an_estate(match: re.Match[str]) -> bool:
    """Figures parted by blanks, and two figures with a dash, are too little by themselves."""
    dashes = (match["building_dash"], match["unit_dash"])
    if not any(dashes):
        return False
    spaced = any(dash is not None and dash.isspace() for dash in dashes)
    return spaced or not match["unit"]


def _flat(match: re.Match[str]) -> str:
    if match["side"]:
        return f"{_figures(match['floor'])}楼{match['side']}户" if match["floor"] else ""
    return _figures(match["flat"] or match["small_flat"] or "").upper()


def _figures(words: str) -> str:
    """Digits for the figures in `words`, letters and 东西 kept: 十二A → 12A."""
    return re.sub(FIGURE, lambda match: figure(match[0]) or match[0], words)


def _building(words: str) -> str:
    return _figures(words).upper().lstrip("0")


def _run_before(text: str, end: int) -> str:
    match = re.search(r"[\u4e00-\u9fffA-Za-z0-9·]{1,24}[\s,，]?\s*$", text[:end])
    return match[0] if match else ""


def _estate_before(text: str, end: int, estates: Mapping[str, str]) -> str:
    before = text[:end].rstrip(" ,，、的-")
    known = [spelling for spelling in estates if spelling and before.endswith(spelling)]
    if known:
        return estates[max(known, key=len)]
    run = re.search(r"[\u4e00-\u9fffA-Za-z0-9·]{1,24}$", before)
    if run is None:
        return ""
    name = _LEAD_IN.sub("", run[0])
    name = _STREET_NUMBER.sub("", _DISTRICT.sub("", name))
    name = _PHASE.sub(_phase, name)
    return "" if len(name) < 2 or name in _NAMELESS or name.isdigit() else name


def _phase(match: re.Match[str]) -> str:
    value = number(match[1])
    return match[0] if value is None or value > 99 else f"{chinese(value)}{match[2]}"
