"""Short ways to agreements, for tests that begin in the middle."""

from baodao.agreements.commands import agreements as commands
from baodao.agreements.models import Agreement
from baodao.agreements.queries.agreements import agreement_rows, clauses_of, digest_in
from baodao.kernel import clock
from tests.world import World


def fresh(row: Agreement) -> Agreement:
    return agreement_rows().get(pk=row.pk)


def drafted(world: World, by: str = "dai", year: int | None = None) -> Agreement:
    """Dai drafts the agreement of this year; An's community is the partner."""
    year = year or clock.today().year
    return commands.draft_agreement(world.actor(by), unit_id=world.bureau.pk, year=year)


def agreed(world: World, row: Agreement, by: str = "an") -> None:
    """The other side agrees to every clause."""
    ids = [one.clause.pk for one in clauses_of(fresh(row))]
    commands.agree_on(world.actor(by), agreement_id=row.pk, clause_ids=ids)


def sign_by(world: World, row: Agreement, by: str) -> Agreement:
    seen = digest_in(fresh(row))
    return commands.sign(world.actor(by), agreement_id=row.pk, seen=seen)


def signed(world: World, year: int | None = None) -> Agreement:
    """Agreed and signed by both."""
    row = drafted(world, year=year)
    agreed(world, row)
    sign_by(world, row, "deng")
    return sign_by(world, row, "ji")
