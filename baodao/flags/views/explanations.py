"""What a community is asked about its records, and its answer."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.flags.commands.flags import explain as explain_flag
from baodao.flags.forms import ExplanationForm
from baodao.flags.queries.flags import flag_of, flags_to_explain, to_explain
from baodao.flags.rules.life import FLAG, FlagState
from baodao.kernel.authz import Permission
from baodao.orgs.requests import acting_community
from baodao.ui.guards import asking, reading
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


@reading
def questions(request: ActorRequest) -> HttpResponse:
    """The records that a community is asked to explain or to put right, the longest asked first."""
    community = acting_community(request, Permission.RECORD_REVERSE)
    rows = list(to_explain(request.actor, community))
    return render(request, "flags/questions.html", {"community": community, "rows": rows})


@asking
def explain(request: ActorRequest, flag_id: UUID) -> HttpResponse:
    """Explain one record in words."""
    row = flag_of(flags_to_explain(request.actor), flag_id)
    page = question(
        bound(request, ExplanationForm),
        gettext("Explain the record of %(name)s") % {"name": row.record.person.name},
        gettext("Explain"),
        row.question,
    ).while_open(FLAG.move, row.state, FlagState.EXPLAINED)
    message = gettext("Explained. Whoever asked reads it.")
    act = partial(explain_flag, flag_id=row.pk)
    return submit(request, act, to=reverse("flags:questions"), message=message, page=page)
