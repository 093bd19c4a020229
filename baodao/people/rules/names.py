"""Personal names: what may stand in one, and how spaces and dots are written."""

import re
from collections.abc import Sequence

from baodao.kernel.errors import gettext_noop
from baodao.spreadsheets.cells import Cell, text_of

DOTS = re.compile(
    r"\s*[·•・‧∙⋅･▪⸱ꞏ᛫◦⦁]\s*|(?<=[\u3400-\u9fff])\s*[.．﹒。｡●˙]\s*(?=[\u3400-\u9fff])"
)
HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
CHINESE = re.compile(f"[{HAN}]+(?:·[{HAN}]+)*")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]+(?:[ '’·-][A-Za-zÀ-ɏ]+)*\.?")
SOUNDS = frozenset(
    "阿艾买提吐尔逊古丽尼沙汗罕卜杜热依木拉江克孜合曼肉麦托乎努力娜别加帕夏巴哈达乌斯亚森玉素甫塔西扎次仁卓玛多"
    "吉格桑旦增洛央金德平措顿珠罗布娃普边其图苏和那顺云琴高雅赫日勒额敦朝鲁孟赛迪穆罕默不都热里瓦孜吾伊敏库尔班"
    "铁木耳司马义卡得鲁代再努然哈孜帕提曼萨米拜合孜依热孜万阿扎提特喀坎图荪肯皮莱坦希牙琼珍姆恰兹妮凯且娅山"
)
"""Characters by which names of other languages are written: 艾合买提 买买提 吐尔逊."""

TWO_CHARACTERS = """
    欧阳 上官 司马 诸葛 司徒 司空 夏侯 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 东方 南宫 西门 端木 百里
    呼延 万俟 单于 澹台 鲜于 赫连 拓跋 濮阳 公冶 乐正 轩辕 闻人 申屠 太叔 独孤 完颜 南郭 东郭 第五
"""
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗"
    "凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛"
    "禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌"
    "霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳"
    "汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印"
    "宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农"
    "温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾"
    "敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈有琴归海晋楚闫法汝鄢涂钦"
    "肖付代覃谌佘冼苟岩刀撒仝官佟上辜揭迟战门付闪揣矫肇"
)
DOUBLE_SURNAMES = frozenset(TWO_CHARACTERS.split())
LENGTHS = range(2, 31)
_TITLES = """
    书记 主任 主席 委员 局长 科长 处长 部长 院长 校长 厂长 所长 站长 队长 股长 组长 会长 村长 镇长
    乡长 区长 县长 市长 支书 干事 经理 会计 教授 老师 师傅 医生 大夫 护士 律师 警官 网格员 先生 女士
    小姐 同志 夫妇 夫妻 老人 大爷 大妈 大娘 大姐 大哥 大叔 大婶 大嫂 阿姨 叔叔 爷爷 奶奶 婆婆
"""
ADDRESSED = re.compile(
    f"[老小]?(?P<surname>.{{0,2}}?)副?(?:{'|'.join(_TITLES.split())})|[老小](?P<only>.)(?:总|工)?"
)
"""Somebody as they are spoken of: 李书记, 王女士, 小陈, 张大爷."""
COVERED = re.compile("某|〇〇")
NOT_WHOLE = gettext_noop(
    "This is no whole name: a part of it is covered, or a post or a form of address stands for "
    "it. Write the name as it stands on the identity card."
)


def name_of(cell: Cell) -> str:
    """The name as it should be kept: 张 三 → 张三, 买买提•艾力 → 买买提·艾力, John  Smith."""
    if isinstance(cell, str) and CHINESE.fullmatch(cell):
        return cell
    text = DOTS.sub("·", text_of(cell))
    if " " in text and _is_in_parts(text.split(" ")):
        return text.replace(" ", "·")
    return text if LATIN.fullmatch(text) else text.replace(" ", "")


def is_of_sounds(text: str) -> bool:
    """Whether a name, in one or more parts, is written by the sounds of another language."""
    return SOUNDS.issuperset(text.replace(" ", ""))


def has_surname(name: str) -> bool:
    """Whether a name reads like a Chinese person's: a surname and one or two characters."""
    if name[:2] in DOUBLE_SURNAMES:
        return len(name) in (3, 4)
    return name[0] in SURNAMES and len(name) in (2, 3)


def _is_in_parts(words: Sequence[str]) -> bool:
    """Whether blanks stand between the parts of one name of another language, rather than between
    the characters of a name or two people: one part at least is written by sounds, and none is a
    Chinese person's name."""
    if sum("·" in word for word in words) > 1 or not all(map(CHINESE.fullmatch, words)):
        return False
    parts = [part for word in words for part in word.split("·")]
    sounds = set(filter(is_of_sounds, parts))
    lengths = [len(part) for part in parts]
    is_long = min(lengths) > 1 and max(lengths) > 2
    return is_long and bool(sounds) and not any(map(has_surname, set(parts) - sounds))


def is_name(name: str) -> bool:
    """Whether `name` holds only what a name can hold: no digits, brackets or markup."""
    if len(name) not in LENGTHS:
        return False
    return CHINESE.fullmatch(name) is not None or LATIN.fullmatch(name) is not None


def is_whole(name: str) -> bool:
    """Whether nothing in a name is covered or stands for the rest of it, as in 孙某某, 李书记."""
    if COVERED.search(name):
        return False
    if (spoken := ADDRESSED.fullmatch(name)) is None:
        return True
    surname = spoken["surname"] or spoken["only"]
    return bool(surname) and surname not in SURNAMES and surname not in DOUBLE_SURNAMES


def bigrams(name: str) -> list[str]:
    """Every two neighbouring characters, and the first alone is found by prefix."""
    return [name[i : i + 2] for i in range(len(name) - 1)] or [name]
