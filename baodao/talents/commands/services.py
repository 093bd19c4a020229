"""What talents served: recorded by the community, reversed with a reason, never changed."""

from dataclasses import asdict
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.ledger.queries.categories import categories_of
from baodao.orgs.queries.tree import check_open, standing_of
from baodao.talents.models import TalentService
from baodao.talents.queries.talents import minutes_on, services_of, talents
from baodao.talents.rules.talents import TALENT, TalentDeed, TalentState, check_deed


@command
def enter_deed(actor: Actor, *, talent_id: UUID, deed: TalentDeed) -> TalentService:
    """Record what somebody of the list did, in the community that keeps them now."""
    talent = lock(talents(actor), talent_id)
    TALENT.check(talent.state, TalentState.LISTED)
    community = standing_of(talent.community)
    check_open(community)
    since, before = clock.local(talent.entered_at).date(), minutes_on(talent, deed.served_on)
    clean = check_deed(deed, since, clock.today(), before)
    if clean.category not in categories_of(community):
        raise Refused("menu.category", gettext_noop("Choose the kind of service from the list."))
    row = TalentService.objects.create(
        community=community,
        talent=talent,
        recorded_at=clock.now(),
        recorded_by=actor.name,
        **asdict(clean),
    )
    talent.heard_at = clock.now()
    talent.save(update_fields=["heard_at"])
    journal.write(
        actor,
        "talent.served",
        talent.pk,
        community.pk,
        served_on=clean.served_on.isoformat(),
        minutes=clean.minutes,
    )
    return row


@command
def reverse_deed(actor: Actor, *, talent_id: UUID, service_id: UUID, reason: str) -> TalentService:
    """Take back a service that was recorded wrongly: a row of its own, with the reason. Raises
    `Absent` for one that is not there or is reversed."""
    talent = lock(talents(actor), talent_id)
    row = next((one for one in services_of(talent) if one.pk == service_id), None)
    if row is None:
        raise Absent("service")
    words = check_reason(reason)
    reversal = TalentService.objects.create(
        community_id=row.community_id,
        talent=talent,
        served_on=row.served_on,
        minutes=-row.minutes,
        category=row.category,
        result=row.result,
        place=row.place,
        recorded_at=clock.now(),
        recorded_by=actor.name,
        reverses=row.pk,
        reason=words,
    )
    journal.write(
        actor,
        "talent.reversed",
        talent.pk,
        row.community_id,
        served_on=row.served_on.isoformat(),
        reason=words,
    )
    return reversal
