"""How far a table of services is on its way in."""

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code


class TimesheetState(Code):
    """How far a table is on its way in."""

    UPLOADED = "uploaded", gettext_noop("waiting to be read")
    READING = "reading", gettext_noop("being read")
    READ = "read", gettext_noop("checked, not recorded")
    APPLYING = "applying", gettext_noop("being recorded")
    APPLIED = "applied", gettext_noop("recorded")
    REFUSED = "refused", gettext_noop("could not be read")
    CANCELLED = "cancelled", gettext_noop("cancelled")


BUSY = frozenset({TimesheetState.UPLOADED, TimesheetState.READING, TimesheetState.APPLYING})
"""A job has it."""
