"""For a household with a file: a contact cadre, a need."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.ledger.queries.categories import categories_of
from baodao.needs.models import Need
from baodao.orgs.queries.tree import standing_of
from baodao.residents.models import HouseholdFile
from baodao.residents.queries.files import file_in
from baodao.residents.rules.households import check_living
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit
from baodao.visits.commands.contacts import entrust_filed_household
from baodao.visits.commands.visits import make_household_need
from baodao.visits.forms import FiledEntrustForm, VisitNeedForm
from baodao.visits.models import ContactPoint
from baodao.visits.queries.cadres import CadreChoices, cadres_for


@asking
def entrust(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """The secretary makes a cadre the contact of a household that has a file."""
    file = file_in(request.actor, household_file_id, Permission.HOUSEHOLD_EDIT)
    community = standing_of(file.community)
    if not request.actor.may(Permission.CONTACT_ENTRUST, community.path):
        raise Absent("organisation")
    cadres = CadreChoices(cadres_for(request.actor, community))
    # no edit: a proposal; nothing is kept before it is sent
    form = bound(request, FiledEntrustForm, cadres=cadres, initial={"since": clock.today()})

    def act(actor: Actor, **_: object) -> ContactPoint:
        return entrust_filed_household(actor, file_id=file.pk, **form.facts())

    lead = gettext("Who lives there stays sealed: the contact opens it as long as they are it.")
    page = question(form, gettext("A new contact household"), gettext("Name as contact"), lead)
    page, message = _of_file(page, file), gettext("Named. The cadre is told.")
    return submit(request, act, to=_file_page(file), message=message, page=page)


def _file_page(file: HouseholdFile) -> str:
    return reverse("residents:file", args=[file.pk])


def _of_file(page: FormPage, file: HouseholdFile) -> FormPage:
    """The page of what is done for the household of a file, as long as it is kept."""
    return page.beside(cancel=_file_page(file)).while_open(check_living, file.ended_at)


@asking
def need(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """A need of a household with a file, of which a wish or a pairing is made as of any need."""
    file = file_in(request.actor, household_file_id, Permission.HOUSEHOLD_EDIT)
    form = bound(request, VisitNeedForm, categories=categories_of(file.community))

    def act(actor: Actor, **_: object) -> Need:
        return make_household_need(actor, file_id=file.pk, facts=form.facts())

    lead = gettext("In words that name nobody; it stays linked to the file.")
    page = question(form, gettext("A need of this household"), gettext("Save"), lead)
    page, message = _of_file(page, file), gettext("Written down.")
    return submit(request, act, to=_need_page, message=message, page=page)


def _need_page(row: Need) -> str:
    return reverse("needs:need", args=[row.pk])
