"""Rounds in scope, the word on each, what is shown in public, and what became of a list."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from baodao.honours.models import (
    HonourObjection,
    HonourProposal,
    HonourRound,
    HonourRuling,
)
from baodao.honours.rules.lives import (
    POSITIVE,
    SEEN,
    HonourObjectionState,
    HonourState,
    RulingBasis,
)
from baodao.honours.rules.rounds import ListChange, list_change
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import own, within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import own_membership
from baodao.registration.queries.registrations import own_registration
from baodao.registration.rules.states import State

Rounds = QuerySet[HonourRound]
Proposals = QuerySet[HonourProposal]
READ, PROPOSE, DECIDE = Permission.HONOUR_READ, Permission.HONOUR_PROPOSE, Permission.HONOUR_DECIDE


def rounds(actor: Actor, permission: Permission = READ) -> Rounds:
    """Rounds of organisations on which the actor holds `permission`."""
    rows = HonourRound.objects.select_related("organisation")
    return within(rows, actor, permission, "organisation__path")


def rounds_to_act(actor: Actor, permission: Permission) -> Rounds:
    """Those in which the actor proposes or decides: of the very organisation on which they hold it,
    and of what that one took over. An authority reads the rounds below it and writes in none."""
    reach = actor.paths(permission)
    mine = Q(organisation__path__in=reach) | Q(organisation__closed_at__isnull=False)
    rows = rounds(actor, permission)
    return rows if reach == ("",) else rows.filter(mine)


def rounds_of(actor: Actor, place: Organisation) -> Rounds:
    """Those of an organisation and of all below it, the latest first; how many are judged and how
    many are signed is counted."""
    rows = rounds(actor).filter(organisation__in=ids_below(place.path))
    signed = Count("proposal", filter=~Q(proposal__verdict=""))
    rows = rows.annotate(people=Count("proposal"), signed=signed)
    return rows.order_by("-begun_at", "pk")


def one_round(actor: Actor, round_id: UUID) -> HonourRound:
    """One that the actor reads; raises `Absent`."""
    return _one(rounds(actor), round_id)


def round_to_act(actor: Actor, round_id: UUID, permission: Permission) -> HonourRound:
    """One in which the actor proposes or decides; raises `Absent`."""
    return _one(rounds_to_act(actor, permission), round_id)


def _one(rows: Rounds, round_id: UUID) -> HonourRound:
    row = rows.filter(pk=round_id).first()
    if row is None:
        raise Absent("round")
    return row


def branch_rounds(actor: Actor) -> Rounds:
    """Rounds of the units above the branches where the actor reads rounds, in which somebody of
    these branches is judged."""
    seen = Q(pk__in=())
    for path in actor.paths(READ):
        ours = HonourProposal.objects.filter(branch__path__startswith=path)
        seen |= Q(organisation__path__in=_above(path), pk__in=ours.values("round"))
    rows = HonourRound.objects.filter(seen, organisation__kind=Kind.UNIT)
    rows = rows.exclude(state=HonourState.WITHDRAWN).select_related("organisation")
    return rows.exclude(pk__in=rounds(actor).values("pk")).order_by("-begun_at", "pk")


def branch_round(actor: Actor, round_id: UUID) -> HonourRound:
    """One of these; raises `Absent`."""
    return _one(branch_rounds(actor), round_id)


def branch_proposals(actor: Actor) -> Proposals:
    """The words on who belonged to the actor's branches in rounds of the unit, with all that was
    signed of them; on oneself none before it is in publicity."""
    rulings = Prefetch("rulings", HonourRuling.objects.order_by("ruled_at", "pk"))
    rows = proposal_rows().filter(round__in=branch_rounds(actor).values("pk"))
    rows = within(rows, actor, READ, "branch__path").prefetch_related(rulings)
    if actor.person_id is None:
        return rows
    return rows.exclude(~Q(round__state__in=SEEN), person=actor.person_id)


def proposal_rows() -> Proposals:
    """Every proposal with what pages show of it, in the order of the tree and of names: never by
    any figure."""
    rows = HonourProposal.objects.select_related("round__organisation", "person", "branch__parent")
    return rows.order_by("branch__path", "person__pinyin", "pk")


def proposals_of(round: HonourRound) -> Proposals:  # noqa: A002 - the field's own term
    """The word on each who is judged, with all that was signed of them."""
    rulings = Prefetch("rulings", HonourRuling.objects.order_by("ruled_at", "pk"))
    return proposal_rows().filter(round=round).prefetch_related(rulings)


def proposals_to_decide(actor: Actor) -> Proposals:
    """Those on which the actor may sign a word."""
    rows = rounds_to_act(actor, DECIDE)
    return proposal_rows().filter(round__in=rows.values("pk"))


def proposals_to_edit(actor: Actor) -> Proposals:
    """Those that the actor may name and take out."""
    rows = rounds_to_act(actor, PROPOSE)
    return proposal_rows().filter(round__in=rows.values("pk"))


def proposal_read(actor: Actor, proposal_id: UUID) -> HonourProposal:
    """One in a round that the actor reads, of the actor's branch, or one's own that is or was in
    publicity; raises `Absent`."""
    rulings = Prefetch("rulings", HonourRuling.objects.order_by("ruled_at", "pk"))
    rows = proposal_rows().filter(pk=proposal_id).prefetch_related(rulings)
    row = rows.filter(round__in=rounds(actor).values("pk")).first()
    row = row or branch_proposals(actor).filter(pk=proposal_id).first()
    row = row or own_proposals(actor).filter(pk=proposal_id).first()
    if row is None:
        raise Absent("proposal")
    return row


def honoured(actor: Actor) -> Proposals:
    """Who is honoured on final lists, as far as the certificate is theirs: of the actor in person,
    of the units for which they act, of everybody in rounds that they read."""
    rows = proposal_rows().filter(round__state=HonourState.FINAL, verdict__in=POSITIVE)
    units = within(rows.filter(person=None), actor, READ, "branch__path").order_by()
    mine = own(rows, actor).order_by()
    all_of = rows.filter(round__in=rounds(actor).values("pk")).order_by()
    keys = Q(pk__in=units.values("pk")) | Q(pk__in=mine.values("pk"))
    return rows.filter(keys | Q(pk__in=all_of.values("pk")))


def honoured_one(actor: Actor, proposal_id: UUID) -> HonourProposal:
    """One of these; raises `Absent`."""
    row = honoured(actor).filter(pk=proposal_id).first()
    if row is None:
        raise Absent("proposal")
    return row


def objectable(actor: Actor, proposal_id: UUID) -> HonourProposal:
    """One's own, or one that stands on a list that the actor reads; raises `Absent`."""
    row = proposal_rows().filter(pk=proposal_id).first()
    if row is None:
        raise Absent("proposal")
    public_round(actor, row.round_id)
    is_own = actor.reaches_own and actor.person_id is not None and actor.person_id == row.person_id
    if not is_own and row.verdict not in POSITIVE:
        raise Absent("proposal")
    return row


def own_proposals(actor: Actor) -> Proposals:
    """What was signed on the actor and is or was in publicity, the latest first."""
    rows = own(proposal_rows(), actor).filter(round__state__in=SEEN).exclude(verdict="")
    rulings = Prefetch("rulings", HonourRuling.objects.order_by("ruled_at", "pk"))
    return rows.prefetch_related(rulings).order_by("-round__begun_at", "pk")


def public_rounds(actor: Actor) -> Rounds:
    """Lists in publicity and final ones: of the organisations at, above and below those where the
    actor reads rounds, to which they belong, or that have received them; those on which a member of
    theirs stands; and those in which a word on them was signed."""
    seen = Q(pk__in=own_proposals(actor).order_by().values("round"))
    for path in actor.paths(READ):
        seen |= Q(organisation__path__startswith=path) | Q(organisation__path__in=_above(path))
        ours = HonourProposal.objects.filter(branch__path__startswith=path, verdict__in=POSITIVE)
        seen |= Q(pk__in=ours.values("round"))
    for path in _own_paths(actor):
        seen |= Q(organisation__path__in=_above(path))
    rows = HonourRound.objects.select_related("organisation").filter(seen, state__in=SEEN)
    return rows.order_by("-public_on", "pk")


def public_round(actor: Actor, round_id: UUID) -> HonourRound:
    """One of these; raises `Absent`."""
    return _one(public_rounds(actor), round_id)


def _own_paths(actor: Actor) -> Iterator[str]:
    membership, registration = own_membership(actor), own_registration(actor)
    if membership is not None:
        yield membership.branch.path
    if registration is not None and registration.state == State.ACCEPTED:
        yield registration.community.path


def _above(path: str) -> list[str]:
    """The paths of an organisation and of all above it."""
    codes = path.split(".")[:-1]
    return [".".join(codes[: count + 1]) + "." for count in range(len(codes))]


def public_lines(round: HonourRound) -> Proposals:  # noqa: A002 - the field's own term
    """Who stands on the public list."""
    return proposal_rows().filter(round=round, verdict__in=POSITIVE)


def changes_of(round: HonourRound) -> ListChange:  # noqa: A002 - as above
    """How the list became another since it was shown first."""
    later = (RulingBasis.OBJECTION, RulingBasis.CORRECTION)
    rows = HonourRuling.objects.filter(proposal__round=round, basis__in=later)
    rows = rows.select_related("proposal__person", "proposal__branch").order_by("ruled_at", "pk")
    return list_change((row.proposal.name, row.before, row.verdict) for row in rows)


def objections(actor: Actor, permission: Permission = DECIDE) -> QuerySet[HonourObjection]:
    """Objections to rounds in which the actor decides, the oldest first."""
    rows = HonourObjection.objects.select_related(
        "proposal__round__organisation", "proposal__person", "proposal__branch"
    )
    rounds_ = rounds_to_act(actor, permission).values("pk")
    return rows.filter(proposal__round__in=rounds_).order_by("objected_at", "pk")


def word_objected(row: HonourObjection) -> str:
    """The word that held when somebody objected to it; another may hold since."""
    rulings = HonourRuling.objects.filter(proposal=row.proposal_id, ruled_at__lte=row.objected_at)
    last = rulings.exclude(basis=RulingBasis.KEPT).order_by("ruled_at", "pk").last()
    return str(last.verdict) if last else ""


def objection_of(actor: Actor, objection_id: UUID) -> HonourObjection:
    """One of these; raises `Absent`."""
    row = objections(actor).filter(pk=objection_id).first()
    if row is None:
        raise Absent("objection")
    return row


def objections_to(round: HonourRound) -> QuerySet[HonourObjection]:  # noqa: A002 - as above
    """Every objection to a round, for who reads the round as a whole."""
    rows = HonourObjection.objects.filter(proposal__round=round)
    return rows.select_related("proposal__person", "proposal__branch").order_by("objected_at", "pk")


def own_objections(actor: Actor) -> QuerySet[HonourObjection]:
    """What the actor objected to, the latest first."""
    rows = HonourObjection.objects.select_related(
        "proposal__round__organisation", "proposal__person", "proposal__branch"
    )
    if actor.account_id is None:
        return rows.none()
    return rows.filter(account=actor.account_id).order_by("-objected_at", "pk")


def open_objections() -> QuerySet[HonourObjection]:
    """Those that wait for an answer, whoever's."""
    return HonourObjection.objects.filter(
        state=HonourObjectionState.OPEN, proposal__round__state=HonourState.PUBLIC
    )
