"""Mine: to what I am the contact, what is due, a visit in one form, what was made of it."""

from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.ledger.queries.categories import categories_of
from baodao.needs.models import Need
from baodao.residents.rules.entries import HouseholdEntry
from baodao.ui.guards import asking, member_only, reading
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, client_id_of, phone_question, question, submit
from baodao.ui.timelines import timeline_items
from baodao.visits.commands.contacts import read_contact_household
from baodao.visits.commands.visits import make_need, note_visit, withdraw_visit
from baodao.visits.forms import ContactVisitForm, VisitNeedForm
from baodao.visits.models import ContactVisit
from baodao.visits.queries import visits as queries
from baodao.visits.queries.contacts import own_contact, own_contacts
from baodao.visits.rules.visits import STORIES, check_standing


def _address(visit: ContactVisit) -> str:
    return reverse("visits:visit", args=[visit.pk])


@reading
@member_only
def own(request: ActorRequest) -> HttpResponse:
    """To what the member is the contact, with what is due, and every visit so far."""
    context = {
        "contacts": own_contacts(request.actor).answer(),
        "visits": Paging(queries.own_visits(request.actor), request),
    }
    return render(request, "visits/own.html", context)


@asking
@member_only
def contact(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    """One of them: write a visit down, and the visits so far."""
    # no end: only to what one is the contact now is found
    row = own_contact(request.actor, contact_id)
    # no edit: today is a first guess
    form = bound(request, ContactVisitForm, initial={"on": clock.today()})
    visits = queries.visits_of(row, request.actor)[:20]
    page = FormPage(form, "visits/contact.html").beside(contact=row, visits=visits)
    visit_id = client_id_of(request)

    def act(actor: Actor, **_: object) -> ContactVisit:
        words = form.visit()
        return note_visit(actor, visit_id=visit_id, contact_id=row.pk, visit=words)

    message = gettext("Written down. Make a need or a problem of it, if there is one.")
    return submit(request, act, to=_address, message=message, page=page)


@asking
@member_only
@never_cache
def household(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    """Ask once; the page that answers shows, to who is the contact now, who lives there."""
    # no end: only to what one is the contact now is found
    row = own_contact(request.actor, contact_id)
    page = phone_question(
        bound(request, Form),
        gettext("Whom you visit: “%(title)s”") % {"title": row.words},
        gettext("Show"),
        gettext("Only for your visits. That you read it is written down."),
    )

    def answer(entry: HouseholdEntry) -> HttpResponse:
        return render(request, "visits/own_entry.html", {"entry": entry, "contact": row})

    act = partial(read_contact_household, contact_id=row.pk)
    to = reverse("visits:contact", args=[row.pk])
    message = gettext("It was shown once; open it again if need be.")
    return submit(request, act, to=to, message=message, page=page, answer=answer)


@reading
def visit(request: ActorRequest, contact_visit_id: UUID) -> HttpResponse:
    """A visit with its four fields, and what was made of it."""
    row = queries.visit_of(request.actor, contact_visit_id)
    context = {
        "visit": row,
        "mine": queries.is_own(request.actor, row),
        "usable": queries.is_usable(request.actor, row),
        "needs": queries.needs_made_of(row) if row.legible else [],
        "problems": queries.outcomes_of(row) if row.legible else [],
        "items": timeline_items(journal.timeline(row.pk), STORIES),
    }
    return render(request, "visits/visit.html", context)


@asking
def need(request: ActorRequest, contact_visit_id: UUID) -> HttpResponse:
    """A need of what was heard, in the words of the visit, for the community to screen."""
    # no end: only a visit that may be used is found
    row = queries.visit_to_use(request.actor, contact_visit_id)
    options = {"categories": categories_of(row.community)}
    # no edit: a proposal; nothing is kept before it is sent
    form = bound(request, VisitNeedForm, initial={"text": queries.topic_of(row)}, **options)

    def act(actor: Actor, **_: object) -> Need:
        return make_need(actor, visit_id=row.pk, facts=form.facts())

    ask = phone_question if queries.is_own(request.actor, row) else question
    lead = gettext("The community screens it. It stays linked to the visit.")
    page = ask(form, gettext("A need of this visit"), gettext("Hand in"), lead)
    message, to = gettext("Handed in. The community screens it."), _address(row)
    return submit(request, act, to=to, message=message, page=page.beside(cancel=to))


@asking
@member_only
def withdraw(request: ActorRequest, contact_visit_id: UUID) -> HttpResponse:
    """Take one's own visit back, after a question."""
    row = queries.visit_of(request.actor, contact_visit_id)
    if not queries.is_own(request.actor, row):
        raise Absent("visit")
    page = phone_question(
        bound(request, Form),
        gettext("Withdraw this visit?"),
        gettext("Withdraw the visit"),
        gettext("It counts no more. Needs and problems that were made of it stay."),
    ).beside(cancel=_address(row))
    act, to = partial(withdraw_visit, visit_id=row.pk), reverse("visits:own")
    page = page.while_open(check_standing, row.withdrawn_at)
    return submit(request, act, to=to, message=gettext("The visit is withdrawn."), page=page)
