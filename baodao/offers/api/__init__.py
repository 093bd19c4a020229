"""Offers and claims over the API: reading in scope, and the community's acts.

What members do themselves is not here.
"""

from ninja import Router

from baodao.offers.api import claims, offers

router = Router()
for _part in (offers, claims):
    router.add_router("", _part.router)
