"""What the ledger looks at: whether the chains are sealed as they should be."""

from datetime import timedelta

from django.utils.translation import gettext as _

from baodao.kernel import clock
from baodao.kernel.errors import gettext_noop
from baodao.kernel.health import Check, Finding, Health
from baodao.ledger.queries.seals import unsealed_since
from baodao.ui.wording import instant_words

LATEST = timedelta(hours=48)
"""The worker seals every night; one night may be missed."""


def seals() -> Finding:
    """What was recorded can be proved from the night after."""
    since = unsealed_since()
    if since is None:
        return Finding(Health.OK, _("every record is sealed"))
    fact = _("not sealed yet: records from %(time)s on") % {"time": instant_words(since)}
    if clock.now() - since < LATEST:
        return Finding(Health.OK, fact)
    advice = _("Let the worker run, which seals every night; `baodao ledger seal` seals now.")
    return Finding(Health.WARN, fact, advice)


CHECKS = (Check("seals", gettext_noop("seals of the ledger"), seals),)
