"""The people one may be in the demo with one click, and the others who work there."""

from dataclasses import dataclass

from baodao.kernel.authz import Role
from baodao.kernel.errors import gettext_noop

COMMISSION = "市发展委机关党委"
CREDIT = "市公共信用局机关党委"
BUILDING = "东岸区城建局机关党委"
CITY = "滨河市"
MEMBER = "仇敏"
"""Who serves in 柳荫社区."""
INVITED = "单立群"
"""Who has no letter and is asked to serve where help is missing."""


@dataclass(frozen=True)
class CastPart:
    """One account of the demo: `place` is the organisation's name, `says` what one sees there."""

    username: str
    name: str
    role: Role | None
    place: str
    title: str
    says: str


CAST = (
    CastPart(
        "chenxiaoyu", "陈晓宇", None, COMMISSION,
        gettext_noop("Member"),
        gettext_noop("Has a letter of introduction and has not presented it yet."),
    ),
    CastPart(
        "qiumin", MEMBER, None, COMMISSION,
        gettext_noop("Member who serves"),
        gettext_noop("Registered, with claims, records and a service to find."),
    ),
    CastPart(
        "shanliqun", INVITED, None, COMMISSION,
        gettext_noop("Member who is invited"),
        gettext_noop("Has no letter yet; the city suggests a community that lacks helpers."),
    ),
    CastPart(
        "anjing", "安静", Role.COMMUNITY_WORKER, "柳荫社区",
        gettext_noop("Community worker"),
        gettext_noop("Members wait to be received, five of them from one unit."),
    ),
    CastPart(
        "linyue", "林越", Role.COMMUNITY_SECRETARY, "柳荫社区",
        gettext_noop("Community secretary"),
        gettext_noop("The year's feedback cards wait to be signed."),
    ),
    CastPart(
        "dengmin", "邓敏", Role.UNIT_CLERK, COMMISSION,
        gettext_noop("Unit clerk"),
        gettext_noop("70 members in service, 66 have reported; four are missing."),
    ),
    CastPart(
        "daiwen", "戴文", Role.UNIT_SECRETARY, COMMISSION,
        gettext_noop("Unit secretary"),
        gettext_noop("Decides on exemptions and delays of the same unit."),
    ),
    CastPart(
        "wenqiao", "文乔", Role.BRANCH_SECRETARY, COMMISSION,
        gettext_noop("Branch secretary"),
        gettext_noop("The unit has given an order to the branch; send somebody, or say why not."),
    ),
    CastPart(
        "zengning", "曾宁", Role.UNIT_CLERK, CREDIT,
        gettext_noop("Clerk of a unit where everybody has reported"),
        gettext_noop("12 branches, 120 members, 70 in service, all of them received."),
    ),
    CastPart(
        "fanli", "范立", Role.SUPERVISOR, "东岸区",
        gettext_noop("District supervisor"),
        gettext_noop("The figures of a district; every number opens."),
    ),
    CastPart(
        "sunqiming", "孙启明", Role.SYSTEM_ADMINISTRATOR, CITY,
        gettext_noop("System administrator"),
        gettext_noop("Places and organisations, switches, health of the system."),
    ),
    CastPart(
        "shenanguo", "沈安国", Role.SECURITY_ADMINISTRATOR, CITY,
        gettext_noop("Security administrator"),
        gettext_noop("Accounts and grants."),
    ),
    CastPart(
        "sujingwen", "苏敬文", Role.AUDIT_ADMINISTRATOR, CITY,
        gettext_noop("Audit administrator"),
        gettext_noop("Reads the journal and changes nothing."),
    ),
)  # fmt: skip

WORKERS = {
    "石桥社区": "包平",
    "槐安社区": "解秀兰",
    "井亭社区": "仇立新",
    "北门社区": "单文静",
    "松风社区": "乐海燕",
    "旧埠社区": "查玉兰",
    "望江社区": "区慧敏",
    "码头社区": "盖卫东",
    "新渡社区": "缪春梅",
    "和顺路社区": "翟素贞",
    "云水社区": "欧阳琳",
    "春晓社区": "尉迟明",
    "镜湖社区": "黎婉清",
    "荷塘社区": "姜月华",
    "澄湖社区": "方承志",
}
"""Who works in each of the other communities."""

SECRETARIES = {"和顺路社区": "丁立国"}
SUPERVISORS = {CITY: "韩清源"}
"""Who supervises, beside those whom one may be."""
"""Who signs for a community that has no part in the cast."""
