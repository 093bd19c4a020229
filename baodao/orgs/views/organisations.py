"""The tree as lists and pages: one organisation, adding below it, its contact, opening it again."""

from functools import partial

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from baodao.kernel import journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.commands import organisations as commands
from baodao.orgs.forms import AddForm, ContactForm, contact_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries.outline import outline
from baodao.orgs.queries.periods import periods_of
from baodao.orgs.queries.relations import hanging
from baodao.orgs.queries.reorganisations import last_reorganisation
from baodao.orgs.queries.tree import ancestors, check_open, organisations
from baodao.orgs.rules.tree import STORIES, TREE_PAGES, Kind, about, kinds_below
from baodao.orgs.tables import organisations_spec
from baodao.ui.facts import actor_words
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.ui.wording import worded


@reading
def tree(request: ActorRequest) -> HttpResponse:
    """Every organisation the administrator keeps: the tree, opened as far as was asked for, or what
    was searched for as a list."""
    rows = kept(request.actor).select_related("parent")
    context: dict[str, object] = {"pages": TREE_PAGES}
    if not request.GET.keys() - {"open"}:
        context["lines"] = outline(request.actor, _opened(request, rows))
    return Listing(rows, request, organisations_spec()).response("orgs/list.html", context)


def _opened(request: ActorRequest, rows: QuerySet[Organisation]) -> Organisation | None:
    """The one down to which the tree is opened; raises `Absent` where there is none."""
    code = request.GET.get("open")
    if code is None:
        return None
    organisation = rows.filter(code=code).first()
    if organisation is None:
        raise Absent("organisation")
    return organisation


@reading
def page(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """One organisation: what it is and was, what stands below, what hangs on it, what happened."""
    organisation = kept_organisation(request.actor, organisation_id)
    rows = kept(request.actor).filter(parent=organisation).select_related("parent")
    context = {
        "organisation": organisation,
        "kind": Kind(organisation.kind).words,
        "above": ancestors(organisation)[:-1],
        "hanging": hanging(organisation),
        "items": _story(organisation),
        "may_add": bool(kinds_below(Kind(organisation.kind))) and not organisation.closed_at,
    }
    listing = Listing(rows, request, organisations_spec())
    return listing.response("orgs/page.html", context | _past_of(organisation))


def _past_of(organisation: Organisation) -> dict[str, object]:
    """What it was, who came before and after, and whether the last act can be undone."""
    last = last_reorganisation(organisation)
    return {
        "periods": periods_of(organisation),
        "predecessors": organisation.predecessors.select_related("predecessor"),
        "successors": organisation.successors.select_related("successor"),
        "last": last,
        "refusal": worded(last.refusal) if last and last.refusal else "",
    }


@asking
def add(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """A new organisation below this one."""
    above = kept_organisation(request.actor, organisation_id)
    form = bound(request, AddForm, below=Kind(above.kind))
    act = partial(_create, parent_id=above.pk)
    page = question(form, _("Add below %(name)s") % {"name": above.name}, _("Add"))
    page = page.while_open(check_open, above)
    return submit(request, act, to=address_of(above), message=_("Added."), page=page)


def _create(actor: Actor, *, parent_id: int, kind: str, name: str, code: str) -> Organisation:
    place = Kind(kind)
    return commands.create(actor, kind=place, name=name, parent_id=parent_id, code=code or None)


@asking
def contact(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Who is to be asked."""
    organisation = kept_organisation(request.actor, organisation_id)
    headline = _("Contact of %(name)s") % {"name": organisation.name}
    page = question(bound(request, ContactForm), headline, _("Save"))
    page = page.while_open(check_open, organisation)
    return submit(
        request,
        partial(commands.set_contact, organisation_id=organisation.pk),
        to=address_of(organisation),
        message=_("Saved."),
        page=page.editing(organisation, contact_of),
    )


@asking
def again(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Open a closed one again."""
    # no end: what was closed may be opened, closed and opened again
    organisation = kept_organisation(request.actor, organisation_id)
    headline = _("Open %(name)s again") % {"name": organisation.name}
    return submit(
        request,
        partial(commands.reopen, organisation_id=organisation.pk),
        to=address_of(organisation),
        message=_("Open again."),
        page=question(bound(request, ConfirmForm), headline, _("Open again")),
    )


def kept(actor: Actor) -> QuerySet[Organisation]:
    """The organisations that the actor keeps; raises `Absent` for who keeps none."""
    if not actor.may_somewhere(Permission.ORGANISATION_EDIT):
        raise Absent("organisations")
    return organisations(actor, Permission.ORGANISATION_EDIT)


def kept_organisation(actor: Actor, organisation_id: int) -> Organisation:
    """One organisation that the actor keeps; raises `Absent`."""
    organisation = kept(actor).select_related("parent").filter(pk=organisation_id).first()
    if organisation is None:
        raise Absent("organisation")
    return organisation


def address_of(organisation: Organisation) -> str:
    """The page of an organisation."""
    return reverse("orgs:organisation", args=[organisation.pk])


def _story(organisation: Organisation) -> list[dict[str, object]]:
    """What happened to it, as the timeline shows it."""
    return [
        {
            "at": entry.at,
            "who": actor_words(entry.actor_name),
            "sentence": _(STORIES[entry.verb]),
            "reason": _reason_of(entry.facts),
        }
        for entry in journal.timeline(about(organisation.pk))
        if entry.verb in STORIES
    ]


def _reason_of(facts: dict[str, object]) -> str:
    """What it was before and is since, and why."""
    change = " → ".join(str(facts[key]) for key in ("before", "name", "after") if facts.get(key))
    return "：".join(str(words) for words in (change, facts.get("reason")) if words)
