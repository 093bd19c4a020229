"""Issuing letters of introduction, one or a thousand in a few statements."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from baodao.documents.commands import next_numbers
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.people.models import Membership
from baodao.people.queries.members import lock_persons, memberships
from baodao.people.rules.standing import Standing
from baodao.registration.commands.moving import begin
from baodao.registration.models import Letter, Registration
from baodao.registration.queries import (
    by_partner_community,
    chosen_community,
    effects_in_force,
    live_registrations,
    reports_to_partner,
    unit_of,
)
from baodao.registration.rules import STATES, Effect, State, letter_number
from baodao.registration.rules.papers import INTRODUCTION_LETTER


@dataclass(frozen=True)
class Opening:
    """One letter to be written: for whom, from which unit and branch, to which community."""

    membership: Membership
    community: Organisation

    @property
    def unit(self) -> Organisation:
        return unit_of(self.membership.branch)


@command
def issue_letters(
    actor: Actor, *, person_ids: Collection[UUID], community_id: int | None = None
) -> Batch[Registration]:
    """A numbered letter for each of these members in service, in the order of branch and name.

    Without `community_id` the unit's setting decides: home community, or partner community of
    the unit. Raises `Absent` when one of the persons is not a member in the actor's scope.
    """
    chosen = chosen_community(community_id) if community_id is not None else None
    held = _members(actor, person_ids)
    refused: list[tuple[str, Refused]] = []
    openings: list[Opening] = []
    refusals = _refusals(held)
    destinations = {m.person_id: chosen for m in held} if chosen else _destinations(held)
    for membership in held:
        no = refusals.get(membership.person_id)
        community = destinations[membership.person_id]
        if no is None and isinstance(community, Organisation):
            openings.append(Opening(membership, community))
        else:
            refused.append((_label(membership), no or _no_community(community)))
    opened = open_registrations(actor, openings)
    _tell(opened)
    return Batch(opened, refused)


def _label(membership: Membership) -> str:
    return f"{membership.person.name}（{membership.branch.name}）"


def _members(actor: Actor, person_ids: Collection[UUID]) -> list[Membership]:
    """Their present memberships, after their persons are locked."""
    wanted = set(person_ids)
    lock_persons(wanted)
    rows = memberships(actor, Permission.LETTER_ISSUE).filter(person__in=wanted)
    ordered = rows.order_by("branch__sort", "branch__path", "person__pinyin", "person")
    found = list(ordered.select_related("person__home_community", "branch__parent"))
    if len(found) != len(wanted):
        raise Absent("member")
    return found


def _refusals(held: Sequence[Membership]) -> dict[UUID, Refused]:
    """Why somebody gets no letter: not in service, exempt, or has a live registration."""
    ids = [membership.person_id for membership in held]
    effects = effects_in_force(ids)
    live = live_registrations(ids)
    refusals: dict[UUID, Refused] = {}
    for membership in held:
        person = membership.person_id
        if person in live:
            refusals[person] = second_refused(live[person])
        elif membership.standing != Standing.IN_SERVICE:
            refusals[person] = Refused(
                "letter.not-in-service",
                gettext_noop("Is not in service and has not to report; check the roster."),
            )
        elif effects.get(person) in (Effect.FULL, Effect.OTHER_PLACE):
            refusals[person] = Refused(
                "letter.exempt",
                gettext_noop("Is exempt from reporting here; revoke the exemption first."),
            )
    return refusals


def second_refused(first: Registration) -> Refused:
    """A second live registration is refused, naming the first."""
    return Refused(
        "registration.second",
        gettext_noop(
            "Already has the letter %(number)s of %(unit)s to %(community)s (%(state)s). Withdraw "
            "or end that one first, or transfer it to another community."
        ),
        number=letter_number(first.letter.year, first.letter.number),
        unit=first.letter.unit.name,
        community=first.community.name,
        state=STATES[State(first.state)],
    )


def _destinations(held: Sequence[Membership]) -> dict[UUID, Organisation | Refused]:
    """By the units' setting the community of each person, or why there is none."""
    units = {unit.pk: unit for unit in (unit_of(membership.branch) for membership in held)}
    to_partner = {pk for pk, unit in units.items() if reports_to_partner(unit)}
    partners = by_partner_community(to_partner)
    found: dict[UUID, Organisation | Refused] = {}
    for membership in held:
        unit = unit_of(membership.branch)
        if unit.pk in to_partner:
            found[membership.person_id] = partners.get(unit.pk) or Refused(
                "letter.no-partner",
                gettext_noop(
                    "%(unit)s has no partner community yet; register the unit first, or choose "
                    "the community."
                ),
                unit=unit.name,
            )
        else:
            found[membership.person_id] = _home(membership)
    return found


def _home(membership: Membership) -> Organisation | Refused:
    home = membership.person.home_community
    if home is None:
        return Refused(
            "letter.no-home",
            gettext_noop(
                "The home community is not known; enter it with the person, or choose the "
                "community."
            ),
        )
    if home.closed_at is not None:
        return Refused(
            "letter.home-closed",
            gettext_noop(
                "The home community has closed; enter the new one, or choose the community."
            ),
        )
    return home


def _no_community(community: Organisation | Refused | None) -> Refused:
    assert isinstance(community, Refused)
    return community


def open_registrations(
    actor: Actor,
    openings: Sequence[Opening],
    *,
    state: State = State.ISSUED,
    moved_from: Registration | None = None,
) -> list[Registration]:
    """Number and write the letters, unit by unit, each with its registration and stage.

    The caller holds the persons' locks and has refused whoever has a live registration.
    """
    by_unit: defaultdict[int, list[Opening]] = defaultdict(list)
    for opening in openings:
        by_unit[opening.unit.pk].append(opening)
    letters = [
        letter for unit_id in sorted(by_unit) for letter in _letters(actor, by_unit[unit_id])
    ]
    now = clock.now()
    branches = {opening.membership.person_id: opening.membership.branch for opening in openings}
    opened = [
        Registration(
            letter=letter,
            person=letter.person,
            branch=branches[letter.person_id],
            community=letter.community,
            state=state,
            submitted_at=now if state == State.SUBMITTED else None,
            moved_from=moved_from,
        )
        for letter in letters
    ]
    Letter.objects.bulk_create(letters, batch_size=5_000)
    Registration.objects.bulk_create(opened, batch_size=5_000)
    begin(opened, now)
    journal.write_many(actor, [_issued(registration) for registration in opened])
    return opened


def _letters(actor: Actor, openings: Sequence[Opening]) -> list[Letter]:
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
            "number": letter_number(letter.year, letter.number),
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
                "number": letter_number(registration.letter.year, registration.letter.number),
                "community": registration.community.name,
            },
        )
        for registration in opened
    )
