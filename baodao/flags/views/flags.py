"""The flags of an authority: the list, one with its reasons, and the word of a human."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.flags.commands import flags as commands
from baodao.flags.forms import DismissalForm, QuestionForm
from baodao.flags.models import Flag
from baodao.flags.queries import flags as queries
from baodao.flags.rules.life import FLAG, FlagState
from baodao.flags.tables import flags_spec, reason_lines, state_words
from baodao.kernel.authz import Permission
from baodao.ledger.queries.records import in_view
from baodao.orgs.queries.tree import standing_of
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


@reading
def flags(request: ActorRequest) -> HttpResponse:
    """疑点: every record below that stands out, the oldest first."""
    place = acting_for(request, AUTHORITIES, Permission.FLAG_DECIDE)
    rows = queries.flags(request.actor).filter(community__path__startswith=place.path)
    return Listing(rows, request, flags_spec(rows)).response("flags/flags.html", {"place": place})


def _flag(request: ActorRequest, flag_id: UUID) -> Flag:
    row: Flag = queries.flag_of(queries.flags(request.actor), flag_id)
    return row


@reading
def flag(request: ActorRequest, flag_id: UUID) -> HttpResponse:
    """One record with why it stands out, and what else its author entered on that day."""
    row = _flag(request, flag_id)
    typed = Paging(queries.same_day(request.actor, row), request)
    following = () if getattr(row, "undone", False) else FLAG.following(row.state)
    answered = standing_of(row.community).closed_at is None
    context = {
        "flag": row,
        "state": state_words(row),
        "reasons": reason_lines(row, queries.evidence(request.actor, row)),
        "typed": [in_view(request.actor, one) for one in typed.rows],
        "listing": typed,
        "may_dismiss": FlagState.DISMISSED in following,
        "may_ask": answered and FlagState.ASKED in following,
        "nobody_answers": following and not answered,
    }
    return render(request, "flags/flag.html", context)


def _page_of(row: Flag) -> str:
    return reverse("flags:flag", args=[row.pk])


def _facts(row: Flag) -> list[tuple[str, object]]:
    return [(gettext("Stands out"), line.sentence) for line in reason_lines(row)]


@asking
def dismiss(request: ActorRequest, flag_id: UUID) -> HttpResponse:
    """Say that the record is in order."""
    row = _flag(request, flag_id)
    page = question(
        bound(request, DismissalForm),
        gettext("Is the record of %(name)s in order?") % {"name": row.record.person.name},
        gettext("It is in order"),
        gettext("Your name and reason stay with it; the person is told nothing."),
        _facts(row),
    ).while_open(FLAG.move, row.state, FlagState.DISMISSED)
    message = gettext("Noted that the record is in order.")
    act = partial(commands.dismiss, flag_id=row.pk)
    return submit(request, act, to=_page_of(row), message=message, page=page)


@asking
def ask(request: ActorRequest, flag_id: UUID) -> HttpResponse:
    """Ask the community to explain the record, or to put it right."""
    row = _flag(request, flag_id)
    page = question(
        bound(request, QuestionForm),
        gettext("Ask %(community)s about this record")
        % {"community": standing_of(row.community).name},
        gettext("Ask it to explain"),
        gettext("It explains the record in words, or puts it right; the person is told nothing."),
        _facts(row),
    ).while_open(FLAG.move, row.state, FlagState.ASKED)
    message = gettext("Asked. The answer appears here.")
    act = partial(commands.ask_about, flag_id=row.pk)
    return submit(request, act, to=_page_of(row), message=message, page=page)
