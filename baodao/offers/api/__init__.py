"""Offers, claims and rolls over the API: reading in scope, and the community's acts.

What members do themselves is not here.
"""

from ninja import Router

from baodao.offers.api import claims, offers, rolls

router = Router()
for _part in (offers, claims, rolls):
    router.add_router("", _part.router)
