"""Letters in scope, and what the QR of a letter shows to whom."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.people.rules.names import masked_name
from baodao.registration.models import Letter, Registration
from baodao.registration.queries.registrations import letter_rows, registrations
from baodao.registration.rules.letters import letter_number
from baodao.registration.rules.states import LIVE


class Audience(StrEnum):
    """Who looks at a letter: its member, a worker who may receive it, or anybody."""

    MEMBER = "member"
    WORKER = "worker"
    ANYONE = "anyone"


@dataclass(frozen=True)
class LetterView:
    """What a letter's QR shows. `registration` is there for the member and the worker alone."""

    audience: Audience
    token: str
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
    audience = Audience.ANYONE
    if actor.person_id == letter.person_id:
        audience = Audience.MEMBER
    elif registrations(actor, Permission.REGISTRATION_ACCEPT).filter(pk=held.pk).exists():
        audience = Audience.WORKER
    return LetterView(
        audience=audience,
        token=token,
        valid=held.state in LIVE,
        number=letter_number(letter.year, letter.number),
        unit=letter.unit.name,
        masked_name=masked_name(letter.person.name),
        registration=held if audience is not Audience.ANYONE else None,
    )


def token_of(actor: Actor, community: Organisation, words: str) -> str:
    """The token of a letter that was scanned or typed at the community's desk.

    `words` hold the letter's address, its token, or its number with or without the year (this
    year's, then). Raises `Refused` when no such letter came to this community, or several did.
    """
    told = unicodedata.normalize("NFKC", words).strip()
    rows = registrations(actor, Permission.REGISTRATION_ACCEPT).filter(community=community)
    by_token = rows.filter(letter__token=told.rstrip("/").rsplit("/", 1)[-1])
    digits = re.findall(r"\d+", told)
    if digits and not by_token.exists():
        year = int(digits[0]) if len(digits) > 1 else clock.today().year
        rows = rows.filter(letter__year=year, letter__number=int(digits[-1]))
    else:
        rows = by_token
    tokens = list(rows.values_list("letter__token", flat=True)[:2])
    if len(tokens) == 1:
        return tokens[0]
    if tokens:
        raise Refused(
            "letter.ambiguous",
            gettext_noop("Several units have a letter with this number; search by name instead."),
        )
    raise Refused(
        "letter.not-here",
        gettext_noop(
            "No letter with this number was written to %(community)s. Compare it with the paper."
        ),
        community=community.name,
    )
