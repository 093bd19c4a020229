"""A community's cards of a year: drafted, judged many at once, signed many at once."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.appraisal.commands import drafts, signatures
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import desk_cards, desk_objections, lines_aside
from baodao.appraisal.queries.readings import present
from baodao.appraisal.queries.subjects import suggestions
from baodao.appraisal.rules.life import CardState
from baodao.appraisal.views.lines import (
    PAGE,
    appearances,
    shown_lines,
    typed_lines,
    unsaved_lines,
)
from baodao.appraisal.views.listings import (
    READY,
    cards_of_year,
    changed_in,
    desk_listing,
    limited,
    standing,
    year_in,
)
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.orgs.requests import acting_community
from baodao.ui.guards import ids_of, reading, writing, writing_typed
from baodao.ui.interruptions import keep_typed
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit, tell_refused

YEARS_BACK = 2


@reading
def cards(request: ActorRequest) -> HttpResponse:
    """The year's cards: drafts to be judged and signed, and what became of the signed."""
    community = acting_community(request, Permission.FEEDBACK_DRAFT)
    year, this_year = year_in(request), clock.today().year
    context = {
        "year": year,
        "years": range(this_year, this_year - YEARS_BACK - 1, -1),
        "standing": standing(cards_of_year(request, community)),
        "objections": desk_objections(request.actor, community).filter(answered_at=None),
        "may_sign": request.actor.may(Permission.FEEDBACK_SIGN, community.path),
    }
    listing = desk_listing(request, community)
    present(listing.rows)
    context["changed"], context["aside"] = changed_in(listing), lines_aside(listing.rows)
    context["lines"] = unsaved_lines(request, listing.rows)
    return listing.response("appraisal/cards.html", context)


def _here(request: ActorRequest) -> str:
    return f"{reverse('appraisal:cards')}?{request.GET.urlencode()}"


@writing
def draft(request: ActorRequest) -> HttpResponse:
    """Make the year's drafts, or read the records into them anew."""
    act = partial(
        drafts.draft_cards,
        community_id=acting_community(request, Permission.FEEDBACK_DRAFT).pk,
        year=year_in(request),
    )
    return submit(request, act, to=_here(request), message=_drafted)


def _drafted(cards: list[FeedbackCard]) -> str:
    return ngettext(
        "%(count)s draft is up to date.", "%(count)s drafts are up to date.", len(cards)
    ) % {"count": len(cards)}


@writing_typed(PAGE)
def judge(request: ActorRequest) -> HttpResponse:
    """Keep the lines typed; or one line, or the facts in words, on each of the ticked."""
    acting_community(request, Permission.FEEDBACK_DRAFT)
    return submit(request, partial(_judge, request), to=_here(request))


def _judge(request: ActorRequest, actor: Actor) -> None:
    batch = drafts.judge(actor, lines=_lines(request), before=shown_lines(request))
    _keep_refused(request, batch)
    count = len(batch.done)
    if count:
        kept = ngettext("%(count)s line is kept.", "%(count)s lines are kept.", count)
        messages.success(request, kept % {"count": count})
    elif not batch.refused:
        messages.info(request, gettext("Nothing has changed."))
    tell_refused(request, batch.refused)


def _keep_refused(request: ActorRequest, batch: Batch[FeedbackCard]) -> None:
    """The list shows again which lines were typed and refused."""
    if batch.refused and request.actor.account_id is not None:
        keep_typed(request, request.actor.account_id)


def _lines(request: ActorRequest) -> dict[UUID, str]:
    """By card the line that this form wants on it."""
    how = request.POST.get("how", "")
    if how not in ("same", "facts"):
        return typed_lines(request)
    ticked = ids_of(request)
    if not ticked:
        raise Refused("choice.empty", gettext_noop("Nobody is ticked. Tick at least one."))
    if how == "same":
        return typed_lines(request) | dict.fromkeys(ticked, request.POST.get("same", ""))
    rows = desk_cards(request.actor).filter(pk__in=ticked, state=CardState.DRAFT)
    drafted = list(rows)
    present(drafted)
    return typed_lines(request) | suggestions(drafted)


@writing_typed(PAGE)
def sign(request: ActorRequest) -> HttpResponse:
    """Sign the ticked, or all that have their line; lines typed on the page are kept first."""
    community = acting_community(request, Permission.FEEDBACK_DRAFT)
    if not request.actor.may(Permission.FEEDBACK_SIGN, community.path):
        raise Absent("signature")
    return submit(request, partial(_sign, request), to=_here(request), message=_signed)


def _sign(request: ActorRequest, actor: Actor) -> Batch[FeedbackCard]:
    lines, before = typed_lines(request), shown_lines(request)
    judged = drafts.judge(actor, lines=lines, before=before)
    _keep_refused(request, judged)
    ids = _ready(request)
    if not ids:
        tell_refused(request, judged.refused)
        raise Refused("card.none", gettext_noop("No card is ready. Write the lines first."))
    batch = signatures.sign_cards(actor, card_ids=ids, seen=appearances(request))
    named = {label for label, _ in judged.refused}
    return Batch(batch.done, judged.refused + [one for one in batch.refused if one[0] not in named])


def _signed(count: int) -> str:
    return ngettext(
        "%(count)s card is signed. Unit and person have been told.",
        "%(count)s cards are signed. Units and persons have been told.",
        count,
    ) % {"count": count}


def _ready(request: ActorRequest) -> list[UUID]:
    """The ticked, or every card of the list that is ready."""
    if "all" not in request.POST:
        return ids_of(request)
    rows = desk_listing(
        request, acting_community(request, Permission.FEEDBACK_DRAFT)
    ).ordered_rows.filter(READY)
    return [card.pk for card in limited(list(rows))]
