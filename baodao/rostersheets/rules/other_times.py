"""Which sheets hold a list of another time, by their names: 2025年 beside 2026年, 作废."""

import re
from collections.abc import Sequence

from baodao.spreadsheets.cells import compact, plain_digits
from baodao.spreadsheets.leftovers import is_called_old

CHANGES = re.compile("[新增减退转调入出离]|发展|接收|变[动更]|去世|死亡|支部")
"""What names those of one time alone, who stand on no later list: 2025年退休人员."""

YEAR = re.compile(r"(?:19|20)[0-9]{2}")
MONTH = re.compile(r"(?<![0-9])(1[0-2]|0?[1-9])月|(?<=[年.\-/])(1[0-2]|0?[1-9])(?![0-9])")
TIME = re.compile(r"[0-9]+[年月日季度份底末初.\-/]*")


def of_other_times(titles: Sequence[str], this_year: int) -> set[str]:
    """Those of the sheets that are called old, those called as a later one but for the year or
    month, and those of an earlier year beside a list without any; never all of them."""
    old = {title for title in titles if is_called_old(title)}
    kinds: dict[tuple[str, bool], list[tuple[tuple[int, int], str]]] = {}
    timeless = False
    for title in titles:
        word = _plain(title)
        when = _when(word)
        if title in old:
            continue
        if when is None:
            timeless = timeless or not CHANGES.search(word)
        else:
            kinds.setdefault((TIME.sub("", word), when[0] > 0), []).append((when, title))
    for same in kinds.values():
        latest = max(when for when, _ in same)
        old |= {title for when, title in same if when < latest}
        old |= {title for (year, _), title in same if timeless and 0 < year < this_year}
    return old if len(old) < len(set(titles)) else set()


def _plain(title: str) -> str:
    return plain_digits(compact(title))


def _when(word: str) -> tuple[int, int] | None:
    """Year and month that a name tells, 0 for what it does not; None if it tells of no time, or of
    those who came or went then."""
    if CHANGES.search(word):
        return None
    year, month = YEAR.search(word), MONTH.search(word)
    if year is None and month is None:
        return None
    number = next(filter(None, month.groups()), "0") if month else "0"
    return int(year[0]) if year else 0, int(number)
