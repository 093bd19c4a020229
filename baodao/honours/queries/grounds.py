"""What the results that are kept of adopted policies say of the members whom a round judges."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery, UUIDField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from baodao.adoptions.models import LaterResult, PolicyResult
from baodao.adoptions.queries.later_results import later_rows
from baodao.adoptions.queries.results import results_of, results_of_person
from baodao.adoptions.queries.wording import kept_words
from baodao.adoptions.rules.outcomes import MISSING_FIRST
from baodao.honours.models import HonourProposal, HonourRound, HonourRuling
from baodao.honours.rules.rounds import PolicyGround
from baodao.kernel.authz import Actor
from baodao.policies.rules.windows import Days


def grounds_of(actor: Actor, round: HonourRound) -> Mapping[UUID, PolicyGround]:  # noqa: A002 - the field's own term
    """For each member of whom results about just the time of the round are kept, what they say."""
    rows = results_of(actor, round.organisation, _days(round)).exclude(person=None)
    return _by_person(rows)


def ground_of(actor: Actor, round: HonourRound, person_id: UUID) -> PolicyGround | None:  # noqa: A002 - as above
    """What is kept of one member about the time of the round."""
    days = _days(round)
    rows = results_of_person(actor, person_id)
    rows = rows.filter(period_from=days.first, period_until=days.last)
    return _by_person(rows).get(person_id)


def _days(round: HonourRound) -> Days:  # noqa: A002 - as above
    return Days(round.period.first, round.period.last)


def _by_person(rows: Iterable[PolicyResult]) -> dict[UUID, PolicyGround]:
    """Of who is under several policies, the result of the one that is met least: whoever misses
    what either of them asks has missed something."""
    order = [str(state) for state in MISSING_FIRST]
    grounds: dict[UUID, PolicyGround] = {}
    for row in sorted(rows, key=lambda row: (-order.index(row.state), str(row.pk))):
        if row.person_id is not None:
            version = row.adoption.version
            name = f"{version.name}（第{version.number}版）"
            grounds[row.person_id] = PolicyGround(
                row.pk, name, row.state, row.grade, row.star, row.reason
            )
    return grounds


def ground_words(row: HonourProposal) -> str:
    """Why, in the reader's language, as the result said it that is kept beside the proposal."""
    return kept_words(row.ground.get("reason", ""))


def overtaken(rows: QuerySet[HonourProposal]) -> QuerySet[HonourProposal]:
    """Those of these on which nobody signed a word since the records of the time say otherwise than
    the result on which the proposal rests."""
    last = HonourRuling.objects.filter(proposal=OuterRef("pk")).order_by("-ruled_at", "-pk")
    rows = rows.annotate(
        ground_result=Cast(KeyTextTransform("result", "ground"), UUIDField()),
        ruled_at=Subquery(last.values("ruled_at")[:1]),
    )
    since = later_rows().filter(is_otherwise=True, result=OuterRef("ground_result"))
    return rows.filter(Exists(since.filter(since__gt=OuterRef("ruled_at"))))


def later_ground(row: HonourProposal) -> LaterResult | None:
    """What the records say now beside the result on which a proposal rests, where it is otherwise
    and came after the last word."""
    key = row.ground.get("result")
    if not key:
        return None
    rows = later_rows().filter(result=key, is_otherwise=True)
    ruling = row.rulings.order_by("-ruled_at", "-pk").first()
    return (rows.filter(since__gt=ruling.ruled_at) if ruling else rows).first()
