"""The files of a community: the list, one file masked, what is decided of it; counts above it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.accounts.queries import is_on
from baodao.accounts.rules import HOUSEHOLD_FILES
from baodao.kernel import journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Refused
from baodao.kernel.masks import masked_name, masked_phone
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import Choices
from baodao.orgs.queries.policies import value_of
from baodao.orgs.queries.tree import places
from baodao.orgs.requests import acting_community, acting_for
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.orgs.rules.tree import Kind
from baodao.residents.commands import files as commands
from baodao.residents.forms import (
    BasisForm,
    DeleteForm,
    EntryForm,
    MoveForm,
    NewFileForm,
    SupportForm,
)
from baodao.residents.models import HouseholdFile
from baodao.residents.queries import files as queries
from baodao.residents.queries.counts import file_counts, last_quarter
from baodao.residents.rules.households import BASE, STORIES, check_living
from baodao.residents.rules.policies import FILE_DAYS
from baodao.residents.tables import STANDINGS, file_state, files_spec, past_files_spec
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.ui.timelines import timeline_items
from baodao.ui.wording import word_of

FILES = "residents:list"


def file_address(file: HouseholdFile) -> str:
    """The page of a file."""
    return reverse("residents:file", args=[file.pk])


@reading
def files(request: ActorRequest) -> HttpResponse:
    """民情档案: the files that the community keeps, and that it had those of families who moved."""
    community = acting_community(request, Permission.HOUSEHOLD_READ)
    if not is_on(HOUSEHOLD_FILES, community):
        return _past(request, community)
    grids = list(queries.grids_in(request.actor, community))
    spec = files_spec(community, grids)
    listing = Listing(queries.files_in(request.actor, community), request, spec)
    around = {
        "community": community,
        "tabs": [(key, words, key == request.GET.get("state", "")) for key, words in STANDINGS],
        "outlines": queries.outlines(request.actor, community)[:20],
    }
    return listing.response("residents/files.html", around)


def _past(request: ActorRequest, community: Organisation) -> HttpResponse:
    """Where files are off: the numbers and days of those that were kept, so that one is shown to
    its household or deleted; nothing else is read."""
    listing = Listing(queries.files_in(request.actor, community), request, past_files_spec())
    return listing.response("residents/past.html", {"community": community})


@asking
def new(request: ActorRequest) -> HttpResponse:
    """A new file: who, what is hard, on which basis."""
    community = acting_community(request, Permission.HOUSEHOLD_EDIT)
    queries.check_shown(community)
    options = {
        "categories": queries.categories_at(community),
        "grids": list(queries.grids_in(request.actor, community)),
    }
    most_days = value_of(FILE_DAYS, community)
    form = bound(request, NewFileForm, most_days=most_days, **options)
    lead = gettext("What is typed here is kept sealed; lists show the name masked.")
    page = question(form, gettext("A new file"), gettext("Make the file"), lead)
    page = page.beside(cancel=reverse(FILES))
    act = partial(_add, community.pk, form)
    return submit(request, act, to=file_address, message=gettext("The file is made."), page=page)


def _add(community_id: int, form: NewFileForm, actor: Actor, /, **_: object) -> HouseholdFile:
    try:
        return commands.add_household(
            actor,
            community_id=community_id,
            entry=form.entry(),
            support=form.support(),
            basis=form.facts(),
            another=form.cleaned_data["another"],
        )
    except Refused as refused:
        if refused.code == "household.twice":
            form.ask_another()
        raise


@reading
def file(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """One file, masked: what is due, on what it rests, what was done for the household."""
    row = queries.file_in(request.actor, household_file_id)
    if row.ended_at is None and not is_on(HOUSEHOLD_FILES, row.community):
        return render(request, "residents/past_file.html", {"file": row, "state": file_state(row)})
    context = {
        **_facts(row),
        "measures": row.measures.order_by("ended_at", "due_on", "pk"),
        "edits": row.ended_at is None,
        "proposals": queries.proposals_for(row) if row.ended_at is None else (),
        "stories": queries.stories_of(request.actor, row)[:50],
        "entrusts": request.actor.may(Permission.CONTACT_ENTRUST, row.community.path),
        "items": timeline_items(journal.timeline(row.pk), STORIES),
    }
    return render(request, "residents/file.html", context)


def _facts(row: Any) -> dict[str, object]:
    """What a file says in clear, and who it is about as a list shows it."""
    words = queries.categories_at(row.community)
    return {
        "file": row,
        "name": masked_name(row.entry.name) if row.entry else "",
        "phone": masked_phone(row.entry.phone) if row.entry else "",
        "difficulties": [word_of(words, code) for code in row.categories],
        "state": file_state(row),
        "basis": row.bases.order_by("-version").first(),
    }


def _to_edit(request: ActorRequest, file_id: UUID) -> Any:
    return queries.file_to_write(request.actor, file_id)


@asking
def write(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """Write anew who the household is; what was written before is replaced and not shown."""
    row = _to_edit(request, household_file_id)
    form = bound(request, EntryForm)
    lead = gettext("What was written before is replaced.")
    page = question(form, gettext("Household %(n)s") % {"n": row.number}, gettext("Save"), lead)

    def act(actor: Actor, **_: object) -> HouseholdFile:
        return commands.write_household(actor, file_id=row.pk, entry=form.entry())

    page = page.beside(cancel=file_address(row)).while_open(check_living, row.ended_at)
    return submit(request, act, to=file_address, message=gettext("Saved, sealed."), page=page)


@asking
def support(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """Difficulties, grade and grid of a household."""
    row = _to_edit(request, household_file_id)
    words = dict.fromkeys(row.categories, "") | queries.categories_at(row.community)
    grids = list(queries.grids_in(request.actor, row.community))
    form = bound(request, SupportForm, categories=words, grids=grids)
    page = question(form, gettext("Household %(n)s") % {"n": row.number}, gettext("Save"))
    page = page.beside(cancel=file_address(row)).editing(row, _support_of)

    def act(actor: Actor, **_: object) -> HouseholdFile:
        return commands.set_support(actor, file_id=row.pk, support=form.support())

    page = page.while_open(check_living, row.ended_at)
    return submit(request, act, to=file_address, message=gettext("Saved."), page=page)


def _support_of(row: HouseholdFile) -> dict[str, object]:
    return {"categories": row.categories, "grade": row.grade, "grid": row.grid_id}


@asking
def basis(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """A new version of the basis, and until when the file is kept."""
    row = _to_edit(request, household_file_id)
    form = bound(request, BasisForm)
    lead = gettext("Versions of before stay as they were.")
    page = question(form, gettext("Renew the basis"), gettext("Save"), lead)

    def act(actor: Actor, **_: object) -> HouseholdFile:
        return commands.renew_basis(actor, file_id=row.pk, basis=form.facts())

    page = page.beside(cancel=file_address(row)).while_open(check_living, row.ended_at)
    return submit(request, act, to=file_address, message=gettext("Saved."), page=page)


@asking
def move(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """The family moved: another community keeps the file from now on."""
    row = _to_edit(request, household_file_id)
    communities = places(Kind.COMMUNITY).filter(closed_at=None).select_related("parent")
    form = bound(request, MoveForm, find=Choices(communities))
    lead = gettext("You see from then on that there was a file, and nothing of it.")
    page = question(form, gettext("The family moved"), gettext("Hand the file over"), lead)

    def act(actor: Actor, *, community: Any, reason: str) -> HouseholdFile:
        return commands.move_household(
            actor, file_id=row.pk, community_id=community.pk, reason=reason
        )

    page = page.beside(cancel=file_address(row))
    message = gettext("Handed over.")
    page = page.while_open(check_living, row.ended_at)
    return submit(request, act, to=reverse(FILES), message=message, page=page)


@asking
def delete(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """Delete a file before its day, as the household may ask at any time."""
    row = queries.file_in(request.actor, household_file_id, Permission.HOUSEHOLD_EDIT)
    lead = gettext("What the file says is gone for good; its number and days stay.")
    page = question(
        bound(request, DeleteForm), gettext("Delete the file"), gettext("Delete for good"), lead
    ).beside(cancel=file_address(row))
    act, message = partial(commands.forget_household, file_id=row.pk), gettext("Deleted.")
    page = page.while_open(check_living, row.ended_at)
    return submit(request, act, to=file_address, message=message, page=page)


@reading
def counts(request: ActorRequest) -> HttpResponse:
    """民情档案数: of each place below at least so many, as of the end of the last quarter."""
    place = acting_for(request, tuple(AUTHORITIES), Permission.FIGURE_READ)
    period = last_quarter()
    rows = file_counts(request.actor, place, period)
    total = sum(row.at_least for row in rows)
    context = {"place": place, "rows": rows, "total": total, "on": period.last, "base": BASE}
    return render(request, "residents/counts.html", context)
