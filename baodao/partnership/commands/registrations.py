"""驻区单位党组织报到: a unit presents its contact form, the community accepts or returns it."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from uuid import UUID

from baodao.documents.commands import (
    Paper,
    complete,
    keep_papers,
    next_numbers,
    replace,
    revoke,
)
from baodao.documents.models import Issue
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import open_community
from baodao.partnership.models import UnitRegistration
from baodao.partnership.queries import (
    contact_facts,
    live_unit_registration,
    require_unit,
    unit_registrations,
)
from baodao.partnership.rules.askers import UNIT_ASKERS
from baodao.partnership.rules.papers import UNIT_CONTACT
from baodao.partnership.rules.states import UnitState, check_contact
from baodao.spreadsheets.phones import kept_phone, legible

PHONES = ("secretary_phone", "contact_phone")
AGREED = "同意接收报到。"


@dataclass(frozen=True)
class UnitContact:
    """What a unit tells on its contact form; names and numbers are those of its office."""

    secretary: str
    contact_name: str
    contact_phone: str
    secretary_phone: str = ""
    resources: str = ""
    needs: str = ""

    def columns(self) -> dict[str, str]:
        """The columns of the row, without outer spaces; telephones as they are printed."""
        texts = {field.name: getattr(self, field.name).strip() for field in fields(self)}
        return texts | {name: legible(kept_phone(texts[name])) for name in PHONES}


ContactEnder = Callable[[Actor, int], None]
"""Ends, in the transaction of the ending, what a unit (its id) does where it was in contact."""

CONTACT_ENDERS: list[ContactEnder] = []
"""What ends with a contact in the slices above."""


def register_contact_ender(ender: ContactEnder) -> None:
    """Add what ends with a contact."""
    CONTACT_ENDERS.append(ender)


@command
def present(
    actor: Actor,
    *,
    unit_id: int,
    community_id: int,
    contact: UnitContact,
    invited_by: Organisation | None = None,
) -> UnitRegistration:
    """Put a numbered contact form before a community; a returned one that is presented again says
    something else and gets the next number, and the former is replaced. `invited_by` asked the unit
    to go there."""
    unit = require_unit(actor, Permission.UNIT_REGISTRATION_PRESENT, unit_id)
    check_contact(contact.secretary, contact.contact_name, contact.contact_phone)
    community = open_community(community_id)
    live = live_unit_registration(unit)
    if live:
        registration = _present_again(live, community, contact, invited_by)
    else:
        registration = _present_first(unit, community, contact, invited_by)
    verb = "unit-registration.presented-again" if live else "unit-registration.presented"
    journal.write(
        actor,
        verb,
        registration.pk,
        community.pk,
        number=registration.number_text,
        community=community.name,
    )
    to_community = Message(
        "unit-presented",
        organisation_id=community.pk,
        about=registration.pk,
        facts={"unit": unit.name},
    )
    announce([to_community])
    return registration


def _present_again(
    live: UnitRegistration,
    community: Organisation,
    contact: UnitContact,
    invited_by: Organisation | None,
) -> UnitRegistration:
    if live.state == UnitState.ACCEPTED:
        raise Refused(
            "unit-registration.accepted",
            gettext_noop("%(community)s has accepted the unit already; end that contact first."),
            community=live.community.name,
        )
    now = clock.now()
    year, number = _next_number(live.unit)
    again = {"community": community, "submitted_at": now, "returned_reason": ""}
    numbered = {"year": year, "number": number}
    if invited_by is None and live.community == community:
        invited_by = live.invited_by
    columns = contact.columns() | {"invited_by": invited_by}
    move([live], UnitState.SUBMITTED, now, **again, **numbered, **columns)
    replace(about=live.pk, by=_issue(live))
    return live


def _present_first(
    unit: Organisation,
    community: Organisation,
    contact: UnitContact,
    invited_by: Organisation | None,
) -> UnitRegistration:
    year, number = _next_number(unit)
    registration = UnitRegistration.objects.create(
        unit=unit,
        community=community,
        state=UnitState.SUBMITTED,
        year=year,
        number=number,
        submitted_at=clock.now(),
        invited_by=invited_by,
        **contact.columns(),
    )
    _issue(registration)
    return registration


def _next_number(unit: Organisation) -> tuple[int, int]:
    year = clock.today().year
    [number] = next_numbers(organisation_id=unit.pk, form=UNIT_CONTACT.code, year=year, count=1)
    return year, number


def _issue(registration: UnitRegistration) -> Issue:
    paper = Paper(
        form=UNIT_CONTACT.code,
        organisation_id=registration.unit_id,
        unit=registration.unit.name,
        year=registration.year,
        number=registration.number,
        about=registration.pk,
        facts=contact_facts(registration),
    )
    [issue] = keep_papers([paper])
    return issue


@command
def accept(actor: Actor, *, unit_registration_id: UUID) -> UnitRegistration:
    """The community becomes the unit's partner community."""
    registration = _locked(actor, Permission.UNIT_REGISTRATION_ACCEPT, unit_registration_id)
    now, place = clock.now(), registration.community_id
    authorities = [
        registration.invited_by_id,
        *(ask(registration.unit_id, place) for ask in UNIT_ASKERS),
    ]
    by = next((authority for authority in authorities if authority is not None), None)
    columns = {"accepted_at": now, "accepted_by": actor.name, "invited_by_id": by}
    move([registration], UnitState.ACCEPTED, now, **columns)
    answer = {"accepted_on": clock.day_of(now), "community_opinion": AGREED}
    complete(about=registration.pk, form=UNIT_CONTACT.code, facts=answer)
    _tell(actor, registration, "unit-registration.accepted", "unit-accepted")
    return registration


@command
def return_to_unit(actor: Actor, *, unit_registration_id: UUID, reason: str) -> UnitRegistration:
    """Give the contact form back with a reason; it may be presented again."""
    why = check_reason(reason)
    registration = _locked(actor, Permission.UNIT_REGISTRATION_ACCEPT, unit_registration_id)
    move([registration], UnitState.RETURNED, clock.now(), returned_reason=why)
    _tell(actor, registration, "unit-registration.returned", "unit-returned", reason=why)
    return registration


@command
def end(actor: Actor, *, unit_registration_id: UUID, reason: str) -> UnitRegistration:
    """The unit ends its contact with the community, and what it does there with it, or takes its
    form back before acceptance."""
    why = check_reason(reason)
    registration = _locked(actor, Permission.UNIT_REGISTRATION_PRESENT, unit_registration_id)
    now = clock.now()
    move([registration], UnitState.ENDED, now, ended_at=now)
    revoke(about=registration.pk)
    for ender in CONTACT_ENDERS:
        ender(actor, registration.unit_id)
    _tell(actor, registration, "unit-registration.ended", "unit-ended", reason=why)
    return registration


def _locked(actor: Actor, permission: Permission, unit_registration_id: UUID) -> UnitRegistration:
    return lock(unit_registrations(actor, permission), unit_registration_id)


def _tell(
    actor: Actor, registration: UnitRegistration, verb: str, kind: str, **reason: str
) -> None:
    """Journal in the community; tell the other side."""
    facts = {"community": registration.community.name, "unit": registration.unit.name, **reason}
    journal.write(actor, verb, registration.pk, registration.community_id, **facts)
    to_community = registration.state == UnitState.ENDED
    other = registration.community_id if to_community else registration.unit_id
    announce([Message(kind, organisation_id=other, about=registration.pk, facts=facts)])
