"""What can be done now with an offer, as buttons."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.offers.models import Offer
from baodao.offers.rules.acts import ACTS, OfferAct


@dataclass(frozen=True)
class Button:
    """What it is called and where it leads."""

    label: str
    url: str


def acts_on(actor: Actor, offer: Offer) -> list[Button]:
    """What the actor can do now with an offer they may see."""
    allowed = [act for act in ACTS if actor.may(act.permission, offer.community.path)]
    return _buttons(allowed, offer)


def pressing_act(offer: Offer) -> Button | None:
    """What an offer waits for; None where it waits for nothing."""
    buttons = _buttons([act for act in ACTS if act.pressing(offer.kind)], offer)
    return buttons[0] if buttons else None


def _buttons(acts: list[OfferAct], offer: Offer) -> list[Button]:
    now = clock.now()
    return [
        Button(gettext(label), reverse(act.address, args=[offer.pk]))
        for act in acts
        if (label := act.label(offer, now))
    ]
