"""A gathering is announced, changed and cancelled, what is to be read shared and withdrawn; members
are told once."""

from uuid import UUID

from baodao.gatherings.models import Gathering, StudyMaterial
from baodao.gatherings.queries import KEEP, KEEPERS, audience, gatherings, materials
from baodao.gatherings.rules.gatherings import (
    GATHERING,
    GatheringFacts,
    GatheringState,
    check_gathering,
    check_material,
    check_not_begun,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.days import month_day
from baodao.kernel.errors import Absent
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, organisations


def _keeper(actor: Actor, organisation_id: int) -> Organisation:
    """An open unit, branch or community that the actor keeps, locked. Raises `Absent`."""
    place = lock(organisations(actor, KEEP), organisation_id)
    if place.kind not in KEEPERS:
        raise Absent("organisation")
    check_open(place)
    return place


def time_words(row: Gathering) -> str:
    """The day and hour of a gathering as notices say it: 12月5日19:30."""
    local = clock.local(row.starts_at)
    return f"{month_day(local.date(), clock.today())}{local:%H:%M}"


def messages_about(row: Gathering, kind: str, **more: str) -> list[Message]:
    """What each member to whom the organisation speaks now is told of a gathering."""
    facts = {
        "organisation": row.organisation.name,
        "title": row.title,
        "at": time_words(row),
        "spot": row.spot,
        **more,
    }
    return [
        Message(kind, person_id=person, about=row.pk, facts=facts)
        for person in sorted(audience(row.organisation))
    ]


@command
def publish_gathering(actor: Actor, *, organisation_id: int, facts: GatheringFacts) -> Gathering:
    """Call the members of an organisation to a gathering that is still to come; each is told."""
    check_gathering(facts, clock.now())
    place = _keeper(actor, organisation_id)
    row = Gathering.objects.create(
        organisation=place,
        kind=facts.kind,
        title=facts.title.strip(),
        text=facts.text.strip(),
        starts_at=facts.starts_at,
        spot=facts.spot.strip(),
        announced_at=clock.now(),
        announced_by=actor.name,
    )
    announce(messages_about(row, "gathering-announced"))
    journal.write(actor, "gathering.announced", row.pk, place.pk, what=row.title)
    return row


@command
def edit_gathering(actor: Actor, *, gathering_id: UUID, facts: GatheringFacts) -> Gathering:
    """Put a gathering right that has not begun. Its members are told where its subject, time or
    place is another; what to bring is read on their page."""
    row = lock(gatherings(actor), gathering_id)
    GATHERING.check(row.state, GatheringState.ANNOUNCED)
    check_not_begun(row.starts_at, clock.now())
    check_gathering(facts, clock.now())
    before, former = _what_is_told(row), f"{row.title}（{time_words(row)}，{row.spot}）"
    row.kind, row.starts_at = facts.kind, facts.starts_at
    row.title, row.spot, row.text = facts.title.strip(), facts.spot.strip(), facts.text.strip()
    row.save(update_fields=["kind", "starts_at", "title", "spot", "text"])
    if _what_is_told(row) != before:
        announce(messages_about(row, "gathering-moved", former=former))
    journal.write(actor, "gathering.changed", row.pk, row.organisation_id, what=row.title)
    return row


def _what_is_told(row: Gathering) -> tuple[object, ...]:
    return row.title, row.starts_at, row.spot


@command
def cancel_gathering(actor: Actor, *, gathering_id: UUID, reason: str) -> Gathering:
    """Let a gathering that has not begun not take place; its members are told why."""
    row = lock(gatherings(actor), gathering_id)
    why = check_reason(reason)
    check_not_begun(row.starts_at, clock.now())
    move([row], GatheringState.CANCELLED, clock.now(), cancelled_at=clock.now(), reason=why)
    announce(messages_about(row, "gathering-cancelled", reason=why))
    journal.write(actor, "gathering.cancelled", row.pk, row.organisation_id, reason=why)
    return row


@command
def share_material(
    actor: Actor, *, organisation_id: int, title: str, text: str, link: str
) -> StudyMaterial:
    """Share a text, or the address of one, with the members of an organisation; each is told."""
    check_material(title, text, link)
    place = _keeper(actor, organisation_id)
    row = StudyMaterial.objects.create(
        organisation=place,
        title=title.strip(),
        text=text.strip(),
        link=link.strip(),
        shared_at=clock.now(),
        shared_by=actor.name,
    )
    facts = {"organisation": place.name, "title": row.title}
    announce(
        Message("material-shared", person_id=person, about=row.pk, facts=facts)
        for person in sorted(audience(place))
    )
    journal.write(actor, "material.shared", row.pk, place.pk, what=row.title)
    return row


@command
def withdraw_material(actor: Actor, *, material_id: UUID) -> StudyMaterial:
    """Take back what was shared: nobody finds it any more."""
    row = lock(materials(actor), material_id)
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    journal.write(actor, "material.withdrawn", row.pk, row.organisation_id, what=row.title)
    return row
