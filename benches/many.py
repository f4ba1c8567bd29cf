"""A million customers in minutes: made up, the same each time, written in bulk."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from random import Random
from typing import NamedTuple

from django.db import connection, transaction

from shouwen.core.text.search_tokens import Listed, searched_text, tokens_of
from shouwen.customers import bulk, fulltext
from shouwen.customers.models.searching import scattered

CHUNK = 20_000
MOVED_IN_ON = date(2020, 1, 1)
_HOMES_IN_A_UNIT = 60
_UNITS = 4
_SURNAMES = (
    "王王王王王王王李李李李李李李张张张张张张刘刘刘刘刘陈陈陈陈杨杨杨黄黄赵赵吴吴周周徐孙马朱胡郭何林高罗"
    "郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦"
    "邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单仇解查阮宿"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文志海燕春梅庆生荣光辉晓东雪峰立新玲宁浩宇"
    "欣怡子涵梓轩博雨泽佳琪诗思远嘉俊凯天翔美婷淑珍桂香凤云金凤德福永贵长江树林"
)
_FIRST = "青翠碧锦金玉龙凤松柏梧槐桃杏阳光和平安康幸福新华东西南北中山水云"
_SECOND = "檀梧湖泉溪桥林园景苑府城岭坡塘湾河江洲岛峰台阁庭轩院庄村镇巷街"
_LAST = ("里", "花园", "小区", "新村", "家园", "公寓", "苑", "佳苑", "名邸", "广场")


class Line(NamedTuple):
    """One customer at one home."""

    number: int
    name: str
    estate: int
    building: str
    unit: str
    flat: str
    phone: str


def estates(count: int) -> list[str]:
    """Names of estates: real in form, made up, each once."""
    chance = Random(7)  # noqa: S311 - made-up data
    names: dict[str, None] = {}
    while len(names) < count:
        name = chance.choice(_FIRST) + chance.choice(_SECOND) + chance.choice(_LAST)
        names.setdefault(name)
    return list(names)


def lines(count: int, *, of_estates: int) -> Iterator[Line]:
    """`count` customers, estate by estate as they come from real files, the same each time."""
    homes = -(-count // of_estates)
    for number in range(count):
        chance = Random(number)  # noqa: S311 - made-up data
        given = "".join(chance.choice(_GIVEN) for _ in range(1 if chance.random() < 0.2 else 2))
        estate, place = divmod(number, homes)
        unit_place, flat = divmod(place, _HOMES_IN_A_UNIT)
        building, unit = divmod(unit_place, _UNITS)
        yield Line(
            number=number,
            name=chance.choice(_SURNAMES) + given,
            estate=estate,
            building=str(building + 1),
            unit=str(unit + 1),
            flat=f"{flat // 4 + 1}0{flat % 4 + 1}",
            phone=f"14{chance.randrange(10**9):09d}",
        )


def fill(count: int, *, of_estates: int) -> None:
    """Writes so many customers with homes, numbers and search rows into an empty database."""
    names = estates(of_estates)
    with transaction.atomic():
        bulk.write(
            "customers_estate",
            ("id", "name", "aliases", "station"),
            [(pk + 1, name, "[]", "") for pk, name in enumerate(names)],
        )
    remaining = lines(count, of_estates=of_estates)
    while chunk := list(islice(remaining, CHUNK)):
        with transaction.atomic():
            _fill(chunk, names)
    settle()


def customer_id(number: int) -> uuid.UUID:
    """The id of the customer on a line."""
    return uuid.UUID(int=(0xC << 124) | number)


def premises_id(number: int) -> uuid.UUID:
    """The id of the home on a line."""
    return uuid.UUID(int=(0xA << 124) | number)


def _fill(chunk: Sequence[Line], names: Sequence[str]) -> None:
    homes = [
        (premises_id(x.number), x.estate + 1, x.building, x.unit, x.flat, "", "residential")
        for x in chunk
    ]
    bulk.write(
        "customers_premises",
        ("id", "estate_id", "building", "unit", "flat", "place_name", "customer_class"),
        homes,
    )
    bulk.write(
        "customers_customer",
        ("id", "name", "surname", "title", "special_care"),
        [(customer_id(x.number), x.name, x.name[0], "", "") for x in chunk],
    )
    bulk.write(
        "customers_occupancy",
        ("customer_id", "premises_id", "relation", "since"),
        [(customer_id(x.number), premises_id(x.number), "owner", MOVED_IN_ON) for x in chunk],
    )
    bulk.write(
        "customers_phone",
        ("customer_id", "number"),
        [(customer_id(x.number), x.phone) for x in chunk],
    )
    _search_rows(chunk, names)


def _search_rows(chunk: Sequence[Line], names: Sequence[str]) -> None:
    listed = [
        Listed(
            name=x.name,
            surname=x.name[0],
            estate_id=x.estate + 1,
            estate=names[x.estate],
            building=x.building,
            unit=x.unit,
            flat=x.flat,
            numbers=(x.phone,),
        )
        for x in chunk
    ]
    ids = [scattered() for _ in chunk]
    bulk.write(
        "customers_searchrow",
        ("id", "customer_id", "premises_id", "estate_id", "text"),
        [
            (
                pk,
                customer_id(x.number),
                premises_id(x.number),
                x.estate + 1,
                searched_text(of),
            )
            for pk, x, of in zip(ids, chunk, listed, strict=True)
        ],
    )
    words = [(pk, tokens_of(of)) for pk, of in zip(ids, listed, strict=True)]
    if connection.vendor == "sqlite":
        fulltext.add(words)
    else:
        # A tsvector in its text form: every word quoted.
        quoted = [(pk, " ".join(f"'{word}'" for word in each)) for pk, each in words]
        bulk.write(fulltext.TABLE, ("id", "words"), quoted)


def settle() -> None:
    """What an installation's database does by itself in the days after a large import."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval('customers_estate_id_seq', (SELECT max(id) FROM customers_estate))"
            )
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute(f"INSERT INTO {fulltext.TABLE} ({fulltext.TABLE}) VALUES ('optimize')")  # noqa: S608
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
