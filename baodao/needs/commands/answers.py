"""What offers do to the needs they answer, called by the slice that keeps the answers.

Each is part of the command of a caller who has locked the need, and tells the journal the title of
the offer.
"""

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.stages import move
from baodao.needs.models import Need
from baodao.needs.rules.life import NEED, WAITING, NeedState


def draft_for(actor: Actor, need: Need, title: str) -> None:
    """An offer is drafted for a need that waits, which counts as screening it; refused, with how
    it stands, for another."""
    NEED.check(need.state, *WAITING)
    if need.state == NeedState.COLLECTED:
        at = clock.now()
        move([need], NeedState.SCREENED, at, screened_at=at)
    journal.write(actor, "need.drafted", need.pk, need.community_id, offer=title)


def open_need(actor: Actor, need: Need, title: str) -> None:
    """A published offer answers a need; refused with how it stands."""
    at = clock.now()
    move([need], NeedState.OPEN, at, opened_at=at, screened_at=need.screened_at or at)
    journal.write(actor, "need.opened", need.pk, need.community_id, offer=title)


def release_need(actor: Actor, need: Need, title: str) -> None:
    """The offer that answered an open need ended without help; it waits for another."""
    move([need], NeedState.SCREENED, clock.now(), opened_at=None)
    journal.write(actor, "need.released", need.pk, need.community_id, offer=title)
