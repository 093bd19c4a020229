"""At the window: who served, found by name or number, and the service, typed once for all."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.ledger import commands
from baodao.ledger.forms import EnterForm
from baodao.ledger.models import ServiceRecord
from baodao.ledger.views.acting import community_of
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.people.queries.members import current
from baodao.people.queries.search import found
from baodao.registration.models import Registration
from baodao.registration.queries.desks import hosted
from baodao.ui.guards import asking, ids_of
from baodao.ui.posts import kept
from baodao.ui.questions import tell_refused
from baodao.ui.requests import ActorRequest

SHOWN = 30
LAST = "ledger.entered"
REMEMBERED = ("served_on", "began", "minutes", "category", "way", "place", "result")


@dataclass(frozen=True)
class Choice:
    """Somebody who may be ticked."""

    person: Person
    chosen: bool


def recorded(count: int) -> str:
    """What is said after entering."""
    told = ngettext("%(count)s service recorded.", "%(count)s services recorded.", count)
    return told % {"count": count}


@asking
def enter(request: ActorRequest) -> HttpResponse:
    """Tick who served, say what; what was typed last stands there again."""
    community = community_of(request, Permission.RECORD_CREATE)
    looking = request.method == "GET" or "find" in request.POST
    form = _form(request, community, looking=looking)
    chosen = ids_of(request) if request.method == "POST" else []
    if not looking and form.is_valid():
        to = reverse("ledger:enter")
        if kept(request, form, lambda actor: _enter(request, actor, form, community), to=to):
            request.session[LAST] = {name: request.POST.get(name, "") for name in REMEMBERED}
            return redirect(to)
    context = {"community": community, "form": form, "looking": looking, "sought": _sought(request)}
    context["choices"] = _choices(request, community, chosen)
    return render(request, "ledger/enter.html", context, status=422 if form.errors else 200)


def _sought(request: ActorRequest) -> str:
    return request.POST.get("q", request.GET.get("q", "")).strip()[:60]


def _form(request: ActorRequest, community: Organisation, *, looking: bool) -> EnterForm:
    """Bound when it was sent; while somebody is looked for, what was typed stays as it is."""
    if not looking:
        return EnterForm(request.POST, kinds=community)
    last: dict[str, Any] = {"served_on": clock.today(), **request.session.get(LAST, {})}
    typed = {name: request.POST[name] for name in (*REMEMBERED, "numbers") if name in request.POST}
    return EnterForm(initial=last | typed, kinds=community)


def _here(request: ActorRequest, community: Organisation) -> QuerySet[Registration]:
    return hosted(request.actor, community)


def _choices(request: ActorRequest, community: Organisation, chosen: list[UUID]) -> list[Choice]:
    """Those ticked before, then those who are looked for; without words the latest to register."""
    here = _here(request, community)
    ticked = here.filter(person__in=chosen).order_by("person__pinyin")
    more = found(here.exclude(person__in=chosen), _sought(request), prefix="person__")
    order = ("person__pinyin",) if _sought(request) else ("-accepted_at",)
    rows = [Choice(row.person, chosen=True) for row in ticked]
    return rows + [Choice(row.person, chosen=False) for row in more.order_by(*order)[:SHOWN]]


def _enter(
    request: ActorRequest, actor: Actor, form: EnterForm, community: Organisation
) -> str | None:
    persons = dict.fromkeys([*ids_of(request), *_numbered(form.told_numbers)])
    if not persons:
        raise Refused("choice.empty", gettext_noop("Nobody is ticked. Tick at least one."))
    entries = [form.entry(person) for person in persons]
    write = partial(commands.enter, actor, community_id=community.pk, entries=entries)
    batch = _written(partial(write, numbers=form.told_numbers))
    if batch.done:
        messages.success(request, recorded(len(batch.done)))
    tell_refused(request, batch.refused)
    return None


def _numbered(numbers: list[str]) -> list[UUID]:
    """The members who have these volunteer numbers; refused when somebody has none."""
    rows = current().filter(person__number__in=numbers)
    held = dict(rows.values_list("person__number", "person"))
    unknown = [number for number in numbers if number not in held]
    if unknown:
        raise Refused(
            "number.unknown",
            gettext_noop("No member has the volunteer number %(numbers)s."),
            numbers="、".join(unknown),
        )
    return list(held.values())


def _written(write: Callable[[], Batch[ServiceRecord]]) -> Batch[ServiceRecord]:
    """Somebody may have left the community since the page was made."""
    try:
        return write()
    except Absent as gone:
        raise Refused(
            "enter.gone", gettext_noop("Somebody ticked is no longer registered here; look again.")
        ) from gone
