"""A unit's letters: who has one, printing, and reporting a whole group."""

from functools import partial

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.documents.formats import Format
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_unit_or_branch
from baodao.people.queries.members import memberships
from baodao.registration import documents
from baodao.registration.commands import letters, presentations
from baodao.registration.queries.registrations import present_registrations_of
from baodao.registration.rules.papers import INTRODUCTION_LETTER
from baodao.registration.rules.states import State
from baodao.registration.views.listings import is_past, letters_listing, printable, receipts_listing
from baodao.ui.guards import choosing, ids_of, reading, writing
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit

PRESENTABLE = (State.ISSUED, State.RETURNED)


@reading
def all_letters(request: ActorRequest) -> HttpResponse:
    """Every letter of the unit with its state and receipt."""
    place = acting_unit_or_branch(request, Permission.REGISTRATION_REMIND)
    may_issue = request.actor.may(Permission.LETTER_ISSUE, place.path)
    may_remind = request.actor.may(Permission.REGISTRATION_REMIND, place.path)
    context = {"place": place, "may_issue": may_issue, "ended": is_past(request)}
    context["may_remind"] = may_remind
    return letters_listing(request, place).response("registration/letters.html", context)


def _present_place(request: ActorRequest, permission: Permission) -> Organisation:
    """The unit or branch, for acts on letters in force alone. Raises `Absent`."""
    if is_past(request):
        raise Absent("letter")
    return acting_unit_or_branch(request, permission)


@choosing
def printed(request: ActorRequest) -> HttpResponse:
    """The ticked letters as one file, or all of the list as it is searched and filtered.

    Those that were ticked are a link as well, to which the form leads. Telephones in full are
    noted in the journal, letter by letter.
    """
    place = _present_place(request, Permission.LETTER_ISSUE)
    full = "full" in request.POST
    medium = INTRODUCTION_LETTER.file_in((request.POST or request.GET).get("format", ""))
    if request.method == "POST" and not full:
        return redirect(_print_link(request, medium))
    rows = printable(letters_listing(request, place), ids_of(request))
    if full:
        ids = [row.pk for row in rows]
        form = INTRODUCTION_LETTER.code
        letters.note_print(request.actor, registration_ids=ids, form=form)
    letter_rows = [row.letter for row in rows]
    return paper_download(request, documents.letters(letter_rows, medium, full=full))


def _print_link(request: ActorRequest, medium: Format) -> str:
    """The address of the file with the ticked letters, of the list as it stands in the url."""
    query = request.GET.copy()
    query["format"] = medium
    query.setlist("ids", [str(one) for one in ids_of(request)])
    return f"{reverse('registration:letters_print')}?{query.urlencode()}"


@writing
def letters_of_members(request: ActorRequest) -> HttpResponse:
    """To the file with the letters of the ticked members of the roster."""
    place = acting_unit_or_branch(request, Permission.LETTER_ISSUE)
    ticked = memberships(request.actor, Permission.LETTER_ISSUE).filter(pk__in=ids_of(request))
    rows = present_registrations_of(place).filter(person__in=ticked.values("person"))
    query = QueryDict(mutable=True)
    query["format"] = INTRODUCTION_LETTER.file_in(request.POST.get("format", ""))
    query.setlist("ids", [str(row.pk) for row in rows])
    if not rows:
        raise Refused("paper.no-letters", gettext_noop("None of the ticked has a letter."))
    return redirect(f"{reverse('registration:letters_print')}?{query.urlencode()}")


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
    place = acting_unit_or_branch(request, Permission.REGISTRATION_REMIND)
    may_print = request.actor.may(Permission.PERSON_UNMASK, place.path)
    context = {"place": place, "may_print": may_print}
    return receipts_listing(request, place).response("registration/receipts.html", context)
