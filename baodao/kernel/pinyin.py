"""How Chinese names are read: syllables and initials, surnames as surnames are read (曾 zeng)."""

import os
from functools import cache
from itertools import islice, product

# Characters are read one by one: the dictionary of phrases (45 MB, half a second) is not needed.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")

from pypinyin import lazy_pinyin

READINGS = """
    曾:zeng 单:shan 解:xie 仇:qiu 区:ou 查:zha 盖:ge 乐:yue 任:ren 朴:piao 尉:wei 缪:miao
    翟:zhai 员:yun 贠:yun 华:hua 纪:ji 种:chong 重:chong 繁:po 召:shao 秘:bi 冼:xian
    洗:xian 折:she 佘:she 黑:he 覃:qin 谌:chen 谯:qiao 逄:pang 隗:wei 郗:xi 郄:qie 祭:zhai
    幺:yao 么:yao 令:ling 车:che 卜:bu 牟:mu 宓:mi 哈:ha 撒:sa 降:jiang 能:nai 乜:nie
    褚:chu 葛:ge 过:guo 葉:ye 應:ying 应:ying 燕:yan 宁:ning 甯:ning 俞:yu 占:zhan 炅:gui
    角:jue 阚:kan 阙:que 郇:xun 冯:feng 那:na 訾:zi 眭:sui 莘:shen 都:du 长:chang 行:xing
    藏:zang 臧:zang 费:fei 贾:jia 瞿:qu 殷:yin 舍:she 叶:ye 沈:shen 万俟:mo.qi 尉迟:yu.chi
    单于:chan.yu 长孙:zhang.sun 澹台:tan.tai 皇甫:huang.fu 令狐:ling.hu 夏侯:xia.hou
    鲜于:xian.yu 赫连:he.lian 宰父:zai.fu 谷梁:gu.liang 亓官:qi.guan 拓跋:tuo.ba
    百里:bai.li 乐正:yue.zheng 濮阳:pu.yang 公冶:gong.ye 相里:xiang.li 句龙:gou.long
    欧阳:ou.yang 上官:shang.guan 司马:si.ma 诸葛:zhu.ge
"""
SURNAMES = {
    surname: reading.replace(".", " ")
    for surname, _, reading in (entry.partition(":") for entry in READINGS.split())
}
"""Where a surname is read differently from the character elsewhere, or a dictionary may err."""


SECOND_SURNAMES = """
    盖:gai 乐:le 覃:tan 谌:shen 牟:mou 员:yuan 朴:pu 召:zhao 洗:xi 折:zhe
"""
SECOND_READINGS = """
    长:chang.zhang 重:chong.zhong 乐:le.yue 朝:chao.zhao 行:xing.hang 晟:sheng.cheng 盛:sheng.cheng
    曾:zeng.ceng 单:dan.shan 强:qiang.jiang 传:chuan.zhuan 柏:bai.bo 参:shen.can 藏:zang.cang
    都:du.dou 还:huan.hai 会:hui.kuai 降:jiang.xiang 角:jiao.jue 觉:jue.jiao 乾:qian.gan
    率:shuai.lv 露:lu.lou 娜:na.nuo 茜:qian.xi 莎:sha.suo 省:sheng.xing 石:shi.dan 识:shi.zhi
    校:xiao.jiao 宿:su.xiu 叶:ye.xie 艾:ai.yi 择:ze.zhai 翟:zhai.di 种:zhong.chong 琢:zhuo.zuo
    纶:lun.guan 筠:yun.jun 炅:gui.jiong 颉:jie.xie 稽:ji.qi 仔:zi.zai 隽:jun.juan 靓:jing.liang
    澄:cheng.deng 解:jie.xie 查:zha.cha 朴:pu.piao 尉:wei.yu 佛:fo.fu 调:tiao.diao 提:ti.di
    万:wan.mo 伯:bo.bai 似:si.shi 车:che.ju 给:gei.ji 合:he.ge
"""


def _pairs(entries: str) -> dict[str, tuple[str, ...]]:
    pairs = (entry.partition(":") for entry in entries.split())
    return {character: tuple(readings.split(".")) for character, _, readings in pairs}


OTHER_SURNAMES = _pairs(SECOND_SURNAMES)
"""Surnames that families read in two ways: the second one."""

READ_TWICE = _pairs(SECOND_READINGS)
"""Characters that given names read in two ways, with both."""

MOST_READINGS = 8
"""Readings of one name that are kept beside the first."""


@cache
def syllable(character: str) -> str:
    """The commonest reading of one character, without tone; what has none stays as it is."""
    return "".join(lazy_pinyin(character)).lower()


@cache
def syllables_of(character: str) -> tuple[str, ...]:
    """The readings of one character in names, without tone; ü is written v and u."""
    readings = (syllable(character), *READ_TWICE.get(character, ()))
    both = [text for reading in readings for text in (reading, reading.replace("v", "u"))]
    return tuple(dict.fromkeys(both))


@cache
def _is_read_twice(character: str) -> bool:
    return len(syllables_of(character)) > 1 or character in OTHER_SURNAMES


def other_readings(name: str) -> list[str]:
    """The beginnings of every further reading of a Chinese name and of its initials, without
    blanks: what somebody may type who reads 长 as chang where `name_reading` reads zhang."""
    letters = [character for character in name if character.isalpha()]
    if name.isascii() or not any(map(_is_read_twice, letters)):
        return []
    reading, initials = name_reading(name)
    first = reading.split()
    choices: list[tuple[str, ...]] = [
        (syllable,) for syllable in first[: len(first) - len(letters)]
    ]
    for place, character in enumerate(letters):
        known = first[len(choices)]
        further = syllables_of(character) if place or character not in SURNAMES else ()
        second = () if place else OTHER_SURNAMES.get(character, ())
        choices.append(tuple(dict.fromkeys((known, known.replace("v", "u"), *second, *further))))
    beginnings: dict[str, None] = {}
    for syllables in islice(product(*choices), 1, MOST_READINGS + 1):
        for text in ("".join(syllables), "".join(part[0] for part in syllables)):
            beginnings |= dict.fromkeys(text[: end + 1] for end in range(len(text)))
    plain = reading.replace(" ", "")
    return [
        text for text in beginnings if not plain.startswith(text) and not initials.startswith(text)
    ]


def name_reading(name: str) -> tuple[str, str]:
    """A personal name as pinyin and as initials: 曾小雨 → ("zeng xiao yu", "zxy").

    Latin letters stay together as one word; dots between the parts of a name are no syllables.
    """
    if not name:
        return "", ""
    if name.isascii():
        words = name.lower().split()
        return " ".join(words), "".join(word[0] for word in words)
    surname = name[:2] if len(name) > 2 and name[:2] in SURNAMES else name[0]
    reading = SURNAMES.get(surname) if len(name) > len(surname) else None
    syllables = (reading or syllable(surname)).split()
    syllables += [syllable(character) for character in name[len(surname) :] if character.isalpha()]
    return " ".join(syllables), "".join([part[0] for part in syllables])
