"""The life of a unit's own registration with its partner community."""

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life


class UnitState(Code):
    """待社区接收, 已退回, 已接收, 已结束."""

    SUBMITTED = "submitted", gettext_noop("Waiting for the community")
    RETURNED = "returned", gettext_noop("Returned")
    ACCEPTED = "accepted", gettext_noop("Accepted")
    ENDED = "ended", gettext_noop("Ended")


UNIT_REGISTRATION = Life(
    "unit-registration",
    moves={
        UnitState.SUBMITTED: {UnitState.ACCEPTED, UnitState.RETURNED, UnitState.ENDED},
        UnitState.RETURNED: {UnitState.SUBMITTED, UnitState.ENDED},
        UnitState.ACCEPTED: {UnitState.ENDED},
        UnitState.ENDED: (),
    },
    refusals={
        UnitState.SUBMITTED: gettext_noop(
            "The contact form waits for the community; the unit may take it back."
        ),
        UnitState.RETURNED: gettext_noop(
            "The community has returned the contact form; the unit must present it again first."
        ),
        UnitState.ACCEPTED: gettext_noop(
            "The community has accepted the unit already; the unit may end this contact."
        ),
        UnitState.ENDED: gettext_noop("This contact has ended; present a new contact form."),
    },
)
"""A unit has at most one live registration."""

STORIES: dict[str, str] = {
    "unit-registration.presented": gettext_noop(
        "Contact form %(number)s presented to %(community)s"
    ),
    "unit-registration.presented-again": gettext_noop(
        "Contact form presented to %(community)s again"
    ),
    "unit-registration.accepted": gettext_noop("Accepted by %(community)s"),
    "unit-registration.returned": gettext_noop("Returned by %(community)s"),
    "unit-registration.ended": gettext_noop("Contact with %(community)s ended"),
}
"""What the journal's verbs say in a timeline."""


def check_contact(*needed: str) -> None:
    """Refuse a contact form on which the secretary, the contact or their telephone is missing."""
    if not all(words.strip() for words in needed):
        raise Refused(
            "unit-registration.contact-missing",
            gettext_noop("Name the secretary, the contact person and their telephone."),
        )
