"""A person as far as the viewer may see them: facts by side, registrations, and next acts.

The unit sees the roster's facts; the community what stands on the registration card; both see
telephone and address, a supervisor and a branch's secretary do not. An identity number is shown
masked, and to the unit alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel import crypto
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.masks import masked_id, masked_phone
from baodao.people.models import Membership, Person
from baodao.people.queries.members import memberships
from baodao.people.rules.standing import Grade, Standing
from baodao.registration.models import Exemption, Registration
from baodao.registration.queries.exemptions import exemptions
from baodao.registration.queries.registrations import (
    registrations,
    registrations_of,
    timeline,
    unit_of,
)
from baodao.registration.rules.states import REGISTRATION, State
from baodao.ui.timelines import TimelineItem

Fact = tuple[str, object]


class Side(StrEnum):
    """From where the viewer looks at a person."""

    UNIT = "unit"
    COMMUNITY = "community"
    OVERVIEW = "overview"


@dataclass(frozen=True)
class Act:
    """Something that can be done now; the first of a profile is the red button."""

    label: str
    url: str


@dataclass(frozen=True)
class Story:
    """A registration with what happened to it."""

    registration: Registration
    items: list[TimelineItem]


@dataclass(frozen=True)
class Profile:
    """Everything the page of a person shows."""

    person: Person
    side: Side
    facts: list[Fact]
    stories: list[Story]
    exemptions: list[Exemption]
    acts: list[Act]

    @property
    def latest(self) -> Registration | None:
        return self.stories[0].registration if self.stories else None


def profile_of(actor: Actor, person_id: UUID) -> Profile:
    """The person, if their branch or a community that they reported to is in scope.

    Raises `Absent`.
    """
    membership = memberships(actor, Permission.PERSON_READ).filter(person=person_id).first()
    seen = registrations(actor).filter(person=person_id).first()
    if membership is None and seen is None:
        raise Absent("person")
    person = membership.person if membership else seen.person  # type: ignore[union-attr]
    rows = list(registrations_of(actor, person))
    side = _side(actor, membership, rows)
    exemption_rows = exemptions(actor).filter(person=person).order_by("-requested_at")
    return Profile(
        person=person,
        side=side,
        facts=list(_facts(person, side, membership, rows)),
        stories=[Story(row, timeline(actor, row)) for row in rows],
        exemptions=list(exemption_rows),
        acts=list(_acts(actor, membership, rows)),
    )


def _side(actor: Actor, membership: Membership | None, registrations: list[Registration]) -> Side:
    """Whose facts the viewer reads: their own member's, their host's, or an outline."""
    if membership and actor.may(Permission.PERSON_UNMASK, membership.branch.path):
        return Side.UNIT
    if any(actor.may(Permission.REGISTRATION_ACCEPT, row.community.path) for row in registrations):
        return Side.COMMUNITY
    return Side.OVERVIEW


def _facts(
    person: Person, side: Side, membership: Membership | None, registrations: list[Registration]
) -> Iterator[Fact]:
    branch = membership.branch if membership else registrations[0].branch
    yield gettext("Volunteer number"), person.number
    yield gettext("Unit"), unit_of(branch).name
    yield gettext("Branch"), branch.name
    if membership:
        yield gettext("Standing"), gettext(Standing.words_of(membership.standing))
        yield gettext("Kind of member"), gettext(Grade.words_of(membership.grade))
        yield gettext("Lives in this city"), _yes(membership.lives_in_city)
    yield gettext("Sex"), gettext("male") if person.sex == "m" else gettext("female")
    yield gettext("Position"), person.position
    yield gettext("Professional specialty"), person.specialty
    yield gettext("Interests"), person.interests
    yield gettext("Wish to serve"), person.wishes
    yield gettext("Free times"), person.free_times
    if side is not Side.OVERVIEW:
        yield from _close_facts(person)
    if side is Side.UNIT:
        number = crypto.ring().unseal(bytes(person.id_sealed), "id-number")
        yield gettext("ID number"), masked_id(number)


def _close_facts(person: Person) -> Iterator[Fact]:
    """What the unit and the community that receives the member need to know."""
    yield gettext("Born"), _month(person.born_on)
    yield gettext("Joined the Party"), _month(person.joined_on)
    yield gettext("Ethnic group"), person.ethnicity
    yield gettext("Education"), person.education
    yield gettext("Home address"), person.address
    if person.phone_sealed is not None:
        phone = crypto.ring().unseal(bytes(person.phone_sealed), "phone")
        yield gettext("Telephone"), masked_phone(phone)


def _month(day: object) -> str:
    return f"{day:%Y.%m}" if day else ""


def _yes(fact: bool) -> str:
    return gettext("yes") if fact else gettext("no")


def _acts(
    actor: Actor, membership: Membership | None, registrations: list[Registration]
) -> Iterator[Act]:
    """What this viewer can do with the live registration, the likeliest first."""
    live = next((row for row in registrations if row.state in REGISTRATION.live), None)
    if live is not None:
        yield from _live_acts(actor, live, membership)
    if membership is None or (live is not None and live.state == State.ACCEPTED):
        return
    path, person_id = membership.branch.path, membership.person_id
    if live is None and actor.may(Permission.LETTER_ISSUE, path):
        address = reverse("registration:issue") + f"?person={person_id}"
        yield Act(gettext("Issue a letter"), address)
    if actor.may(Permission.EXEMPTION_REQUEST, path):
        address = reverse("registration:request_exemption", args=[person_id])
        yield Act(gettext("Request exemption or delay"), address)


def _live_acts(actor: Actor, live: Registration, membership: Membership | None) -> Iterator[Act]:
    def act(label: str, name: str) -> Act:
        return Act(label, reverse(f"registration:{name}", args=[live.pk]))

    here, ours = live.community.path, [live.branch.path]
    if membership is not None:
        ours.append(membership.branch.path)

    def may(permission: Permission) -> bool:
        return any(actor.may(permission, path) for path in ours)

    if live.state == State.SUBMITTED and actor.may(Permission.REGISTRATION_ACCEPT, here):
        yield Act(gettext("Receive"), reverse("registration:letter_link", args=[live.letter.token]))
        yield act(gettext("Return"), "return")
    if live.state == State.ACCEPTED:
        if actor.may(Permission.REGISTRATION_PLACE, here):
            yield act(gettext("Grid and team"), "place")
        if may(Permission.REGISTRATION_TRANSFER):
            yield act(gettext("Transfer to another community"), "transfer")
        if actor.may(Permission.REGISTRATION_END, here) or may(Permission.REGISTRATION_END):
            yield act(gettext("End the registration"), "end")
    elif may(Permission.REGISTRATION_WITHDRAW):
        yield act(gettext("Transfer to another community"), "transfer")
        yield act(gettext("Withdraw the letter"), "withdraw")
