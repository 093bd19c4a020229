"""Every fact of a person, declared once.

Forms, rosters, differences, pages, lists, papers, copies, fitting and search read it here. A new
fact is a column of the model, a migration, one declaration here and its words in the catalogue
(docs/how-to/add-a-field-of-a-person.md).
"""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from datetime import date
from enum import Enum, Flag, auto

from baodao.kernel.choice_lists import ChoiceList
from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.orgs.rules.dictionaries import WordList
from baodao.people.rules.choices import FREE_TIMES, INTERESTS, SPECIALTIES, WISHES
from baodao.people.rules.dates import date_of
from baodao.people.rules.identity import identity_of
from baodao.people.rules.names import name_of
from baodao.people.rules.policies import MORE_SPECIALTIES, MORE_WISHES
from baodao.people.rules.standing import Grade, Sex, Standing
from baodao.spreadsheets.cells import Cell, note_of, text_of
from baodao.spreadsheets.phones import phone_of


class Viewer(Flag):
    """Who writes or sees a fact: the unit and the community whose relation is in force, whoever
    reads an outline (supervisors, a branch's secretary), whoever had a relation once, and the
    person. Nobody outside sees any.
    """

    UNIT = auto()
    COMMUNITY = auto()
    OVERVIEW = auto()
    FORMER = auto()
    SELF = auto()


NOBODY = Viewer(0)
CLOSE = Viewer.UNIT | Viewer.COMMUNITY | Viewer.SELF
EVERYBODY = CLOSE | Viewer.OVERVIEW
ALWAYS = EVERYBODY | Viewer.FORMER


class FactKind(Enum):
    """What sort of value a fact is: how it is read, asked for and shown."""

    NAME = auto()
    TEXT = auto()
    DAY = auto()
    CODE = auto()
    FLAG = auto()
    PHONE = auto()
    IDENTITY = auto()
    BRANCH = auto()
    COMMUNITY = auto()


class Keeper(Enum):
    """Which row keeps a fact; a roster is asked for some that no row keeps."""

    PERSON = auto()
    MEMBERSHIP = auto()
    NOTHING = auto()


class Listed(Enum):
    """Whether the list of members has a column for a fact: on the page, or in its export alone."""

    PAGE = auto()
    EXPORT = auto()
    NOT = auto()


class Fitness(Enum):
    """What a fact says when an offer is to fit a person."""

    SKILL = auto()
    INTEREST = auto()
    WISH = auto()
    FREE_TIMES = auto()


@dataclass(frozen=True)
class PersonFact:
    """A fact of a person: `name` is its attribute on the row that keeps it, `label` what pages
    call it.

    `length` limits a text; `codes` are what a code may be. `headers` are the words by which the
    columns of rosters name it. `writers` change it by hand, `viewers` see it. `paper` is the field
    of official forms that prints it. `role` is what fitting makes of it; a `searched` text is
    looked through. `columns` keep it where they are not named like it.

    Words of a text with a `choice_list` are ticked, also those that authorities `add`, and others
    written beside them; as a `table` of so many columns.
    """

    name: str
    label: str
    kind: FactKind = FactKind.TEXT
    _: KW_ONLY
    keeper: Keeper = Keeper.PERSON
    length: int = 0
    codes: type[Code] | None = None
    headers: str = ""
    writers: Viewer = NOBODY
    viewers: Viewer = EVERYBODY
    paper: str = ""
    listed: Listed = Listed.NOT
    role: Fitness | None = None
    searched: bool = False
    columns: tuple[str, ...] = ()
    choice_list: ChoiceList | None = None
    add: WordList | None = None
    table: int = 0

    @property
    def is_sealed(self) -> bool:
        return self.kind in (FactKind.PHONE, FactKind.IDENTITY)

    def read(self, typed: Cell) -> str | date | None:
        """The value as it is kept, however it was typed, in a cell, a form or a program's call.

        "" says nothing; None is no value of this kind.
        """
        match self.kind:
            case FactKind.NAME:
                return name_of(typed)
            case FactKind.PHONE:
                return phone_of(typed)
            case FactKind.IDENTITY:
                identity = identity_of(typed)
                return None if identity.fault else identity.number
            case FactKind.DAY:
                day = date_of(typed)
                return day.on if day else None
            case _:
                return self.text(typed)

    def text(self, typed: Cell) -> str:
        """A text as it is kept; of one with a list its words come first, in their order."""
        words = self.choice_list
        return note_of(words.tidy(text_of(typed)) if words else typed, self.length)


FACTS = (
    PersonFact(
        "name",
        gettext_noop("Name"),
        FactKind.NAME,
        length=60,
        headers="姓名 党员姓名 名字 党员名字 人员姓名 职工姓名 员工姓名 员工名称 职工名称 同志姓名 "
        "党员 name fullname membername",
        writers=Viewer.UNIT,
        viewers=ALWAYS,
        paper="name",
        listed=Listed.PAGE,
        columns=("name", "name_bigrams", "pinyin", "initials", "other_readings"),
    ),
    PersonFact(
        "number",
        gettext_noop("Volunteer number"),
        length=12,
        viewers=ALWAYS,
        listed=Listed.PAGE,
    ),
    PersonFact(
        "id_number",
        gettext_noop("ID number"),
        FactKind.IDENTITY,
        headers="身份证号 身份证号码 公民身份号码 公民身份证号码 公民身份证号 身份证件号 "
        "身份证件号码 身份号码 身份证 证件号 证件号码 居民身份证 居民身份证号 居民身份证号码 "
        "二代身份证号 身份证编号 idnumber idno idcard idcardno idcardnumber identitynumber "
        "citizenid id",
        viewers=Viewer.UNIT | Viewer.SELF,
        columns=(
            *("id_document", "id_issuer", "id_sealed", "id_blind", "id_tail_blind"),
            "contested_at",
        ),
    ),
    PersonFact(
        "phone",
        gettext_noop("Telephone"),
        FactKind.PHONE,
        length=40,
        headers="手机 手机号 手机号码 联系电话 联系方式 电话 电话号码 移动电话 本人电话 本人手机 "
        "联系手机 联系号码 手机电话 电话手机 联系电话手机 "
        "phone mobile tel telephone phonenumber mobilephone mobilenumber cell cellphone",
        writers=Viewer.UNIT,
        viewers=CLOSE,
        paper="phone",
        columns=("phone_sealed", "phone_blind", "phone_tail_blind"),
    ),
    PersonFact(
        "sex",
        gettext_noop("Sex"),
        FactKind.CODE,
        codes=Sex,
        headers="性别 男女 sex gender",
        paper="sex",
        listed=Listed.EXPORT,
    ),
    PersonFact(
        "born_on",
        gettext_noop("Born"),
        FactKind.DAY,
        headers="出生年月 出生日期 出生年月日 生日 出生时间 出生 "
        "birthday dateofbirth birthdate birth dob bornon",
        viewers=CLOSE,
        paper="born_on",
    ),
    PersonFact(
        "joined_on",
        gettext_noop("Joined the Party"),
        FactKind.DAY,
        headers="入党时间 入党日期 入党年月 入党年月日 加入党组织时间 加入党组织日期 "
        "加入中共组织日期 加入中国共产党时间 加入中共时间 何时入党 何年何月入党 何年入党 "
        "参加党组织时间 joined joinedon dateofjoining joindate partydate joinedpartyon "
        "dateofjoiningtheparty",
        writers=Viewer.UNIT,
        viewers=CLOSE,
        paper="joined_on",
    ),
    PersonFact(
        "full_on",
        gettext_noop("Became a full member"),
        FactKind.DAY,
        keeper=Keeper.NOTHING,
        headers="转正时间 转正日期 转正年月 转为正式党员日期 转为正式党员时间 转正年月日 "
        "fullmemberdate fullon dateoffullmembership",
        viewers=NOBODY,
    ),
    PersonFact(
        "retired_on",
        gettext_noop("Retired on"),
        FactKind.DAY,
        keeper=Keeper.NOTHING,
        headers="退休时间 退休日期 退休年月 离退休时间 离退休日期 离退休年月 离休时间 何时退休 "
        "何年何月退休 retiredon dateofretirement retirementdate",
        viewers=NOBODY,
    ),
    PersonFact(
        "left",
        gettext_noop("Has left"),
        FactKind.FLAG,
        keeper=Keeper.NOTHING,
        headers="是否转出 是否已转出 是否调出 是否调离 是否离职 是否离开 组织关系是否转出 "
        "组织关系是否在本单位 组织关系是否在本支部 是否在本单位 是否在本支部 hasleft",
        viewers=NOBODY,
    ),
    PersonFact(
        "left_on",
        gettext_noop("Left on"),
        FactKind.DAY,
        keeper=Keeper.NOTHING,
        headers="转出时间 转出日期 组织关系转出时间 组织关系转出日期 调出时间 调出日期 调离时间 "
        "调离日期 离职时间 离职日期 离开时间 离开日期 辞职时间 辞职日期 减少时间 减员时间 "
        "lefton leavingdate dateofleaving",
        viewers=NOBODY,
    ),
    PersonFact(
        "died",
        gettext_noop("Has died"),
        FactKind.FLAG,
        keeper=Keeper.NOTHING,
        headers="是否去世 是否已去世 是否逝世 是否健在 是否在世 died deceased",
        viewers=NOBODY,
    ),
    PersonFact(
        "died_on",
        gettext_noop("Died on"),
        FactKind.DAY,
        keeper=Keeper.NOTHING,
        headers="去世时间 去世日期 去世年月 逝世时间 逝世日期 死亡时间 死亡日期 病故时间 病故日期 "
        "病逝时间 dateofdeath diedon",
        viewers=NOBODY,
    ),
    PersonFact(
        "grade",
        gettext_noop("Grade"),
        FactKind.CODE,
        keeper=Keeper.MEMBERSHIP,
        codes=Grade,
        headers="人员类别 党员类别 党员类型 政治面貌 正式预备 正式或预备 是否正式党员 类别 "
        "党员身份 是否预备党员 grade membertype membership",
        writers=Viewer.UNIT,
        paper="grade",
        listed=Listed.EXPORT,
    ),
    PersonFact(
        "branch",
        gettext_noop("Branch"),
        FactKind.BRANCH,
        keeper=Keeper.MEMBERSHIP,
        headers="所在党支部 所在支部 党支部 支部 支部名 支部名称 党支部名称 所属支部 所属党支部 "
        "所在党组织 所属党组织 党组织名称 党组织 组织关系所在支部 组织关系所在党支部 "
        "组织关系所在党组织 所在基层党组织 支部别 branch partybranch branchname",
        writers=Viewer.UNIT,
        listed=Listed.PAGE,
    ),
    PersonFact(
        "standing",
        gettext_noop("Standing"),
        FactKind.CODE,
        keeper=Keeper.MEMBERSHIP,
        codes=Standing,
        headers="人员状态 是否在职 在职状态 在职情况 是否在岗 在岗情况 是否离退休 在职退休 "
        "在职离退休 人员身份状态 状态 职业状态 在职与否 在职否 党员状态 是否在职党员 在岗状态 "
        "是否退休 人员情况 在职或退休 在职离退 是否在编 是否离休 退休情况 离退休情况 "
        "是否离岗 是否内退 是否退养 status standing inservice onduty employmentstatus",
        writers=Viewer.UNIT,
        paper="standing",
        listed=Listed.PAGE,
    ),
    PersonFact(
        "position",
        gettext_noop("Position"),
        length=60,
        headers="职务 现任职务 工作岗位 岗位 职务职级 单位职务 单位及职务 工作单位及职务 "
        "职务岗位 行政职务 党内职务 职称 岗位职务 职位 position title post job",
        writers=Viewer.UNIT,
        paper="position",
        listed=Listed.PAGE,
        role=Fitness.SKILL,
    ),
    PersonFact(
        "specialty",
        gettext_noop("Professional specialty"),
        length=200,
        headers="特长 专长 专业特长 个人特长 职业特长 技能特长 特长专业 职务专长 专业 "
        "specialty skills skill speciality",
        writers=Viewer.UNIT | Viewer.SELF,
        paper="specialty",
        listed=Listed.PAGE,
        role=Fitness.SKILL,
        searched=True,
        choice_list=SPECIALTIES,
        add=MORE_SPECIALTIES,
    ),
    PersonFact(
        "interests",
        gettext_noop("Interests"),
        length=200,
        headers="兴趣 爱好 兴趣爱好 个人爱好 爱好特长 特长爱好 兴趣特长 interests hobby hobbies",
        writers=Viewer.UNIT | Viewer.SELF,
        paper="interests",
        role=Fitness.INTEREST,
        choice_list=INTERESTS,
    ),
    PersonFact(
        "wishes",
        gettext_noop("Wish to serve"),
        length=200,
        writers=Viewer.SELF,
        paper="wish",
        role=Fitness.WISH,
        searched=True,
        choice_list=WISHES,
        add=MORE_WISHES,
    ),
    PersonFact(
        "free_times",
        gettext_noop("Free times"),
        length=100,
        writers=Viewer.SELF,
        paper="free_times",
        role=Fitness.FREE_TIMES,
        choice_list=FREE_TIMES,
        table=3,
    ),
    PersonFact(
        "address",
        gettext_noop("Home address"),
        length=200,
        headers="住址 家庭住址 居住地 居住地址 现居住地 现住址 家庭地址 常住地址 详细住址 "
        "现居住地址 居住小区 居住地详细地址 通讯地址 address homeaddress",
        writers=Viewer.UNIT | Viewer.SELF,
        viewers=CLOSE,
        paper="address",
    ),
    PersonFact(
        "lives_in_city",
        gettext_noop("Lives in this city"),
        FactKind.FLAG,
        keeper=Keeper.MEMBERSHIP,
        headers="是否居住本市 是否居住在本市 是否在本市居住 本市居住 是否本市居住 "
        "居住本市 是否居住本地 是否居住外地 是否本地居住 是否常住本市 "
        "是否本市常住 livesincity",
        writers=Viewer.UNIT,
        listed=Listed.EXPORT,
    ),
    PersonFact(
        "ethnicity",
        gettext_noop("Ethnic group"),
        length=20,
        headers="民族 族别 ethnicity nationality ethnicgroup",
        writers=Viewer.UNIT,
        viewers=CLOSE,
        paper="ethnicity",
    ),
    PersonFact(
        "education",
        gettext_noop("Education"),
        length=20,
        headers="学历 文化程度 学历学位 最高学历 全日制学历 学历层次 education degree",
        writers=Viewer.UNIT,
        viewers=CLOSE,
        paper="education",
        listed=Listed.EXPORT,
    ),
    PersonFact(
        "home_community",
        gettext_noop("Community where you live"),
        FactKind.COMMUNITY,
        headers="居住社区 居住地社区 居住地所在社区 居住所在社区 现居住社区 现居住地社区 "
        "家庭所在社区 住址所在社区 常住社区 居住社区名称 所在社区 "
        "homecommunity residentialcommunity",
        writers=Viewer.UNIT | Viewer.SELF,
        viewers=Viewer.UNIT | Viewer.SELF,
        columns=("home_community", "home_since"),
    ),
)
"""In the order in which forms and pages show them."""

Facts = tuple[PersonFact, ...]
BY_NAME: dict[str, PersonFact] = {fact.name: fact for fact in FACTS}


def written_by(writer: Viewer, facts: Facts = FACTS) -> Facts:
    """The facts that `writer` changes by hand."""
    return tuple(fact for fact in facts if writer in fact.writers)


def seen_by(viewer: Viewer, facts: Facts = FACTS) -> Facts:
    """The facts that `viewer` sees."""
    return tuple(fact for fact in facts if viewer in fact.viewers)


def kept_by(keeper: Keeper, facts: Iterable[PersonFact] = FACTS) -> Facts:
    """Those of the facts that rows of one table keep."""
    return tuple(fact for fact in facts if fact.keeper is keeper)


def with_role(role: Fitness, facts: Facts = FACTS) -> Facts:
    """The facts that say this of a person when an offer is to fit."""
    return tuple(fact for fact in facts if fact.role is role)


def notes_of(facts: Facts = FACTS) -> Facts:
    """The texts of persons that a roster tells and that are kept as they stand."""
    texts = (fact for fact in kept_by(Keeper.PERSON, facts) if fact.kind is FactKind.TEXT)
    return tuple(fact for fact in texts if fact.headers)
