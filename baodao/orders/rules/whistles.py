"""吹哨报到: how a unit that was whistled for answers."""

from collections.abc import Sized
from datetime import date

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code


class WhistleState(Code):
    """待答复, 已转支部, 逾期未答复, 已报到, 不能报到, 他人已承接, 已结束."""

    WAITING = "waiting", gettext_noop("Waits for an answer")
    AT_BRANCH = "at-branch", gettext_noop("Given on to a branch")
    OVERDUE = "overdue", gettext_noop("Not answered in time")
    COMING = "coming", gettext_noop("Somebody comes")
    DECLINED = "declined", gettext_noop("Cannot come")
    NEEDLESS = "needless", gettext_noop("Somebody else comes: no answer is needed")
    OVER = "over", gettext_noop("Over without an answer")


def whistle_state(
    *,
    coming: bool,
    declined: bool,
    open_now: bool,
    late: bool,
    with_branch: bool = False,
) -> WhistleState:
    """How a whistle stands: by whether the unit has claimed, said no, and is still asked, or has
    asked one of its branches."""
    if coming:
        return WhistleState.COMING
    if declined:
        return WhistleState.DECLINED
    if not open_now:
        return WhistleState.OVER
    if late:
        return WhistleState.OVERDUE
    return WhistleState.AT_BRANCH if with_branch else WhistleState.WAITING


def is_late(due_on: date, today: date) -> bool:
    """Whether the last day for an answer is over."""
    return due_on < today


def check_chosen(ids: Sized) -> None:
    """Refuse a dispatch to nobody."""
    if not len(ids):
        raise Refused("order.nobody", gettext_noop("Tick whom you mean."))


def check_one(ids: Sized) -> None:
    """Refuse to assign what one does to several."""
    if len(ids) != 1:
        raise Refused("order.one", gettext_noop("Tick the one member whom you assign it to."))
