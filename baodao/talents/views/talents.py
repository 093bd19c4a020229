"""The list of talents of a community, one of them, and what is done with an entry."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.documents.views import paper_page
from baodao.kernel.authz import Actor, Permission
from baodao.ledger.queries.categories import categories_of, category_words
from baodao.needs.queries.needs import need_of
from baodao.orgs.requests import acting_community
from baodao.people.queries.choices import choice_lists_at
from baodao.talents.commands import services as serving
from baodao.talents.commands import talents as commands
from baodao.talents.documents import (
    talent_list,
    talent_list_item,
    talent_sheet,
    talent_sheet_file,
)
from baodao.talents.forms import (
    DeedForm,
    RemoveTalentForm,
    TalentAnewForm,
    TalentForm,
    talent_known,
)
from baodao.talents.models import Talent, TalentService
from baodao.talents.queries.fits import talents_for
from baodao.talents.queries.talents import (
    in_order,
    services_of,
    story_of_talent,
    talent_of,
    talents_in,
    to_look_at,
)
from baodao.talents.rules.papers import TALENT_LIST, TALENT_SHEET
from baodao.talents.rules.talents import TALENT, TalentState
from baodao.talents.tables import talents_spec
from baodao.ui.forms import PurposeForm, ReasonForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing, check_printable, paper_download
from baodao.ui.numbers import number_page
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit

LIST = "talents:list"


@reading
def talents(request: ActorRequest) -> HttpResponse:
    """Who of the residents can do what; who entered themselves stands first."""
    community = acting_community(request, Permission.TALENT_EDIT)
    spec = talents_spec(choice_lists_at(community.path)["specialty"])
    listing = Listing(talents_in(request.actor, community), request, spec)
    waiting = to_look_at(request.actor, community).count()
    context = {"community": community, "waiting": waiting}
    return listing.response("talents/talents.html", context)


@reading
def paper(request: ActorRequest, ending: str) -> HttpResponse:
    """草根能人台账 of the community, to look at and as a file."""
    community = acting_community(request, Permission.TALENT_EDIT)
    rows = talents_in(request.actor, community).filter(state=TalentState.LISTED)
    check_printable(rows.count())
    ordered = list(in_order(rows))
    if ending != "html":
        medium = TALENT_LIST.file_in(ending)
        return paper_download(request, talent_list(community.name, ordered, medium))
    return paper_page(request, TALENT_LIST, [talent_list_item(community.name, ordered)])


def address_of(talent: Talent) -> str:
    """The page of an entry."""
    return reverse("talents:talent", args=[talent.pk])


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Enter somebody who agrees to it, at the window or on a visit."""
    community = acting_community(request, Permission.TALENT_EDIT)
    form = bound(request, TalentForm, lists=choice_lists_at(community.path))
    headline, label = gettext("Enter a talent"), gettext("Enter in the list")
    page = question(form, headline, label).beside(cancel=reverse(LIST))

    def act(actor: Actor, **_: object) -> Talent:
        return commands.add_talent(actor, community_id=community.pk, facts=form.facts())

    message = gettext("In the list. Give them the code of the entry.")
    return submit(request, act, to=address_of, message=message, page=page)


@reading
def talent(request: ActorRequest, talent_id: UUID) -> HttpResponse:
    """One talent: what they can do, what they served, and what can be done next."""
    row = talent_of(request.actor, talent_id)
    context = {
        "talent": row,
        "live": row.state in TALENT.live,
        "services": services_of(row),
        "categories": category_words(row.community),
        "items": story_of_talent(row),
    }
    return render(request, "talents/talent.html", context)


@asking
def edit(request: ActorRequest, talent_id: UUID) -> HttpResponse:
    """What they can do, put right; they are asked whether they agree again."""
    row = talent_of(request.actor, talent_id)
    form = bound(request, TalentAnewForm, lists=choice_lists_at(row.community.path))
    page = question(form, gettext("Put the entry right"), gettext("Save"))
    page = page.editing(row, talent_known)

    def act(actor: Actor, **_: object) -> Talent:
        return commands.edit_talent(actor, talent_id=row.pk, facts=form.facts())

    page = page.while_open(TALENT.check, row.state, *TALENT.live)
    return submit(request, act, to=address_of(row), message=gettext("Saved."), page=page)


@writing
def accept(request: ActorRequest, talent_id: UUID) -> HttpResponse:
    """Take into the list who entered themselves."""
    row = talent_of(request.actor, talent_id)
    act = partial(commands.accept_talent, talent_id=row.pk)
    return submit(request, act, to=address_of(row), message=gettext("In the list of talents."))


@asking
def remove(request: ActorRequest, talent_id: UUID) -> HttpResponse:
    """Take somebody out; what the entry said is forgotten."""
    row = talent_of(request.actor, talent_id)
    page = question(
        bound(request, RemoveTalentForm),
        gettext("Take out of the list of talents"),
        gettext("Take out and forget"),
        gettext("Name, telephone and what they can do are deleted; their services stay."),
        # no edit: why an entry ends is typed once
    ).beside(cancel=address_of(row))
    act = partial(commands.remove_talent, talent_id=row.pk)
    message = gettext("Taken out. What the entry said is deleted.")
    page = page.while_open(TALENT.move, row.state, TalentState.OVER)
    return submit(request, act, to=reverse(LIST), message=message, page=page)


@asking
@never_cache
def number(request: ActorRequest, talent_id: UUID) -> HttpResponse:
    """Ask what for; the page that answers shows the telephone, once."""
    row = talent_of(request.actor, talent_id)
    TALENT.check(row.state, *TALENT.live)
    act = partial(commands.unmask_talent, talent_id=row.pk)
    return number_page(request, bound(request, PurposeForm), row.name, address_of(row), act)


@asking
def serve(request: ActorRequest, talent_id: UUID) -> HttpResponse:
    """Record what they did."""
    row = talent_of(request.actor, talent_id)
    form = bound(request, DeedForm, categories=categories_of(row.community))
    headline = gettext("What did %(name)s do?") % {"name": row.name}
    page = question(form, headline, gettext("Record it")).beside(cancel=address_of(row))

    def act(actor: Actor, **_: object) -> TalentService:
        return serving.enter_deed(actor, talent_id=row.pk, deed=form.deed())

    page = page.while_open(TALENT.check, row.state, TalentState.LISTED)
    return submit(request, act, to=address_of(row), message=gettext("Recorded."), page=page)


@asking
def take_back(request: ActorRequest, talent_id: UUID, talent_service_id: UUID) -> HttpResponse:
    """Take back a service that was recorded wrongly."""
    # no end: a wrong record is put right after its talent left too
    row = talent_of(request.actor, talent_id)
    headline, label = gettext("Reverse a service"), gettext("Reverse it")
    page = question(bound(request, ReasonForm), headline, label).beside(cancel=address_of(row))
    act = partial(serving.reverse_deed, talent_id=row.pk, service_id=talent_service_id)
    return submit(request, act, to=address_of(row), message=gettext("Reversed."), page=page)


@reading
def sheet(request: ActorRequest, talent_id: UUID, ending: str) -> HttpResponse:
    """服务记录单 of a talent, to look at and as a file."""
    row = talent_of(request.actor, talent_id)
    item = talent_sheet(row.community, row, services_of(row), request.actor.name)
    if ending != "html":
        medium = TALENT_SHEET.file_in(ending)
        return paper_download(request, talent_sheet_file(item, medium))
    return paper_page(request, TALENT_SHEET, [item])


@reading
def for_need(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Who of the talents knows about a need: the community calls whom it likes."""
    need = need_of(request.actor, Permission.TALENT_EDIT, need_id)
    context = {"need": need, "fits": talents_for(request.actor, need)}
    return render(request, "talents/for_need.html", context)
