"""What the time bank looks at: whether its books are right."""

from django.utils.translation import gettext as _

from baodao.kernel.errors import gettext_noop
from baodao.kernel.health import Check, Finding, Health
from baodao.timebank.queries.bookings import faults_of_books, unfounded_credits


def books() -> Finding:
    """Every balance is what its bookings come to, and every credit names a service."""
    faults, unfounded = faults_of_books(), unfounded_credits()
    if not faults and not unfounded:
        return Finding(
            Health.OK, _("every balance is what its bookings come to; every hour names its service")
        )
    fact = _("%(accounts)s accounts and %(credits)s credits are not right") % {
        "accounts": len(faults),
        "credits": len(unfounded),
    }
    parts = [(str(one.account_id), f"{one.kept} ≠ {one.booked}") for one in faults]
    parts += [(str(one), _("no such service")) for one in unfounded]
    advice = _("Somebody wrote in the database past the application. Compare with a backup.")
    return Finding(Health.FAIL, fact, advice, tuple(parts[:20]))


CHECKS = (Check("timebank", gettext_noop("books of the time bank"), books),)
