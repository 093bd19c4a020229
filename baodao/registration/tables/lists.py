"""The lists of letters, receipts, members here and exemptions: columns, filters, order, export."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below
from baodao.orgs.rules.tree import Kind
from baodao.people.facts import BY_NAME
from baodao.people.queries.members import unit_of, with_belonging
from baodao.people.queries.search import able, matching
from baodao.registration.models import Registration
from baodao.registration.queries.desks import HostChoices
from baodao.registration.queries.registrations import UNPLACED
from baodao.registration.rules.papers import REGISTRATION_CARD
from baodao.registration.rules.states import State
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices

Rows = QuerySet[Any]
NAME_HINT = gettext_lazy("Name or pinyin")
SEARCH_HINT = gettext_lazy("Name, pinyin initials")
PRESENCE = Filter(
    "presence",
    gettext_lazy("Present or ended"),
    (("ended", gettext_lazy("Ended ones")),),
    lambda rows, _: rows,
)
"""A list of present ones leads to one of ended ones, which is another list."""


def person_url(row: Registration) -> str:
    """The person's page."""
    return row_url("home:person", row.person_id)


def _person_search(rows: Rows, words: str) -> Rows:
    return rows.filter(matching(words, prefix="person__"))


def _member_search(rows: Rows, words: str) -> Rows:
    """By the person, or by what they can do."""
    prefix = "person__"
    return rows.filter(matching(words, prefix) | able(words, prefix))


def _name_search(rows: Rows, words: str) -> Rows:
    """By the name alone: who is somebody's no longer is not found by a number."""
    return rows.filter(Q(person__name__contains=words) | Q(person__pinyin__startswith=words))


def _named(organisations: QuerySet[Organisation]) -> list[tuple[str, str]]:
    return _listed(organisations.values_list("pk", "name"))


def _listed(places: Iterable[tuple[int, str]]) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in places]


NUMBER = re.compile(r"(?:〔?(?P<year>20\d\d)〕?\D*)?(?P<number>\d{1,6})\s*号?")


def letters_fitting(rows: Rows, words: str) -> list[Registration]:
    """Registrations whose letter has this number, or whose member this name."""
    if not words:
        return []
    return list(letters_numbered(rows, words)) or list(_person_search(rows, words))


def letters_numbered(rows: Rows, words: str) -> Rows:
    """Registrations whose letter has this number: 18, 018, 〔2026〕018号; none for other words."""
    parts = NUMBER.fullmatch(words.strip())
    if parts is None:
        return rows.none()
    year = {"letter__year": parts["year"]} if parts["year"] else {}
    return rows.filter(letter__number=int(parts["number"]), **year)


_NAME = Column(
    gettext_lazy("Name"),
    lambda row: row.person.name,
    key="name",
    sorts=("person__pinyin",),
    url=person_url,
)
_NUMBER = Column(gettext_lazy("Volunteer number"), lambda row: row.person.number)
_STATE = Column(
    gettext_lazy("State"), lambda row: row.get_state_display(), key="state", sorts=("state",)
)
_ACCEPTED = Column(
    gettext_lazy("Registered on"),
    lambda row: clock.day_of(row.accepted_at),
    key="accepted",
    sorts=("accepted_at",),
)
_RECEIPT_NUMBER = Column(gettext_lazy("Receipt"), lambda row: row.receipt_text, labelled=True)


_WHO = ("person__name", "person__number", "branch__name")
_RECEIPT = ("receipt_year", "receipt_number")
"""What lists of registrations read of a row."""


def letters_of(place: Organisation, *, may_choose: bool) -> Spec:
    """Letters of a unit or branch with their way to the receipt."""
    branches = below(place, Kind.BRANCH).order_by("path")
    return Spec(
        title=gettext_lazy("Letters"),
        tabs=PRESENCE,
        columns=(
            Column(
                gettext_lazy("Number"),
                lambda row: row.letter.number_text,
                key="number",
                sorts=("letter__year", "letter__number"),
            ),
            _NAME,
            Column(gettext_lazy("Branch"), lambda row: row.branch.name),
            Column(gettext_lazy("Community"), lambda row: row.community.name),
            _STATE,
            Column(
                gettext_lazy("Issued on"),
                lambda row: clock.day_of(row.letter.issued_at),
                key="issued",
                sorts=("letter__issued_at",),
            ),
            Column(
                gettext_lazy("Presented on"),
                lambda row: clock.day_of(row.submitted_at),
                export_only=True,
            ),
            _ACCEPTED,
            _RECEIPT_NUMBER,
        ),
        order=("-letter__year", "-letter__number"),
        search=_person_search,
        by_number=True,
        search_hint=SEARCH_HINT,
        filters=(
            Filter("state", gettext_lazy("State"), code_choices(State), equals("state")),
            Filter("branch", gettext_lazy("Branch"), _named(branches), equals("branch")),
        ),
        empty=gettext_lazy("No letter has been issued yet."),
        empty_hint=gettext_lazy("Issue letters to everybody in service at once, or to some."),
        empty_url=reverse("checklist:issue") if may_choose else "",
        empty_action=gettext_lazy("Issue letters"),
        chooses="chosen" if may_choose else "",
        export=list_file,
        reads=(
            *("state", "returned_reason", "submitted_at", "accepted_at", *_RECEIPT, *_WHO),
            *("letter__year", "letter__number", "letter__issued_at", "community__name"),
        ),
    )


def past_letters_of() -> Spec:
    """Letters of a unit or branch for who was a member then, as they were when that ended."""
    return Spec(
        title=gettext_lazy("Letters of former members"),
        columns=(
            Column(
                gettext_lazy("Number"),
                lambda row: row.letter.number_text,
                key="number",
                sorts=("letter__year", "letter__number"),
            ),
            _NAME,
            Column(gettext_lazy("Branch"), lambda row: row.branch.name),
            Column(gettext_lazy("Community"), lambda row: row.outline.community.name),
            Column(gettext_lazy("State then"), lambda row: row.outline.get_state_display()),
            Column(gettext_lazy("Issued on"), lambda row: clock.day_of(row.letter.issued_at)),
            Column(
                gettext_lazy("Registered on"), lambda row: clock.day_of(row.outline.accepted_at)
            ),
            Column(gettext_lazy("Receipt"), lambda row: row.outline.receipt_text, labelled=True),
            Column(gettext_lazy("Member until"), lambda row: clock.day_of(row.seen_until)),
            Column(
                gettext_lazy("What became of the member"),
                lambda row: gettext(row.ending_words) if row.ending_words else "—",
            ),
        ),
        order=("-letter__year", "-letter__number"),
        search=_name_search,
        search_hint=NAME_HINT,
        empty=gettext_lazy("There are none."),
        export=list_file,
    )


def receipts_of(place: Organisation, *, may_print: bool) -> Spec:
    """Registered members of a unit or branch with their receipts, to be printed by who may."""
    branches = below(place, Kind.BRANCH).order_by("path")
    return Spec(
        title=gettext_lazy("Receipts"),
        columns=(
            _NAME,
            Column(gettext_lazy("Branch"), lambda row: row.branch_name),
            Column(gettext_lazy("Community"), lambda row: row.community.name),
            _ACCEPTED,
            _RECEIPT_NUMBER,
            Column(gettext_lazy("Received by"), lambda row: row.accepted_by, labelled=True),
            Column(
                gettext_lazy("Registration card"),
                lambda _: "PDF",
                url=lambda row: reverse(
                    "registration:paper", args=[row.pk, REGISTRATION_CARD.code, "pdf"]
                ),
            ),
        ),
        order=("-accepted_at",),
        search=_person_search,
        by_number=True,
        search_hint=SEARCH_HINT,
        filters=(Filter("branch", gettext_lazy("Branch"), _named(branches), _by_present_branch),),
        empty=gettext_lazy("Nobody is registered yet."),
        empty_hint=gettext_lazy("Receipts appear here by themselves once communities receive."),
        empty_url=reverse("checklist:missing"),
        empty_action=gettext_lazy("To the check list"),
        chooses="chosen" if may_print else "",
        export=list_file,
        describes=with_belonging,
        reads=("accepted_at", "accepted_by", "community__name", *_RECEIPT, *_WHO),
    )


def _by_present_branch(rows: Rows, branch: str) -> Rows:
    """By the branch to which they belong today, whichever issued the letter."""
    return rows.filter(person__memberships__closed_at=None, person__memberships__branch=branch)


_PLACED = (("no", gettext_lazy("Not placed yet")), ("yes", gettext_lazy("Placed")))


_SINCE = (("month", gettext_lazy("This month")),)


def _this_month(rows: Rows, _: str) -> Rows:
    return rows.filter(accepted_at__gte=clock.midnight(clock.today().replace(day=1)))


def _by_placement(rows: Rows, value: str) -> Rows:
    return rows.filter(UNPLACED if value == "no" else ~UNPLACED)


def _of_unit(rows: Rows, unit: str) -> Rows:
    """By the unit to which they belong today."""
    return with_belonging(rows).filter(unit_key=unit)


def hosted_by(choices: HostChoices) -> Spec:
    """The ledger of members who reported to a community."""
    return Spec(
        title=gettext_lazy("Members here"),
        tabs=PRESENCE,
        columns=(
            _NAME,
            _NUMBER,
            Column(gettext_lazy("Unit"), lambda row: row.unit_name),
            Column(gettext_lazy("Branch"), lambda row: row.branch_name, export_only=True),
            Column(gettext_lazy(BY_NAME["specialty"].label), lambda row: row.person.specialty),
            Column(gettext_lazy(BY_NAME["wishes"].label), lambda row: row.person.wishes),
            Column(gettext_lazy("Grid"), lambda row: row.grid.name if row.grid else ""),
            Column(gettext_lazy("Service team"), lambda row: row.team.name if row.team else ""),
            _ACCEPTED,
            Column(gettext_lazy("State"), lambda row: row.get_state_display(), export_only=True),
        ),
        order=("-accepted_at",),
        search=_member_search,
        by_number=True,
        search_hint=gettext_lazy("Name, pinyin initials, specialty"),
        filters=(
            Filter("unit", gettext_lazy("Unit"), _listed(choices.units), _of_unit),
            Filter("grid", gettext_lazy("Grid"), _listed(choices.grids), equals("grid")),
            Filter("team", gettext_lazy("Service team"), _listed(choices.teams), equals("team")),
            Filter("placed", gettext_lazy("Placement"), _PLACED, _by_placement),
            Filter("since", gettext_lazy("Registered on"), _SINCE, _this_month),
        ),
        empty=gettext_lazy("Nobody has registered here yet."),
        empty_hint=gettext_lazy("Members appear here once their letters are received."),
        empty_url=reverse("registration:desk"),
        empty_action=gettext_lazy("Who waits"),
        chooses="placement",
        export=list_file,
        describes=with_belonging,
        reads=(
            *("state", "accepted_at", *_WHO, "person__specialty", "person__wishes"),
            *("grid__name", "team__name"),
        ),
    )


def once_hosted_by() -> Spec:
    """Who was registered in a community: what happened here, nothing of today."""
    return Spec(
        title=gettext_lazy("Members whose registration here has ended"),
        columns=(
            _NAME,
            _NUMBER,
            Column(gettext_lazy("Unit then"), lambda row: unit_of(row.branch).name),
            _ACCEPTED,
            _RECEIPT_NUMBER,
            Column(
                gettext_lazy("Ended on"), lambda row: row.ended_on, key="ended", sorts=("ended_on",)
            ),
            Column(gettext_lazy("Why it ends"), lambda row: row.get_ended_reason_display()),
        ),
        order=("-ended_on",),
        search=_name_search,
        search_hint=NAME_HINT,
        empty=gettext_lazy("There are none."),
        export=list_file,
    )
