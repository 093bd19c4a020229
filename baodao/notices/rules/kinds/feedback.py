"""Feedback cards and reports."""

from baodao.kernel.errors import gettext_noop

TELLS: dict[str, str] = {
    "feedback-arrived": gettext_noop(
        "%(community)s has sent %(count)s feedback cards; numbers from %(first)s to %(last)s."
    ),
    "feedback-withdrawn": gettext_noop(
        "%(community)s has withdrawn your feedback card %(number)s: %(reason)s"
    ),
    "feedback-taken-back": gettext_noop(
        "%(community)s has withdrawn the feedback card %(number)s of %(name)s: %(reason)s"
    ),
    "feedback-opined": gettext_noop(
        "%(unit)s has given its opinion on the feedback card %(number)s of %(name)s."
    ),
    "feedback-opinion": gettext_noop(
        "%(unit)s has given its opinion on your feedback card %(number)s."
    ),
    "feedback-objected": gettext_noop(
        "%(name)s objects to the feedback card %(number)s; please answer."
    ),
    "feedback-answered": gettext_noop(
        "%(community)s has answered your objection to the feedback card %(number)s."
    ),
}

STAYS: dict[str, str] = {
    "feedback-signed": gettext_noop(
        "Your feedback card %(number)s of %(community)s is signed. Read it; if it is wrong, object."
    ),
}

ASKS: dict[str, str] = {}
