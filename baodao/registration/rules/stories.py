"""What the journal's verbs say in a timeline."""

from baodao.kernel.errors import gettext_noop

STORIES: dict[str, str] = {
    "letter.issued": gettext_noop("Letter %(number)s to %(community)s issued"),
    "letter.opened": gettext_noop("Letter opened with the ID number"),
    "registration.presented": gettext_noop("Presented to %(community)s"),
    "registration.presented-in-group": gettext_noop("Presented to %(community)s by the unit"),
    "registration.presented-again": gettext_noop("Presented to %(community)s again"),
    "registration.accepted": gettext_noop("Received by %(community)s, receipt %(receipt)s"),
    "registration.returned": gettext_noop("Returned by %(community)s"),
    "registration.placed": gettext_noop("Placed: %(place)s"),
    "registration.withdrawn": gettext_noop("Letter withdrawn"),
    "registration.ended": gettext_noop("Ended on %(ended_on)s: %(ended_reason)s"),
    "registration.transferred": gettext_noop("Moved on to %(community)s"),
    "registration.continued": gettext_noop("Moved here from %(community)s"),
    "registration.reminded": gettext_noop("Reminded"),
    "unit-registration.presented": gettext_noop(
        "Contact form %(number)s presented to %(community)s"
    ),
    "unit-registration.presented-again": gettext_noop(
        "Contact form presented to %(community)s again"
    ),
    "unit-registration.accepted": gettext_noop("Accepted by %(community)s"),
    "unit-registration.returned": gettext_noop("Returned by %(community)s"),
    "unit-registration.ended": gettext_noop("Contact with %(community)s ended"),
    "exemption.requested": gettext_noop("Requested: %(words)s"),
    "exemption.approved": gettext_noop("Approved: %(words)s"),
    "exemption.refused": gettext_noop("Not approved: %(words)s"),
    "exemption.elapsed": gettext_noop("Over: %(words)s"),
    "exemption.revoked": gettext_noop("Revoked: %(words)s"),
}
"""Facts that are message ids themselves are translated; `reason` is shown beside the sentence."""
