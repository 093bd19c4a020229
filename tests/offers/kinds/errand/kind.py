"""跑腿: somebody is brought something, once; units and teams may take it on too."""

from baodao.kernel.errors import Refused
from baodao.ledger.rules.records import Way
from baodao.offers.rules.kinds import (
    Claimant,
    Exit,
    KindWords,
    OfferKind,
    Particulars,
    Reach,
    Recording,
)
from baodao.offers.rules.policies import MOST_POSTS

HIGHEST = 40


def check_errand(particulars: Particulars) -> Particulars:
    """The floor to which something is carried."""
    floor = particulars.get("floor")
    if not isinstance(floor, int) or not 1 <= floor <= HIGHEST:
        raise Refused("errand.floor", "Say to which floor it is carried.")
    return {"floor": floor}


ERRAND = OfferKind(
    code="errand",
    rank=9,
    words=KindWords(
        name="Errand",
        noun="errand",
        nouns="errands",
        offer="Offer it",
        answer="Make it an errand",
        full="Carried",
    ),
    timed=False,
    often=False,
    personal=False,
    claimants=frozenset(Claimant),
    reach=Reach.STREET,
    most=MOST_POSTS,
    exit=Exit.FREE,
    recording=Recording.DAY,
    way=Way.MENU,
    approval=False,
    places=1,
    check=check_errand,
)
