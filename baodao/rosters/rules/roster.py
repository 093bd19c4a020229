"""How far the file of a roster is on its way in, and what its clerk says of its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code


class RosterState(Code):
    """How far a file is on its way in."""

    UPLOADED = "uploaded", gettext_noop("waiting to be read")
    READING = "reading", gettext_noop("being read")
    READ = "read", gettext_noop("checked, not applied")
    APPLYING = "applying", gettext_noop("being applied")
    APPLIED = "applied", gettext_noop("applied")
    REFUSED = "refused", gettext_noop("could not be read")
    CANCELLED = "cancelled", gettext_noop("cancelled")
    UNDONE = "undone", gettext_noop("undone")


@dataclass(frozen=True)
class Corrections:
    """What a clerk says of a file's words: header → fact ("" for none), status → code; to be
    remembered for the unit, or for this file alone."""

    headers: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    remember: bool = True
