"""Letters for those of a unit who have none."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.checklist import commands
from baodao.checklist.forms import LettersForm, persons_in
from baodao.checklist.queries.destinations import Letterless, letterless
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.queries.choices import community_finder
from baodao.orgs.requests import acting_unit_or_branch
from baodao.ui.guards import asking, ids_of
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, submit

MOST_ROWS = 100
"""Members named on the page that issues letters; the others are reached by "everybody"."""


@dataclass(frozen=True)
class LetterPage:
    """The page that issues letters: who has none, the form with a row for each of the first, and
    who of these is ticked."""

    letterless: Letterless
    form: LettersForm
    ticked: Collection[UUID]

    def persons(self, *, everybody: bool) -> list[UUID]:
        """Whom the letters are for: the ticked or everybody, and whoever's community was written
        in where none was known; of everybody only whose community is known."""
        if not everybody:
            written = [one for one in self.form.named if not self._is_known(one)]
            return list({*self.ticked, *written})
        rows = self.letterless.rows
        if not self.form.cleaned_data["community"]:
            rows = self.letterless.with_destination
        return list({*rows.values_list("person", flat=True), *self.form.named})

    def _is_known(self, person_id: UUID) -> bool:
        rows = self.form.persons.values()
        return any(row.membership.person_id == person_id and row.community for row in rows)


@asking
def issue(request: ActorRequest) -> HttpResponse:
    """Letters for the ticked members, or for everybody whose community is known."""
    page = _page(request)
    if "leave" in request.POST:
        return _to_new_member(request, page)
    if page.form.is_valid():
        return _issued(request, page)
    count, known = page.letterless.counts
    context = {"page": page, "form": page.form, "count": count}
    status = 422 if page.form.is_bound else 200
    return render(request, "checklist/issue.html", context | {"known": known}, status=status)


def _page(request: ActorRequest) -> LetterPage:
    """The page, only of one of them when the url names a person."""
    place = acting_unit_or_branch(request, Permission.LETTER_ISSUE)
    everybody = letterless(request.actor, place)
    if "person" in request.GET:
        everybody = replace(everybody, rows=everybody.rows.filter(person=_person_in(request)))
    sent = persons_in(request.POST or [request.htmx.trigger_name or ""])
    first = everybody.of(sent) if sent else everybody.first(MOST_ROWS)
    find = community_finder(place)
    form = bound(request, LettersForm, destinations=first, typed=request.GET, find=find)
    if request.method == "POST":
        return LetterPage(everybody, form, ids_of(request))
    left_out = set(request.GET.getlist("skip"))
    known = [row.membership.person_id for row in first if row.community]
    return LetterPage(everybody, form, [one for one in known if str(one) not in left_out])


def _person_in(request: ActorRequest) -> UUID:
    try:
        return UUID(request.GET["person"])
    except ValueError as error:
        raise Absent("person") from error


def _issued(request: ActorRequest, page: LetterPage) -> HttpResponse:
    one_for_all = page.form.cleaned_data["community"]
    named = {person: community.pk for person, community in page.form.named.items()}
    act = partial(
        commands.issue,
        person_ids=page.persons(everybody="everybody" in request.POST),
        communities=named,
        are_homes=page.letterless.at_home,
        community_id=one_for_all.pk if one_for_all else None,
    )
    return submit(request, act, to=lambda _: _next(page.letterless), message=issued_words)


def _next(left: Letterless) -> str:
    """The new letters; first whoever has none because their community is not known."""
    if left.without_destination.exists():
        return reverse("checklist:issue")
    return reverse("registration:letters") + "?state=issued"


def issued_words(count: int) -> str:
    """What is said after issuing."""
    sentence = ngettext("%(count)s letter issued.", "%(count)s letters issued.", count)
    return sentence % {"count": count}


def _to_new_member(request: ActorRequest, page: LetterPage) -> HttpResponse:
    """To the form of a new member, and back to this page with what was written and unticked."""
    query = request.GET.copy()
    query.update(page.form.typed)
    known = (row.membership.person_id for row in page.form.persons.values() if row.community)
    query.setlist("skip", [str(one) for one in known if one not in set(page.ticked)])
    back = QueryDict(mutable=True)
    back["back"] = f"{reverse('checklist:issue')}?{query.urlencode()}"
    return redirect(f"{reverse('people:add')}?{back.urlencode()}")
