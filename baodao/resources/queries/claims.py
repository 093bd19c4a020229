"""What is claimed of the lists: in scope, what waits for an answer, how far a project is."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import within
from baodao.ledger.queries.records import Totals, record_rows, totals_of
from baodao.notices.queries.pending import PendingRows
from baodao.offers.models import Offer
from baodao.offers.queries.offers import counted, offer_rows
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.orgs.rules.policies import UNITS
from baodao.people.queries.members import unit_of
from baodao.resources.models import ListClaim, Project
from baodao.resources.queries.lists import READ, RECEIVE, WRITE, units_of
from baodao.resources.rules.lives import LIST_CLAIM, ListClaimState, ListSide

Claims = QuerySet[ListClaim]
ANSWERING = {ListSide.UNIT: RECEIVE, ListSide.COMMUNITY: WRITE}
"""With which right the other side answers what a side claims."""
CLAIMING = {ListSide.UNIT: WRITE, ListSide.COMMUNITY: RECEIVE}
PATHS = {WRITE: "unit__path", RECEIVE: "community__path"}


def claim_rows() -> Claims:
    """Everything that was ever claimed of a list, with what pages show of it."""
    return ListClaim.objects.select_related(
        "unit", "community", "resource__unit", "need", "project__unit", "project__community"
    )


def list_claims(actor: Actor) -> Claims:
    """What is and was claimed, of units and communities that the actor reads."""
    return within(claim_rows(), actor, READ, "unit__path", "community__path")


def claims_in(actor: Actor, place: Organisation) -> Claims:
    """What a place claimed and what was claimed of it, the latest first."""
    here = Q(community__in=ids_below(place.path))
    if place.kind in UNITS:
        here = Q(unit=unit_of(place))
    return list_claims(actor).filter(here).order_by("-claimed_at", "pk")


def _of(actor: Actor, rights: dict[ListSide, Permission]) -> Q:
    """Claims of each side on which the actor holds the right named."""
    condition = Q(pk__in=[])
    for side, permission in rights.items():
        rows = within(ListClaim.objects.filter(side=side), actor, permission, PATHS[permission])
        condition |= Q(pk__in=rows.values("pk"))
    return condition


def claims_to_answer(actor: Actor) -> Claims:
    """What the other side claimed and the actor may answer."""
    return claim_rows().filter(_of(actor, ANSWERING))


def own_claims(actor: Actor) -> Claims:
    """What the actor's side claimed, on which the actor acts for it."""
    return claim_rows().filter(_of(actor, CLAIMING))


def claims_to_end(actor: Actor) -> Claims:
    """What either side may take back once it is agreed."""
    return claim_rows().filter(_of(actor, ANSWERING) | _of(actor, CLAIMING))


def endable_claims(actor: Actor) -> Claims:
    """What the actor may take back now: what their side claimed, and what is agreed and ahead."""
    agreed = Q(state=ListClaimState.AGREED) & (Q(ends_at=None) | Q(ends_at__gt=clock.now()))
    own = _of(actor, CLAIMING) & Q(state__in=(ListClaimState.OPEN, ListClaimState.OTHER_TIME))
    both = _of(actor, ANSWERING) | _of(actor, CLAIMING)
    return claim_rows().filter(own | (both & agreed))


def claim_of(rows: Claims, list_claim_id: UUID) -> ListClaim:
    """One of these. Raises `Absent`."""
    row = rows.filter(pk=list_claim_id).first()
    if row is None:
        raise Absent("claim")
    return row


def waiting_in(actor: Actor, place: Organisation) -> Claims:
    """What waits for the word of who acts for a place: claims of the other side, and other times
    proposed for its own; the longest first."""
    rows = claims_in(actor, place)
    answer = Q(state=ListClaimState.OPEN) & _of(actor, ANSWERING)
    confirm = Q(state=ListClaimState.OTHER_TIME) & _of(actor, CLAIMING)
    return rows.filter(answer | confirm).order_by("claimed_at", "pk")


def waiting_claims(actor: Actor, place: Organisation) -> Question[int]:
    """How many claims wait for the word of who acts for a unit or a community, and other times
    proposed for its own."""
    return _WAITING.number(actor, place)


def _waiting_here(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    return waiting_in(actor, place).order_by().select_related(None).values_list("pk")


def unanswered_claims(actor: Actor, place: Organisation) -> Question[list[Any]]:
    """Since when claims at and below a place wait for an answer, the longest first."""
    return _UNANSWERED.question(actor, place)


def _unanswered(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = claims_in(actor, place).filter(state=ListClaimState.OPEN).select_related(None)
    return rows.order_by("claimed_at", "pk").values_list("claimed_at", flat=True)


_WAITING, _UNANSWERED = Prepared(_waiting_here), Prepared(_unanswered)


def live_claims() -> Claims:
    """Those that wait or are agreed."""
    return claim_rows().filter(state__in=LIST_CLAIM.live)


def agreed_between(unit: Organisation, community: Organisation, year: int) -> Claims:
    """What a unit and a community have agreed of their lists for a year, by the day of it:
    resources lent in it, projects of it, needs that were taken on in it."""
    rows = claim_rows().filter(unit=unit, community__in=ids_below(community.path))
    first, end = clock.midnight(date(year, 1, 1)), clock.end_of(date(year, 12, 31))
    needs = Q(resource=None, project=None, answered_at__gte=first, answered_at__lt=end)
    lent = Q(starts_at__gte=first, starts_at__lt=end)
    rows = rows.filter(needs | lent | Q(project__year=year), state=ListClaimState.AGREED)
    return rows.order_by("answered_at", "pk")


def activities_of(project: Project) -> QuerySet[Any]:
    """The offers by which a project is carried out, `counted`, by when they begin."""
    rows = counted(offer_rows().filter(project_offer__project=project))
    return rows.order_by("starts_at", "created_at", "pk")


def activities_to_add(project: Project) -> QuerySet[Offer]:
    """Offers of the community that could be counted for a project: organised by the community or a
    unit that takes part, and counted for no other."""
    organisers = [project.community_id, *(unit.pk for unit in units_of(project))]
    rows = offer_rows().filter(
        community__in=ids_below(project.community.path),
        organiser__in=organisers,
        state__in=(OfferState.PUBLISHED, OfferState.CLOSED),
        project_offer=None,
    )
    return rows.order_by("-starts_at", "-created_at", "pk")


def done_in(project: Project) -> Totals:
    """What was served in the activities of a project, as it stands recorded."""
    offers = activities_of(project).order_by().values("pk")
    return totals_of(record_rows().filter(offer_id__in=offers))


def _waiting(state: ListClaimState) -> QuerySet[ListClaim]:
    return ListClaim.objects.filter(pk=OuterRef("about"), state=state)


PENDING: dict[str, PendingRows] = {
    "list-claimed": lambda: _waiting(ListClaimState.OPEN),
    "list-other-time": lambda: _waiting(ListClaimState.OTHER_TIME),
}
"""For which rows notices ask."""
