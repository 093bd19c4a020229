"""What notices look at: whether the channels outside take what is said on them."""

from datetime import timedelta

from django.utils.translation import gettext as _

from baodao.kernel import clock
from baodao.kernel.errors import gettext_noop
from baodao.kernel.health import Check, Finding, Health
from baodao.notices.queries.channels import channel_count, given_up_count

RECENT = timedelta(days=7)


def channels() -> Finding:
    """A channel that nobody can reach is silent; its owner may not notice."""
    lost = given_up_count(clock.now() - RECENT)
    fact = _("%(channels)s channels; messages given up in %(days)s days: %(lost)s") % {
        "channels": channel_count(),
        "days": RECENT.days,
        "lost": lost,
    }
    if not lost:
        return Finding(Health.OK, fact)
    advice = _(
        "Does this machine reach the hosts outside? The page of a channel tells its owner why."
    )
    return Finding(Health.WARN, fact, advice)


CHECKS = (Check("channels", gettext_noop("channels outside"), channels),)
