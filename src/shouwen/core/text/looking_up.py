"""What somebody means who looks for a customer: 青梧里3-1-502 王女士 2093, wwx, 一个户号."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

from shouwen.core.text.home_address import Address, parse_address, without_addresses
from shouwen.core.text.numerals import half_width
from shouwen.core.text.people import COMPOUND_SURNAMES, FORMS_OF_ADDRESS, SURNAMES
from shouwen.core.text.search_tokens import TAIL, home_mark, mark, words_of

_RUNS = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]+(?![0-9A-Za-z])|[0-9A-Za-z]+")
_FORM = re.compile(f"(?:{'|'.join(sorted(FORMS_OF_ADDRESS, key=len, reverse=True))})$")
_NO_ESTATES: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """One part of a query: found where all words of one of the `any_of` stand.

    contains   a text that must then occur in the searched text ("" for none), unless the home
               is in one of `estates`
    tail       digits with which a telephone or account number must end, unless flat or building
               is that figure ("" for none)
    identifies how much it tells about who is meant: 0, 1, or 2 for a part that is enough alone
    """

    any_of: tuple[tuple[str, ...], ...]
    contains: str = ""
    estates: tuple[int, ...] = ()
    tail: str = ""
    identifies: int = 1


@dataclass(frozen=True, slots=True)
class Lookup:
    """A query understood: all parts must hold. Empty when nothing in it can be looked for."""

    parts: tuple[Sought, ...]

    @property
    def identifies(self) -> int:
        """How many identifying parts were given; 2 is enough to look for one household."""
        return sum(part.identifies for part in self.parts)


def understood(text: str, *, estates: Mapping[str, int] = _NO_ESTATES) -> Lookup:
    """The parts of a query. `estates`: the spellings of estates that occur in it, with their ids.

    A single run of Chinese characters is looked for as it stands, in names, estates and names of
    places; with figures or further parts, estates and surnames are told apart.
    """
    typed = half_width(text).strip()
    if re.fullmatch(r"[\u3400-\u9fff]{1,2}", typed) or typed in estates:
        return Lookup((_words(typed, estates),))
    place, rest = _place(typed, estates)
    parts = [*place, *_rest(rest, estates, has_place=bool(place))]
    if len(parts) > 1 and re.fullmatch(r"[\u3400-\u9fff]+", typed):
        return Lookup((_either(typed, parts, estates),))
    return Lookup(tuple(parts))


def _either(typed: str, parts: list[Sought], estates: Mapping[str, int]) -> Sought:
    """青梧里王女士 is an estate and a surname; 李庄严 is a name, although there is an estate 李庄."""
    split = tuple(
        tuple(word for words in choice for word in words)
        for choice in product(*(part.any_of for part in parts))
    )
    return Sought(
        any_of=(words_of(typed), *split),
        contains=typed,
        estates=tuple(pk for spelling, pk in estates.items() if spelling in typed),
        identifies=sum(part.identifies for part in parts),
    )


def _place(text: str, estates: Mapping[str, int]) -> tuple[list[Sought], str]:
    """The parts that say where, and the text without them."""
    known = max((spelling for spelling in estates if spelling in text), key=len, default="")
    before, _, after = text.partition(known) if known else (text, "", "")
    spaced = f"{before} {known}{after}" if known else text
    address = parse_address(spaced, estates=dict.fromkeys(estates, "")) if known else None
    address = _with_name(address, known) or parse_address(text)
    if address and (address.building or address.flat or address.door):
        return list(_of_address(address, known, estates)), without_addresses(spaced)
    if known:
        return [Sought(any_of=((mark("e", estates[known]),),))], f"{before} {after}"
    return [], text


def _with_name(address: Address | None, known: str) -> Address | None:
    if address is None:
        return None
    return Address(
        estate=known,
        building=address.building,
        unit=address.unit,
        flat=address.flat,
        door=address.door,
    )


def _of_address(address: Address, known: str, estates: Mapping[str, int]) -> Iterator[Sought]:
    if known:
        yield Sought(any_of=((mark("e", estates[known]),),))
    elif address.estate:
        yield from _chinese(address.estate, estates, has_more=True)
    if address.door:
        yield Sought(any_of=(words_of(f"{address.door}号"),), contains=f"{address.door}号")
        return
    yield Sought(any_of=(_door(address),))


def _door(address: Address) -> tuple[str, ...]:
    if address.building and address.unit and address.flat:
        return (home_mark(address.building, address.unit, address.flat),)
    said = (("b", address.building), ("u", address.unit), ("f", address.flat))
    return tuple(mark(kind, value) for kind, value in said if value)


def _rest(text: str, estates: Mapping[str, int], *, has_place: bool) -> Iterator[Sought]:
    runs = _RUNS.findall(text)
    has_more = has_place or len(runs) > 1
    for run in runs:
        if run.isdigit() or any(sign.isdigit() for sign in run):
            yield _number(run, has_place=has_place)
        elif run.isascii():
            yield Sought(any_of=((run.lower(),),))
        else:
            yield from _chinese(run, estates, has_more=has_more)


def _number(run: str, *, has_place: bool) -> Sought:
    """The end of a telephone or account number; with a place also a figure of the address."""
    figure = ((mark("f", run),), (mark("b", run),), (run.lower(),))
    if len(run) < TAIL:
        return Sought(any_of=figure)
    tail = ((mark("t", run[-TAIL:]),),)
    is_text = has_place or not run.isdigit()
    return Sought(any_of=(*tail, *figure) if is_text else tail, tail=run.upper(), identifies=2)


def _chinese(run: str, estates: Mapping[str, int], *, has_more: bool) -> Iterator[Sought]:
    bare = _FORM.sub("", run)
    is_surname = bare in SURNAMES or bare in COMPOUND_SURNAMES
    if is_surname and (has_more or bare != run):
        # 丁经理 is somebody called 丁, or a place of that name.
        words = () if has_more else (words_of(run),)
        yield Sought(any_of=((mark("s", bare),), *words))
    elif bare:
        yield _words(bare, estates)


def _words(text: str, estates: Mapping[str, int]) -> Sought:
    """Words as they stand; an estate that goes by this name counts as well."""
    named = tuple(dict.fromkeys(pk for spelling, pk in estates.items() if spelling == text))
    words = words_of(text)
    return Sought(
        any_of=(words, *((mark("e", pk),) for pk in named)),
        contains=text if len(text) > 2 else "",
        estates=named,
    )
