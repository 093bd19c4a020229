"""The facts by which a roster is judged, and how its headers ask for them."""

from enum import StrEnum


class RosterFact(StrEnum):
    """The facts by which a row is judged; what else a roster tells is kept as it stands."""

    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    SEX = "sex"
    BORN_ON = "born_on"
    JOINED_ON = "joined_on"
    FULL_ON = "full_on"
    RETIRED_ON = "retired_on"
    LEFT = "left"
    LEFT_ON = "left_on"
    DIED = "died"
    DIED_ON = "died_on"
    GRADE = "grade"
    BRANCH = "branch"
    STANDING = "standing"
    LIVES_IN_CITY = "lives_in_city"
    HOME_COMMUNITY = "home_community"


REQUIRED = (RosterFact.NAME, RosterFact.ID_NUMBER)
JUDGED = (
    *(RosterFact.NAME, RosterFact.ID_NUMBER, RosterFact.PHONE, RosterFact.SEX, RosterFact.BORN_ON),
    *(RosterFact.JOINED_ON, RosterFact.FULL_ON, RosterFact.STANDING, RosterFact.GRADE),
    *(RosterFact.BRANCH, RosterFact.LIVES_IN_CITY, RosterFact.RETIRED_ON),
)
DATES = JUDGED[4:7]
SHARED = (
    *(RosterFact.STANDING, RosterFact.GRADE, RosterFact.LIVES_IN_CITY, RosterFact.JOINED_ON),
    RosterFact.HOME_COMMUNITY,
)
"""Facts that are written once, merged over the rows of several people."""

TELLING = (*DATES, RosterFact.PHONE, RosterFact.ID_NUMBER)
"""What stands in these columns is about a person, whatever it is."""

LOOSE = (
    *("党员", "专业", "出生", "类别", "状态", "支部", "职位", "岗位", "男女", "兴趣", "爱好"),
    "所在社区",
)
"""Words of facts that say nothing inside a longer header."""

OPPOSITES: dict[str, tuple[str, str]] = {
    RosterFact.STANDING: ("[离已]?退休|离休|离退|离岗|退养|内退", "在[职岗编册]"),
    RosterFact.GRADE: ("预备", "正式"),
    RosterFact.LEFT: ("在[本册]", "[转调]出|离职|离开"),
    RosterFact.DIED: ("健在|在世", "去世|逝世"),
    RosterFact.LIVES_IN_CITY: ("外地|异地|在外|市外|外省", "本[市地]|市内"),
}
"""For a fact: words in its header to which yes is the contrary, and those to which it is not."""
