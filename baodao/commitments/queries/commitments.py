"""Commitments in force, one's own and those in scope; who may be read on the notice board; who is
to be invited."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from baodao.commitments.models import Commitment, CommitmentInvitation, CommitmentItem
from baodao.commitments.rules.policies import BOARD, INVITE_DAYS, POSTED
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.kernel.scope import own
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago, value_of
from baodao.orgs.queries.tree import ids_below, standing_of
from baodao.people.queries.members import current, with_belonging
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import (
    own_registration,
    registration_rows,
    registrations,
)
from baodao.registration.rules.states import State

Commitments = QuerySet[Commitment]


def commitment_rows() -> Commitments:
    """Every version with what pages and papers show of it, for this slice."""
    rows = Commitment.objects.select_related(
        "registration__person", "registration__branch__parent", "registration__community"
    )
    rows = with_belonging(rows, "registration__person", "registration__branch")
    return rows.prefetch_related("items__offer", "items__series")


def present(rows: Commitments) -> Commitments:
    """Those of these versions that are in force, with the registration in which they were made."""
    return rows.filter(until=None, registration__state=State.ACCEPTED)


def own_commitments(actor: Actor) -> Commitments:
    """Every version of the actor's commitments, the latest first."""
    rows = own(commitment_rows(), actor, "registration__person")
    return rows.order_by("-year", "-since", "-pk")


def own_commitment(actor: Actor) -> Commitment | None:
    """What the actor commits to in this year; None where it is nothing, or not said yet."""
    return present(own_commitments(actor)).filter(year=clock.today().year).first()


def own_in_force(actor: Actor, commitment_id: UUID) -> Commitment:
    """One of the actor's that is in force; raises `Absent`."""
    row = present(own_commitments(actor)).filter(pk=commitment_id).first()
    if row is None:
        raise Absent("commitment")
    return row


def commitments(actor: Actor) -> Commitments:
    """What is in force, of every year, of members whom the actor reads now."""
    return present(commitment_rows()).filter(registration__in=registrations(actor).order_by())


def commitments_in(actor: Actor, place: Organisation) -> Commitments:
    """Those of members registered in a place or belonging to it."""
    return commitments(actor).filter(registration__in=reported_in(actor, place).order_by())


def reported_in(actor: Actor, place: Organisation) -> QuerySet[Registration]:
    """Members who are registered in a place or belong to it, as far as the actor reads them now."""
    members = current().filter(branch__path__startswith=place.path).values("person")
    near = Q(community__path__startswith=place.path) | Q(person__in=members)
    return registrations(actor).filter(near, state=State.ACCEPTED)


def commitment_for(actor: Actor, commitment_id: UUID) -> Commitment:
    """A version of the actor's own, or one that is in force of somebody whom they read now. Raises
    `Absent`."""
    mine = own_commitments(actor).filter(pk=commitment_id).first()
    row = mine or commitments(actor).filter(pk=commitment_id).first()
    if row is None:
        raise Absent("commitment")
    return row


def posts_up(community: Organisation) -> bool:
    """Whether commitments are posted up in a community, or by who does its work now, of who
    agrees."""
    return value_of(POSTED, standing_of(community)) == BOARD


def posted_in(community: Organisation) -> Commitments:
    """This year's commitments that may be read on the community's notice board, also of members of
    those that it took over from, in the order of names, which says nothing of who does more. Raises
    `Absent` where none are posted up."""
    if not posts_up(community):
        raise Absent("board")
    rows = present(commitment_rows()).filter(
        registration__community__in=ids_below(community.path),
        year=clock.today().year,
        consent_until=None,
    )
    return rows.exclude(consent="").order_by("registration__person__pinyin", "pk")


def own_board(actor: Actor) -> Organisation | None:
    """The community whose notice board the actor reads as its member; None where it has none."""
    registration = own_registration(actor)
    if registration is None or registration.state != State.ACCEPTED:
        return None
    community = standing_of(registration.community)
    return community if posts_up(community) else None


def to_invite() -> QuerySet[Registration]:
    """Who is to be invited today: received, and neither invited nor committed in this year, where
    it is still the time for it."""
    today = clock.today()
    new_year = clock.midnight(date(today.year, 1, 1))
    committed = Commitment.objects.filter(registration=OuterRef("pk"), year=today.year)
    invited = CommitmentInvitation.objects.filter(registration=OuterRef("pk"), year=today.year)
    rows = registration_rows().annotate(since=days_ago(INVITE_DAYS, "community__path"))
    return rows.filter(
        ~Exists(committed), ~Exists(invited), state=State.ACCEPTED, since__lt=new_year
    )


def items_of(commitment: Commitment) -> list[CommitmentItem]:
    """What was ticked, what was claimed already first."""
    return sorted(commitment.items.all(), key=lambda item: (item.claimed_on is None, item.title))


def _invitation() -> QuerySet[CommitmentInvitation]:
    """For which invitation a notice asks: as long as its year runs and nothing was committed."""
    committed = Commitment.objects.filter(
        registration=OuterRef("registration"), year=OuterRef("year")
    )
    return CommitmentInvitation.objects.filter(
        ~Exists(committed),
        pk=OuterRef("about"),
        year=clock.today().year,
        registration__state=State.ACCEPTED,
    )


PENDING: dict[str, PendingRows] = {"claim-commitment-invitation": _invitation}
"""For which rows notices ask."""
