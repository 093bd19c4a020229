"""What becomes of needs when the offer that answers them is published or ends."""

from collections.abc import Collection, Sequence
from uuid import UUID

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.offers.models import Need, Offer
from baodao.offers.rules import WAITING, NeedState, OfferState


@command
def open_needs(actor: Actor, *, offer: Offer) -> None:  # noqa: ARG001
    """The offer was published: needs that wait for it are open now. The caller locked the offer."""
    _held(offer, WAITING).update(state=NeedState.OPEN, opened_at=clock.now())


@command
def release_needs(actor: Actor, *, offer: Offer) -> None:  # noqa: ARG001
    """The offer ended without help: its open needs wait for another."""
    _held(offer, (*WAITING, NeedState.OPEN)).update(state=NeedState.SCREENED, offer=None)


@command
def meet_needs(actor: Actor, *, offer: Offer, met_ids: Collection[UUID]) -> None:
    """These needs of the offer are met; once it is over the others wait for another."""
    _held(offer, (NeedState.OPEN,)).filter(pk__in=list(met_ids)).update(
        state=NeedState.MET, closed_at=clock.now()
    )
    if offer.state != OfferState.PUBLISHED:
        release_needs(actor, offer=offer)


def _held(offer: Offer, states: Sequence[NeedState]):  # type: ignore[no-untyped-def]
    return Need.objects.filter(offer=offer, state__in=states)
