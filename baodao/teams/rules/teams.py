"""What a service team is of, and how somebody comes into one and out of it."""

from datetime import date, timedelta

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life, check_length

MOST_ABOUT = 200
"""Characters of what a team says about itself."""

DAYS_TO_ANSWER = 7
"""Days after which who asked to leave a team is out of it, whatever was answered: nobody is
kept."""


class Bond(Code):
    """地缘、业缘、趣缘: what the members of a team have in common."""

    PLACE = "place", gettext_noop("By place")
    TRADE = "trade", gettext_noop("By trade")
    INTEREST = "interest", gettext_noop("By interest")


class Passage(Code):
    """入队, 退队: what a member asks the leader of a team for."""

    JOIN = "join", gettext_noop("To join")
    LEAVE = "leave", gettext_noop("To leave")


class RequestState(Code):
    """待答复, 已同意, 未同意, 已收回, 已过期.

    Who asks to leave is never declined: a word to stay leaves the request waiting.
    """

    WAITING = "waiting", gettext_noop("Waits for the leader's word")
    ACCEPTED = "accepted", gettext_noop("Agreed")
    DECLINED = "declined", gettext_noop("Not agreed")
    WITHDRAWN = "withdrawn", gettext_noop("Request taken back")
    LAPSED = "lapsed", gettext_noop("Applies no longer")


TEAM_REQUEST: Life[RequestState] = Life(
    "team-request",
    moves={
        RequestState.WAITING: set(RequestState) - {RequestState.WAITING},
        RequestState.ACCEPTED: (),
        RequestState.DECLINED: (),
        RequestState.WITHDRAWN: (),
        RequestState.LAPSED: (),
    },
    refusals={
        RequestState.WAITING: gettext_noop("The request waits for the leader's word already."),
        RequestState.ACCEPTED: gettext_noop("The request was agreed to already."),
        RequestState.DECLINED: gettext_noop("The request was answered already."),
        RequestState.WITHDRAWN: gettext_noop("The request was taken back."),
        RequestState.LAPSED: gettext_noop("The request came to nothing: it no longer applies."),
    },
)

STORIES = {
    "team.edited": gettext_noop("changed what the team says about itself"),
    "team.leader-named": gettext_noop("named a leader of the team"),
    "team.leader-relieved": gettext_noop("ended the leadership"),
    "team.asked": gettext_noop("asked to join the team"),
    "team.decided": gettext_noop("answered who asked to join the team"),
    "team.request-lapsed": gettext_noop("let a request go that no longer applied"),
    "team.request-withdrawn": gettext_noop("took the request back"),
    "team.asked-to-leave": gettext_noop("asked to leave the team"),
    "team.asked-to-stay": gettext_noop("asked a member to stay in the team"),
    "team.let-leave": gettext_noop("let a member leave who had asked to"),
}
"""What the journal tells of a team, by its verbs."""


def check_about(about: str) -> str:
    """What a team says about itself, in one line; refused when it is too long to be shown."""
    words = " ".join(about.split())
    return check_length(words, MOST_ABOUT, "reason.too-long")


def check_newcomer(present: int | None, team: int) -> None:
    """Refuse to take in who is in the team already."""
    if present == team:
        raise Refused("team-request.inside", gettext_noop("Has joined the team already."))


def leaves_on(asked_on: date) -> date:
    """The day by which who asked on `asked_on` to leave is out of the team."""
    return asked_on + timedelta(days=DAYS_TO_ANSWER)


def check_alone(request: object) -> None:
    """Refuse to ask beside a `request` of the same kind that waits."""
    if request is not None:
        raise TEAM_REQUEST.refusal(RequestState.WAITING)


def check_unanswered(state: str, reason: str) -> None:
    """Refuse a no to a request that was answered, and a second word to stay."""
    TEAM_REQUEST.check(state, RequestState.WAITING)
    check_plea(reason)


def check_plea(reason: str) -> None:
    """Refuse a second word to stay, after the `reason` that was given."""
    if reason:
        raise Refused(
            "team-request.asked-to-stay",
            gettext_noop("Was asked to stay already, and decides alone now."),
        )


def check_leader(*, member: bool, leads: bool) -> None:
    """Refuse as leader who is no member of the team, or leads it already."""
    if not member:
        raise Refused(
            "team.leader-elsewhere",
            gettext_noop("A leader is a member of the team; choose one of them."),
        )
    if leads:
        raise Refused("team.leads", gettext_noop("Leads the team already."))
