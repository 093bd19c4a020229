"""The lives of what stands on the lists of units and communities, and of what the other side claims
of them."""

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code, Life


class ListSide(Code):
    """单位, 社区: which of the two claims, or proposes."""

    UNIT = "unit", gettext_noop("The unit")
    COMMUNITY = "community", gettext_noop("The community")


class ResourceReach(Code):
    """联系社区, 全街道."""

    PARTNER = "partner", gettext_noop("Our partner community")
    STREET = "street", gettext_noop("Every community of its street")


class ResourceState(Code):
    """草稿, 已发布, 已撤回, 已结束."""

    DRAFT = "draft", gettext_noop("Draft of the unit")
    PUBLISHED = "published", gettext_noop("On the list")
    WITHDRAWN = "withdrawn", gettext_noop("Taken off the list")
    ENDED = "ended", gettext_noop("Not there any more")


RESOURCE = Life(
    "resource",
    moves={
        ResourceState.DRAFT: {ResourceState.PUBLISHED, ResourceState.ENDED},
        ResourceState.PUBLISHED: {ResourceState.WITHDRAWN, ResourceState.ENDED},
        ResourceState.WITHDRAWN: {ResourceState.PUBLISHED, ResourceState.ENDED},
        ResourceState.ENDED: set(),
    },
    refusals={
        ResourceState.DRAFT: gettext_noop("This is a draft; publish it first."),
        ResourceState.PUBLISHED: gettext_noop("This stands on the list already."),
        ResourceState.WITHDRAWN: gettext_noop("The unit has taken this off its list."),
        ResourceState.ENDED: gettext_noop("The unit does not have this any more."),
    },
)


class ProjectState(Code):
    """待认领, 进行中, 已完成, 已撤回."""

    OPEN = "open", gettext_noop("Waits to be claimed")
    GOING = "going", gettext_noop("Going on")
    DONE = "done", gettext_noop("Project done")
    WITHDRAWN = "withdrawn", gettext_noop("Given up")


PROJECT = Life(
    "project",
    moves={
        ProjectState.OPEN: {ProjectState.GOING, ProjectState.WITHDRAWN},
        ProjectState.GOING: {ProjectState.OPEN, ProjectState.DONE, ProjectState.WITHDRAWN},
        ProjectState.DONE: set(),
        ProjectState.WITHDRAWN: set(),
    },
    refusals={
        ProjectState.OPEN: gettext_noop("Nobody has claimed this project yet."),
        ProjectState.GOING: gettext_noop("This project is going on."),
        ProjectState.DONE: gettext_noop("This project is done."),
        ProjectState.WITHDRAWN: gettext_noop("This project was given up."),
    },
)


class ListClaimState(Code):
    """待对方答复, 对方提出改期, 已商定, 对方未同意, 已撤回, 已终止."""

    OPEN = "open", gettext_noop("Waits for the other side")
    OTHER_TIME = "other-time", gettext_noop("Another time is proposed")
    AGREED = "agreed", gettext_noop("Agreed by both")
    DECLINED = "declined", gettext_noop("Declined by the other side")
    WITHDRAWN = "withdrawn", gettext_noop("Taken back again")
    ENDED = "ended", gettext_noop("Ended with what it hung on")


S = ListClaimState
LIST_CLAIM = Life(
    "list-claim",
    moves={
        S.OPEN: {S.AGREED, S.OTHER_TIME, S.DECLINED, S.WITHDRAWN, S.ENDED},
        S.OTHER_TIME: {S.AGREED, S.WITHDRAWN, S.ENDED},
        S.AGREED: {S.WITHDRAWN, S.ENDED},
        S.DECLINED: set(),
        S.WITHDRAWN: set(),
        S.ENDED: set(),
    },
    refusals={
        S.OPEN: gettext_noop("It waits for the answer of the other side."),
        S.OTHER_TIME: gettext_noop("Another time was proposed; whoever claimed says whether."),
        S.AGREED: gettext_noop("It is agreed already."),
        S.DECLINED: gettext_noop("It was declined."),
        S.WITHDRAWN: gettext_noop("It was taken back."),
        S.ENDED: gettext_noop("It has ended."),
    },
)
