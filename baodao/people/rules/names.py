"""Personal names: what may stand in one, and how spaces and dots are written."""

import re

from baodao.spreadsheets.cells import Cell, text_of

DOTS = re.compile(r"\s*[·•・‧∙⋅･▪]\s*|(?<=[\u3400-\u9fff])\s*[.．]\s*(?=[\u3400-\u9fff])")
HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
CHINESE = re.compile(f"[{HAN}]+(?:·[{HAN}]+)*")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]+(?:[ '’·-][A-Za-zÀ-ɏ]+)*\.?")
SOUNDS = frozenset(
    "阿艾买提吐尔逊古丽尼沙汗罕卜杜热依木拉江克孜合曼肉麦托乎努力娜别加帕夏巴哈达乌斯亚森玉素甫塔西扎次仁卓玛多"
    "吉格桑旦增洛央金德平措顿珠罗布娃普边其图苏和那顺云琴高雅赫日勒额敦朝鲁孟赛迪穆罕默不都热里瓦孜吾伊敏库尔班"
    "铁木耳司马义卡得鲁代再努然哈孜帕提曼萨米拜合孜依热孜万阿扎提"
)
"""Characters by which names of other languages are written: 艾合买提 买买提 吐尔逊."""

LENGTHS = range(2, 31)


def name_of(cell: Cell) -> str:
    """The name as it should be kept: 张 三 → 张三, 买买提•艾力 → 买买提·艾力, John  Smith."""
    if isinstance(cell, str) and CHINESE.fullmatch(cell):
        return cell
    text = DOTS.sub("·", text_of(cell))
    if " " in text and is_of_sounds(text) and max(map(len, text.split())) > 2:
        return text.replace(" ", "·")
    return text if LATIN.fullmatch(text) else text.replace(" ", "")


def is_of_sounds(text: str) -> bool:
    """Whether a name, in one or more parts, is written by the sounds of another language."""
    return SOUNDS.issuperset(text.replace(" ", ""))


def is_name(name: str) -> bool:
    """Whether `name` holds only what a name can hold: no digits, brackets or markup."""
    if len(name) not in LENGTHS:
        return False
    return CHINESE.fullmatch(name) is not None or LATIN.fullmatch(name) is not None


def bigrams(name: str) -> list[str]:
    """Every two neighbouring characters, and the first alone is found by prefix."""
    return [name[i : i + 2] for i in range(len(name) - 1)] or [name]
