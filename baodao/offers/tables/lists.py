"""The lists of offers and claims: columns, filters, order, export."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from baodao.documents.files import list_workbook
from baodao.kernel import clock
from baodao.offers.kinds.registry import usual_kind
from baodao.offers.queries.words import category, kind_choices, kind_word, when
from baodao.offers.rules.lives import ClaimState, OfferState
from baodao.people.queries.search import matching
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices

Rows = QuerySet[Any]
SOUGHT = [state for state in ClaimState if state is not ClaimState.ABSENT]
"""States to filter claims by; nobody is looked for as absent."""


def _lacking(rows: Rows, _: str) -> Rows:
    return rows.filter(state=OfferState.PUBLISHED, taken__lt=F("places"))


def offers_found(rows: Rows, words: str) -> Rows:
    """By words of the title, the place or the specialties."""
    return rows.filter(
        Q(title__icontains=words) | Q(place__icontains=words) | Q(specialties__icontains=words)
    )


def offer_url(row: Any) -> str:
    """The page of an offer."""
    return row_url("offers:offer", row.pk)


def offers_of(*, may_edit: bool) -> Spec:
    """The offers of a community with the places taken, what is over at the end; rows are
    `counted`."""
    return Spec(
        title=gettext_lazy("Offers"),
        columns=(
            Column(
                gettext_lazy("What is offered"), lambda row: row.title, "title", ("title",),
                url=offer_url,
            ),
            Column(gettext_lazy("Sort"), lambda row: kind_word(row.kind)),
            Column(gettext_lazy("Kind of service"), category, export_only=True),
            Column(gettext_lazy("When"), when, "when", ("starts_at",)),
            Column(gettext_lazy("Where"), lambda row: row.place),
            Column(gettext_lazy("Organised by"), lambda row: row.organiser.name, export_only=True),
            Column(
                gettext_lazy("Places taken"),
                lambda row: f"{row.taken} / {row.places}",
                "taken",
                ("taken",),
                numeric=True,
            ),
            Column(gettext_lazy("On the waiting list"), lambda row: row.waiting, numeric=True),
            Column(gettext_lazy("Needs answered"), lambda row: row.answers or "", numeric=True),
            Column(
                gettext_lazy("State"), lambda row: row.get_state_display(), "state", ("state",)
            ),
        ),
        order=("-ended_at", "-created_at"),
        search=offers_found,
        search_hint=gettext_lazy("Title, place, specialty"),
        filters=(
            Filter("kind", gettext_lazy("Sort"), kind_choices(), equals("kind")),
            Filter("state", gettext_lazy("State"), code_choices(OfferState), equals("state")),
            Filter("lacks", gettext_lazy("People"), (("yes", gettext_lazy("Short of people")),),
                   _lacking),
        ),
        empty=gettext_lazy("Nothing is offered yet."),
        empty_hint=gettext_lazy("Offer a post or an activity; members of this community see it."),
        empty_url=reverse("offers:new", args=[usual_kind()]) if may_edit else "",
        empty_action=gettext_lazy(usual_kind().words.offer),
        export=list_workbook,
    )  # fmt: skip


def _claim_search(rows: Rows, words: str) -> Rows:
    return rows.filter(matching(words, prefix="person__") | Q(offer__title__icontains=words))


def _branches(rows: Rows) -> list[tuple[str, str]]:
    branches = rows.order_by("branch__path").values_list("branch", "branch__name").distinct()
    return [(str(pk), name) for pk, name in branches]


def _person_url(row: Any) -> str:
    """The page of whoever claims for themselves."""
    return row_url("home:person", row.person_id) if row.person_id else ""


def unit_claims(rows: Rows) -> Spec:
    """What the members of a unit or branch claimed, wherever it is."""
    return Spec(
        title=gettext_lazy("What our members claimed"),
        columns=(
            Column(gettext_lazy("Name"), lambda row: row.claimant.name, "name",
                   ("person__pinyin",), url=_person_url),
            Column(gettext_lazy("Branch"), lambda row: row.branch.name),
            Column(gettext_lazy("Community"), lambda row: row.community.name),
            Column(gettext_lazy("What is offered"), lambda row: row.offer.title),
            Column(gettext_lazy("Sort"), lambda row: kind_word(row.offer.kind)),
            Column(gettext_lazy("When"), lambda row: when(row.offer)),
            Column(gettext_lazy("Claimed on"), lambda row: clock.day_of(row.claimed_at), "claimed",
                   ("claimed_at",)),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
        ),
        order=("-claimed_at",),
        search=_claim_search,
        by_number=True,
        search_hint=gettext_lazy("Name, pinyin initials, what was claimed"),
        filters=(
            Filter("kind", gettext_lazy("Sort"), kind_choices(), equals("offer__kind")),
            Filter("state", gettext_lazy("State"), code_choices(SOUGHT), equals("state")),
            Filter("branch", gettext_lazy("Branch"), _branches(rows), equals("branch")),
        ),
        empty=gettext_lazy("Nobody of this unit has claimed anything yet."),
        empty_hint=gettext_lazy("Members claim on their own pages once a community received them."),
        export=list_workbook,
    )  # fmt: skip
