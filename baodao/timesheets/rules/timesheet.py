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

BYTES_A_ROW = 30
"""About what one row takes in a packed workbook; only for guessing how far the reading is."""


def percent_read(progress: int, size: int) -> int:
    """How far a table of so many bytes is read, in hundredths, after `progress` rows: each is read,
    then held against what is known."""
    return min(95, 50 * progress // max(1, size // BYTES_A_ROW))
