"""Letters: in scope, whereto a unit's lead, and what the QR of one shows to whom."""

from dataclasses import dataclass
from enum import StrEnum

from baodao.documents.queries import issue_of
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import letter_rows, registrations
from baodao.registration.rules.papers import INTRODUCTION_LETTER
from baodao.registration.rules.policies import PARTNER, PLACE
from baodao.registration.rules.states import REGISTRATION


class Audience(StrEnum):
    """Who looks at a letter: its member, a worker who may receive it, or anybody."""

    MEMBER = "member"
    WORKER = "worker"
    ANYONE = "anyone"


@dataclass(frozen=True)
class LetterView:
    """What a letter's QR shows: number, unit and name as they stand on it. `registration` is there
    for the member and the worker alone."""

    audience: Audience
    token: str
    valid: bool
    number: str
    unit: str
    masked_name: str
    registration: Registration | None


def reports_to_partner(unit: Organisation) -> bool:
    """Whether this unit's members report to its partner community instead of at home."""
    return value_of(PLACE, unit) == PARTNER


def _received_by(actor: Actor, registration: Registration) -> bool:
    """Whether the actor works for the community, and there is still something to do or to know."""
    rows = registrations(actor, Permission.REGISTRATION_ACCEPT)
    return registration.state in REGISTRATION.live and rows.filter(pk=registration.pk).exists()


def registration_by_token(actor: Actor, token: str) -> LetterView:
    """The letter with this token as the actor may see it; raises `Absent` for a wrong token.

    The member sees their own even when they also work for the community: nobody receives
    themselves.
    """
    letter = letter_rows().filter(token=token).first()
    if letter is None:
        raise Absent("letter")
    registration = letter.registration
    paper = issue_of(letter.pk, INTRODUCTION_LETTER.code)
    if paper is None:
        raise Absent("letter")
    audience = Audience.ANYONE
    if actor.person_id == letter.person_id:
        audience = Audience.MEMBER
    elif _received_by(actor, registration):
        audience = Audience.WORKER
    return LetterView(
        audience=audience,
        token=token,
        valid=registration.state in REGISTRATION.live,
        number=letter.number_text,
        unit=paper.unit,
        masked_name=paper.holder,
        registration=registration if audience is not Audience.ANYONE else None,
    )
