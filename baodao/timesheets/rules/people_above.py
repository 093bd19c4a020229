"""Whom the rows of a table without a column of names are about: 姓名：乐华 above it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from baodao.people.rules.names import is_name, name_of
from baodao.spreadsheets.cells import Cell, text_of
from baodao.spreadsheets.headers import EXACT
from baodao.timesheets.rules.headings import SERVICE_WORDS, ServiceField

Who = Mapping[ServiceField, str]
"""The name and the numbers of whom rows are about, as they stand above them."""

_WHO = frozenset(
    (
        *(ServiceField.NAME, ServiceField.NUMBER, ServiceField.IDENTITY),
        *(ServiceField.PHONE, ServiceField.TAIL),
    )
)
_LABELLED = re.compile(r"([^\s:]{1,14}):\s*(.*?)(?=\s+[^\s:]{1,14}:|$)")
_PARTING = re.compile(r"[、,;/+&\s]+")


def person_over(rows: Iterable[Sequence[Cell]]) -> Who:
    """The one person, or the people of one line, whom these rows name with a label; empty where
    they name none or several."""
    lines = [who for row in rows if (who := person_in(row))]
    if len({line[ServiceField.NAME] for line in lines}) != 1:
        return {}
    return {field: text for line in lines for field, text in line.items()}


def person_in(row: Sequence[Cell], *, in_one_cell: bool = False) -> Who:
    """Whom a row names with a label, in one cell or in two: 姓名：乐华, 姓名 | 乐华; empty where it
    says one thing of two, or heads a table."""
    who: dict[ServiceField, str] = {}
    texts = [text for cell in row if (text := text_of(cell))]
    if in_one_cell or any(map(_heads_services, texts)):
        texts = [text for text in texts if ":" in text]
    for label, text in _pairs(texts):
        meaning = SERVICE_WORDS.meaning(label)
        if not text or meaning.own not in _WHO or meaning.sure < EXACT:
            continue
        if who.setdefault(ServiceField(meaning.own), text) != text:
            return {}
    first = _PARTING.split(who.get(ServiceField.NAME, ""))[0]
    whole = name_of(who.get(ServiceField.NAME, ""))
    return who if is_name(name_of(first)) or is_name(whole) else {}


def _heads_services(text: str) -> bool:
    """Whether a text heads what services have and persons have not: 日期, 时长."""
    return SERVICE_WORDS.is_word(text) and SERVICE_WORDS.meaning(text).own not in _WHO


def _pairs(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Labels with what stands behind them, in the same cell or in the next."""
    for text, following in pairwise([*texts, ""]):
        labelled = _LABELLED.findall(text)
        yield from labelled[:-1]
        label, value = labelled[-1] if labelled else (text, "")
        is_label = SERVICE_WORDS.is_word(label) and not SERVICE_WORDS.is_word(following)
        yield label, value or (following if is_label and ":" not in following else "")
