"""Invented names: people, estates, streets, businesses. All chance comes in as an argument."""

from dataclasses import dataclass
from random import Random

from shouwen.core.text.people import COMPOUND_SURNAMES

# By how common they are, most common first; each is drawn about as often as 1 / (rank + 6).
COMMON_SURNAMES = tuple(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚"
    "谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文"
)
RARE_SURNAMES = tuple("訾昝佘缪单仇朴查解冼区盖郏荆牟蔺冉滕窦钮宿铁简农过薄佟亓仝覃")
_COMPOUND = tuple(
    sorted(
        COMPOUND_SURNAMES
        & {
            "欧阳",
            "上官",
            "公孙",
            "端木",
            "司马",
            "诸葛",
            "尉迟",
            "皇甫",
            "令狐",
            "慕容",
            "夏侯",
            "东方",
        }
    )
)
_GIVEN_MALE = tuple(
    "伟强磊军勇涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆博毅峰林东海龙建国志德福成永庆玉宝新春运泽铭轩子睿"
)
_GIVEN_FEMALE = tuple(
    "芳娜敏静丽艳娟霞秀兰英华慧巧美淑惠珠翠雅芝玉萍红娥玲芬燕彩春菊勤珍贞莉云莲真环雪荣爱妹香月莺媛瑞凡佳欣怡"
)
_ESTATE_STEMS = (
    "松鹤 云溪 栖霞 柳泉 杏林 梧桐 泮河 石榴 文苑 书香 碧水 翠屏 朝阳 春晖 秋实 银杏 丹枫 紫荆 百合 海棠 玉兰 凌云 观澜 听涛 望湖 临泉 "
    "金桂 白杨 青竹 芳草 鸿雁 锦绣 瑞景 祥和 康宁 福临 安居 怡和 永兴 同庆 长乐 新华 光明 和平 团结 星河 月桂 晨曦 晚枫 明珠 天和 "
    "圣苑 龙泉 凤台 鹿台 马莲 鹤鸣 雁栖 燕归 莺歌 桃源 梨园 枣林 槐荫 榆阳 柏林 桑梓 荷塘 菊圃 兰亭 梅岭"
)
_STEMS = tuple(_ESTATE_STEMS.split())
_PARTS = ("", "东区", "西区", "南区", "北区", "一期", "二期", "三期")
STREETS = (
    "石坊街", "桑园路", "柳行巷", "砚池路", "铁匠巷", "北井街", "染坊路", "梨园路", "书院街", "米市街", "磨坊巷", "东渠路",
    "石桥路", "窑厂路", "水磨街", "油坊巷", "棉麻路", "果园路",
)  # fmt: skip
_TRADES = {
    "commercial": "饺子馆 面馆 火锅店 烧烤店 快餐店 早餐铺 羊汤馆 小吃店 酒楼 宾馆 洗浴中心 洗衣店 蛋糕房 豆腐坊 私房菜",
    "public": "幼儿园 小学 中学 医院 养老院 机关食堂 职工食堂 福利院",
    "industrial": "食品厂 玻璃厂 铸造厂 印染厂 饲料厂 酒厂 陶瓷厂",
    "heating": "供热站 锅炉房 换热站",
}
_TRADE_STEMS = "东禾 老味 顺和 聚福 百味 鼎香 鸿运 福顺 永盛 兴隆 德和 万家 金穗 玉泉 同心 启明 阳光 育才 博爱 仁和 宏远 恒达 天成 长青 润泽 新苑"


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person."""

    surname: str
    given: str
    title: str

    @property
    def name(self) -> str:
        """Surname and given name."""
        return self.surname + self.given


class People:
    """Draws people; the shares of compound and rare surnames are given."""

    def __init__(self, *, chance: Random, compound: float, rare: float) -> None:
        self._chance = chance
        self._compound = compound
        self._rare = rare
        self._weights = _running_sum([1 / (rank + 6) for rank in range(len(COMMON_SURNAMES))])

    def person(self, *, surname: str = "", title: str = "") -> Person:
        """A person; surname and title (先生 or 女士) are drawn unless they are given."""
        chance = self._chance
        title = title or ("先生" if chance.random() < 0.5 else "女士")
        signs = _GIVEN_MALE if title == "先生" else _GIVEN_FEMALE
        given = chance.choice(signs)
        if chance.random() < 0.7:
            given += chance.choice(signs)
        return Person(surname or self._surname(), given, title)

    def _surname(self) -> str:
        draw = self._chance.random()
        if draw < self._compound:
            return self._chance.choice(_COMPOUND)
        if draw < self._compound + self._rare:
            return self._chance.choice(RARE_SURNAMES)
        return self._chance.choices(COMMON_SURNAMES, cum_weights=self._weights)[0]


class Phones:
    """Gives out telephone numbers that no subscriber has, each once."""

    def __init__(self, *, chance: Random, taken: set[str]) -> None:
        self._chance = chance
        self._taken = set(taken)

    def number(self) -> str:
        """An unused number of eleven digits that begins with 140, 141 or 144."""
        while True:
            draw = int(self._chance.random() * 300_000_000)
            number = ("140", "141", "144")[draw // 100_000_000] + f"{draw % 100_000_000:08d}"
            if number not in self._taken:
                self._taken.add(number)
                return number


def estate_names(
    *, suffixes: tuple[str, ...], count: int, taken: set[str], chance: Random
) -> list[str]:
    """`count` names of estates that are not in `taken`, which they are added to."""
    base = [stem + suffix for suffix in suffixes for stem in _STEMS]
    chance.shuffle(base)
    names: list[str] = []
    for part in _parts_of_estates(count, len(base)):
        names += [name for stem in base if (name := stem + part) not in taken]
    chosen = names[:count]
    taken.update(chosen)
    return chosen


def business_name(*, customer_class: str, taken: set[str], chance: Random) -> str:
    """A name for a business of a class, not yet in `taken`, which it is added to."""
    trades = _TRADES[customer_class].split()
    for attempt in range(1000):
        branch = "" if attempt < 20 else f"{chance.choice(_STEMS)}"
        name = branch + chance.choice(_TRADE_STEMS.split()) + chance.choice(trades)
        if name not in taken:
            taken.add(name)
            return name
    name = f"{trades[0]}{len(taken)}部"
    taken.add(name)
    return name


def _parts_of_estates(count: int, names_each: int) -> list[str]:
    """As many parts as are needed: plain names first, then 东区, 一期 and, in huge cities, numbers."""
    parts = list(_PARTS)
    while len(parts) * names_each < 2 * count + 200:
        parts.append(f"{len(parts)}区")
    return parts


def _running_sum(weights: list[float]) -> list[float]:
    total, sums = 0.0, []
    for weight in weights:
        total += weight
        sums.append(total)
    return sums
