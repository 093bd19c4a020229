"""Letters in scope, and what the QR of a letter shows to whom."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within
from baodao.people.rules.names import masked_name
from baodao.registration.models import Letter, Registration
from baodao.registration.queries.registrations import letter_rows, registrations
from baodao.registration.rules import LIVE, letter_number


class Viewer(StrEnum):
    """Who looks at a letter: its member, a worker who may receive it, or anybody."""

    MEMBER = "member"
    WORKER = "worker"
    ANYONE = "anyone"


@dataclass(frozen=True)
class LetterView:
    """What a letter's QR shows. `registration` is there for the member and the worker alone."""

    viewer: Viewer
    valid: bool
    number: str
    unit: str
    masked_name: str
    registration: Registration | None


def letters(actor: Actor) -> QuerySet[Letter]:
    """Letters of the branches that the actor may read, the newest first."""
    rows = within(letter_rows(), actor, Permission.REGISTRATION_READ, "registration__branch__path")
    return rows.order_by("-year", "-number")


def registration_by_token(actor: Actor, token: str) -> LetterView:
    """The letter with this token as the actor may see it; raises `Absent` for a wrong token.

    The member sees their own even when they also work for the community: nobody receives
    themselves.
    """
    letter = letter_rows().filter(token=token).first()
    if letter is None:
        raise Absent("letter")
    held = letter.registration
    viewer = Viewer.ANYONE
    if actor.person_id == letter.person_id:
        viewer = Viewer.MEMBER
    elif registrations(actor, Permission.REGISTRATION_ACCEPT).filter(pk=held.pk).exists():
        viewer = Viewer.WORKER
    return LetterView(
        viewer=viewer,
        valid=held.state in LIVE,
        number=letter_number(letter.year, letter.number),
        unit=letter.unit.name,
        masked_name=masked_name(letter.person.name),
        registration=held if viewer is not Viewer.ANYONE else None,
    )
