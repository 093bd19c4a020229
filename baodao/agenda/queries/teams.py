"""What a service team has ahead of it, and what it has done, by its claims."""

from typing import NamedTuple

from django.db.models import Exists, F, OuterRef

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
    seats = seats_ever_of_team(team).filter(**same)
    records = standing(record_rows()).filter(Exists(seats), way=Way.TEAM)
    return TeamWork(live, totals_of(records))
