"""What may stand in a report of a case: never who was helped."""

import re
from collections.abc import Iterable

COMPOUND_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "司徒", "慕容", "夏侯", "东方")
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
FORMS_OF_ADDRESS = (
    *("某", "奶奶", "爷爷", "大爷", "大妈", "大娘", "大伯", "大婶", "大姐", "大哥", "阿姨", "叔叔"),
    *("婆婆", "老人", "老太", "先生", "女士", "师傅"),
)
NAMED = re.compile(
    rf"(?:{'|'.join(COMPOUND_SURNAMES)}|[{SURNAMES}])(?:{'|'.join(FORMS_OF_ADDRESS)})"
)
"""A surname with a form of address behind it."""
SHORTEST_NAME = 2


def names_somebody(words: str, names: Iterable[str]) -> bool:
    """Whether words name somebody who was helped: by one of these names, or by a surname with a
    form of address. What a resident is in need of is nobody's to read in a report."""
    known = (name.strip() for name in names)
    return bool(NAMED.search(words)) or any(
        name in words for name in known if len(name) >= SHORTEST_NAME
    )
