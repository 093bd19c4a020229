"""What the ledger looks at: whether the chains are sealed as they should be."""

from datetime import timedelta

from django.utils.translation import gettext as _

from baodao.kernel import clock
from baodao.kernel.errors import gettext_noop
from baodao.kernel.health import Check, Finding, Health
from baodao.ledger.queries.places import missing_places
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


def places() -> Finding:
    """The latest record of each chain stands in the table that says whose records are where."""
    missing = missing_places()
    if not missing:
        return Finding(Health.OK, _("the latest record of every chain is in it"))
    fact = _("%(count)s of the latest records are not in it") % {"count": missing}
    advice = _("Run `baodao ledger places`: until then a cluster does not find all of somebody's.")
    return Finding(Health.FAIL, fact, advice)


CHECKS = (
    Check("seals", gettext_noop("seals of the ledger"), seals),
    Check("places", gettext_noop("whose records are where"), places),
)
