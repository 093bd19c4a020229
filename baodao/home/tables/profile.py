"""A person as far as the viewer may see them: facts by side, registrations, and next acts.

What each viewer sees is declared with the facts (`people/facts.py`): the unit the roster's, the
community what stands on the registration card, a supervisor and a branch's secretary an outline.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from baodao.exemptions.models import Exemption
from baodao.exemptions.queries import exemptions
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.people.facts import BY_NAME, FactKind, Viewer
from baodao.people.models import Membership, Person
from baodao.people.queries.facts import seen_facts
from baodao.people.queries.members import current, memberships, unit_of
from baodao.people.rules.identity_documents import IdentityDocument
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import last_registrations, registrations_of, story_of
from baodao.registration.rules.states import REGISTRATION, State
from baodao.ui.timelines import TimelineItem

BRANCH = BY_NAME["branch"]
Pair = tuple[str, str]


@dataclass(frozen=True)
class ProfileAct:
    """Something that can be done now; the first of a profile is the red button."""

    label: str
    url: str


@dataclass(frozen=True)
class RegistrationStory:
    """A registration with what happened to it, and whether the viewer may print its papers."""

    registration: Registration
    items: list[TimelineItem]
    prints: bool


@dataclass(frozen=True)
class Profile:
    """Everything the page of a person shows; their own page has no need of `person`."""

    person: Person | None
    viewer: Viewer
    facts: list[Pair]
    stories: list[RegistrationStory]
    exemptions: list[Exemption]
    acts: list[ProfileAct] = field(default_factory=list)

    @property
    def is_own_member(self) -> bool:
        """Whether it is the unit that looks, which may correct the facts."""
        return self.viewer is Viewer.UNIT

    @property
    def is_host(self) -> bool:
        """Whether it is the community that looks, which opens what it offers."""
        return self.viewer is Viewer.COMMUNITY

    @property
    def is_close(self) -> bool:
        """Whether the viewer sees more than an outline."""
        return self.viewer in Viewer.UNIT | Viewer.COMMUNITY

    @property
    def is_former(self) -> bool:
        """Whether the viewer had a relation to the person and has none any more."""
        return self.viewer is Viewer.FORMER

    @property
    def is_received(self) -> bool:
        """Whether a community has the person now."""
        return self.latest is not None and self.latest.state == State.ACCEPTED

    @property
    def state(self) -> str:
        """How it stands with the person: what became of who is no member of the viewer's any more,
        else the state of their last registration; "" without one."""
        if self.latest is None:
            return ""
        ending = self.latest.ending_words if self.is_former else ""
        return gettext(ending) if ending else str(self.latest.get_state_display())

    @property
    def until(self) -> datetime | None:
        """Until when the viewer knows what becomes of the person; None while a relation holds."""
        if not self.is_former:
            return None
        ends = (story.registration.seen_until for story in self.stories)
        return max((end for end in ends if end), default=None)

    @property
    def latest(self) -> Registration | None:
        return self.stories[0].registration if self.stories else None


def profile_of(actor: Actor, person_id: UUID) -> Profile:
    """The person, if their branch or a community that they reported to is in scope.

    Raises `Absent`.
    """
    membership = memberships(actor, Permission.PERSON_READ).filter(person=person_id).first()
    rows = registrations_of(actor, person_id)
    if membership is None and not rows:
        raise Absent("person")
    person = membership.person if membership else rows[0].person
    viewer = _viewer(actor, membership, rows)
    exemption_rows = exemptions(actor).filter(person=person).order_by("-requested_at")
    return Profile(
        person=person,
        viewer=viewer,
        facts=list(facts_of(person, viewer, membership, _branch(person, viewer, membership, rows))),
        stories=list(_stories(actor, person, viewer, rows)),
        exemptions=list(exemption_rows),
        acts=list(_acts(actor, membership, rows)),
    )


def own_profile(
    rows: list[Registration], exemption_rows: list[Exemption], membership: Membership | None
) -> Profile:
    """What the member's own page shows, of what is their own; facts while they are a member of a
    branch."""
    facts: Iterator[Pair] = iter(())
    if membership is not None:
        facts = facts_of(membership.person, Viewer.SELF, membership, membership.branch)
    return Profile(
        person=None,
        viewer=Viewer.SELF,
        facts=list(facts),
        stories=[RegistrationStory(row, story_of(row), prints=True) for row in rows],
        exemptions=exemption_rows,
    )


def _stories(
    actor: Actor, person: Person, viewer: Viewer, rows: list[Registration]
) -> Iterator[RegistrationStory]:
    """Each registration; papers are printed by who is close now, or was the last who had been."""
    is_close = viewer in Viewer.UNIT | Viewer.COMMUNITY
    last: set[UUID] = set()
    if viewer is Viewer.FORMER:
        past = last_registrations(actor, Permission.PERSON_UNMASK).filter(person=person)
        last = set(past.values_list("pk", flat=True))
    for row in rows:
        prints = is_close and row.seen_until is None
        yield RegistrationStory(row.outline, story_of(row), prints or row.pk in last)


def _viewer(
    actor: Actor, membership: Membership | None, registrations: list[Registration]
) -> Viewer:
    """Whose facts the viewer reads: their own member's, their host's, an outline, or what who had
    a relation once still may."""
    if membership and actor.may(Permission.PERSON_UNMASK, membership.branch.path):
        return Viewer.UNIT
    present = [row for row in registrations if row.seen_until is None]
    if any(actor.may(Permission.REGISTRATION_ACCEPT, row.community.path) for row in present):
        return Viewer.COMMUNITY
    return Viewer.OVERVIEW if membership or present else Viewer.FORMER


def _branch(
    person: Person,
    viewer: Viewer,
    membership: Membership | None,
    registrations: list[Registration],
) -> Organisation:
    """Of today for whom the person is close, else that of then."""
    present = membership
    if viewer is Viewer.COMMUNITY:
        present = current().filter(person=person).first()
    return present.branch if present else registrations[0].branch


def facts_of(
    person: Person, viewer: Viewer, membership: Membership | None, branch: Organisation
) -> Iterator[Pair]:
    """Unit and branch, then the other facts that the viewer sees, with their labels."""
    yield gettext("Unit"), unit_of(branch).name
    yield gettext(BRANCH.label), branch.name
    other_document = person.id_document != IdentityDocument.CARD
    for fact, words in seen_facts(person, membership, viewer):
        if fact.kind is FactKind.IDENTITY and other_document:
            issuer = f"{person.id_issuer} " if person.id_issuer else ""
            yield gettext(IdentityDocument.words_of(person.id_document)), f"{issuer}{words}"
        elif fact.name not in ("name", "branch"):
            yield gettext(fact.label), words


def _acts(
    actor: Actor, membership: Membership | None, registrations: list[Registration]
) -> Iterator[ProfileAct]:
    """What this viewer can do with the live registration, the likeliest first."""
    present = [row for row in registrations if row.seen_until is None]
    live = next((row for row in present if row.state in REGISTRATION.live), None)
    if live is not None:
        yield from _live_acts(actor, live, membership)
    if membership is None or (live is not None and live.state == State.ACCEPTED):
        return
    path, person_id = membership.branch.path, membership.person_id
    if live is None and actor.may(Permission.LETTER_ISSUE, path):
        address = reverse("checklist:issue") + f"?person={person_id}"
        yield ProfileAct(gettext("Issue a letter"), address)
    if actor.may(Permission.EXEMPTION_REQUEST, path):
        address = reverse("exemptions:request", args=[person_id])
        yield ProfileAct(gettext("Request exemption or delay"), address)


def _live_acts(
    actor: Actor, live: Registration, membership: Membership | None
) -> Iterator[ProfileAct]:
    def act(label: str, name: str) -> ProfileAct:
        return ProfileAct(label, reverse(f"registration:{name}", args=[live.pk]))

    here = live.community.path

    def may(permission: Permission) -> bool:
        return membership is not None and actor.may(permission, membership.branch.path)

    if live.state == State.SUBMITTED and actor.may(Permission.REGISTRATION_ACCEPT, here):
        yield ProfileAct(
            gettext("Receive"), reverse("registration:letter_link", args=[live.letter.token])
        )
        yield act(gettext("Return"), "return")
    if live.state == State.ACCEPTED:
        yield from _acts_here(actor, live)
        if may(Permission.REGISTRATION_TRANSFER):
            yield act(gettext("Transfer to another community"), "transfer")
        if actor.may(Permission.REGISTRATION_END, here) or may(Permission.REGISTRATION_END):
            yield act(gettext("End the registration"), "end")
    elif may(Permission.REGISTRATION_WITHDRAW):
        yield act(gettext("Transfer to another community"), "transfer")
        yield act(gettext("Withdraw the letter"), "withdraw")


def _acts_here(actor: Actor, live: Registration) -> Iterator[ProfileAct]:
    """What the community can do with a member whom it has received."""
    if actor.may(Permission.CLAIM_DECIDE, live.community.path):
        address = reverse("agenda:window", args=[live.person_id])
        yield ProfileAct(gettext("Claim for them"), address)
    if actor.may(Permission.REGISTRATION_PLACE, live.community.path):
        yield ProfileAct(gettext("Grid and team"), reverse("registration:place", args=[live.pk]))
    if actor.may(Permission.REGISTRATION_ACCEPT, live.community.path):
        address = reverse("registration:renew_papers", args=[live.pk])
        yield ProfileAct(gettext("Issue receipt and card anew"), address)
