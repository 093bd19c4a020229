"""Figures of people: the members of units and how they stand, and those whom communities host."""

from enum import StrEnum

from baodao.figures.rules.definitions import Metric, Share
from baodao.figures.rules.sheets import BRANCHES_UP, COMMUNITIES_UP, UNITS_UP, StatSheet
from baodao.figures.rules.sources import HOSTED, MEMBERS
from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.tree import Kind
from baodao.people.rules.standing import Standing
from baodao.tallies.rules.conditions import Trait


class MemberStands(StrEnum):
    """The four ways in which a member in service stands; they add up to those in service."""

    REGISTERED = "registered"
    WAITING = "waiting"
    EXEMPT = "exempt"
    MISSING = "missing"


class MemberHome(StrEnum):
    """Where a member lives, as far as it is known: in the district of their unit, of a unit of the
    city in any of its districts; elsewhere; or it is not known in which community."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


class MemberPolicies(StrEnum):
    """How a member stands under all adopted policies that ask something of them."""

    MET = "met"
    LACKING = "lacking"


class GuestStands(StrEnum):
    """How a registration stands with its community; an unused or returned letter does not."""

    HOSTED = "hosted"
    WAITING = "waiting"
    ENDED = "ended"


STANDS = Trait("stands")
POLICIES = Trait("policies")
SERVED = Trait("served", of_period=True)
COMMITTED = Trait("committed", of_period=True)
LIVES_IN_CITY = Trait("lives_in_city").holds
HOME = Trait("home")
IN_SERVICE = Trait("standing").one_of(Standing.IN_SERVICE)
REGISTERED = STANDS.one_of(MemberStands.REGISTERED)
ENDED = STANDS.one_of(GuestStands.ENDED)
_HOSTED_NOW = STANDS.one_of(GuestStands.HOSTED)
_REGISTRATION, _SERVICE = StatSheet.REGISTRATION, StatSheet.SERVICE


_RATE = Share("in_service", gettext_noop("Rate"), "报到率")
_RATE_LIVING = Share("living_in_city", gettext_noop("Rate, living in the city"), "报到率")


_MEMBERS = (
    Metric(
        "members",
        MEMBERS,
        gettext_noop("Members in all"),
        "所属党员总数",
        gettext_noop("People with a membership in a branch, recorded and not closed by then."),
        columns={_REGISTRATION: UNITS_UP},
    ),
    Metric(
        "in_service",
        MEMBERS,
        gettext_noop("In service"),
        "在职党员数",
        gettext_noop("Members whose standing by then is “in service”: those who report."),
        IN_SERVICE,
        columns={_REGISTRATION: BRANCHES_UP, _SERVICE: BRANCHES_UP},
    ),
    Metric(
        "living_in_city",
        MEMBERS,
        gettext_noop("In service, living in the city"),
        "其中住在本市",
        gettext_noop("Members in service who live in this city: the second denominator."),
        IN_SERVICE & LIVES_IN_CITY,
        columns={_REGISTRATION: BRANCHES_UP},
    ),
    Metric(
        "registered",
        MEMBERS,
        gettext_noop("Registered"),
        "已报到党员数",
        gettext_noop(
            "Members in service whose registration a community had accepted by then and that "
            "had not ended."
        ),
        REGISTERED,
        columns={_REGISTRATION: BRANCHES_UP},
        share=_RATE,
    ),
    Metric(
        "registered_living",
        MEMBERS,
        gettext_noop("Registered, living in the city"),
        "其中住在本市",
        gettext_noop("Of the members in service who live in this city, those registered."),
        REGISTERED & LIVES_IN_CITY,
        columns={_REGISTRATION: UNITS_UP},
        share=_RATE_LIVING,
    ),
    Metric(
        "living_in_district",
        MEMBERS,
        gettext_noop("In service, living in the district"),
        "其中住在本区",
        gettext_noop(
            "Members in service of whom it was known by then that they live in a community of "
            "their unit's district; of a unit of the city, in any district of it."
        ),
        IN_SERVICE & HOME.one_of(MemberHome.HERE),
    ),
    Metric(
        "home_unknown",
        MEMBERS,
        gettext_noop("In service, home community not known"),
        "未登记居住社区",
        gettext_noop(
            "Members in service who live in this city and of whom it was not known by then in "
            "which community."
        ),
        IN_SERVICE & HOME.one_of(MemberHome.UNKNOWN),
    ),
    Metric(
        "waiting",
        MEMBERS,
        gettext_noop("Waiting for the community"),
        "待社区接收数",
        gettext_noop("Members in service whose letter lay before a community by then."),
        STANDS.one_of(MemberStands.WAITING),
        columns={_REGISTRATION: BRANCHES_UP},
    ),
    Metric(
        "exempt",
        MEMBERS,
        gettext_noop("Exempt or delayed"),
        "免予或暂缓报到数",
        gettext_noop(
            "Members in service, neither registered nor waiting, with an approved exemption "
            "or delay in force on that day."
        ),
        STANDS.one_of(MemberStands.EXEMPT),
        columns={_REGISTRATION: BRANCHES_UP},
    ),
    Metric(
        "missing",
        MEMBERS,
        gettext_noop("Not yet registered"),
        "未报到数",
        gettext_noop(
            "Members in service who are neither registered nor waiting nor exempt: in service "
            "is the sum of these four."
        ),
        STANDS.one_of(MemberStands.MISSING),
        columns={_REGISTRATION: BRANCHES_UP},
    ),
    Metric(
        "served",
        MEMBERS,
        gettext_noop("Members who served"),
        "参加服务党员数",
        gettext_noop(
            "Members in service by then of whom at least one service done in the period was "
            "recorded by then and not reversed, in whatever community."
        ),
        IN_SERVICE & SERVED.holds,
        columns={_SERVICE: BRANCHES_UP},
    ),
    Metric(
        "committed",
        MEMBERS,
        gettext_noop("Members who committed"),
        "承诺党员数",
        gettext_noop(
            "Of the registered members, those whose commitment of the year of the period was in "
            "force by then; nobody has to make one."
        ),
        REGISTERED & COMMITTED.holds,
    ),
    Metric(
        "policy_members",
        MEMBERS,
        gettext_noop("Members under adopted policies"),
        "适用办法党员数",
        gettext_noop(
            "Members by then of whom an adopted policy said something that stood then, about a "
            "period with that day in it."
        ),
        POLICIES.one_of(MemberPolicies.MET, MemberPolicies.LACKING),
    ),
    Metric(
        "policy_met",
        MEMBERS,
        gettext_noop("Members who meet adopted policies"),
        "达到办法要求党员数",
        gettext_noop(
            "Of the members under adopted policies, those of whom by what stood then nothing was "
            "missing any more, or nothing was asked, in any of them."
        ),
        POLICIES.one_of(MemberPolicies.MET),
        share=Share("policy_members", gettext_noop("Rate, adopted policies"), "达标率"),
    ),
)

_HOSTED = (
    Metric(
        "hosted",
        HOSTED,
        gettext_noop("Members hosted"),
        "在此报到党员数",
        gettext_noop(
            "Members of whatever unit whose registration a community here had accepted by "
            "then and that had not ended."
        ),
        _HOSTED_NOW,
        columns={_REGISTRATION: COMMUNITIES_UP, _SERVICE: COMMUNITIES_UP},
    ),
    Metric(
        "hosted_waiting",
        HOSTED,
        gettext_noop("Members to receive"),
        "待接收党员数",
        gettext_noop("Letters that lay before a community here by then."),
        STANDS.one_of(GuestStands.WAITING),
        columns={_REGISTRATION: COMMUNITIES_UP},
    ),
    Metric(
        "hosted_ended",
        HOSTED,
        gettext_noop("Ended"),
        "已结束报到数",
        gettext_noop("Registrations in a community here that had ended by then."),
        ENDED,
        columns={_REGISTRATION: (Kind.COMMUNITY,)},
    ),
    Metric(
        "hosted_served",
        HOSTED,
        gettext_noop("Members hosted who served"),
        "其中参加服务",
        gettext_noop(
            "Of the members registered here by then, those of whom at least one service done "
            "in the period was recorded by then and not reversed, in whatever community."
        ),
        _HOSTED_NOW & SERVED.holds,
        columns={_SERVICE: COMMUNITIES_UP},
    ),
    Metric(
        "hosted_in_teams",
        HOSTED,
        gettext_noop("Members in teams"),
        "加入服务队党员数",
        gettext_noop("Of the members registered here by then, those placed in a service team."),
        _HOSTED_NOW & Trait("in_team").holds,
        share=Share("hosted", gettext_noop("Share in teams"), "入队率"),
    ),
    Metric(
        "hosted_committed",
        HOSTED,
        gettext_noop("Members hosted who committed"),
        "其中作出承诺",
        gettext_noop(
            "Of the members registered here by then, those whose commitment of the year of the "
            "period was in force by then; nobody has to make one."
        ),
        _HOSTED_NOW & COMMITTED.holds,
    ),
    Metric(
        "hosted_invited",
        HOSTED,
        gettext_noop("Members placed by a proposal"),
        "调配到此党员数",
        gettext_noop(
            "Of the members registered here by then, those who came because a proposal of balanced "
            "placement was adopted and they agreed."
        ),
        _HOSTED_NOW & Trait("invited").holds,
    ),
)

METRICS = (*_MEMBERS, *_HOSTED)
