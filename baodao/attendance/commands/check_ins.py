"""Checking in and out by the code that is shown on the spot."""

from baodao.attendance.models import CheckIn
from baodao.attendance.queries.check_ins import check_ins_at, offer_by_code
from baodao.attendance.rules.check_ins import CheckSide, CheckWay
from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.people.queries.members import lock_persons


@command
def check_in(actor: Actor, *, code: str, side: CheckSide) -> CheckIn:
    """Write down that the actor came to an offer, or that they go, by a code scanned there.

    Whoever did not claim may check in all the same when they are registered there; the list shows
    them. Scanned again it changes nothing: the row of the first time is returned. Raises `Absent`
    for who is no member, `Refused` for a code that is forged, no longer shown or not of these
    hours, and for who belongs elsewhere.
    Cannot be taken back: it proves that somebody was there, and who records the list decides.
    """
    if actor.person_id is None:
        raise Absent("member")
    lock_persons([actor.person_id])
    offer = offer_by_code(actor, code)
    own = check_ins_at(offer).filter(owner=actor.person_id, way=CheckWay.SCAN)
    before: CheckIn | None = own.filter(side=side).first()
    if before is not None:
        return before
    row = CheckIn.objects.create(
        community=offer.community, offer_id=offer.pk, person_id=actor.person_id, side=side
    )
    journal.write(actor, "offer.attended", offer.pk, offer.community_id, title=offer.title)
    return row
