"""Pages on which a person who was entered twice becomes one, by two."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from baodao.identities.commands import merges as commands
from baodao.identities.forms import MergeForm
from baodao.identities.queries.contests import member_to_decide
from baodao.identities.queries.merges import merge_views, pair_of, same_names
from baodao.identities.rules.merges import UNDOABLE
from baodao.identities.views.contests import list_for
from baodao.kernel.authz import Permission
from baodao.orgs.requests import acting_unit
from baodao.people.models import Membership
from baodao.ui.guards import asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


@reading
def all_merges(request: ActorRequest) -> HttpResponse:
    """What waits for a second person of the unit acted for, and what can still be undone."""
    unit = acting_unit(request, Permission.PERSON_MERGE)
    context = {"unit": unit, "rows": merge_views(request.actor), "own": request.actor.account_id}
    return render(request, "identities/merges.html", context)


@asking
def propose(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Say under which other volunteer number a member was entered once more, with both entries side
    by side before it is proposed; `?number=` names the other."""
    # no end: the act tells of a proposal that waits
    row = member_to_decide(request.actor, Permission.PERSON_EDIT, person_id)
    number = request.GET.get("number", "")
    # no edit: the number comes from the address
    form = bound(request, MergeForm, initial={"number": number, "compared": number})
    if form.is_valid():
        number = form.cleaned_data["number"]
    pair = pair_of(request.actor, person_id, number)
    if pair is not None and form.is_valid():
        form.show_first(pair.gone.person.number)
    page = _page(row, form).beside(pair=pair, others=same_names(request.actor, row))
    act = partial(commands.propose_merge, person_id=person_id)
    message = _("Proposed. Somebody else confirms it.")
    return submit(request, act, to=_list(request), message=message, page=page)


def _page(row: Membership, form: MergeForm) -> FormPage:
    page = question(
        form,
        _("%(name)s was entered twice") % {"name": row.person.name},
        _("Propose the merge"),
        _("This entry stays; all that hangs on the other one comes to it once another confirms."),
        [(_("Branch"), row.branch.name), (_("Volunteer number"), row.person.number)],
    )
    return replace(page, template="identities/merge.html")


@writing
def confirm(request: ActorRequest, merge_id: UUID) -> HttpResponse:
    """Merge the two."""
    act = partial(commands.confirm_merge, merge_id=merge_id)
    message = _("Merged. It can be undone for %(days)s days.") % {"days": UNDOABLE.days}
    return submit(request, act, to=_list(request), message=message)


@writing
def decline(request: ActorRequest, merge_id: UUID) -> HttpResponse:
    """Leave the two as they are."""
    act = partial(commands.decline_merge, merge_id=merge_id)
    message = _("The two entries stay as they are.")
    return submit(request, act, to=_list(request), message=message)


@writing
def undo(request: ActorRequest, merge_id: UUID) -> HttpResponse:
    """Make two of one again."""
    act = partial(commands.undo_merge, merge_id=merge_id)
    return submit(request, act, to=_list(request), message=_("The merge was undone."))


def _list(request: ActorRequest) -> str:
    return list_for(request, "identities:merges")
