"""The words by which a status, a remark or a comment says that somebody is no member any more."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.people.rules.dates import date_of
from baodao.spreadsheets.cells import compact


class ExitKind(Code):
    """Why a row may be of somebody who is no member any more."""

    DIED = "perhaps-died", gettext_noop("Died?")
    LEFT = "perhaps-left", gettext_noop("Left?")
    STRUCK = "perhaps-struck", gettext_noop("Struck through: left?")


class ExitSign(NamedTuple):
    """What says that somebody called `name` is gone: `text` as it stands there, the day if one is
    told."""

    kind: ExitKind
    text: str
    on: date | None = None
    name: str = ""


LONGEST = 60
DIED = re.compile("去世|逝世|病故|病逝|死亡|亡故|身故|故去|已故|离世|过世|辞世|故世|^殁$|^故$")
LEFT = re.compile(
    "转出|调出|调离|调走|调往|转往|转走|迁出|组织关系已?转(?![入正来])|离职(?!休|退养)|辞职|辞退|解聘"
    "|解除合同|退党|除名|开除|出党|脱党|离开[本原]?单位|不在本(?:单位|支部)|已离开|已退出"
    "|^(?:(?:[本今当]|[12][0-9]{3})?[年月季]度?)?减[员少](?:人员|党员|名单)?$"
    "|(?:转(?![入业正岗来])|(?<![借抽选外商上])调(?![入任来整研动]))[至到往去]?[^,、;。()转调]{1,20}?"
    "(?:局|委|厅|公司|街道|社区|学院|大学|医院|集团)(?!.*支部)"
)
KIN = re.compile(
    "(?:[父母]亲?|父母|双亲|丈夫|妻子?|老伴|配偶|爱人|[儿孙]子|[孙]?女儿?|[哥兄弟姐妹]|公公|婆婆|家属|亲属)"
    "[已因于病在0-9年月日.]*$"
)
DAY = re.compile("[12][0-9]{3}[年./-][0-9]{1,2}(?:[月./-](?:[0-9]{1,2}日?)?)?")
NOT_SO = re.compile("(?:[未没无非不]|没有|尚未|[拟待]|准备|申请|正在|计划|办理)$")
BY_OTHERS = re.compile("(?:由|从|自)[^,，、;；。]{0,20}$")


@lru_cache(maxsize=4_096)
def exit_in(text: str) -> ExitSign | None:
    """What a status, a remark or a comment says of somebody's leaving: 2026年3月已转出, 已故; not
    未转出, 拟调出, 父亲去世, 由某局转出."""
    if len(text) > LONGEST:
        return None
    word = compact(text)
    for kind, words in ((ExitKind.DIED, DIED), (ExitKind.LEFT, LEFT)):
        for match in words.finditer(word):
            before = word[: match.start()]
            if NOT_SO.search(before) or BY_OTHERS.search(before):
                continue
            if kind is ExitKind.DIED and KIN.search(before):
                continue
            day = DAY.search(word)
            read = date_of(day[0]) if day else None
            return ExitSign(kind, text, read.last if read else None)
    return None


ORDER = (ExitKind.DIED, ExitKind.LEFT, ExitKind.STRUCK)


def first_of(signs: Iterable[ExitSign | None]) -> ExitSign | None:
    """The strongest of these signs, with the day that one of its kind tells."""
    present = [sign for sign in signs if sign is not None]
    if not present:
        return None
    kind = min((sign.kind for sign in present), key=ORDER.index)
    same = [sign for sign in present if sign.kind is kind]
    return same[0]._replace(on=next((sign.on for sign in same if sign.on), None))


def is_denied(text: str) -> bool:
    """Whether what stands where a day is expected says that it has not come: 未, 无."""
    return NOT_SO.search(compact(text)[:1]) is not None
