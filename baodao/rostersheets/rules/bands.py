"""What a title, a sheet's name or a band between the rows says of the people below it."""

import re

from baodao.people.rules.names import has_surname
from baodao.people.rules.standing import Grade, Standing
from baodao.rostersheets.rules.branches import (
    COUNT,
    LABEL,
    Branches,
    branch_name,
    group_in,
    is_branch_name,
)
from baodao.rostersheets.rules.words import STANDINGS, Stand
from baodao.spreadsheets.cells import compact
from baodao.spreadsheets.headings import SIMPLE

LISTS = re.compile(
    r"(?:的|基本|信息|情况|统计|花|点)*(?:名册|名单|一览表|登记表|明细表?|台账|表|册)$"
)
NOT_A_NAME = re.compile(
    r"名册|名单|一览|明细|台账|汇总|合计|总表|统计|说明|字典|数据|选项|示例|模板|样表|党费|收缴|缴纳|签到"
    r"|考勤|测评|会议|通讯录|联系|信息|情况|附件|备注|表$|册$|^sheet|^工作表|[0-9]{4}年?$|月份?$"
)
DEPARTMENT = re.compile(
    r".[科处室股办局部组所站队院厅委班系社厂段司校园库馆会区店团]$|中心$|车间$|机关$|集团$|大厅$"
)
STANDING_WORDS = sorted(
    (word for word in STANDINGS if len(word) > 1 and not word.isascii()), key=len, reverse=True
)
GROUPS = ("党员", "人员", "职工", "干部", "同志", "老干部")
IN_BRACKETS = re.compile(r"(?:名册|名单|一览表|登记表|表)[(（]([^()（）]+)[)）]$")
BARE_GROUPS = frozenset(
    word + group for word in (*STANDING_WORDS, "正式", "预备") for group in ("", *GROUPS)
)
"""What a title says of all below it in brackets: 党员名册（退休党员）."""
EXCEPTING = re.compile("不含|不包括|除|另|注|说明|[。；]")
GRADE = re.compile("正式|预备")
GRADE_END = re.compile("(?:正式|预备期?)(?:党员|人员)?$")
GRADE_OF = {"正式": Grade.FULL, "预备": Grade.PROBATIONARY}
NEGATED = re.compile("(?:非|不|未|已)$")
OUTSIDERS = (
    *("入党积极分子", "发展对象", "入党申请人", "申请入党", "群众", "非党员", "转出", "调出"),
    *("去世", "逝世", "病故", "已故", "失联", "退党", "除名", "开除"),
    *("离职", "辞职", "辞退", "调离", "调走", "转走", "迁出", "减员", "减少", "死亡", "离世"),
    *("不在本单位", "不在我单位", "不在本支部"),
)
"""Who is no member, or none any more."""
REST = re.compile(
    "(?:第?[一二三四五六七八九十0-9]+部分)?其[他它余](?:类|类别|党员|人员|职工|干部|同志)*"
    "|.+(?:人员|职工|干部|代理)"
)
"""Whom a band parts from those above without saying how they stand."""
SOME = re.compile(".+(?:党员|成员|领导|班子|单位)")
"""Some of those of whom a band above speaks."""
COMPANY = re.compile("[和及与、/]|党员发展|转入|调入|正式|预备|[不未无]$")
LONGEST = 24
ABOVE_BRANCHES = re.compile("党委(?:委员会)?$|总支(?:部|委员会)?$")
"""What a title names of a unit as often as of a branch."""

NUMERALS = re.compile(
    r"([(（第]?)(?:([一二三四五六七八九十]+)|[0-9]{1,2})(?:[、.．)）]|部分|[篇章])"
)


def stand_in(text: str) -> Stand:
    """What a title, a sheet's name or a band says of standing and grade: 二、离退休党员（4人）,
    在职党员名册, 预备党员; nothing where it names several."""
    if (inside := IN_BRACKETS.search(compact(text))) and inside[1] in BARE_GROUPS:
        text = inside[1]
    word = LISTS.sub("", compact(branch_name(text)).translate(SIMPLE))
    if not word or len(word) > LONGEST or EXCEPTING.search(word):
        return Stand()
    grades = set(GRADE.findall(word))
    grade = GRADE_OF[grades.pop()] if len(grades) == 1 and GRADE_END.search(word) else None
    return Stand(_standing_of(GRADE_END.sub("", word)), grade)


def _standing_of(word: str) -> Standing | None:
    if word in STANDINGS:
        return STANDINGS[word] if len(word) > 1 and not word.isascii() else None
    for group in ("", *GROUPS):
        trunk = word.removesuffix(group)
        known = next((one for one in STANDING_WORDS if trunk.endswith(one)), None)
        if known is not None:
            before = trunk.removesuffix(known)
            alone = not NEGATED.search(before) and not any(w in before for w in STANDING_WORDS)
            return STANDINGS[known] if alone else None
    return None


def outsiders_in(text: str) -> str:
    """What a title, a sheet's name or a band calls people who are no members: 入党积极分子, 已转出
    党员; "" where it names others as well."""
    name = branch_name(text)
    word = LISTS.sub("", compact(name).translate(SIMPLE))
    if len(word) > LONGEST or EXCEPTING.search(word):
        return ""
    for group in ("", *GROUPS):
        trunk = word.removesuffix(group)
        known = next((one for one in OUTSIDERS if trunk.endswith(one)), None)
        if known is not None:
            return "" if COMPANY.search(trunk.removesuffix(known)) else name
    return name if word == "积极分子" else ""


def is_of_others(text: str) -> bool:
    """Whether a band parts those below from those above and says nothing else of them: 其他人员,
    【其他】, 人事代理人员, or a department that may be no branch."""
    word = _word_of(text)
    if stand_in(text) != Stand():
        return False
    is_department = DEPARTMENT.search(word) is not None and not has_surname(word)
    return is_department or any(form.fullmatch(word) for form in (REST, SOME))


def _word_of(text: str) -> str:
    """What a band says in few words; "" for a sentence or what names a list."""
    word = compact(branch_name(text)).translate(SIMPLE)
    is_band = len(word) <= LONGEST and not EXCEPTING.search(word) and not NOT_A_NAME.search(word)
    return word if is_band else ""


def branch_of_sheet(title: str, many: bool, branches: Branches) -> str | None:
    """The branch that a sheet's name is: one that is known or called so, or, where a file has
    `many` sheets, a department."""
    name = branch_name(title)
    if not name or stand_in(name) != Stand() or outsiders_in(name):
        return None
    if is_branch_name(name) or branches.find(name) is not None:
        return name
    return name if many and _is_department(name) else None


def branch_of_title(text: str, branches: Branches) -> str:
    """The branch whose table stands below a title: 支部名称：第一党支部, 第一党支部党员花名册. The
    branch that a title names in passing must be one that is known, if any is."""
    name = branch_name(LISTS.sub("", text.strip()).removesuffix("党员"))
    if not is_branch_name(name) or ABOVE_BRANCHES.search(name):
        return ""
    is_known = not branches or branches.find(name) is not None
    return name if is_known or LABEL.match(text.strip()) else ""


def branch_of_band(text: str, branches: Branches) -> str | None:
    """The branch that a band names: one that is known or called so, or a department with its
    count of people."""
    name = branch_name(text)
    if is_branch_name(name) or (name and branches.find(name) is not None):
        return name
    return name if COUNT.search(text.strip()) and _is_department(name) else None


def _is_department(name: str) -> bool:
    word = compact(name)
    is_named = DEPARTMENT.search(word) is not None and not NOT_A_NAME.search(word)
    return is_named and group_in(name) is None


class Bands:
    """The bands that hold for the rows being read: the branch, a group within it, how people stand,
    nested in one another.

    A kind that came first is the outer one, a branch always of its groups; where it changes, the
    inner ones hold no longer. A band numbered like one before ends it, whatever both name: after
    一、第一党支部, 二、机关 is the next branch, and who stands below 三、流动党员 is of none.
    `outsiders` is what people are called who are no members. `holding` are the rows in which the
    bands stand that hold: kind → row.
    """

    def __init__(self, branches: Branches) -> None:
        self.branches = branches
        self.branch = ""
        self.outsiders = ""
        self.holding: dict[str, int] = {}
        self._stands: dict[str, Stand] = {}
        self._order: list[str] = []
        self._numbers: dict[str, str] = {}

    @property
    def stand(self) -> Stand:
        """How those stand who come next, by their group or the band of a standing."""
        return self._stands.get("group", Stand()).over(self._stands.get("stand", Stand()))

    def take(self, text: str, number: int = 0) -> bool:
        """Let a band, in row `number` of the sheet, hold from here on; False for a text that names
        nobody below it."""
        branch = branch_of_band(text, self.branches)
        group = None if branch else group_in(text)
        stand = Stand() if branch else stand_in(text if group is None else group)
        outsiders = "" if branch else outsiders_in(text)
        is_stand = stand != Stand() or outsiders or REST.fullmatch(_word_of(text))
        kind = "branch" if branch else "" if group is None else "group"
        kind = kind or ("stand" if is_stand else self._kind_by_number(text))
        if not kind:
            return is_of_others(text)
        self._open(kind, _numbers_of(text))
        self.holding[kind] = number
        if kind == "branch":
            self.branch = branch or branch_name(text)
        else:
            self._stands[kind] = stand
            self.outsiders = outsiders or (self.outsiders if kind == "group" else "")
        return True

    def _kind_by_number(self, text: str) -> str:
        """The kind of the bands that are numbered as this text is; "" without any."""
        numbers = _numbers_of(text)
        if not numbers or EXCEPTING.search(text):
            return ""
        kind = next((one for one, style in self._numbers.items() if style == numbers), "")
        return "stand" if kind == "branch" and SOME.fullmatch(_word_of(text)) else kind

    def _open(self, kind: str, numbers: str) -> None:
        """Let the bands end that one of this kind ends: those within it, or all if it is numbered
        like those of a branch or a standing that is not its kind."""
        if kind not in self._order:
            place = (
                self._order.index("group") if kind == "branch" and "group" in self._order else None
            )
            self._order.insert(len(self._order) if place is None else place, kind)
        others = {"branch", "stand"} - {kind} if kind != "group" else set()
        same = numbers and numbers in map(self._numbers.get, others)
        for one in self._order[0 if same else self._order.index(kind) :]:
            self._end(one)
        self._numbers[kind] = numbers

    def _end(self, kind: str) -> None:
        self.holding.pop(kind, None)
        self._stands.pop(kind, None)
        if kind == "branch":
            self.branch = ""
        if kind == "stand":
            self.outsiders = ""


def _numbers_of(text: str) -> str:
    """How a band is numbered: like 一、 or like （一）, 1. or 第一部分; "" if it is not."""
    match = NUMERALS.match(compact(text))
    return "" if match is None else match[1] + ("一" if match[2] else "1")
