"""The headings of a register of households: which column holds what of a household or a person."""

from enum import StrEnum

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.spreadsheets.headers import HeaderWords
from baodao.vocabulary.rules.words import WordRole, WordTable


class HouseholdField(StrEnum):
    """What a row can tell; `HOUSE` is a number that the rows of one household share."""

    HOUSE = "house"
    HEAD = "head"
    NAME = "name"
    RELATION = "relation"
    IDENTITY = "identity"
    BORN = "born"
    AGE = "age"
    PHONE = "phone"
    ADDRESS = "address"
    HARDSHIP = "hardship"
    CATEGORY = "category"
    GRADE = "grade"
    GRID = "grid"


TITLES: dict[HouseholdField, str] = {
    HouseholdField.HOUSE: "户编号",
    HouseholdField.HEAD: "户主",
    HouseholdField.NAME: "姓名",
    HouseholdField.RELATION: "与户主关系",
    HouseholdField.IDENTITY: "身份证号",
    HouseholdField.BORN: "出生年份",
    HouseholdField.AGE: "年龄",
    HouseholdField.PHONE: "联系电话",
    HouseholdField.ADDRESS: "家庭住址",
    HouseholdField.HARDSHIP: "困难情况",
    HouseholdField.CATEGORY: "困难类别",
    HouseholdField.GRADE: "帮扶等级",
    HouseholdField.GRID: "网格",
}
TEMPLATE = (
    *(HouseholdField.HEAD, HouseholdField.NAME, HouseholdField.RELATION, HouseholdField.BORN),
    *(HouseholdField.PHONE, HouseholdField.ADDRESS, HouseholdField.CATEGORY),
    *(HouseholdField.HARDSHIP, HouseholdField.GRADE, HouseholdField.GRID),
)
"""The columns of the table that is handed out; no ID number is asked for."""

_WORDS: dict[str, str] = {
    HouseholdField.HOUSE: "户编号 户号 户序号 户序 家庭编号 家庭序号",
    HouseholdField.HEAD: "户主 户主姓名 户主名字 户主名 家庭户主 head",
    HouseholdField.NAME: "姓名 家庭成员姓名 家庭成员 成员姓名 成员 名字 人员姓名 居民姓名 帮扶对象 "
    "帮扶对象姓名 对象姓名 困难群众 困难群众姓名 name",
    HouseholdField.RELATION: "与户主关系 与户主的关系 和户主关系 户主关系 家庭关系 成员关系 关系 "
    "relation",
    HouseholdField.IDENTITY: "身份证号 身份证号码 身份证 公民身份号码 证件号码 证件号 居民身份证号 "
    "户主身份证号 idnumber",
    HouseholdField.BORN: "出生年份 出生日期 出生年月 出生年月日 出生时间 出生年 生日 born birthday",
    HouseholdField.AGE: "年龄 周岁 实际年龄 age",
    HouseholdField.PHONE: "联系电话 电话 电话号码 手机 手机号 手机号码 联系方式 户主电话 家庭电话 "
    "户主联系电话 phone telephone",
    HouseholdField.ADDRESS: "家庭住址 家庭地址 住址 地址 居住地址 居住地 现住址 现住地址 详细地址 "
    "详细住址 门牌号 楼门号 楼栋门牌 address",
    HouseholdField.HARDSHIP: "困难情况 主要困难 具体困难 困难原因 致困原因 致贫原因 困难说明 "
    "家庭情况 家庭基本情况 基本情况 情况说明 hardship",
    HouseholdField.CATEGORY: "困难类别 困难类型 类别 人员类别 救助类别 救助类型 家庭类别 家庭类型 "
    "对象类别 户类型 户类别 category",
    HouseholdField.GRADE: "帮扶等级 帮扶级别 等级 级别 关注等级 关注级别 关注程度 走访等级 "
    "分级 grade",
    HouseholdField.GRID: "网格 所属网格 所在网格 网格名称 grid",
}
_LOOSE = ("名字", "成员", "关系", "电话", "手机", "类别", "等级", "级别", "分级", "地址", "户序")
"""Words that head these columns only where they stand alone: 消防等级 is no grade of support."""
HOUSEHOLD_WORDS = HeaderWords(
    _WORDS,
    needed=(HouseholdField.NAME, HouseholdField.ADDRESS),
    loose=_LOOSE,
    instead=(
        (HouseholdField.HEAD, HouseholdField.ADDRESS),
        (HouseholdField.NAME, HouseholdField.RELATION),
        (HouseholdField.NAME, HouseholdField.CATEGORY),
        (HouseholdField.HEAD, HouseholdField.CATEGORY),
        (HouseholdField.NAME, HouseholdField.HARDSHIP),
        (HouseholdField.HEAD, HouseholdField.HARDSHIP),
    ),
)
WORDS = WordTable(
    "household",
    gettext_noop("Registers of households"),
    Permission.HOUSEHOLD_EDIT,
    {
        WordRole.HEADER: {
            HouseholdField.HOUSE: gettext_noop("Number that the rows of a household share"),
            HouseholdField.HEAD: gettext_noop("Head of the household"),
            HouseholdField.NAME: gettext_noop("Name"),
            HouseholdField.RELATION: gettext_noop("Relation to the head"),
            HouseholdField.IDENTITY: gettext_noop("ID number, which is not kept"),
            HouseholdField.BORN: gettext_noop("Year of birth"),
            HouseholdField.AGE: gettext_noop("Age in years"),
            HouseholdField.PHONE: gettext_noop("Telephone"),
            HouseholdField.ADDRESS: gettext_noop("Address in words"),
            HouseholdField.HARDSHIP: gettext_noop("What is hard for them"),
            HouseholdField.CATEGORY: gettext_noop("Difficulties"),
            HouseholdField.GRADE: gettext_noop("Grade of support"),
            HouseholdField.GRID: gettext_noop("Grid"),
        }
    },
)
"""The columns of registers whose names a community may teach."""
