"""What the results that are kept of adopted policies say of the members whom a round judges."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from baodao.adoptions.models import PolicyResult
from baodao.adoptions.queries.results import results_of, results_of_person
from baodao.adoptions.queries.wording import kept_words
from baodao.adoptions.rules.outcomes import MISSING_FIRST
from baodao.honours.models import HonourProposal, HonourRound
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
            name = f"{version.name} {version.number}"
            grounds[row.person_id] = PolicyGround(
                row.pk, name, row.state, row.grade, row.star, row.reason
            )
    return grounds


def ground_words(row: HonourProposal) -> str:
    """Why, in the reader's language, as the result said it that is kept beside the proposal."""
    return kept_words(row.ground.get("reason", ""))
