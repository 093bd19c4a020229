"""The lists of cards: a community's of one year, and those a unit received."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.rules.life import CARD, CardState
from baodao.appraisal.tables.words import ticked_words
from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.search import matching
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices, time_words

Rows = QuerySet[Any]
SEARCH_HINT = gettext_lazy("Name or pinyin initials")
LACKING = {
    "judgement": (gettext_lazy("Without a line of judgement"), Q(judgement="")),
    "records": (gettext_lazy("Without records"), Q(services=0)),
}


def card_url(card: FeedbackCard) -> str:
    """The card's page."""
    return row_url("appraisal:card", card.pk)


def _day(instant: Any) -> object:
    return clock.local(instant).date() if instant else ""


def _search(rows: Rows, words: str) -> Rows:
    return rows.filter(matching(words, prefix="person__"))


def _named(organisations: QuerySet[Organisation]) -> Sequence[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in organisations]


def _unit(card: FeedbackCard) -> str:
    return card.unit.name


_NAME = Column(
    gettext_lazy("Name"),
    lambda card: card.person.name,
    key="name",
    sorts=("person__pinyin",),
    url=card_url,
)
_BRANCH = Column(
    gettext_lazy("Branch"), lambda card: card.branch.name, key="branch", sorts=("branch__path",)
)
_OCCASION = Column(gettext_lazy("About"), lambda card: card.occasion or str(card.year))
_STATE = Column(
    gettext_lazy("State"), lambda card: card.get_state_display(), key="state", sorts=("state",)
)
_NUMBER = Column(
    gettext_lazy("Number"),
    lambda card: card.number_text,
    key="number",
    sorts=("number_year", "number"),
)
_READ_FROM_RECORDS = (
    Column(gettext_lazy("Times served"), lambda card: card.services, numeric=True),
    Column(gettext_lazy("Time served"), lambda card: time_words(card.minutes), numeric=True),
    Column(
        gettext_lazy("Kinds of service"),
        lambda card: ticked_words(card, "kinds"),
        export_only=True,
    ),
    Column(
        gettext_lazy("Ways of service"), lambda card: ticked_words(card, "ways"), export_only=True
    ),
)
"""Without an order of their own: nobody is ranked by how much they served."""

_JUDGEMENT = Column(gettext_lazy("Line of judgement"), lambda card: card.judgement)
_AFTER = (
    Column(gettext_lazy("Signed on"), lambda card: _day(card.signed_at), export_only=True),
    Column(gettext_lazy("Read on"), lambda card: _day(card.read_at), export_only=True),
    Column(gettext_lazy("Opinion of the unit"), lambda card: card.opinion, export_only=True),
)


def _state_filter(codes: Iterable[CardState]) -> Filter:
    return Filter("state", gettext_lazy("State"), code_choices(codes), equals("state"))


def cards_here(units: QuerySet[Organisation], *, may_choose: bool) -> Spec:
    """A community's cards of one year, drafts first; with a box each while there are drafts."""
    return Spec(
        title=gettext_lazy("Feedback cards"),
        columns=(
            *(_NAME, Column(gettext_lazy("Unit"), _unit, export_only=True)),
            Column(_BRANCH.label, _BRANCH.value, export_only=True),
            *_READ_FROM_RECORDS,
            *(_JUDGEMENT, _STATE, _NUMBER, *_AFTER),
        ),
        order=("state", "unit__name", "branch__path", "person__pinyin"),
        search=_search,
        by_number=True,
        search_hint=SEARCH_HINT,
        filters=(
            _state_filter([*CARD.live, CardState.WITHDRAWN]),
            Filter("unit", gettext_lazy("Unit"), _named(units), equals("unit")),
            Filter(
                "lacking",
                gettext_lazy("Lacking"),
                [(code, words) for code, (words, _) in LACKING.items()],
                lambda rows, code: rows.filter(LACKING[code][1]),
            ),
        ),
        empty=gettext_lazy("There are no cards of this year yet."),
        empty_hint=gettext_lazy(
            "Make the drafts: everybody registered here gets one, its ticks set from the records."
        ),
        chooses="chosen" if may_choose else "",
        export=list_file,
    )


def cards_received(place: Organisation, *, may_choose: bool) -> Spec:
    """Cards a unit or branch received, those not yet read first."""
    branches = below(place, Kind.BRANCH).order_by("path")
    return Spec(
        title=gettext_lazy("Feedback cards received"),
        totals=lambda rows: rows.filter(state=CardState.SIGNED).count(),
        columns=(
            *(_NAME, _BRANCH, Column(gettext_lazy("Community"), lambda card: card.community.name)),
            *(_OCCASION, *_READ_FROM_RECORDS, _JUDGEMENT, _STATE),
            *(Column(_NUMBER.label, lambda card: card.number_text, export_only=True), *_AFTER),
        ),
        order=("-unread", "branch__path", "person__pinyin"),
        search=_search,
        by_number=True,
        search_hint=SEARCH_HINT,
        filters=(
            _state_filter([CardState.SIGNED, CardState.READ, CardState.WITHDRAWN]),
            Filter("branch", gettext_lazy("Branch"), _named(branches), equals("branch")),
        ),
        empty=gettext_lazy("No feedback card has arrived yet."),
        empty_hint=gettext_lazy(
            "Communities send them once a year and at important events; they arrive by themselves."
        ),
        chooses="chosen" if may_choose else "",
        export=list_file,
    )
