"""The contact points and visits of a place, assigning, handing over, the end; those of a unit."""

from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.documents.views import paper_page
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import Choices
from baodao.orgs.requests import acting_community, acting_for, acting_unit
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.orgs.rules.tree import PLACES
from baodao.pairings.queries.households import paired_households
from baodao.residents.rules.entries import HouseholdEntry
from baodao.ui.forms import PurposeForm, ReasonForm
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing, check_printable, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit
from baodao.ui.timelines import timeline_items
from baodao.visits.commands import contacts as commands
from baodao.visits.documents import visit_records, visit_records_item
from baodao.visits.forms import AssignForm, EntrustForm, TakeoverForm, TermForm
from baodao.visits.models import ContactPoint
from baodao.visits.queries import contacts as queries
from baodao.visits.queries.cadres import CadreChoices, cadres_for, cadres_of_unit
from baodao.visits.queries.visits import visits_in, visits_of
from baodao.visits.rules.contacts import READINGS, STORIES, check_going_on, check_unfollowed
from baodao.visits.rules.papers import VISIT_RECORDS
from baodao.visits.tables import contacts_spec, visits_spec

T = TypeVar("T", bound=TermForm)
CONTACTS = "visits:contacts"


def _place(request: ActorRequest) -> Organisation:
    return acting_for(request, PLACES, Permission.CONTACT_READ)


def _address(contact: ContactPoint) -> str:
    return reverse("visits:point", args=[contact.pk])


@reading
def contacts(request: ActorRequest) -> HttpResponse:
    """联系点: who is the contact of what, what is wanted of them and what they did."""
    place = _place(request)
    listing = Listing(queries.contacts_in(request.actor, place), request, contacts_spec(place))
    around = {
        "place": place,
        "assigns": queries.may_assign(request.actor, place),
        "of_places": place.kind in AUTHORITIES,
    }
    return listing.response("visits/contacts.html", around)


@reading
def visits(request: ActorRequest) -> HttpResponse:
    """走访: every visit of the place; the words of households for who looks after them."""
    place = _place(request)
    listing = Listing(visits_in(request.actor, place), request, visits_spec(place))
    return listing.response("visits/visits.html", {"place": place})


@reading
def paper(request: ActorRequest, ending: str) -> HttpResponse:
    """走访记录表, to look at and as a file."""
    place = _place(request)
    rows = list(visits_in(request.actor, place))
    check_printable(len(rows))
    if ending != "html":
        medium = VISIT_RECORDS.file_in(ending)
        return paper_download(request, visit_records(place.name, rows, medium))
    return paper_page(request, VISIT_RECORDS, [visit_records_item(place.name, rows)])


@asking
def assign(request: ActorRequest) -> HttpResponse:
    """An authority makes a cadre the contact of a community or grid."""
    place = acting_for(request, tuple(AUTHORITIES), Permission.CONTACT_ASSIGN)
    places = Choices(queries.places_to_assign(request.actor, place))
    form = _bound(request, AssignForm, place, places=places)
    page = question(form, gettext("A new contact cadre"), gettext("Name as contact"))
    act, message = partial(_assign, place, form), gettext("Named. The cadre is told.")
    return submit(request, act, to=_address, message=message, page=_with_cancel(page))


def _assign(place: Organisation, form: AssignForm, actor: Actor, /, **_: object) -> ContactPoint:
    return commands.assign_contact(
        actor,
        assigner_id=place.pk,
        person_id=form.person_id,
        place_id=form.organisation.pk,
        term=form.term(),
    )


def _bound(request: ActorRequest, form: type[T], place: Organisation, **options: Any) -> T:
    """A form in which a cadre is named, from today on until somebody says otherwise."""
    cadres = CadreChoices(cadres_for(request.actor, place))
    # no edit: a proposal; nothing is kept before it is sent
    return bound(request, form, cadres=cadres, initial={"since": clock.today()}, **options)


@asking
def entrust(request: ActorRequest) -> HttpResponse:
    """The secretary of a community makes a cadre the contact of a household."""
    community = acting_community(request, Permission.CONTACT_ENTRUST)
    households = list(paired_households(request.actor, community))
    form = _bound(request, EntrustForm, community, households=households)
    lead = gettext("Who lives there stays sealed: the contact opens it as long as they are it.")
    page = question(form, gettext("A new contact household"), gettext("Name as contact"), lead)
    act, message = partial(_entrust, community, form), gettext("Named. The cadre is told.")
    return submit(request, act, to=_address, message=message, page=_with_cancel(page))


def _entrust(
    community: Organisation, form: EntrustForm, actor: Actor, /, **_: object
) -> ContactPoint:
    return commands.entrust_household(
        actor,
        community_id=community.pk,
        person_id=form.person_id,
        household=form.household(),
        entry=form.new_entry(),
        term=form.term(),
    )


def _with_cancel(page: FormPage) -> FormPage:
    return page.beside(cancel=reverse(CONTACTS))


@reading
def point(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    """One contact point: its cadre, its visits, and what can be done next."""
    row = queries.contact_in(request.actor, contact_id)
    opens = queries.households_to_read(request.actor).filter(pk=row.pk).exists()
    context = {
        "contact": row,
        "steers": queries.contacts_to_steer(request.actor).filter(pk=row.pk).exists(),
        "opens": opens,
        "follower": queries.follower_of(row),
        "visits": visits_of(row, request.actor)[:50],
        "items": timeline_items(journal.timeline(row.pk), READINGS | STORIES if opens else STORIES),
    }
    return render(request, "visits/point.html", context)


@asking
@never_cache
def read(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    """Ask why; the page that answers shows once, to the community, who lives there."""
    # no end: only a contact in force is found
    row = queries.household_to_read(request.actor, contact_id)
    page = question(
        bound(request, PurposeForm),
        gettext("Who lives in “%(title)s”") % {"title": row.words},
        gettext("Show"),
        gettext("Why you read it is written down."),
    )

    def answer(entry: HouseholdEntry) -> HttpResponse:
        return render(request, "visits/entry.html", {"entry": entry, "contact": row})

    act = partial(commands.unmask_contact_household, contact_id=row.pk)
    message = gettext("It was shown once; open it again if need be.")
    return submit(request, act, to=_address(row), message=message, page=page, answer=answer)


def _to_steer(request: ActorRequest, contact_id: UUID) -> ContactPoint:
    row = queries.contacts_to_steer(request.actor).filter(pk=contact_id).first()
    if row is None:
        raise Absent("contact")
    return row


@asking
def hand_over(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    """转交: another cadre becomes the contact, from a day on."""
    row = _to_steer(request, contact_id)
    form = _bound(request, TakeoverForm, queries.assigner_of(row))
    lead = gettext("%(name)s is thanked, and reads nothing of a household from now on.")
    headline = gettext("Hand “%(title)s” over to somebody else") % {"title": row.words}
    page = question(form, headline, gettext("Hand over"), lead % {"name": row.person.name})

    def act(actor: Actor, **_: object) -> ContactPoint:
        return commands.hand_contact_over(actor, contact_id=row.pk, takeover=form.takeover())

    page, message = page.beside(cancel=_address(row)), gettext("Handed over. Both are told.")
    page = page.while_open(_check_unfollowed, row)
    return submit(request, act, to=_address, message=message, page=page)


def _check_unfollowed(row: ContactPoint) -> None:
    check_unfollowed(followed=queries.follower_of(row) is not None)


@asking
def end(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    """End a contact for good, with its reason."""
    row = _to_steer(request, contact_id)
    page = question(
        bound(request, ReasonForm),
        gettext("End the contact “%(title)s”") % {"title": row.words},
        gettext("End the contact"),
        gettext("The cadre is told and thanked; the visits stay on record."),
    ).beside(cancel=_address(row))
    act, message = partial(commands.end_contact, contact_id=row.pk), gettext("The contact is over.")
    page = page.while_open(check_going_on, row.ended_at)
    return submit(request, act, to=reverse(CONTACTS), message=message, page=page)


@reading
def of_unit(request: ActorRequest) -> HttpResponse:
    """The members of the unit who are a contact: how often, and how many visits they told."""
    unit = acting_unit(request, Permission.CONTACT_READ)
    rows: list[Any] = list(cadres_of_unit(request.actor, unit))
    totals = {"points": sum(row.points for row in rows), "visits": sum(row.visits for row in rows)}
    context = {"unit": unit, "rows": rows, "totals": totals}
    return render(request, "visits/unit.html", context)
