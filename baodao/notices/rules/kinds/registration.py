"""Registration: letters, receipts, placement, exemptions, contact forms of units."""

from baodao.kernel.errors import gettext_noop

TELLS: dict[str, str] = {
    "letter-issued": gettext_noop(
        "Your letter of introduction %(number)s is ready. Present it to %(community)s."
    ),
    "registration-accepted": gettext_noop("%(community)s has received you; receipt %(number)s."),
    "registration-placed": gettext_noop("%(community)s has placed you: %(place)s."),
    "registration-transferred": gettext_noop("Your letter %(number)s now waits for %(community)s."),
    "receipts-arrived": gettext_noop(
        "%(community)s has received %(count)s members; receipts from %(first)s to %(last)s."
    ),
    "member-ended": gettext_noop("The registration of %(name)s in %(community)s has ended."),
    "member-withdrawn": gettext_noop("%(unit)s has withdrawn the letter of %(name)s."),
    "member-left": gettext_noop("%(name)s has moved to another community."),
    "group-presented": gettext_noop("%(unit)s presents %(count)s members together."),
    "unit-presented": gettext_noop("%(unit)s has presented its contact form."),
    "unit-accepted": gettext_noop("%(community)s has accepted your unit's contact form."),
    "exemption-requested": gettext_noop("A request about %(name)s waits for your decision."),
    "exemption-approved": gettext_noop("Your unit has approved: %(reason)s."),
}

STAYS: dict[str, str] = {
    "registration-returned": gettext_noop(
        "%(community)s has returned your letter: %(reason)s Put it right and present it again."
    ),
    "registration-ended": gettext_noop("Your registration in %(community)s has ended."),
    "registration-withdrawn": gettext_noop("Your letter %(number)s was withdrawn: %(reason)s"),
    "member-returned": gettext_noop("%(community)s has returned %(name)s: %(reason)s"),
    "unit-returned": gettext_noop(
        "%(community)s has returned your unit's contact form: %(reason)s"
    ),
    "unit-ended": gettext_noop("%(unit)s has ended its contact with %(community)s: %(reason)s"),
    "exemption-refused": gettext_noop("Your unit has not approved: %(reason)s."),
    "exemption-revoked": gettext_noop("Your unit has revoked: %(reason)s."),
}

ASKS: dict[str, str] = {
    "reminder-present": gettext_noop(
        "Your letter of introduction %(number)s is waiting. Present it to %(community)s."
    ),
    "reminder-returned": gettext_noop(
        "%(community)s returned your letter %(number)s. Put it right and present it again."
    ),
}
