"""Pairings with their stage: who stands by whom, when the next visit is due, what is overdue."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, TruncDate

from baodao.agenda.queries.claims import own_claims
from baodao.claims.models import Claim
from baodao.claims.queries.claims import claim_rows, claims, claims_of_unit
from baodao.claims.queries.seats import every_seat, held_seats
from baodao.claims.rules.lives import SEATED, SERVING, ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.journal import timeline
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.ledger.queries.records import record_rows, standing
from baodao.notices.queries.pending import PendingRows
from baodao.offers.kinds.pairing.kind import PAIRING, RHYTHM_DAYS
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_rows, offers
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_by_path
from baodao.orgs.queries.tree import paths_of, standing_for
from baodao.pairings.models import PairedHousehold, Visit, VisitReminder
from baodao.pairings.queries.households import household_of
from baodao.pairings.rules.pairings import PairingStage
from baodao.pairings.rules.policies import REMIND_DAYS
from baodao.residents.models import SealedHousehold
from baodao.statements.rules.statements import StatementState

Pairings = QuerySet[Any]
STANDING = (OfferState.PUBLISHED, OfferState.CLOSED)
"""What was called off or is drafted is no pairing."""

WRITTEN = "household.written"
"""In the journal: that it was written down who is helped."""

IN_FORCE = (PairingStage.GOING, PairingStage.OVERDUE, PairingStage.LEAVING)


def with_visits(rows: QuerySet[Offer]) -> Pairings:
    """Pairings with the live `claim_id` and `supporter`, `since` when they help, the day last
    `visited_on`, when the next visit is `due_on`, their `stage`, and whether it is `written` who is
    helped."""
    seated = claim_rows().filter(offer=OuterRef("pk"), state__in=SEATED)
    first = seated.exclude(state=ClaimState.DONE).order_by("claimed_at", "pk")
    name = Coalesce("person__name", "branch__name")
    columns: dict[str, Any] = {
        "claim_id": Subquery(first.values("pk")[:1]),
        "supporter": Subquery(first.annotate(name=name).values("name")[:1]),
        "helps_as": Subquery(first.values("state")[:1]),
        "since": TruncDate(Subquery(first.values("seated_at")[:1]), tzinfo=clock.ZONE),
        "visited_on": Greatest(*_visited(), output_field=DateField()),
        "written": Exists(PairedHousehold.objects.filter(offer=OuterRef("pk"))),
    }
    rows = rows.select_related("pairing").annotate(**columns)
    rows = rows.annotate(due_on=_due())
    return rows.annotate(stage=_stage())


def _visited() -> tuple[Subquery, Subquery]:
    """The last day that a helper told of and that waits for the community, and the last recorded
    one that stands; read by who has or had a seat, of whom records have an index."""
    waiting = Visit.objects.filter(offer=OuterRef("pk"), statement__state=StatementState.WAITING)
    stated = waiting.order_by().values("offer").annotate(last=Max("statement__served_on"))
    helpers = every_seat().filter(claim__offer=OuterRef(OuterRef("pk"))).order_by()
    records = standing(record_rows()).filter(
        offer_id=OuterRef("pk"), person__in=helpers.values("person")
    )
    recorded = records.order_by().values("offer_id").annotate(last=Max("served_on"))
    return Subquery(stated.values("last")), Subquery(recorded.values("last"))


def _due() -> Case:
    """So many days after the last visit or, where it is later, since when they help."""
    whens = [When(pairing__rhythm=rhythm, then=Value(days)) for rhythm, days in RHYTHM_DAYS.items()]
    days = Case(*whens, output_field=IntegerField())
    last = Greatest(F("visited_on"), F("since"), output_field=DateField())
    due = ExpressionWrapper(last + days, output_field=DateField())
    return Case(When(helps_as__in=SERVING, state=OfferState.PUBLISHED, then=due), default=None)


def _stage() -> Case:
    stages = (
        (Q(state=OfferState.CLOSED), PairingStage.OVER),
        (Q(helps_as=None), PairingStage.OPEN),
        (Q(helps_as=ClaimState.INVITED), PairingStage.KEPT),
        (Q(helps_as=ClaimState.EXIT_REQUESTED), PairingStage.LEAVING),
        (Q(due_on__lt=clock.today()), PairingStage.OVERDUE),
    )
    whens = [When(condition, then=Value(stage.value)) for condition, stage in stages]
    going = Value(PairingStage.GOING.value)
    return Case(*whens, default=going, output_field=CharField())


def pairings_in(actor: Actor, place: Organisation) -> Pairings:
    """The pairings of the communities of a place, whatever became of them."""
    rows = offers(actor).filter(community__path__startswith=place.path, kind=PAIRING)
    return with_visits(rows.filter(state__in=STANDING))


def pairing_of(actor: Actor, offer_id: UUID, permission: Permission = Permission.OFFER_EDIT) -> Any:
    """One with which the actor may do so, also while it is a draft; raises `Absent`."""
    rows = offers(actor, permission).filter(pk=offer_id, kind=PAIRING)
    pairing = with_visits(rows).first()
    if pairing is None:
        raise Absent("pairing")
    return pairing


def claim_to_pass_on(actor: Actor, claim_id: UUID) -> Claim:
    """A claim by which somebody stands by a household, for its community; raises `Absent`."""
    rows = claims(actor, Permission.CLAIM_DECIDE).filter(offer__kind=PAIRING, state__in=SERVING)
    claim = rows.filter(pk=claim_id).first()
    if claim is None:
        raise Absent("claim")
    return claim


def waiting_pairings(
    actor: Actor, community: Organisation
) -> Question[dict[PairingStage, list[tuple[UUID, str]]]]:
    """Pairings whose visit is overdue, and those that nobody stands by, with their titles, by
    their stage; the longest first."""
    return _WAITING.question(actor, community).then(_by_stage)


def _by_stage(
    rows: Iterable[tuple[str, UUID, str]],
) -> dict[PairingStage, list[tuple[UUID, str]]]:
    waiting: dict[PairingStage, list[tuple[UUID, str]]] = {
        PairingStage.OVERDUE: [],
        PairingStage.OPEN: [],
    }
    for stage, offer_id, title in rows:
        waiting[PairingStage(stage)].append((offer_id, title))
    return waiting


def _waiting(actor: Actor, community: Organisation) -> Pairings:
    rows = pairings_in(actor, community).filter(stage__in=(PairingStage.OVERDUE, PairingStage.OPEN))
    ordered = rows.order_by("due_on", "published_at", "pk")
    return ordered.values_list("stage", "pk", "title")


_WAITING = Prepared(_waiting)


def own_pairings(actor: Actor) -> dict[Claim, Any]:
    """The claims by which the actor stands by a household now, each with its pairing."""
    rows = own_claims(actor).filter(offer__kind=PAIRING, state__in=SERVING)
    return _with_claims(list(rows))


def own_pairing(actor: Actor, claim_id: UUID) -> tuple[Claim, Any]:
    """One by which the actor stands by a household now; raises `Absent` once it is over."""
    mine = {claim.pk: (claim, row) for claim, row in own_pairings(actor).items()}
    if claim_id not in mine:
        raise Absent("pairing")
    return mine[claim_id]


def pairings_of_unit(actor: Actor, unit: Organisation) -> dict[Claim, Any]:
    """The live claims of a unit and its members by which they stand by a household, with who
    serves, each with its pairing; what is due first first."""
    rows = claims_of_unit(actor, unit).filter(offer__kind=PAIRING, state__in=SERVING)
    pairs = _with_claims(list(rows.order_by("claimed_at", "pk")))
    return dict(sorted(pairs.items(), key=lambda pair: pair[1].due_on or date.max))


def pairing_count(actor: Actor, unit: Organisation) -> Question[int]:
    """How many `pairings_of_unit` there are."""
    return _OF_UNIT.number(actor, unit)


def _claims_of_unit(actor: Actor, unit: Organisation) -> QuerySet[Any, Any]:
    rows = claims_of_unit(actor, unit).filter(offer__kind=PAIRING, state__in=SERVING)
    return rows.order_by().values_list("pk")


_OF_UNIT = Prepared(_claims_of_unit)


def _with_claims(claims: list[Claim]) -> dict[Claim, Any]:
    rows = with_visits(offer_rows().filter(pk__in=[claim.offer_id for claim in claims]))
    by_id = {row.pk: row for row in rows}
    return {claim: by_id[claim.offer_id] for claim in claims}


def to_remind(*offer_ids: UUID) -> list[tuple[Any, bool]]:
    """Pairings, these or all, of whose visit who visits is to be reminded today, and whether it is
    late; of each visit twice at most: so many days before it is due, and once it is overdue."""
    latest = clock.today() + timedelta(days=REMIND_DAYS.most)
    published = offer_rows().filter(kind=PAIRING, state=OfferState.PUBLISHED)
    rows = with_visits(published.filter(pk__in=offer_ids) if offer_ids else published)
    rows = rows.filter(helps_as=ClaimState.ACTIVE, due_on__lte=latest).order_by("pk")
    near = [(row, row.due_on < clock.today()) for row in _near(list(rows))]
    sent = set(
        VisitReminder.objects.filter(offer__in=[row.pk for row, _ in near]).values_list(
            "offer", "due_on", "late"
        )
    )
    return [(row, late) for row, late in near if (row.pk, row.due_on, late) not in sent]


def _near(rows: list[Any]) -> list[Any]:
    """Those of whose visit is to be reminded by now, as who does the work of each community has
    it."""
    communities = {row.community_id for row in rows}
    heirs = {one: one for one in communities} | standing_for(communities)
    paths = paths_of(heirs.values())
    values = values_by_path(set(paths.values()))
    days = {one: values[paths[heir]].of(REMIND_DAYS) for one, heir in heirs.items()}
    today = clock.today()
    return [row for row in rows if row.due_on <= today + timedelta(days=days[row.community_id])]


def names_of(offer: Offer) -> list[str]:
    """Who is helped by an offer, by the name in its sealed entry."""
    household = household_of(offer)
    return [household.name] if household else []


def last_writing(offer: Offer) -> tuple[SealedHousehold | None, int]:
    """When and by whom it was written down last who is helped, None where it never was; and how
    often it was."""
    return household_of(offer), timeline(offer.pk).filter(verb=WRITTEN).count()


def _unvisited() -> QuerySet[VisitReminder]:
    """For who was reminded: of a visit that is still the next one due, while they are to go."""
    due = with_visits(offer_rows().filter(pk=OuterRef("offer"))).filter(due_on=OuterRef("due_on"))
    visitors = held_seats().filter(
        claim__offer=OuterRef("offer"),
        claim__state=ClaimState.ACTIVE,
        person=OuterRef(OuterRef("person")),
    )
    rows = VisitReminder.objects.filter(pk=OuterRef("about"))
    return rows.filter(Exists(due.order_by()), Exists(visitors.order_by()))


PENDING: dict[str, PendingRows] = dict.fromkeys(
    ("claim-visit-due", "claim-visit-overdue"), _unvisited
)
"""For which rows notices ask."""
