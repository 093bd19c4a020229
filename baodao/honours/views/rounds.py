"""评优评议 at a desk: rounds, who is judged, signatures, publicity, the final list."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.accounts.queries import is_on
from baodao.accounts.rules import STARS
from baodao.documents import files
from baodao.documents.form import Form as PaperForm
from baodao.documents.sheets import Item
from baodao.documents.views import paper_page
from baodao.honours.commands import publicity
from baodao.honours.commands import rounds as commands
from baodao.honours.commands.signatures import sign_proposals
from baodao.honours.documents import list_paper
from baodao.honours.forms import HonourReasonForm, HonourRoundForm
from baodao.honours.models import HonourProposal, HonourRound
from baodao.honours.queries.papers import list_digest, verdict_counts
from baodao.honours.queries.rounds import (
    DECIDE,
    PROPOSE,
    READ,
    objections_to,
    one_round,
    open_objections,
    proposals_of,
    round_to_act,
    rounds_of,
    rounds_to_act,
)
from baodao.honours.queries.words import title_of
from baodao.honours.rules.lives import BY_NAME, HONOUR_ROUND, POSITIVE, HonourState
from baodao.honours.rules.rounds import issuable_from
from baodao.honours.tables.lists import proposals_spec, rounds_spec
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.ui.forms import SignForm
from baodao.ui.guards import asking, choosing, ids_of, reading, writing
from baodao.ui.listing import Listing, paper_download
from baodao.ui.pages import page_before
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit

HOLDERS = (*PLACES, Kind.UNIT)
LIST, ROUND = "honours:list", "honours:round"


@reading
def honours(request: ActorRequest) -> HttpResponse:
    """The rounds of the organisation acted for, and of those below it."""
    place = acting_for(request, HOLDERS, READ)
    rows = rounds_of(request.actor, place)
    several = place.kind not in (Kind.UNIT, Kind.COMMUNITY)
    context = {"place": place, "begins": request.actor.may(PROPOSE, place.path)}
    listing = Listing(rows, request, rounds_spec(several=several))
    return listing.response("honours/list.html", context)


@asking
def begin(request: ActorRequest) -> HttpResponse:
    """Begin a round: what is judged, of which time."""
    place = acting_for(request, HOLDERS, PROPOSE)
    rated = is_on(STARS, place)
    form = bound(request, HonourRoundForm, place_kind=place.kind, rated=rated)
    page = FormPage(form, "honours/begin.html").beside(place=place)

    def act(actor: Actor, **_: object) -> HonourRound:
        return commands.begin_round(actor, organisation_id=place.pk, facts=form.facts())

    message = gettext("Begun. Look at each proposal; nothing holds before a person signs it.")
    return submit(request, act, to=to_round, message=message, page=page)


def to_round(row: HonourRound) -> str:
    """The page of a round."""
    return reverse(ROUND, args=[row.pk])


@reading
def one(request: ActorRequest, honour_id: UUID) -> HttpResponse:
    """A round with everybody who is judged in it, and what can be done next."""
    row = one_round(request.actor, honour_id)
    decides = _acts(request, row, DECIDE)
    signs = decides and row.state == HonourState.DRAFT
    spec = proposals_spec(signs=signs, names=row.kind in BY_NAME)
    context = {
        **_numbers(row),
        "round": row,
        "decides": decides,
        "proposes": _acts(request, row, PROPOSE),
        "objections": objections_to(row),
    }
    return Listing(proposals_of(row), request, spec).response("honours/round.html", context)


def _numbers(row: HonourRound) -> dict[str, object]:
    """How many are judged and voted: of votes only that they were given; what is over."""
    proposals, voters = row.proposals.all(), row.voters.all()
    return {
        "by_name": row.kind in BY_NAME,
        "issuable_from": issuable_from(row.public_until),
        "publicity_over": row.public_until is not None and clock.today() > row.public_until,
        "open_objections": open_objections().filter(proposal__round=row).count(),
        "people": proposals.count(),
        "unsigned": proposals.filter(verdict="").count(),
        "listed": proposals.filter(verdict__in=POSITIVE).count(),
        "voters": voters.count(),
        "voted": voters.exclude(voted_on=None).count(),
    }


def _acts(request: ActorRequest, row: HonourRound, permission: Permission) -> bool:
    """Whether the reader proposes or decides in this round."""
    return rounds_to_act(request.actor, permission).filter(pk=row.pk).exists()


@writing
def sign(request: ActorRequest, honour_id: UUID) -> HttpResponse:
    """Sign the ticked as they are proposed."""
    row = round_to_act(request.actor, honour_id, DECIDE)
    act = partial(_sign, ids_of(request), request.POST.get("count", ""))
    return submit(request, act, to=page_before(request, to_round(row)), message=_signed)


def _sign(ticked: list[UUID], count: str, actor: Actor) -> Batch[HonourProposal]:
    if not ticked:
        raise Refused("choice.empty", gettext_noop("Nobody is ticked. Tick at least one."))
    return sign_proposals(actor, proposal_ids=ticked, count=count)


def _signed(count: int) -> str:
    words = ngettext("%(count)s proposal is signed.", "%(count)s proposals are signed.", count)
    return words % {"count": count}


@choosing
def publish(request: ActorRequest, honour_id: UUID) -> HttpResponse:
    """Ask once, then put the list into publicity."""
    row = round_to_act(request.actor, honour_id, DECIDE)
    lead = gettext(
        "Everybody in scope reads who stands on it; of the others nothing is shown. Whoever a "
        "word was signed on is told and may object."
    )
    page = _list_question(
        request, row, gettext("Put the list into publicity"), gettext("Publish the list"), lead
    ).while_open(HONOUR_ROUND.check, row.state, HonourState.DRAFT)
    message = gettext("The list is in publicity. Print it and post it up too.")
    return _decided(request, row, publicity.publish_list, page, message)


@choosing
def issue(request: ActorRequest, honour_id: UUID) -> HttpResponse:
    """Ask once, then issue the final list."""
    row = round_to_act(request.actor, honour_id, DECIDE)
    lead = gettext("It gets a number and can be verified; who is honoured gets a certificate.")
    page = _list_question(
        request, row, gettext("Issue the final list"), gettext("Issue the list"), lead
    ).while_open(HONOUR_ROUND.check, row.state, HonourState.PUBLIC)
    message = gettext("The final list is issued.")
    return _decided(request, row, publicity.issue_list, page, message)


def _list_question(
    request: ActorRequest, row: HonourRound, headline: str, label: str, lead: str
) -> FormPage:
    """Ask once with what the list says, of which the form carries the hash."""
    # no edit: nothing is put right here, it carries the hash of the list that is decided on
    form = bound(request, SignForm, initial={"seen": list_digest(row)})
    return question(form, headline, label, lead, verdict_counts(row))


def _decided(
    request: ActorRequest,
    row: HonourRound,
    command: Callable[..., HonourRound],
    page: FormPage,
    message: str,
) -> HttpResponse:
    act = partial(command, round_id=row.pk)
    page = page.beside(cancel=to_round(row))
    return submit(request, act, to=to_round, message=message, page=page)


@asking
def withdraw(request: ActorRequest, honour_id: UUID) -> HttpResponse:
    """Withdraw a round, with a reason."""
    row = round_to_act(request.actor, honour_id, DECIDE)
    page = FormPage(bound(request, HonourReasonForm), "honours/form.html").beside(
        headline=gettext("Withdraw this round"),
        lead=title_of(row),
        label=gettext("Withdraw"),
        cancel=to_round(row),
    )
    page = page.while_open(HONOUR_ROUND.move, row.state, HonourState.WITHDRAWN)
    message = gettext("Withdrawn. Its papers verify no longer.")
    return _decided(request, row, commands.withdraw_round, page, message)


@reading
def paper(request: ActorRequest, honour_id: UUID, ending: str) -> HttpResponse:
    """公示 or the final list on paper."""
    form, items = list_paper(one_round(request.actor, honour_id))
    return paper_response(request, form, items, ending)


def paper_response(
    request: ActorRequest, form: PaperForm, items: Sequence[Item], ending: str
) -> HttpResponse:
    """A paper on a page or as a file; raises `Absent` for a medium that it does not have."""
    if ending not in form.formats:
        raise Absent("format")
    if ending == "html":
        return paper_page(request, form, items)
    return paper_download(request, files.render(form.code, items, ending))
