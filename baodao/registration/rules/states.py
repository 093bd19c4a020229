"""The life of a member's registration: which state follows which, why and when it ends."""

from datetime import date

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life


class State(Code):
    """已开介绍信, 待社区接收, 已退回, 已报到, 已结束, 已撤回."""

    ISSUED = "issued", gettext_noop("Letter issued")
    SUBMITTED = "submitted", gettext_noop("Waiting for the community")
    RETURNED = "returned", gettext_noop("Returned")
    ACCEPTED = "accepted", gettext_noop("Registered")
    ENDED = "ended", gettext_noop("Ended")
    WITHDRAWN = "withdrawn", gettext_noop("Withdrawn")


REGISTRATION = Life(
    "registration",
    moves={
        State.ISSUED: {State.SUBMITTED, State.ACCEPTED, State.WITHDRAWN},
        State.SUBMITTED: {State.ACCEPTED, State.RETURNED, State.WITHDRAWN},
        State.RETURNED: {State.SUBMITTED, State.WITHDRAWN},
        State.ACCEPTED: {State.ENDED},
        State.ENDED: (),
        State.WITHDRAWN: (),
    },
    refusals={
        State.ISSUED: gettext_noop(
            "The letter has not been presented yet; the member or the unit presents it first."
        ),
        State.SUBMITTED: gettext_noop(
            "It waits for the community, which may accept or return it; the unit may withdraw it."
        ),
        State.RETURNED: gettext_noop(
            "The community has returned it; the member or the unit must present it again first."
        ),
        State.ACCEPTED: gettext_noop(
            "The community has accepted it already; it can be transferred or ended."
        ),
        State.ENDED: gettext_noop("This registration has ended; issue a new letter."),
        State.WITHDRAWN: gettext_noop("The letter was withdrawn; issue a new one."),
    },
)
"""A person has at most one live registration. A letter shown at the desk is accepted at once."""


class EndReason(Code):
    """调离, 转往其他社区, 退休, 去世, 撤销."""

    MOVED = "moved", gettext_noop("Left the unit or the city")
    TRANSFERRED = "transferred", gettext_noop("Moved to another community")
    RETIRED = "retired", gettext_noop("Retired")
    DIED = "died", gettext_noop("Died")
    REVOKED = "revoked", gettext_noop("Registration revoked")


STORIES: dict[str, str] = {
    "letter.issued": gettext_noop("Letter %(number)s to %(community)s issued"),
    "letter.opened": gettext_noop("Letter opened with the ID number"),
    "registration.presented": gettext_noop("Presented to %(community)s"),
    "registration.presented-in-group": gettext_noop("Presented to %(community)s by the unit"),
    "registration.presented-again": gettext_noop("Presented to %(community)s again"),
    "registration.accepted": gettext_noop("Received by %(community)s, receipt %(receipt)s"),
    "registration.returned": gettext_noop("Returned by %(community)s"),
    "registration.placed": gettext_noop("Placed: %(place)s"),
    "registration.papers-renewed": gettext_noop(
        "Receipt and card issued anew as %(number)s instead of %(former)s"
    ),
    "registration.withdrawn": gettext_noop("Letter withdrawn"),
    "registration.ended": gettext_noop("Ended on %(ended_on)s: %(ended_reason)s"),
    "registration.resumed": gettext_noop("Stands again: the roster that ended it was undone"),
    "registration.transferred": gettext_noop("Moved on to %(community)s"),
    "registration.continued": gettext_noop("Moved here from %(community)s"),
    "registration.reminded": gettext_noop("Reminded"),
    "registration.reminder-undone": gettext_noop("Reminder taken back"),
}
"""What the journal's verbs say in a timeline. Facts that are message ids themselves are
translated; `reason` is shown beside the sentence."""


def check_placed(state: str) -> None:
    """Only a registered member has a grid and a team."""
    if state != State.ACCEPTED:
        raise Refused(
            "registration.not-accepted",
            gettext_noop("Only a member whom the community has received can be placed."),
        )


def check_renewed(state: str) -> None:
    """Papers are issued anew only of a registration that goes on."""
    if state != State.ACCEPTED:
        raise Refused(
            "registration.no-papers",
            gettext_noop("Receipt and card are issued anew only while the member is registered."),
        )


def check_end_date(ended_on: date, accepted_on: date, today: date) -> None:
    """A registration ends neither before its acceptance nor in the future."""
    if ended_on < accepted_on:
        raise Refused(
            "registration.ends-before-acceptance",
            gettext_noop("The end date must not be before the acceptance on %(accepted_on)s."),
            accepted_on=accepted_on,
        )
    if ended_on > today:
        raise Refused(
            "registration.ends-in-future", gettext_noop("The end date must not be after today.")
        )


def check_end_reason(reason: str) -> EndReason:
    """A reason a person may give; a move to another community is a transfer, not an end."""
    if reason not in set(EndReason):
        raise Refused(
            "registration.end-reason-unknown",
            gettext_noop("Choose why the registration ends from the list."),
        )
    if reason == EndReason.TRANSFERRED:
        raise Refused(
            "registration.end-is-transfer",
            gettext_noop("For a move to another community use “Transfer”, which does both in one."),
        )
    return EndReason(reason)
