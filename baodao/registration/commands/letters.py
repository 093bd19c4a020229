"""Issuing letters of introduction, one or a thousand in a few statements, and printing them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from baodao.documents.commands import next_numbers
from baodao.exemptions.queries import effects_in_force
from baodao.exemptions.rules.reasons import Effect
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.stages import begin
from baodao.kernel.undo import leave_note
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import open_community
from baodao.partnership.queries import by_partner_community
from baodao.people.models import Membership
from baodao.people.queries.members import lock_persons, memberships, present_units, unit_of
from baodao.people.rules.standing import Standing
from baodao.registration.commands.papers import keep_letters
from baodao.registration.models import Letter, Registration
from baodao.registration.queries.letters import reports_to_partner
from baodao.registration.queries.registrations import label_of, live_registrations, registrations
from baodao.registration.rules.papers import INTRODUCTION_LETTER
from baodao.registration.rules.states import State

ISSUE = "registration.issue"
"""The name by which letters issued together are taken back."""


@dataclass(frozen=True)
class LetterOpening:
    """One letter to be written: for whom, from which unit and branch, to which community; and the
    authority that asked them to go there, where one did."""

    membership: Membership
    community: Organisation
    invited_by: Organisation | None = None

    @property
    def unit(self) -> Organisation:
        return unit_of(self.membership.branch)


@command
def issue_letters(
    actor: Actor,
    *,
    person_ids: Collection[UUID],
    communities: Mapping[UUID, int] | None = None,
    community_id: int | None = None,
    invited_by: Mapping[UUID, Organisation] | None = None,
) -> Batch[Registration]:
    """A numbered letter for each of these members in service, in the order of branch and name.

    It goes to the community that `communities` has for the person, else to `community_id`; without
    either the unit's setting decides: home community, or partner community of the unit.
    `invited_by` has, by person, the authority that asked them to go there. Raises `Absent` when one
    of the persons is not a member in the actor's scope. `departures.take_back` takes it back.
    """
    community = open_community(community_id) if community_id is not None else None
    named = _named(communities or {})
    openings = _openings(_members(actor, person_ids), community, named)
    askers = invited_by or {}
    letters = [
        replace(one, invited_by=askers.get(one.membership.person_id)) for one in openings.done
    ]
    opened = open_registrations(actor, letters)
    _tell(opened)
    batch = Batch(opened, openings.refused)
    marks = {"registrations": [str(row.pk) for row in opened]}
    return replace(batch, undo_id=leave_note(actor, ISSUE, marks)) if opened else batch


def _named(communities: Mapping[UUID, int]) -> dict[UUID, Organisation]:
    """The open community that is named for each of these persons."""
    rows = {pk: open_community(pk) for pk in set(communities.values())}
    return {person: rows[pk] for person, pk in communities.items()}


def _members(actor: Actor, person_ids: Collection[UUID]) -> list[Membership]:
    """Their present memberships, after their persons are locked."""
    ids = set(person_ids)
    lock_persons(ids)
    rows = memberships(actor, Permission.LETTER_ISSUE).filter(person__in=ids)
    ordered = rows.order_by("branch__sort", "branch__path", "person__pinyin", "person")
    members = list(ordered.select_related("person__home_community", "branch__parent"))
    if len(members) != len(ids):
        raise Absent("member")
    return members


def _openings(
    members: Sequence[Membership],
    community: Organisation | None,
    named: Mapping[UUID, Organisation],
) -> Batch[LetterOpening]:
    """The letter of each who is to report and has none: to the community that is named for them,
    to `community`, or where the unit says."""
    ids = [membership.person_id for membership in members]
    live, effects = live_registrations(ids), effects_in_force(ids)
    partners = {} if community else _partners(members)

    def opening(membership: Membership) -> LetterOpening:
        person = membership.person_id
        _check_duty(membership, live.get(person), effects.get(person))
        whereto = named.get(person) or community
        return LetterOpening(membership, whereto or _destination(membership, partners))

    return Batch.each(members, opening, label_of)


def _check_duty(membership: Membership, live: Registration | None, effect: Effect | None) -> None:
    """Refuse a letter to who has one, is not in service or need not report here."""
    if live is not None:
        raise second_refused(live)
    if membership.standing != Standing.IN_SERVICE:
        raise Refused(
            "letter.not-in-service",
            gettext_noop("Is not in service and has not to report; check the roster."),
        )
    if effect in (Effect.FULL, Effect.OTHER_PLACE):
        raise Refused(
            "letter.exempt",
            gettext_noop("Is exempt from reporting here; revoke the exemption first."),
        )


def second_refused(first: Registration) -> Refused:
    """A second live registration is refused, naming the first."""
    return Refused(
        "registration.second",
        gettext_noop(
            "Already has the letter %(number)s of %(unit)s to %(community)s (%(state)s). Withdraw "
            "or end that one first, or transfer it to another community."
        ),
        number=first.letter.number_text,
        unit=first.letter.unit.name,
        community=first.community.name,
        state=State(first.state).words,
    )


def _partners(members: Sequence[Membership]) -> dict[int, Organisation | None]:
    """By unit whose members report to its partner community: that community, where there is one."""
    units = {unit.pk: unit for unit in (unit_of(one.branch) for one in members)}
    to_partner = [pk for pk, unit in units.items() if reports_to_partner(unit)]
    partners = by_partner_community(to_partner)
    return {pk: partners.get(pk) for pk in to_partner}


def _destination(
    membership: Membership, partners: Mapping[int, Organisation | None]
) -> Organisation:
    """The community to which the unit's setting sends the member; refused when there is none."""
    unit = unit_of(membership.branch)
    if unit.pk not in partners:
        return _home(membership)
    partner = partners[unit.pk]
    if partner is None:
        raise Refused(
            "letter.no-partner",
            gettext_noop(
                "%(unit)s has no partner community yet; register the unit first, or choose "
                "the community."
            ),
            unit=unit.name,
        )
    return partner


def _home(membership: Membership) -> Organisation:
    home = membership.person.home_community
    if home is None:
        raise Refused(
            "letter.no-home",
            gettext_noop(
                "The home community is not known; enter it with the person, or choose the "
                "community."
            ),
        )
    if home.closed_at is not None:
        raise Refused(
            "letter.home-closed",
            gettext_noop(
                "The home community has closed; enter the new one, or choose the community."
            ),
        )
    return home


def open_registrations(
    actor: Actor,
    openings: Sequence[LetterOpening],
    *,
    state: State = State.ISSUED,
    moved_from: Registration | None = None,
) -> list[Registration]:
    """Number and write the letters, unit by unit, each with its registration and stage.

    The caller holds the persons' locks and has refused whoever has a live registration.
    """
    by_unit: defaultdict[int, list[LetterOpening]] = defaultdict(list)
    for opening in openings:
        by_unit[opening.unit.pk].append(opening)
    letters = [
        letter for unit_id in sorted(by_unit) for letter in _letters(actor, by_unit[unit_id])
    ]
    now = clock.now()
    members = {opening.membership.person_id: opening.membership for opening in openings}
    askers = {opening.membership.person_id: opening.invited_by for opening in openings}
    opened = [
        Registration(
            letter=letter,
            person=letter.person,
            branch=members[letter.person_id].branch,
            community=letter.community,
            state=state,
            submitted_at=now if state == State.SUBMITTED else None,
            moved_from=moved_from,
            invited_by=askers[letter.person_id],
        )
        for letter in letters
    ]
    Letter.objects.bulk_create(letters, batch_size=5_000)
    Registration.objects.bulk_create(opened, batch_size=5_000)
    begin(opened, now)
    keep_letters(letters, members)
    journal.write_many(actor, [_issued(registration) for registration in opened])
    return opened


def _letters(actor: Actor, openings: Sequence[LetterOpening]) -> list[Letter]:
    unit, year = openings[0].unit, clock.today().year
    numbers = next_numbers(
        organisation_id=unit.pk, form=INTRODUCTION_LETTER.code, year=year, count=len(openings)
    )
    now = clock.now()
    return [
        Letter(
            unit=unit,
            year=year,
            number=number,
            person=opening.membership.person,
            community=opening.community,
            contact_name=unit.contact_name,
            contact_phone=unit.contact_phone,
            issued_at=now,
            issued_by=actor.name,
        )
        for number, opening in zip(numbers, openings, strict=True)
    ]


def _issued(registration: Registration) -> journal.Act:
    letter = registration.letter
    return journal.Act(
        "letter.issued",
        registration.pk,
        letter.unit_id,
        {
            "number": letter.number_text,
            "community": registration.community.name,
        },
    )


def _tell(opened: Sequence[Registration]) -> None:
    announce(
        Message(
            "letter-issued",
            person_id=registration.person_id,
            about=registration.pk,
            facts={
                "number": registration.letter.number_text,
                "community": registration.community.name,
            },
        )
        for registration in opened
    )


@command
def note_print(
    actor: Actor, *, registration_ids: Collection[UUID], form: str
) -> list[Registration]:
    """Write down that papers of these registrations were made with telephones in full.

    Returns the rows to print. Raises `Absent` unless the actor may unmask every one of them.
    """
    ids = set(registration_ids)
    rows = list(registrations(actor, Permission.PERSON_UNMASK).filter(pk__in=ids))
    if len(rows) != len(ids):
        raise Absent("registration")
    units = present_units([row.person_id for row in rows])

    def printed(row: Registration) -> journal.Act:
        unit = units.get(row.person_id, row.letter.unit)
        return journal.Act("paper.printed", row.pk, unit.pk, {"form": form})

    journal.write_many(actor, [printed(row) for row in rows])
    return rows
