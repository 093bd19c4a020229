"""Reading a file: asked why, shown once, written down; shown to the household as a card."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.kernel.authz import Permission
from baodao.orgs.requests import acting_community
from baodao.residents.commands import files as commands
from baodao.residents.commands.people import unmask_children
from baodao.residents.documents import household_card
from baodao.residents.forms import SeekForm
from baodao.residents.models import HouseholdFile, Resident
from baodao.residents.queries import files as queries
from baodao.residents.queries.people import may_read_children, residents_of
from baodao.residents.rules.entries import HouseholdEntry
from baodao.residents.rules.households import check_living
from baodao.residents.views.files import FILES, file_address
from baodao.ui.forms import PurposeForm
from baodao.ui.guards import asking
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


def _again() -> str:
    return gettext("It was shown once; open it again if need be.")


def _asked_why(request: ActorRequest, file: HouseholdFile, label: str) -> FormPage:
    """The page that asks what a file is read for."""
    lead = gettext("Why you read it is written down, and the household may see it.")
    headline = gettext("Household %(n)s") % {"n": file.number}
    page = question(bound(request, PurposeForm), headline, label, lead)
    return page.beside(cancel=file_address(file)).while_open(check_living, file.ended_at)


@asking
@never_cache
def read(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """Ask why; the page that answers shows once who the household is, its people and measures."""
    row = queries.file_to_write(request.actor, household_file_id, Permission.HOUSEHOLD_OPEN)

    act = partial(commands.unmask_household, file_id=row.pk)
    page, answer = _asked_why(request, row, gettext("Show")), partial(_opened, request, row)
    to = file_address(row)
    return submit(request, act, to=to, message=_again(), page=page, answer=answer)


def _opened(request: ActorRequest, row: HouseholdFile, entry: HouseholdEntry) -> HttpResponse:
    people = residents_of(row)
    context = {
        "file": row,
        "entry": entry,
        "people": people,
        "opens_children": people.children and may_read_children(request.actor, row),
        "measures": row.measures.order_by("due_on", "pk"),
        "bases": row.bases.order_by("-version"),
    }
    return render(request, "residents/entry.html", context)


@asking
@never_cache
def children(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """Ask why; the page that answers shows once the children of the household."""
    row = queries.file_to_write(request.actor, household_file_id, Permission.HOUSEHOLD_CHILDREN)

    def answer(rows: list[Resident]) -> HttpResponse:
        return render(request, "residents/children.html", {"file": row, "children": rows})

    act = partial(unmask_children, file_id=row.pk)
    page = _asked_why(request, row, gettext("Show the children"))
    to = file_address(row)
    return submit(request, act, to=to, message=_again(), page=page, answer=answer)


@asking
@never_cache
def card(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """民情档案卡 for the household, marked with who showed it and when."""
    row = queries.file_in(request.actor, household_file_id, Permission.HOUSEHOLD_OPEN)

    def answer(file: HouseholdFile) -> HttpResponse:
        return paper_download(request, household_card(request.actor, file))

    act = partial(commands.show_household, file_id=row.pk)
    page = _asked_why(request, row, gettext("Make the card"))
    to = file_address(row)
    return submit(request, act, to=to, message=_again(), page=page, answer=answer)


@asking
@never_cache
def seek(request: ActorRequest) -> HttpResponse:
    """Find a file of the community by name and telephone, which stand in no address."""
    community = acting_community(request, Permission.HOUSEHOLD_OPEN)
    queries.check_shown(community)
    lead = gettext("Only files of your own community are found. That you looked is written down.")
    page = question(bound(request, SeekForm), gettext("Find a file"), gettext("Find"), lead)
    page = page.beside(cancel=reverse(FILES))

    def answer(rows: list[HouseholdFile]) -> HttpResponse:
        return render(request, "residents/sought.html", {"rows": rows, "community": community})

    act = partial(commands.seek_households, community_id=community.pk)
    to = reverse(FILES)
    return submit(request, act, to=to, message=_again(), page=page, answer=answer)
