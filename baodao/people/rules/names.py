"""Personal names: what may stand in one, and how spaces and dots are written."""

import re

from baodao.documents.spreadsheets.cells import Cell, text_of

DOTS = re.compile(r"\s*[·•・‧∙⋅･▪]\s*|(?<=[\u3400-\u9fff])\s*[.．]\s*(?=[\u3400-\u9fff])")
HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
CHINESE = re.compile(f"[{HAN}]+(?:·[{HAN}]+)*")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]+(?:[ '’·-][A-Za-zÀ-ɏ]+)*\.?")
LENGTHS = range(2, 31)


def name_of(cell: Cell) -> str:
    """The name as it should be kept: 张 三 → 张三, 买买提•艾力 → 买买提·艾力, John  Smith."""
    if isinstance(cell, str) and CHINESE.fullmatch(cell):
        return cell
    text = DOTS.sub("·", text_of(cell))
    return text if LATIN.fullmatch(text) else text.replace(" ", "")


def is_name(name: str) -> bool:
    """Whether `name` holds only what a name can hold: no digits, brackets or markup."""
    if len(name) not in LENGTHS:
        return False
    return CHINESE.fullmatch(name) is not None or LATIN.fullmatch(name) is not None


def bigrams(name: str) -> list[str]:
    """Every two neighbouring characters, and the first alone is found by prefix."""
    return [name[i : i + 2] for i in range(len(name) - 1)] or [name]
