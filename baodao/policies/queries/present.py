"""Which policy holds at an organisation on a day, and which version can be adopted there: told by
the slice that keeps adoptions, which stands above and registers itself here."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.policies.models import PolicyVersion
from baodao.policies.rules.measures import SubjectKind

PresentVersion = Callable[[Organisation, SubjectKind, date], PolicyVersion | None]
"""The version for subjects of a kind that holds at an organisation on a civil day, if one does."""
AdoptableVersion = Callable[[Actor, Organisation, UUID], bool]
"""Whether an actor may adopt the version with this id for an organisation now."""

_TELLERS: list[tuple[PresentVersion, AdoptableVersion]] = []


def register_present(teller: PresentVersion, adoptable: AdoptableVersion) -> None:
    """Say who knows what was adopted and what can be; the last one counts."""
    _TELLERS[:] = [(teller, adoptable)]


def present_version(
    organisation: Organisation, subject: SubjectKind, day: date
) -> PolicyVersion | None:
    """What holds there on that day."""
    return _TELLERS[0][0](organisation, subject, day) if _TELLERS else None


def is_adoptable(actor: Actor, organisation: Organisation | None, version_id: UUID) -> bool:
    """Whether the pages of a version offer to adopt it for the organisation for which one acts."""
    if organisation is None or not _TELLERS:
        return False
    return _TELLERS[0][1](actor, organisation, version_id)
