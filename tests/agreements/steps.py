"""Short ways to agreements, for tests that begin in the middle."""

from datetime import timedelta
from typing import Any

from baodao.agreements.commands import agreements as commands
from baodao.agreements.models import Agreement, AgreementClause, ClauseKeeping, ClauseWording
from baodao.agreements.queries.agreements import agreement_rows, clauses_of, digest_in
from baodao.kernel import clock
from baodao.resources.models import ListClaim, Project, Resource
from tests.world import World


def fresh(row: Agreement) -> Agreement:
    return agreement_rows().get(pk=row.pk)


def drafted(world: World, by: str = "dai", year: int | None = None) -> Agreement:
    """Dai drafts the agreement of this year; An's community is the partner."""
    year = year or clock.today().year
    return commands.draft_agreement(world.actor(by), unit_id=world.bureau.pk, year=year)


def agreed(world: World, row: Agreement, by: str = "an") -> None:
    """The other side agrees to every clause."""
    ids = [one.wording.pk for one in clauses_of(fresh(row))]
    commands.agree_on(world.actor(by), agreement_id=row.pk, wording_ids=ids)


def sign_by(world: World, row: Agreement, by: str) -> Agreement:
    seen = digest_in(fresh(row))
    return commands.sign(world.actor(by), agreement_id=row.pk, seen=seen)


def signed(world: World, year: int | None = None) -> Agreement:
    """Agreed and signed by both."""
    row = drafted(world, year=year)
    agreed(world, row)
    sign_by(world, row, "deng")
    return sign_by(world, row, "ji")


def lists_between(world: World) -> dict[str, Any]:
    """For the sheet of permissions: a resource of Deng's unit that An's community claims, a project
    and the draft of an agreement."""
    hall = Resource.objects.create(
        unit=world.bureau, kind="场地", title="三楼会议室", contact_name="戴文",
        contact_phone="19900002222", reach="street", state="published", published_at=clock.now(),
    )  # fmt: skip
    year = clock.today().year
    project = Project.objects.create(community=world.willow, year=year, title="科普进楼道")
    begins = clock.now() + timedelta(days=7)
    claim = ListClaim.objects.create(
        unit=world.bureau, community=world.willow, side="community", resource=hall,
        starts_at=begins, ends_at=begins + timedelta(hours=2), claimed_by="安静",
    )  # fmt: skip
    agreement = Agreement.objects.create(unit=world.bureau, community=world.willow, year=year)
    clause = AgreementClause.objects.create(agreement=agreement, position=1, title="共建目标")
    ClauseWording.objects.create(clause=clause, side="unit", text="共建", proposed_by="戴文")
    ClauseKeeping.objects.create(clause=clause, side="unit", words="开了会", stated_by="戴文")
    drafted = {"agreement_id": agreement.pk, "clause_id": clause.pk, "month": 3}
    return drafted | {"resource_id": hall.pk, "project_id": project.pk, "list_claim_id": claim.pk}
