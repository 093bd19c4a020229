"""What operations look at: the machine itself."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from baodao.kernel import clock
from baodao.kernel.errors import gettext_noop
from baodao.kernel.health import Check, Finding, Health
from baodao.operations.city import last_note
from baodao.ui.wording import instant_words

GIB = 1024**3
BACKUP_AGE = timedelta(hours=36)
"""A nightly backup may be late by half a day."""


def disk() -> Finding:
    """Room where the data is: below 5 GB a warning, below 1 GB a failure."""
    free = shutil.disk_usage(settings.VAR).free / GIB
    fact = _("%(free).1f GB free at %(place)s") % {"free": free, "place": settings.VAR}
    if free >= 5:
        return Finding(Health.OK, fact)
    advice = _("Make room: below 1 GB writing is at risk.")
    return Finding(Health.WARN if free >= 1 else Health.FAIL, fact, advice)


def backup() -> Finding:
    """A backup is made every day, by whatever calls `baodao backup`; of a cluster by what the
    operator runs on its nodes, which leaves nothing here to look at."""
    if settings.CLUSTER:
        return Finding(Health.OK, _("of each node, outside of Baodao"))
    last = last_note("backup.made")
    if last is None:
        return Finding(Health.WARN, _("none yet"), _("Let `baodao backup` run every night."))
    facts = {
        "time": instant_words(last.at),
        "rows": last.facts.get("rows", ""),
        "file": last.facts.get("file", ""),
    }
    fact = _("last on %(time)s: %(rows)s rows\n%(file)s") % facts
    if clock.now() - last.at <= BACKUP_AGE:
        return Finding(Health.OK, fact)
    return Finding(Health.WARN, fact, _("Let `baodao backup` run every night."))


CHECKS = (
    Check("disk", gettext_noop("disk"), disk),
    Check("backup", gettext_noop("backup"), backup),
)
