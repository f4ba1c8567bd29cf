"""How people are named on the telephone: surnames as they are given, forms of address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from shouwen.core.text.pronouncing import pronunciations

_COMPOUND = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 "
    "申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 "
    "宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 南荣 第五 达奚 纳兰 "
    "叶赫 完颜 耶律"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴郁胥能苍双"
    "闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容"
    "向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空"
    "曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公岳帅缑亢况有琴商牟佘佴伯赏墨哈谯笪年爱阳佟言福"
    "肖付闫覃邸冼区朴仝禚代候党冀过操铁亓麦涂苑揭占粟兰官修鹿信展矫衣门法迟初战由綦牙邝叢丛肇撖"
)
MALE_FORMS = ("老先生", "先生", "大爷", "大叔", "大哥", "叔叔", "爷爷", "小伙子")
FEMALE_FORMS = ("女士", "小姐", "阿姨", "大妈", "大娘", "大姐", "奶奶", "太太")
NEUTRAL_FORMS = (
    "老师傅",
    "师傅",
    "师父",
    "老人家",
    "老师",
    "经理",
    "主任",
    "老板",
    "校长",
    "院长",
    "同志",
)
FORMS_OF_ADDRESS = (*MALE_FORMS, *FEMALE_FORMS, *NEUTRAL_FORMS)


@dataclass(frozen=True, slots=True)
class Addressed:
    """A surname spoken with a form of address: 宿 + 女士."""

    surname: str
    form: str


def surname_of(text: str) -> str:
    """The surname a speaker gives as his or her own (我姓X, 免贵姓X, 姓X); empty when none.

    Somebody else's (`收货人姓薄`) does not count. The sign that the speaker explains
    (`姓谬，纰缪的缪`, `姓张，弓长张`) wins over the one that a recogniser wrote.
    """
    for match in _GIVEN.finditer(text):
        rest = match["rest"].lstrip()
        if rest[:2] in COMPOUND_SURNAMES:
            return rest[:2]
        if rest[1:2] != "的" and rest and _may_be_a_surname(rest):
            return _as_explained(rest[0], rest[1:])
    return ""


def addressed(text: str) -> tuple[Addressed, ...]:
    """Every surname with a form of address in `text`, from left to right."""
    return tuple(_addressed(text))


def title_of(form: str) -> str:
    """先生 or 女士 for a form of address, empty when it is said to both (师傅, 经理)."""
    if form in MALE_FORMS:
        return "先生"
    return "女士" if form in FEMALE_FORMS else ""


def split_name(name: str) -> tuple[str, str]:
    """Surname and given name of a full Chinese name."""
    length = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
    return name[:length], name[length:]


_GIVEN = re.compile(
    r"(?:^|[，。！？、；,.!?;\s]|免贵|敝|本人|我们?家?|俺|[啊呃嗯哦对])(?:是)?复?姓(?!名|氏|什么|啥|甚|谁)(?P<rest>.{0,14})"
)
_EXPLAINED = re.compile(r"[\u4e00-\u9fff]{2,4}的([\u4e00-\u9fff])")
_SPELT_OUT = MappingProxyType(
    {
        "弓长张": "张", "立早章": "章", "木子李": "李", "双木林": "林", "耳东陈": "陈", "古月胡": "胡", "言午许": "许",
        "双人徐": "徐", "口天吴": "吴", "人可何": "何", "草头黄": "黄", "大肚黄": "黄", "三横王": "王", "文刀刘": "刘",
        "走肖赵": "赵", "四维罗": "罗", "干勾于": "于", "人则俞": "俞", "禾口王程": "程", "日月明": "明", "走之连": "连",
        "美女姜": "姜", "女古辜": "辜", "十口古": "古", "草将蒋": "蒋", "关耳郑": "郑", "马户驴": "驴", "水工江": "江",
    }
)  # fmt: skip
_NOT_SURNAMES = frozenset("的了吗呢吧啊不是我你您他她那这好对有没")
_ALSO_PARTICLES = frozenset("那和有都从向能于时全")
_FORM = re.compile("|".join(sorted(FORMS_OF_ADDRESS, key=len, reverse=True)))


def _may_be_a_surname(rest: str) -> bool:
    sign = rest[0]
    if sign in SURNAMES:
        return True
    return "\u4e00" <= sign <= "\u9fff" and sign not in _NOT_SURNAMES and not rest[1:2].isalnum()


def _as_explained(sign: str, after: str) -> str:
    for words, meant in _SPELT_OUT.items():
        if words in after and _same_sound(meant, sign):
            return meant
    explained = _EXPLAINED.search(after)
    if explained and explained[1] in explained[0][:-2] and _same_sound(explained[1], sign):
        return explained[1]
    return sign


def _same_sound(one: str, other: str) -> bool:
    sounds = pronunciations([one, other])
    return bool(set(sounds[0]) & set(sounds[1]))


def _addressed(text: str) -> Iterator[Addressed]:
    for form in _FORM.finditer(text):
        before = text[: form.start()].rstrip()
        if before[-2:] in COMPOUND_SURNAMES:
            yield Addressed(before[-2:], form[0])
        elif before and before[-1] in SURNAMES and before[-1] not in _ALSO_PARTICLES:
            yield Addressed(before[-1], form[0])
