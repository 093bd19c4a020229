"""What operations look at: the machine itself."""

import shutil

from django.conf import settings
from django.utils.translation import gettext as _

from baodao.kernel.errors import gettext_noop
from baodao.kernel.health import Check, Finding, Health

GIB = 1024**3


def disk() -> Finding:
    """Room where the data is: below 5 GB a warning, below 1 GB a failure."""
    free = shutil.disk_usage(settings.VAR).free / GIB
    fact = _("%(free).1f GB free at %(place)s") % {"free": free, "place": settings.VAR}
    if free >= 5:
        return Finding(Health.OK, fact)
    advice = _("Make room: below 1 GB writing is at risk.")
    return Finding(Health.WARN if free >= 1 else Health.FAIL, fact, advice)


CHECKS = (Check("disk", gettext_noop("disk"), disk),)
