"""How Chinese names are read: syllables and initials, surnames as surnames are read (曾 zeng)."""

import os
from functools import cache

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


@cache
def syllable(character: str) -> str:
    """The commonest reading of one character, without tone; what has none stays as it is."""
    return "".join(lazy_pinyin(character)).lower()


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
