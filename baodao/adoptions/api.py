"""Adopted policies over the API: which hold, and what they say of members. Programs adopt none and
change nothing: a person decides."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.adoptions.models import Adoption, PolicyResult
from baodao.adoptions.queries.adoptions import adoption_of, at_rest
from baodao.adoptions.queries.adoptions import adoptions as known_adoptions
from baodao.adoptions.queries.results import not_resting, results_below
from baodao.adoptions.queries.results import results as results_for
from baodao.adoptions.queries.wording import kept_words, reason_text
from baodao.adoptions.rules.outcomes import ResultState
from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.orgs.queries.tree import by_code
from baodao.policies.rules.requirements import Fulfilment
from baodao.ui.api import (
    ApiRequest,
    Code,
    Cursor,
    Day,
    Page,
    PersonBrief,
    Place,
    answers,
    page_of,
    reading,
)

router = Router(tags=[gettext_noop("Adopted policies")])


class AdoptionRow(Schema):
    """A version of a policy that an organisation adopted for all below it."""

    id: UUID
    organisation: Place
    name: str
    version: int
    digest: str = Field(description=gettext_noop("SHA-256 of the text of the version."))
    from_on: date
    until_on: date | None
    may_be_stricter: bool
    basis: str
    rests: bool = Field(description=gettext_noop("Whether a switch that it needs is off."))


class AdoptionPage(Page[AdoptionRow]):
    """Some rows of a list, in an order that does not change."""


class PolicyLineRow(Schema):
    """One thing that is asked; what can be met in several ways is one."""

    words: str
    state: Fulfilment
    share: int | None = Field(
        description=gettext_noop("Per cent of what is asked that is done; null where it has none.")
    )


class PolicyResultRow(Schema):
    """What a policy says of a member about a period: a proposal, which a person decides on."""

    id: UUID
    adoption: UUID
    person: PersonBrief | None
    place: Place = Field(description=gettext_noop("Branch of the member at that time."))
    period_from: date
    period_until: date | None
    day: date = Field(description=gettext_noop("With everything recorded by its end."))
    said_at: datetime
    state: ResultState
    reason: str
    entered_on: date | None = Field(
        description=gettext_noop(
            "The day of the period on which a list that tells no day of joining brought the member."
        )
    )
    lines: list[PolicyLineRow]
    counted: list[str] = Field(description=gettext_noop("Ids of the records that were counted."))
    left_out: list[str] = Field(
        description=gettext_noop("Ids of the records that were not counted.")
    )


class PolicyResultPage(Page[PolicyResultRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtResults(Schema):
    """Which results; those that stand now."""

    adoption: UUID
    period_from: Day | None = Field(
        default=None, description=gettext_noop("First day of the period.")
    )
    below: Code | None = Field(
        default=None, description=gettext_noop("Code of the unit or branch, with all below it.")
    )
    state: ResultState | None = None


def _adoption(row: Adoption) -> AdoptionRow:
    facts: dict[str, Any] = {
        "name": row.version.name,
        "version": row.version.number,
        "digest": row.version.digest,
        "rests": at_rest(row),
    }
    same = AdoptionRow.model_fields.keys() - facts
    return AdoptionRow.model_validate(facts | {name: getattr(row, name) for name in same})


def _result(row: PolicyResult) -> PolicyResultRow:
    facts: dict[str, Any] = {
        "adoption": row.adoption_id,
        "said_at": row.since,
        "reason": reason_text(row),
        "lines": [one | {"words": kept_words(one["words"])} for one in row.lines],
        "left_out": [one[0] for one in row.left_out],
    }
    same = PolicyResultRow.model_fields.keys() - facts
    return PolicyResultRow.model_validate(facts | {name: getattr(row, name) for name in same})


@router.get("/adoptions/", response=answers(AdoptionPage), summary=gettext_noop("Adopted policies"))
@reading(Permission.RECORD_READ)
def adoptions(request: ApiRequest, cursor: Query[Cursor]) -> dict[str, object]:
    """Of organisations in scope, of all above and below these, also those that are over."""
    rows = known_adoptions(request.actor, Permission.RECORD_READ)
    return page_of(rows, cursor, "id", _adoption)


@router.get(
    "/adoptions/results/",
    response=answers(PolicyResultPage),
    summary=gettext_noop("What an adopted policy says"),
)
@reading(Permission.RECORD_READ)
def results(
    request: ApiRequest, sought: Query[SoughtResults], cursor: Query[Cursor]
) -> dict[str, object]:
    """Of members whom you read, in no order of how much; nothing of a policy at rest."""
    adoption = adoption_of(request.actor, sought.adoption, Permission.RECORD_READ)
    rows = not_resting(results_for(request.actor).filter(adoption=adoption))
    if sought.period_from is not None:
        rows = rows.filter(period_from=sought.period_from)
    if sought.below is not None:
        rows = results_below(rows, by_code(sought.below))
    if sought.state is not None:
        rows = rows.filter(state=sought.state)
    return page_of(rows, cursor, "id", _result)
