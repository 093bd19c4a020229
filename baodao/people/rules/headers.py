"""Which column of a roster holds which fact, whatever its header is called."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from baodao.people.rules.cells import compact


class Field(StrEnum):
    """The facts of a person that a roster can carry."""

    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    SEX = "sex"
    BORN_ON = "born_on"
    JOINED_ON = "joined_on"
    FULL_ON = "full_on"
    GRADE = "grade"
    BRANCH = "branch"
    STANDING = "standing"
    POSITION = "position"
    SPECIALTY = "specialty"
    INTERESTS = "interests"
    ADDRESS = "address"
    ETHNICITY = "ethnicity"
    EDUCATION = "education"
    LIVES_IN_CITY = "lives_in_city"


WORDS: dict[Field, str] = {
    Field.NAME: "姓名 党员姓名 名字 党员名字 人员姓名 职工姓名 党员 name fullname membername",
    Field.ID_NUMBER: "身份证号 身份证号码 公民身份号码 公民身份证号码 公民身份证号 身份证件号 "
    "身份证件号码 身份号码 身份证 证件号 证件号码 居民身份证号 居民身份证号码 二代身份证号 "
    "身份证编号 idnumber idno idcard idcardno idcardnumber identitynumber citizenid id",
    Field.PHONE: "手机 手机号 手机号码 联系电话 联系方式 电话 电话号码 移动电话 本人电话 本人手机 "
    "联系手机 联系号码 手机电话 电话手机 联系电话手机 "
    "phone mobile tel telephone phonenumber mobilephone mobilenumber cell cellphone",
    Field.SEX: "性别 男女 sex gender",
    Field.BORN_ON: "出生年月 出生日期 出生年月日 生日 出生时间 出生 "
    "birthday dateofbirth birthdate birth dob bornon",
    Field.JOINED_ON: "入党时间 入党日期 入党年月 入党年月日 加入党组织时间 加入党组织日期 "
    "加入中共组织日期 加入中国共产党时间 加入中共时间 何时入党 参加党组织时间 "
    "joined joinedon dateofjoining joindate partydate joinedpartyon dateofjoiningtheparty",
    Field.FULL_ON: "转正时间 转正日期 转正年月 转为正式党员日期 转为正式党员时间 转正年月日 "
    "fullmemberdate fullon dateoffullmembership",
    Field.GRADE: "人员类别 党员类别 党员类型 政治面貌 正式预备 正式或预备 是否正式党员 类别 "
    "党员身份 grade membertype membership",
    Field.BRANCH: "所在党支部 所在支部 党支部 支部 支部名 支部名称 党支部名称 所属支部 所属党支部 "
    "所在党组织 所属党组织 党组织名称 党组织 组织关系所在支部 组织关系所在党支部 "
    "组织关系所在党组织 所在基层党组织 支部别 branch partybranch branchname",
    Field.STANDING: "人员状态 是否在职 在职状态 在职情况 是否在岗 在岗情况 是否离退休 在职退休 "
    "在职离退休 人员身份状态 状态 职业状态 在职与否 在职否 党员状态 是否在职党员 在岗状态 是否退休 "
    "人员情况 在职或退休 在职离退 status standing inservice onduty employmentstatus",
    Field.POSITION: "职务 现任职务 工作岗位 岗位 职务职级 单位职务 单位及职务 工作单位及职务 "
    "职务岗位 行政职务 党内职务 职称 岗位职务 职位 position title post job",
    Field.SPECIALTY: "特长 专长 专业特长 个人特长 职业特长 技能特长 特长专业 职务专长 专业 "
    "specialty skills skill speciality",
    Field.INTERESTS: "兴趣 爱好 兴趣爱好 个人爱好 爱好特长 特长爱好 兴趣特长 "
    "interests hobby hobbies",
    Field.ADDRESS: "住址 家庭住址 居住地 居住地址 现居住地 现住址 家庭地址 常住地址 详细住址 "
    "现居住地址 居住小区 居住地详细地址 通讯地址 address homeaddress",
    Field.ETHNICITY: "民族 族别 ethnicity nationality ethnicgroup",
    Field.EDUCATION: "学历 文化程度 学历学位 最高学历 全日制学历 学历层次 education degree",
    Field.LIVES_IN_CITY: "是否居住本市 是否居住在本市 是否在本市居住 本市居住 是否本市居住 "
    "居住本市 是否居住本地 是否本地居住 是否常住本市 是否居住在本区 是否本市常住 livesincity",
}
REQUIRED = (Field.NAME, Field.ID_NUMBER)
RETIRED_QUESTION = "是否退休"
EITHER = re.compile(r"在[职岗].*[离退]休|[离退]休.*在[职岗]")
"""A header that asks for one of the two is a status, however it words them."""
EXACT: dict[str, Field] = {word: field for field, words in WORDS.items() for word in words.split()}
TOO_SHORT = ("党员", "专业", "出生", "类别", "状态", "支部", "职位", "岗位", "男女", "兴趣", "爱好")
LONG_WORDS = sorted(
    (word for word in EXACT if not word.isascii() and word not in TOO_SHORT), key=len, reverse=True
)
OTHER_PEOPLE = re.compile(
    "配偶|介绍人|联系人|紧急|子女|父亲|母亲|家属|书记|负责人|填表|填报|审核|经办|结对|帮扶|培养"
    "|家长|单位电话|出生地|籍贯|曾用名"
)
FILLED_IN = re.compile(r"[:：]\s*\S|[0-9]{6}")
BRACKETS = re.compile(r"[(（\[【{].*?[)）\]】}]")
PUNCTUATION = re.compile(r"[\s*＊:：、,，.。/／\\|｜\-—_·\"'“”‘’?？#№]+")
LATIN = re.compile(r"[a-z0-9]+")
HAN = re.compile(r"[\u3400-\u9fff]")
WINDOW = 30
LEVELS = 3
LIKE_ENOUGH = 0.86


@dataclass(frozen=True)
class Column:
    """A column that was understood: its index in the row, its header as found, its fact."""

    index: int
    header: str
    field: Field


@dataclass(frozen=True)
class Header:
    """Where the header of a table ends and what its columns hold.

    `top` and `bottom` are indexes into the rows that were looked at; `titles` are the headers of
    all columns as found, levels joined by a slash.
    """

    top: int
    bottom: int
    columns: tuple[Column, ...]
    titles: tuple[str, ...]

    def index(self, field: Field) -> int | None:
        return next((c.index for c in self.columns if c.field is field), None)

    @property
    def missing(self) -> list[Field]:
        return [field for field in REQUIRED if self.index(field) is None]


def header_key(text: str) -> str:
    """A header by which clerks' corrections are remembered: no spaces, marks or brackets."""
    word = compact(text)
    return PUNCTUATION.sub("", BRACKETS.sub("", word) or word)


@lru_cache(maxsize=4_096)
def _ranked(title: str) -> tuple[Field | None, int]:
    """The fact a header names and how sure that is: 3 exact, 2 bilingual, 1 contained, 0 none."""
    word = header_key(title)
    if word in EXACT:
        return EXACT[word], 3
    if not word or OTHER_PEOPLE.search(word):
        return None, 0
    chinese = LATIN.sub("", word) if HAN.search(word) else ""
    if chinese in EXACT:
        return EXACT[chinese], 2
    if len(chinese) > 14:
        return None, 0
    inside = next((known for known in LONG_WORDS if known in chinese), None)
    if inside and len(inside) * 3 >= len(chinese):
        return EXACT[inside], 1
    close = difflib.get_close_matches(chinese or word, EXACT, n=1, cutoff=LIKE_ENOUGH)
    return (EXACT[close[0]], 1) if close and len(chinese or word) > 3 else (None, 0)


def field_of(title: str) -> tuple[Field | None, int]:
    """The fact a header of one or more levels names; the lowest level that says one decides."""
    key = header_key(title)
    if EITHER.search(key) and key not in EXACT:
        return Field.STANDING, 2
    if "/" not in title:
        return _ranked(title)
    if key in EXACT:
        return EXACT[key], 3
    for part in reversed(title.split("/")):
        field, rank = _ranked(part)
        if field is not None:
            return field, rank
    return None, 0


def columns_of(
    titles: Sequence[str], chosen: Mapping[str, str] | None = None
) -> tuple[Column, ...]:
    """The columns understood, one a fact, the surest first.

    `chosen` maps header keys to field names as a clerk corrected them; "" means none.
    """
    found: dict[Field, tuple[int, Column]] = {}
    for index, title in enumerate(titles):
        decided = (chosen or {}).get(header_key(title))
        if decided is None:
            field, rank = field_of(title)
        else:
            field, rank = (Field(decided), 4) if decided else (None, 0)
        if field is not None and (field not in found or found[field][0] < rank):
            found[field] = (rank, Column(index, title, field))
    return tuple(sorted((column for _, column in found.values()), key=lambda c: c.index))


def find_header(
    rows: Sequence[Sequence[str]], chosen: Mapping[str, str] | None = None
) -> Header | None:
    """The header among the first rows (merged cells already filled), or None.

    It must name a person or an ID number, or at least two facts; of several windows of one to
    three rows the one that names most facts is taken, the shortest and uppermost of equals.
    """
    best: tuple[int, int, int] = (0, 0, 0)
    header: Header | None = None
    for top in range(min(len(rows), WINDOW)):
        for levels in range(1, LEVELS + 1):
            window = rows[top : top + levels]
            if len(window) < levels or not _may_be_header(window):
                break
            titles = _titles(window)
            columns = columns_of(titles, chosen)
            facts = {column.field for column in columns}
            if len(facts) < 2 and not facts & set(REQUIRED):
                continue
            score = (len(facts), -levels, -top)
            if header is None or score > best:
                best, header = score, Header(top, top + levels - 1, columns, titles)
    return header


def _may_be_header(window: Sequence[Sequence[str]]) -> bool:
    """Rows of words; in a header of several levels none is a title or a filled-in line."""
    if not any(window[-1]):
        return False
    if len(window) == 1:
        return True
    return all(
        len(set(filter(None, row))) > 1 and not any(FILLED_IN.search(cell) for cell in row)
        for row in window
    )


def _titles(window: Sequence[Sequence[str]]) -> tuple[str, ...]:
    width = max(len(row) for row in window)
    return tuple(
        "/".join(_distinct(row[i] if i < len(row) else "" for row in window)) for i in range(width)
    )


def _distinct(parts: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for part in parts:
        if part and part not in kept:
            kept.append(part)
    return kept
