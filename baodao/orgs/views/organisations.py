"""The tree as lists and pages; adding, renaming, moving, closing."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from baodao.kernel import journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.orgs import commands
from baodao.orgs.forms import AddForm, ContactForm, MoveForm, NameForm
from baodao.orgs.models import Organisation
from baodao.orgs.queries import ancestors, by_code, hanging, organisations
from baodao.orgs.rules import NAMES, STORIES, Kind, about
from baodao.orgs.tables import organisations_spec
from baodao.ui.listing import Listing
from baodao.ui.posts import attempt, send
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded

asking = require_http_methods(["GET", "POST"])
Act = Callable[[Actor], Organisation]


@require_GET
def tree(request: ActorRequest) -> HttpResponse:
    """Every organisation the administrator keeps, from the top of the tree down."""
    rows = _kept(request.actor).select_related("parent")
    return Listing(rows, request, organisations_spec()).response("orgs/list.html")


@require_GET
def page(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """One organisation: what it is, what stands below, what hangs on it, what happened."""
    found = _found(request.actor, organisation_id)
    rows = _kept(request.actor).filter(parent=found).select_related("parent")
    facts = {
        "organisation": found,
        "kind": NAMES[Kind(found.kind)],
        "above": ancestors(found)[:-1],
        "hanging": hanging(found),
        "items": _story(found),
        "may_add": found.kind not in (Kind.GRID, Kind.TEAM, Kind.BRANCH) and not found.closed_at,
    }
    return Listing(rows, request, organisations_spec()).response("orgs/page.html", facts)


@asking
def add(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """A new organisation below this one."""
    above = _found(request.actor, organisation_id)
    form = AddForm(request.POST or None, below=Kind(above.kind))

    def act(actor: Actor) -> Organisation:
        typed = form.cleaned_data
        kind, code = Kind(typed["kind"]), typed["code"] or None
        return commands.create(actor, kind=kind, name=typed["name"], parent_id=above.pk, code=code)

    headline = _("Add below %(name)s") % {"name": above.name}
    return _asked(request, above, form, act, (headline, _("Add"), _("Added.")))


@asking
def name(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Another name."""
    found = _found(request.actor, organisation_id)
    form = NameForm(request.POST or None, initial={"name": found.name})

    def act(actor: Actor) -> Organisation:
        return commands.rename(actor, organisation_id=found.pk, name=form.cleaned_data["name"])

    headline = _("Rename %(name)s") % {"name": found.name}
    return _asked(request, found, form, act, (headline, _("Rename"), _("Renamed.")))


@asking
def contact(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Who is to be asked."""
    found = _found(request.actor, organisation_id)
    known = {field: getattr(found, field) for field in ContactForm.base_fields}
    form = ContactForm(request.POST or None, initial=known)

    def act(actor: Actor) -> Organisation:
        return commands.set_contact(actor, organisation_id=found.pk, **form.cleaned_data)

    headline = _("Contact of %(name)s") % {"name": found.name}
    return _asked(request, found, form, act, (headline, _("Save"), _("Saved.")))


@asking
def hang(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Another place in the tree."""
    found = _found(request.actor, organisation_id)
    form = MoveForm(request.POST or None)

    def act(actor: Actor) -> Organisation:
        above = _above(form.cleaned_data["code"].strip().upper())
        return commands.move(actor, organisation_id=found.pk, parent_id=above.pk)

    headline = _("Move %(name)s, with all below it") % {"name": found.name}
    return _asked(request, found, form, act, (headline, _("Move"), _("Moved.")))


@asking
def end(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Close, after showing what still hangs on it."""
    found = _found(request.actor, organisation_id)
    back = reverse("orgs:organisation", args=[found.pk])
    if request.method == "POST":
        return send(
            request,
            lambda actor: _nothing(commands.close(actor, organisation_id=found.pk)),
            to=back,
            said=_("Closed. What happened there stays readable."),
        )
    try:
        commands.check_empty(found)
    except Refused as refused:
        messages.error(request, worded(refused))
        return redirect(back)
    return _closing(request, found, back)


@asking
def again(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Open a closed one again."""
    found = _found(request.actor, organisation_id)
    back = reverse("orgs:organisation", args=[found.pk])
    if request.method == "POST":
        return send(
            request,
            lambda actor: _nothing(commands.reopen(actor, organisation_id=found.pk)),
            to=back,
            said=_("Open again."),
        )
    headline = _("Open %(name)s again") % {"name": found.name}
    shown = {"headline": headline, "label": _("Open again"), "cancel": back}
    return render(request, "ui/confirm.html", shown)


def _kept(actor: Actor) -> QuerySet[Organisation]:
    if not actor.may_somewhere(Permission.ORGANISATION_EDIT):
        raise Absent("organisations")
    return organisations(actor, Permission.ORGANISATION_EDIT)


def _found(actor: Actor, organisation_id: int) -> Organisation:
    found = _kept(actor).select_related("parent").filter(pk=organisation_id).first()
    if found is None:
        raise Absent("organisation")
    return found


def _above(code: str) -> Organisation:
    try:
        return by_code(code)
    except Absent as absent:
        raise Refused(
            "organisation.unknown-code",
            gettext_noop("There is no organisation with the code %(given)s."),
            given=code,
        ) from absent


def _asked(
    request: ActorRequest,
    shown: Organisation,
    form: forms.Form,
    act: Act,
    words: tuple[str, str, str],
) -> HttpResponse:
    """The form, or what came of it: `words` are the headline, the button and what is said."""
    headline, label, said = words
    back = reverse("orgs:organisation", args=[shown.pk])
    if form.is_valid():
        try:
            address = attempt(request, lambda actor: _nothing(act(actor)), to=back)
        except Refused as refused:
            form.add_error(None, worded(refused))
        else:
            messages.success(request, said)
            return redirect(address)
    facts = {"headline": headline, "label": label, "cancel": back, "form": form}
    return render(request, "ui/confirm.html", facts)


def _closing(request: ActorRequest, found: Organisation, back: str) -> HttpResponse:
    """What still hangs on it, and the question."""
    facts = [(_(one.what), one.told) for one in hanging(found)]
    lead = _("Nothing is deleted. What still hangs on it stays with it:") if facts else ""
    shown = {
        "headline": _("Close %(name)s") % {"name": found.name},
        "lead": lead,
        "facts": facts,
        "label": _("Close"),
        "cancel": back,
    }
    return render(request, "ui/confirm.html", shown)


def _story(organisation: Organisation) -> list[dict[str, object]]:
    """What happened to it, as the timeline shows it."""
    return [
        {
            "at": entry.at,
            "who": entry.actor_name,
            "sentence": _(STORIES[entry.verb]),
            "reason": " → ".join(
                str(entry.facts[key]) for key in ("before", "name", "to") if entry.facts.get(key)
            ),
        }
        for entry in journal.timeline(about(organisation.pk))
        if entry.verb in STORIES
    ]


def _nothing(_made: object) -> None:
    """A command's result that the page does not show."""
