"""At the window: who served, found by name or number, and the service, typed once for all."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import ngettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.ledger.models import ServiceRecord
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_community
from baodao.people.models import Person
from baodao.people.queries.members import known_numbers
from baodao.people.queries.search import search
from baodao.registration.queries.desks import hosted
from baodao.statements.commands import entries as commands
from baodao.statements.forms import EnterForm, numbers_in
from baodao.statements.queries.statements import same_day_here
from baodao.ui.guards import asking, ids_of, may_search
from baodao.ui.interruptions import tell_typed, typed_before
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, submit

PAGE_ROWS = 30
LAST = "statements.entered"
REMEMBERED = ("served_on", "began", "minutes", "category", "way", "place", "result")


@dataclass(frozen=True)
class EntryChoice:
    """Who may be ticked, and whether more are called so than are listed."""

    people: list["Candidate"]
    more: bool


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
    community = acting_community(request, Permission.RECORD_CREATE)
    looking = request.method == "GET" or "find" in request.POST
    form = _form(request, community, looking=looking)
    ids = ids_of(request)
    if typed_before(request):
        tell_typed(request)
    context = {
        "community": community,
        "looking": looking,
        "sought": _sought(request),
        "choices": SimpleLazyObject(partial(_choices, request, community, ids)),
    }
    page = FormPage(form, "statements/enter.html", context)
    act = partial(_enter, request, form, community)
    return submit(request, act, to=reverse("statements:enter"), message=_recorded, page=page)


def _sought(request: ActorRequest) -> str:
    return request.POST.get("q", request.GET.get("q", "")).strip()[:60]


def _form(request: ActorRequest, community: Organisation, *, looking: bool) -> EnterForm:
    """Bound when it was sent; while somebody is looked for, what was typed stays as it is."""
    if not looking:
        same_day = partial(_same_day, request, community)
        return EnterForm(request.POST, kinds=community, same_day=same_day)
    last: dict[str, Any] = {"served_on": clock.today(), **request.session.get(LAST, {})}
    sent = request.POST or typed_before(request) or QueryDict()
    typed = {name: sent[name] for name in (*REMEMBERED, "numbers") if name in sent}
    # no edit: a service is entered, and the last one is a first guess
    return EnterForm(initial=last | typed, kinds=community, same_day=lambda _: ())


def _same_day(request: ActorRequest, community: Organisation, day: date) -> list[str]:
    """What the community knows already of that day and of those who are ticked or numbered."""
    numbered = known_numbers(numbers_in(request.POST.get("numbers", "")))
    persons = {*ids_of(request), *numbered.values()}
    return same_day_here(request.actor, community, persons, day)


def _choices(request: ActorRequest, community: Organisation, ids: list[UUID]) -> EntryChoice:
    """Those ticked before, then those who are looked for; without words the latest to register."""
    here = hosted(request.actor, community)
    before = here.filter(person__in=ids).order_by("person__pinyin")
    rest = here.exclude(person__in=ids)
    rest = rest if may_search(request, _sought(request)) else rest.none()
    more = search(rest, _sought(request), prefix="person__")
    order = ("person__pinyin",) if _sought(request) else ("-accepted_at",)
    page = list(more.order_by(*order)[: PAGE_ROWS + 1])
    people = [Candidate(row.person, ticked=True) for row in before]
    people += [Candidate(row.person, ticked=False) for row in page[:PAGE_ROWS]]
    return EntryChoice(people, bool(_sought(request)) and len(page) > PAGE_ROWS)


def _enter(
    request: ActorRequest, form: EnterForm, community: Organisation, actor: Actor, **_: object
) -> Batch[ServiceRecord]:
    """Record what was typed, and remember it; somebody may have left since the page was made."""
    numbers = form.typed_numbers
    persons = dict.fromkeys([*ids_of(request), *_numbered(numbers)])
    entries = [form.entry(person) for person in persons]
    try:
        batch = commands.enter(actor, community_id=community.pk, entries=entries, numbers=numbers)
    except Absent as gone:
        raise Refused(
            "enter.gone", gettext_noop("Somebody ticked is no longer registered here; look again.")
        ) from gone
    request.session[LAST] = {name: request.POST.get(name, "") for name in REMEMBERED}
    return batch


def _numbered(numbers: list[str]) -> list[UUID]:
    """Members of now or before with these volunteer numbers; refused when nobody has one."""
    persons = known_numbers(numbers)
    unknown = [number for number in numbers if number not in persons]
    if unknown:
        raise Refused(
            "number.unknown",
            gettext_noop("No member has the volunteer number %(numbers)s."),
            numbers="、".join(unknown),
        )
    return list(persons.values())
