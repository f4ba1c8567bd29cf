"""The organisation that a standard belongs to, and what it wants to be heard on its calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Literal

from shouwen.core.calls import Speaker
from shouwen.core.clause import Words
from shouwen.core.text.leaning import Leanings
from shouwen.core.text.phrases import Lexicon
from shouwen.core.text.restoring import Ear
from shouwen.core.text.scanning import Scanner

ALARM_DEPARTMENT, HOTLINE_LINE = "emergency", "hotline"
"""Where alarms go, and the line of the roster that takes calls, unless a pack names others."""

Hours = Mapping[str, tuple[tuple[time, time], ...]]
"""By day of the week, the spans that are worked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Names, hotline, greeting, time zone and hours. Scripts and pages take them from here.

    `alarm_department`: the department that alarms go to. `hotline_line`: the line of the roster
    whose people are asked when nobody's telephone rang.
    """

    name: str
    short_name: str
    brand: str
    hotline: str
    greeting: str
    edition: str
    standard: str
    calendar: str
    hours: Hours
    zone: str = "Asia/Shanghai"
    alarm_department: str = ALARM_DEPARTMENT
    hotline_line: str = HOTLINE_LINE

    def slots(self) -> dict[str, str]:
        """What stands for `{company}` and the like in a script."""
        return {
            "company": self.short_name,
            "short_name": self.short_name,
            "name": self.name,
            "brand": self.brand,
            "hotline": self.hotline,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCalendar:
    """Hours by day of the week, as many windows a day as needed; one that closes at or before its
    opening is a night.

    `holidays`: kept off as the notices say, or `worked_through`, which needs no notices.
    `makeup_days`: weekend days of the notices are worked, or stay `off`. `special`: the house's
    own days; an empty list is a day off.
    """

    title: Words
    hours: Hours
    holidays: Literal["kept", "worked_through"] = "kept"
    makeup_days: Literal["worked", "off"] = "worked"
    special: Mapping[date, tuple[tuple[time, time], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Something that can be heard on a call and that rules name: a wrong number, anger, danger.

    Heard when one of the `speaker`'s turns in the place `at` has one of `any_of` (or one phrase
    of every group of `all_of`) and none of `none_of`. `kinds`: only on calls of these kinds
    (empty: on all); a signal without phrases is there on every call of those kinds. `last` looks
    at the speaker's last three turns, `before_closing` at those before the agent's farewell.
    `also`: other signals that must be there as well.
    """

    title: Words
    speaker: Literal["agent", "customer", "any"]
    any_of: tuple[str, ...] = ()
    all_of: tuple[tuple[str, ...], ...] = ()
    none_of: tuple[str, ...] = ()
    at: Literal["any", "first", "last", "before_closing"] = "any"
    kinds: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """How calls are listened to.

    `words`: classes of words by name, for phrases that say `<name>`. `dialect`: words of the regions
    and what is said for them elsewhere; both are heard alike.

    `sounds_like`: words restored when a recogniser wrote other characters of the same sound.
    `titles`: forms of address that may follow a surname. `name_questions`: how a name is asked
    for. `agrees`, `objects`: how an answer begins that confirms a detail, and how a caller
    denies one. `this_number`: how the calling number is meant without digits. `everyday`: pairs
    of characters that say nothing about a matter. `negations`: what right before a line turns it
    round. `quoting`, `apologies`: together they show that somebody's words are only repeated.
    `wait_requests`: how the caller is asked to wait. `leanings`: weights by which wording is known that
    no phrase knows. Seconds without a number in any standard:
    an answer is late from `late_after`, a silence long from `silence_over`, a turn breaks in when
    more than `overlap_over` of the other's words are still to come.
    """

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dialect: Mapping[str, str] = field(default_factory=dict)
    sounds_like: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    name_questions: tuple[str, ...] = ()
    agrees: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    this_number: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    quoting: tuple[str, ...] = ()
    apologies: tuple[str, ...] = ()
    wait_requests: tuple[str, ...] = ()
    late_after: float = 15.0
    silence_over: float = 20.0
    overlap_over: float = 0.5
    signals: Mapping[str, Signal] = field(default_factory=dict)
    leanings: Leanings = field(default_factory=Leanings)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Phrases with these classes of words, each set compiled once."""
        return Lexicon(self.words)

    def ear(self, brand: str) -> Ear:
        """Hears what was said where a recogniser or a region wrote other characters."""
        if brand not in self._ears:
            self._ears[brand] = Ear((*self.sounds_like, brand), self.dialect)
        return self._ears[brand]

    @cached_property
    def _ears(self) -> dict[str, Ear]:
        return {}

    @cached_property
    def scanners(self) -> Mapping[Speaker, Scanner]:
        """What is looked for on each side of every call."""
        return {"agent": Scanner(), "customer": Scanner()}


BUILT_IN_SIGNALS: Mapping[str, Words] = {
    "line_lost": Words(zh="线路中断", en="the line was lost"),
    "transferred": Words(zh="已转接", en="the call was transferred"),
    "customer_known": Words(zh="来电已匹配客户", en="the caller is on record"),
    "customer_unknown": Words(zh="来电未匹配客户", en="the caller is not on record"),
    "address_on_record": Words(zh="屏幕上有地址", en="an address is on the screen"),
    "flat_named": Words(zh="客户说出了门牌", en="the caller named a flat"),
    "purpose_stated": Words(zh="客户已说明来意", en="the caller states the purpose at once"),
    "hung_up_unheard": Words(
        zh="客户未等结束语即挂机", en="the caller hung up before any closing line"
    ),
    "held": Words(zh="保持通话", en="the call was put on hold"),
    "waited": Words(zh="客户等候之后", en="the caller had to wait"),
    "broke_in": Words(zh="客服打断客户", en="the agent broke in"),
    "surname_known": Words(zh="知道客户姓氏", en="the surname is known"),
}
