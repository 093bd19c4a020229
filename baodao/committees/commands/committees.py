"""Committees founded, and who comes into them and leaves."""

from datetime import timedelta
from uuid import UUID

from baodao.committees.commands.invitations import invite_later, invite_no_more
from baodao.committees.models import Committee, CommitteeMember
from baodao.committees.queries.barriers import check_going_on
from baodao.committees.queries.committees import committees_to_run
from baodao.committees.rules.committees import (
    NAME,
    OFFICE,
    CommitteeKind,
    MemberFacts,
    check_member,
    check_words,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_length
from baodao.kernel.locks import lock
from baodao.orgs.queries.tree import by_id, check_open
from baodao.problems.queries.problems import may_edit, owners_for


@command
def form_committee(actor: Actor, *, place_id: int, kind: str, name: str) -> Committee:
    """Found a committee of a street or a community, by who looks after the problems there."""
    if kind not in set(CommitteeKind):
        raise Refused("committee.kind", gettext_noop("Choose what kind of committee it is."))
    place = by_id(place_id)
    if not may_edit(actor, place):
        raise Absent("organisation")
    check_open(place)
    row = Committee.objects.create(
        place=place,
        kind=kind,
        name=check_words(name, NAME),
        founded_at=clock.now(),
        founded_by=actor.name,
    )
    journal.write(actor, "committee.formed", row.pk, place.pk)
    return row


def locked_committee(actor: Actor, committee_id: UUID) -> Committee:
    """One that the actor calls together and that goes on, locked. Raises `Absent`."""
    row = lock(committees_to_run(actor), committee_id)
    check_going_on(row)
    return row


@command
def add_member(actor: Actor, *, committee_id: UUID, facts: MemberFacts) -> CommitteeMember:
    """Take an organisation or a person into a committee, from a day on, until a day or longer."""
    check_member(facts)
    committee = locked_committee(actor, committee_id)
    organisation = None
    if facts.organisation_id is not None:
        organisation = owners_for(committee.place).filter(pk=facts.organisation_id).first()
        if organisation is None:
            raise Absent("organisation")
    row = CommitteeMember.objects.create(
        committee=committee,
        organisation=organisation,
        name=check_length(facts.name.strip(), NAME),
        person=check_length(facts.person.strip(), NAME),
        office=check_length(facts.office.strip(), OFFICE),
        since=facts.since,
        until=facts.until,
        added_at=clock.now(),
    )
    journal.write(actor, "committee.member-added", row.pk, committee.place_id)
    invite_later(row)
    return row


@command
def end_member(actor: Actor, *, member_id: UUID) -> CommitteeMember:
    """Let somebody be in a committee no longer from today on; who came to its meetings stays."""
    rows = CommitteeMember.objects.select_related("committee")
    row = lock(rows.filter(committee__in=committees_to_run(actor).values("pk")), member_id)
    if row.until is not None and row.until < clock.today():
        raise Refused("committee.left", gettext_noop("Has left already."))
    row.until = max(row.since, clock.today() - timedelta(days=1))
    row.save(update_fields=["until"])
    journal.write(actor, "committee.member-ended", row.pk, row.committee.place_id)
    invite_no_more(row)
    return row
