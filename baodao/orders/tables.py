"""The lists of orders and of whistles: columns, filters, files."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy

from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.needs.queries.needs import needs_found
from baodao.orders.models import Whistle
from baodao.orders.queries.orders import standing_still
from baodao.orders.queries.whistles import state_of
from baodao.orders.rules.stages import GOING, OrderStage
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices

Rows = QuerySet[Any]


def _still(rows: Rows, _: str) -> Rows:
    return standing_still(rows)


def _days_with_holder(row: Any) -> int | None:
    """For how many days who has an order has had it; None once nobody has to do anything."""
    return clock.days_since(row.since) if row.stage in GOING else None


def _communities(place: Organisation, name: Callable[[Any], str]) -> list[Column]:
    """The community of a row, where the list is of more than one."""
    return [] if place.kind == Kind.COMMUNITY else [Column(gettext_lazy("Community"), name)]


def orders_of(place: Organisation) -> Spec:
    """The orders of a place: who has each and since when, the longest waiting first."""
    return Spec(
        title=gettext_lazy("Orders"),
        columns=(
            Column(
                gettext_lazy("What is ordered"),
                lambda row: row.text,
                url=lambda row: row_url("needs:need", row.pk),
            ),
            *_communities(place, lambda row: row.community.name),
            Column(gettext_lazy("Stage"), lambda row: gettext(OrderStage.words_of(row.stage))),
            Column(gettext_lazy("Who has it"), lambda row: row.holder or row.community.name),
            Column(
                gettext_lazy("Days"),
                _days_with_holder,
                "since",
                ("since",),
                numeric=True,
            ),
            Column(gettext_lazy("Source of the need"), lambda row: row.get_source_display()),
            Column(gettext_lazy("Asked on"), lambda row: clock.day_of(row.collected_at)),
            Column(gettext_lazy("The asker's own word"), lambda row: row.get_satisfied_display()),
            Column(gettext_lazy("Reason"), lambda row: row.why, export_only=True),
        ),
        order=("since",),
        search=needs_found,
        search_hint=gettext_lazy("Need, place or code"),
        filters=(
            Filter("stage", gettext_lazy("Stage"), code_choices(OrderStage), equals("stage")),
            Filter(
                "still", gettext_lazy("Pace"), (("yes", gettext_lazy("Standing still")),), _still
            ),
        ),
        empty=gettext_lazy("Nobody has ordered anything yet."),
        empty_hint=gettext_lazy("What residents order from the menu appears here."),
        export=list_file,
    )


def whistles_of(place: Organisation) -> Spec:
    """The whistles of a place with the answers of the units."""
    return Spec(
        title=gettext_lazy("Whistles"),
        columns=(
            Column(
                gettext_lazy("What for"),
                lambda row: row.offer.title,
                url=lambda row: row_url("offers:offer", row.offer_id),
            ),
            *_communities(place, lambda row: row.offer.community.name),
            Column(gettext_lazy("Unit"), lambda row: row.unit.whole_name),
            *_answer_columns(),
        ),
        order=("-blown_at",),
        empty=gettext_lazy("No unit was whistled for yet."),
        empty_hint=gettext_lazy("From an order that is open, a community whistles for units."),
        export=list_file,
    )


def whistles_of_branches() -> Spec:
    """What the branches of a unit were asked to take on: who has each since when, and what they
    answered."""
    return Spec(
        title=gettext_lazy("With our branches"),
        columns=(
            Column(gettext_lazy("What for"), lambda row: row.offer.title),
            Column(gettext_lazy("Community"), lambda row: row.offer.community.name),
            Column(gettext_lazy("Branch"), lambda row: row.unit.name),
            Column(gettext_lazy("Sent out by"), lambda row: row.sender.name),
            *_answer_columns(),
        ),
        order=("-blown_at",),
        empty=gettext_lazy("No branch was asked yet."),
        empty_hint=gettext_lazy("What is offered to the unit can be given to a branch."),
        export=list_file,
    )


def _answer_columns() -> tuple[Column, ...]:
    """Since when somebody is asked, until when, and what they answered."""
    return (
        Column(
            gettext_lazy("Whistled on"),
            lambda row: clock.day_of(row.blown_at),
            "blown",
            ("blown_at",),
        ),
        Column(gettext_lazy("Answer due"), lambda row: row.due_on, "due", ("due_on",)),
        Column(gettext_lazy("Answer"), _answer),
        Column(gettext_lazy("Reason"), lambda row: gettext(row.reason) if row.reason else ""),
    )


def _answer(row: Whistle) -> str:
    return gettext(state_of(row).words)
