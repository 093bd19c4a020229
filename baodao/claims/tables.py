"""The list of claims: columns, filters, order, export."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from baodao.claims.rules.lives import ClaimState
from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.offers.queries.words import kind_choices, kind_word, when
from baodao.people.queries.search import matching
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices

Rows = QuerySet[Any]
SOUGHT = [state for state in ClaimState if state is not ClaimState.ABSENT]
"""States to filter claims by; nobody is looked for as absent."""


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
            Column(gettext_lazy("Who serves"), lambda row: row.servers),
            Column(gettext_lazy("Community"), lambda row: row.community.name),
            Column(gettext_lazy("What is offered"), lambda row: row.offer.title),
            Column(gettext_lazy("Sort"), lambda row: kind_word(row.offer.kind)),
            Column(gettext_lazy("When"), lambda row: when(row.offer)),
            Column(gettext_lazy("Claimed on"), lambda row: clock.day_of(row.claimed_at), "claimed",
                   ("claimed_at",)),
            Column(gettext_lazy("State"), lambda row: row.outcome),
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
        export=list_file,
    )  # fmt: skip
