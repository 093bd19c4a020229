"""At the window: who served, found by name or number, and the service, typed once for all."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.ledger.models import ServiceRecord
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.people.queries.members import current
from baodao.people.queries.search import found
from baodao.registration.queries.desks import hosted
from baodao.statements.commands import entries as commands
from baodao.statements.forms import EnterForm
from baodao.statements.views.records import community_of
from baodao.ui.guards import asking, ids_of
from baodao.ui.posts import kept
from baodao.ui.questions import tell_refused
from baodao.ui.requests import ActorRequest

SHOWN = 30
LAST = "statements.entered"
REMEMBERED = ("served_on", "began", "minutes", "category", "way", "place", "result")


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be ticked."""

    person: Person
    ticked: bool


def _recorded(count: int) -> str:
    sentence = ngettext("%(count)s service recorded.", "%(count)s services recorded.", count)
    return sentence % {"count": count}


@asking
def enter(request: ActorRequest) -> HttpResponse:
    """Tick who served, say what; what was typed last stands there again."""
    community = community_of(request, Permission.RECORD_CREATE)
    looking = request.method == "GET" or "find" in request.POST
    form = _form(request, community, looking=looking)
    ids = ids_of(request) if request.method == "POST" else []
    if not looking and form.is_valid():
        to = reverse("statements:enter")
        if kept(request, form, lambda actor: _enter(request, actor, form, community), to=to):
            request.session[LAST] = {name: request.POST.get(name, "") for name in REMEMBERED}
            return redirect(to)
    context = {"community": community, "form": form, "looking": looking, "sought": _sought(request)}
    context["choices"] = _choices(request, community, ids)
    return render(request, "statements/enter.html", context, status=422 if form.errors else 200)


def _sought(request: ActorRequest) -> str:
    return request.POST.get("q", request.GET.get("q", "")).strip()[:60]


def _form(request: ActorRequest, community: Organisation, *, looking: bool) -> EnterForm:
    """Bound when it was sent; while somebody is looked for, what was typed stays as it is."""
    if not looking:
        return EnterForm(request.POST, kinds=community)
    last: dict[str, Any] = {"served_on": clock.today(), **request.session.get(LAST, {})}
    typed = {name: request.POST[name] for name in (*REMEMBERED, "numbers") if name in request.POST}
    return EnterForm(initial=last | typed, kinds=community)


def _choices(request: ActorRequest, community: Organisation, ids: list[UUID]) -> list[Candidate]:
    """Those ticked before, then those who are looked for; without words the latest to register."""
    here = hosted(request.actor, community)
    before = here.filter(person__in=ids).order_by("person__pinyin")
    more = found(here.exclude(person__in=ids), _sought(request), prefix="person__")
    order = ("person__pinyin",) if _sought(request) else ("-accepted_at",)
    rows = [Candidate(row.person, ticked=True) for row in before]
    return rows + [Candidate(row.person, ticked=False) for row in more.order_by(*order)[:SHOWN]]


def _enter(
    request: ActorRequest, actor: Actor, form: EnterForm, community: Organisation
) -> str | None:
    persons = dict.fromkeys([*ids_of(request), *_numbered(form.typed_numbers)])
    if not persons:
        raise Refused("choice.empty", gettext_noop("Nobody is ticked. Tick at least one."))
    entries = [form.entry(person) for person in persons]
    write = partial(commands.enter, actor, community_id=community.pk, entries=entries)
    batch = _written(partial(write, numbers=form.typed_numbers))
    if batch.done:
        messages.success(request, _recorded(len(batch.done)))
    tell_refused(request, batch.refused)
    return None


def _numbered(numbers: list[str]) -> list[UUID]:
    """The members who have these volunteer numbers; refused when somebody has none."""
    rows = current().filter(person__number__in=numbers)
    persons = dict(rows.values_list("person__number", "person"))
    unknown = [number for number in numbers if number not in persons]
    if unknown:
        raise Refused(
            "number.unknown",
            gettext_noop("No member has the volunteer number %(numbers)s."),
            numbers="、".join(unknown),
        )
    return list(persons.values())


def _written(write: Callable[[], Batch[ServiceRecord]]) -> Batch[ServiceRecord]:
    """Somebody may have left the community since the page was made."""
    try:
        return write()
    except Absent as gone:
        raise Refused(
            "enter.gone", gettext_noop("Somebody ticked is no longer registered here; look again.")
        ) from gone
