"""Which policy holds at an organisation on a day: told by the slice that keeps adoptions, which
stands above and registers itself here."""

from collections.abc import Callable
from datetime import date

from baodao.orgs.models import Organisation
from baodao.policies.models import PolicyVersion
from baodao.policies.rules.measures import SubjectKind

PresentVersion = Callable[[Organisation, SubjectKind, date], PolicyVersion | None]
"""The version for subjects of a kind that holds at an organisation on a civil day, if one does."""

_TELLERS: list[PresentVersion] = []


def register_present(teller: PresentVersion) -> None:
    """Say who knows what was adopted; the last one counts."""
    _TELLERS[:] = [teller]


def present_version(
    organisation: Organisation, subject: SubjectKind, day: date
) -> PolicyVersion | None:
    """What holds there on that day."""
    return _TELLERS[0](organisation, subject, day) if _TELLERS else None
