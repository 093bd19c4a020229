"""A unit's letters: who has one, issuing, printing, and reporting a whole group."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import community_finder
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community
from baodao.people.models import Membership
from baodao.registration import documents
from baodao.registration.commands import letters, presentations
from baodao.registration.forms import IssueForm
from baodao.registration.queries.check_list import Rows, missing_rows
from baodao.registration.queries.letters import reports_to_partner
from baodao.registration.rules.check_list import Why
from baodao.registration.rules.papers import INTRODUCTION_LETTER
from baodao.registration.rules.states import State
from baodao.registration.views.listings import is_past, letters_listing, printable, receipts_listing
from baodao.registration.views.scope import unit_of, whole_unit
from baodao.ui.guards import asking, ids_of, reading, writing
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, submit

MOST_ROWS = 100
"""Members named on the page that issues letters; the others are reached by "everybody"."""

PRESENTABLE = (State.ISSUED, State.RETURNED)


@reading
def all_letters(request: ActorRequest) -> HttpResponse:
    """Every letter of the unit with its state and receipt."""
    place = unit_of(request)
    may_issue = request.actor.may(Permission.LETTER_ISSUE, place.path)
    context = {"place": place, "may_issue": may_issue, "ended": is_past(request)}
    return letters_listing(request, place).response("registration/letters.html", context)


@asking
def issue(request: ActorRequest) -> HttpResponse:
    """Letters for the ticked members, or for everybody who has none."""
    place = unit_of(request, Permission.LETTER_ISSUE)
    rows = _without_letter(request, place)
    form = bound(request, IssueForm, find=community_finder(place))
    if form.is_valid():
        everybody = "everybody" in request.POST
        ids = list(rows.values_list("person", flat=True)) if everybody else ids_of(request)
        return _issued(request, ids, form.cleaned_data["community"])
    first = _with_destinations(place, list(rows[:MOST_ROWS]))
    context = {"place": place, "form": form, "without": first, "count": rows.count()}
    return render(request, "registration/issue.html", context)


def _without_letter(request: ActorRequest, place: Organisation) -> Rows:
    """Who in service has no letter; only one of them when the url names a person."""
    rows = missing_rows(request.actor, place).filter(why=Why.NO_LETTER)
    if "person" not in request.GET:
        return rows
    try:
        return rows.filter(person=UUID(request.GET["person"]))
    except ValueError as error:
        raise Absent("person") from error


def _with_destinations(place: Organisation, rows: list[Membership]) -> list[tuple[Membership, str]]:
    """Each with the community that the unit's policy chooses; empty where it is not known."""
    unit = whole_unit(place)
    if reports_to_partner(unit):
        partner = partner_community(unit)
        return [(row, partner.name if partner else "") for row in rows]
    homes = places(Kind.COMMUNITY).filter(pk__in={row.person.home_community_id for row in rows})
    names = dict(homes.values_list("pk", "name"))
    return [(row, names.get(row.person.home_community_id or 0, "")) for row in rows]


def _issued(request: ActorRequest, ids: list[UUID], community: Organisation | None) -> HttpResponse:
    act = partial(
        letters.issue_letters,
        person_ids=ids,
        community_id=community.pk if community else None,
    )
    to = reverse("registration:letters") + "?state=issued"
    return submit(request, act, to=to, message=issued_words)


def issued_words(count: int) -> str:
    """What is said after issuing."""
    sentence = ngettext("%(count)s letter issued.", "%(count)s letters issued.", count)
    return sentence % {"count": count}


def _present_place(request: ActorRequest, permission: Permission) -> Organisation:
    """The unit or branch, for acts on letters in force alone. Raises `Absent`."""
    if is_past(request):
        raise Absent("letter")
    return unit_of(request, permission)


@asking
def printed(request: ActorRequest) -> HttpResponse:
    """The ticked letters as one file, or all of the list as it is searched and filtered.

    Those that were ticked are a link as well, to which the form leads. Telephones in full are
    noted in the journal, letter by letter.
    """
    place = _present_place(request, Permission.LETTER_ISSUE)
    full = "full" in request.POST
    if request.method == "POST" and not full:
        return redirect(_print_link(request))
    rows = printable(letters_listing(request, place), ids_of(request))
    if full:
        ids = [row.pk for row in rows]
        form = INTRODUCTION_LETTER.code
        letters.record_print(request.actor, registration_ids=ids, form=form)
    ending = (request.POST or request.GET).get("format", "pdf")
    return paper_download(
        request, documents.letters([row.letter for row in rows], ending, full=full)
    )


def _print_link(request: ActorRequest) -> str:
    """The address of the file with the ticked letters, of the list as it stands in the url."""
    query = request.GET.copy()
    query["format"] = request.POST.get("format", "pdf")
    query.setlist("ids", [str(one) for one in ids_of(request)])
    return f"{reverse('registration:letters_print')}?{query.urlencode()}"


@writing
def report_group(request: ActorRequest) -> HttpResponse:
    """统一报到: the unit presents the ticked letters, or all of the list not presented yet."""
    place = _present_place(request, Permission.REGISTRATION_PRESENT)
    open_ones = letters_listing(request, place).narrowed_rows.filter(state__in=PRESENTABLE)
    ids = ids_of(request) or list(open_ones.values_list("pk", flat=True))
    act = partial(presentations.present_group, registration_ids=ids)
    return submit(request, act, to=reverse("registration:letters"), message=presented_words)


def presented_words(count: int) -> str:
    """What is said after a group report."""
    sentence = ngettext(
        "%(count)s member reported to the community.",
        "%(count)s members reported to their communities.",
        count,
    )
    return sentence % {"count": count}


@reading
def receipts(request: ActorRequest) -> HttpResponse:
    """Present members in service who are registered, each with the receipt of the community."""
    place = unit_of(request)
    may_print = request.actor.may(Permission.PERSON_UNMASK, place.path)
    context = {"place": place, "may_print": may_print}
    return receipts_listing(request, place).response("registration/receipts.html", context)
