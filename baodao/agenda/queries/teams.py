"""What a service team has ahead of it, and what it has done, by its claims."""

from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q

from baodao.claims.queries.claims import Claims, claim_rows, with_servers
from baodao.claims.queries.seats import seats_ever_of_team
from baodao.claims.rules.lives import CLAIM
from baodao.ledger.queries.records import Totals, record_rows, standing, totals_of
from baodao.ledger.rules.records import Way
from baodao.orgs.models import Organisation


class TeamWork(NamedTuple):
    """The claims of a team that are live, what begins next first; and the services by claims of the
    past and present, as they stand in the ledger."""

    claims: Claims
    done: Totals


def work_of(team: Organisation) -> TeamWork:
    """Of one team, for whoever may see its page."""
    live = with_servers(claim_rows().filter(team=team, state__in=CLAIM.live))
    live = live.order_by(F("offer__starts_at").asc(nulls_last=True), "claimed_at", "pk")
    same = {"claim__offer": OuterRef("offer_id"), "person": OuterRef("person")}
    seats = seats_ever_of_team(team).filter(_stood("until"), _stood("claim__ended_at"), **same)
    seats = seats.filter(claim__seated_at__isnull=False, since__date__lte=OuterRef("served_on"))
    records = standing(record_rows()).filter(Exists(seats), way=Way.TEAM)
    return TeamWork(live, totals_of(records))


def _stood(end: str) -> Q:
    """Seats that were over (`end`) no earlier than what was served began, or than its day where it
    has no hours."""
    starts = "claim__offer__starts_at"
    within_hours = Q(**{f"{starts}__isnull": False, f"{end}__gt": F(starts)})
    that_day = Q(**{starts: None, f"{end}__date__gte": OuterRef("served_on")})
    return Q(**{end: None}) | within_hours | that_day
