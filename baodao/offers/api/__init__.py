"""Needs, offers and claims over the API: reading in scope, and the community's acts.

What members and residents do themselves is not here.
"""

from ninja import Router

from baodao.offers.api import claims, needs, offers

router = Router()
for _part in (needs, offers, claims):
    router.add_router("", _part.router)
